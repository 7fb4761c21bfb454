package leadglass.server.ui.page;

/// Asks for the passcode of a link. The same for every link, and for none.
public record OpenLink() implements Page {

  @Override
  public String title() {
    return "Shared images";
  }

  @Override
  public String here() {
    return "";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JteopenLinkGenerated.render(out, tags, shell, this));
  }
}
