package leadglass.archive;

import org.jspecify.annotations.Nullable;

/// What somebody said of why, and for whom, patient data are used. Typed, so it may say who the
/// patient is: in the trail it is sealed with what identifies them.
///
/// @param purpose null where nobody was asked
/// @param recipient whoever gets the data, where it is not whoever asks
public record Stated(@Nullable String purpose, @Nullable String recipient) {
  public static final Stated NOTHING = new Stated(null, null);

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
