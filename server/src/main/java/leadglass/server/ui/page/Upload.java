package leadglass.server.ui.page;

/// Sends files from a browser; the one page besides the viewer that needs script.
public record Upload() implements Page {

  @Override
  public String title() {
    return "Upload";
  }

  @Override
  public String here() {
    return "/upload";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JteuploadGenerated.render(out, tags, shell, this));
  }
}
