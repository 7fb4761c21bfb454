package leadglass.server.ui.page;

/// First step of set-up: proves that one is the person at the console.
///
/// @param fingerprint of the server's certificate, to be compared with the console's
/// @param error a sentence; empty at first
public record SetUpCode(String fingerprint, String error) implements Page {

  @Override
  public String title() {
    return "Set up, step 1 of 3";
  }

  @Override
  public String here() {
    return "";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtesetUpCodeGenerated.render(out, tags, shell, this));
  }
}
