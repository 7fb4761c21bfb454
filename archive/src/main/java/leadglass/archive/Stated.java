package leadglass.archive;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What somebody said of why, and for whom, patient data are used. Typed, so it may say who the
/// patient is: in the trail it is sealed with what identifies them.
///
/// @param purpose null where nobody was asked
/// @param recipient whoever gets the data, where it is not whoever asks
public record Stated(@Nullable String purpose, @Nullable String recipient) {
  public static final Stated NOTHING = new Stated(null, null);

  private static final String DEVICE = "device ";

  /// A device that gets what another one has sent to it, as a recipient.
  static String device(String aeTitle, Caller by) {
    Optional<String> person =
        by instanceof Caller.Device device ? device.person() : Optional.empty();
    return DEVICE + aeTitle + person.map(name -> ", for " + name).orElse("");
  }

  /// Such a recipient of an entry, if that has one.
  static Optional<String> device(AuditEntry entry) {
    return "device".equals(entry.kind())
        ? Optional.ofNullable(entry.recipient()).filter(text -> text.startsWith(DEVICE))
        : Optional.empty();
  }

  /// This, and where it says nothing the other.
  Stated or(Stated other) {
    return new Stated(either(purpose, other.purpose), either(recipient, other.recipient));
  }

  private static @Nullable String either(@Nullable String one, @Nullable String other) {
    return one == null ? other : one;
  }

  @Override
  public String toString() {
    return "Stated[]";
  }
}
