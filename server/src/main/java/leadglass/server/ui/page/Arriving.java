package leadglass.server.ui.page;

/// Leads on to where somebody wanted who came back from another site.
///
/// @param to a path of ours
public record Arriving(String to) implements Page {

  @Override
  public String title() {
    return "Signing in";
  }

  @Override
  public String here() {
    return "";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtearrivingGenerated.render(out, tags, shell, this));
  }
}
