package leadglass.server.ui.page;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leadglass.archive.SetUp;

/// Third step of set-up: everything that is shown once, and the proof that it was kept.
///
/// @param secret of the second factor, in groups of four, for those who can't scan
/// @param sheet groups of the recovery sheet, in order
/// @param askedFor number of the group to type back, from 1
/// @param error a sentence; empty at first
public record SetUpConfirm(
    String name,
    QrCode code,
    String secret,
    List<String> recoveryCodes,
    List<String> sheet,
    int askedFor,
    String error)
    implements Page {

  private static final Pattern SECRET = Pattern.compile("[?&]secret=([A-Za-z2-7]+)");

  public static SetUpConfirm of(SetUp.Step.Drafted drafted, String error) {
    String uri = drafted.enrolment().totpUri();
    Matcher secret = SECRET.matcher(uri);
    return new SetUpConfirm(
        drafted.enrolment().name(),
        QrCode.of(uri),
        secret.find() ? secret.group(1).replaceAll("(.{4})(?=.)", "$1 ") : "",
        drafted.enrolment().recoveryCodes(),
        drafted.sheet(),
        drafted.askedFor(),
        error);
  }

  @Override
  public String title() {
    return "Set up, step 3 of 3";
  }

  @Override
  public String here() {
    return "";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtesetUpConfirmGenerated.render(out, tags, shell, this));
  }

  @Override
  public String toString() {
    return "SetUpConfirm[]";
  }
}
