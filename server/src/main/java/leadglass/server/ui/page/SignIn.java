package leadglass.server.ui.page;

import java.util.List;

/// The one form of sign-in.
///
/// @param name as typed before, so that it isn't typed again
/// @param error a sentence; empty at first
/// @param passkeys whether they work where the browser is: under a name, not an address
/// @param providers whom one may come by instead
public record SignIn(String name, String error, boolean passkeys, List<Provider> providers)
    implements Page {

  /// @param name in addresses
  public record Provider(String name, String label) {}

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
