package leadglass.server.ui.page;

/// A link, shown once.
///
/// @param link with its secret in the fragment
public record InvitedPage(String name, String link, String ends) implements Page {

  @Override
  public String title() {
    return "The link";
  }

  @Override
  public String here() {
    return "/people";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JteinvitedGenerated.render(out, tags, shell, this));
  }

  @Override
  public String toString() {
    return "InvitedPage[]";
  }
}
