package leadglass.server.ui.page;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leadglass.archive.People;

/// A second factor and recovery codes, shown once, and the proof that they were kept.
///
/// @param action where the proof goes
/// @param back where to begin again
/// @param secret of the second factor, in groups of four, for those who can't scan
/// @param error a sentence; empty at first
public record NewFactor(
    String name,
    String action,
    String back,
    QrCode code,
    String secret,
    List<String> recoveryCodes,
    String error)
    implements Page {

  private static final Pattern SECRET = Pattern.compile("[?&]secret=([A-Za-z2-7]+)");

  public static NewFactor of(People.Enrolment enrolment, String action, String back, String error) {
    String uri = enrolment.totpUri();
    Matcher secret = SECRET.matcher(uri);
    return new NewFactor(
        enrolment.name(),
        action,
        back,
        QrCode.of(uri),
        secret.find() ? secret.group(1).replaceAll("(.{4})(?=.)", "$1 ") : "",
        enrolment.recoveryCodes(),
        error);
  }

  @Override
  public String title() {
    return "Keep these two things";
  }

  @Override
  public String here() {
    return "";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtenewFactorGenerated.render(out, tags, shell, this));
  }

  @Override
  public String toString() {
    return "NewFactor[]";
  }
}
