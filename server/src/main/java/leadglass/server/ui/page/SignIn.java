package leadglass.server.ui.page;

/// The one form of sign-in.
///
/// @param name as typed before, so that it isn't typed again
/// @param error a sentence; empty at first
/// @param passkeys whether they work where the browser is: under a name, not an address
public record SignIn(String name, String error, boolean passkeys) implements Page {

  @Override
  public String title() {
    return "Sign in";
  }

  @Override
  public String here() {
    return "";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtesignInGenerated.render(out, tags, shell, this));
  }
}
