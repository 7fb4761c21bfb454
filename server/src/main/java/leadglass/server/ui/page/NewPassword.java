package leadglass.server.ui.page;

/// Asks for a new password: of whoever joins, or of one's own account.
///
/// @param name of the account
/// @param action where it goes
/// @param joins whether there is no account or no way into it yet
/// @param passkeys whether a passkey would do in its place
/// @param error a sentence; empty at first
public record NewPassword(
    String name, String action, boolean joins, boolean passkeys, int passwordCharsMin, String error)
    implements Page {

  @Override
  public String title() {
    return joins ? "How you will sign in" : "New password and authenticator app";
  }

  @Override
  public String here() {
    return "";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtenewPasswordGenerated.render(out, tags, shell, this));
  }
}
