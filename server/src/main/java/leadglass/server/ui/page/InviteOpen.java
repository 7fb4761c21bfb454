package leadglass.server.ui.page;

/// Where a link leads: its secret stands in the fragment, so that this page is the same for all.
///
/// @param error a sentence; empty at first
public record InviteOpen(String error) implements Page {

  @Override
  public String title() {
    return "You are invited";
  }

  @Override
  public String here() {
    return "";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JteinviteOpenGenerated.render(out, tags, shell, this));
  }
}
