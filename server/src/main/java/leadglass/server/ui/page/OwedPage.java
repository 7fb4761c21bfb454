package leadglass.server.ui.page;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leadglass.archive.OwedFactors;

/// Asks whoever came from a provider for a second factor, or has them enrol one.
///
/// @param enrolling what to scan; empty if there is a factor already
/// @param passkey whether there is one to offer
/// @param error a sentence; empty at first
public record OwedPage(String name, Optional<Enrolling> enrolling, boolean passkey, String error)
    implements Page {

  private static final Pattern SECRET = Pattern.compile("[?&]secret=([A-Za-z2-7]+)");

  /// @param secret in groups of four, for those who can't scan
  public record Enrolling(QrCode code, String secret) {
    @Override
    public String toString() {
      return "Enrolling[]";
    }
  }

  public static OwedPage of(OwedFactors.Owed owed, boolean passkey, String error) {
    return new OwedPage(
        owed.name(),
        owed.enrolment().map(enrolment -> enrolling(enrolment.totpUri())),
        passkey,
        error);
  }

  private static Enrolling enrolling(String uri) {
    Matcher secret = SECRET.matcher(uri);
    return new Enrolling(
        QrCode.of(uri), secret.find() ? secret.group(1).replaceAll("(.{4})(?=.)", "$1 ") : "");
  }

  @Override
  public String title() {
    return enrolling.isPresent() ? "Add a second factor" : "Is it you?";
  }

  @Override
  public String here() {
    return "";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JteowedGenerated.render(out, tags, shell, this));
  }

  @Override
  public String toString() {
    return "OwedPage[]";
  }
}
