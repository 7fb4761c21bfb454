package leadglass.server.ui.page;

/// How a browser and a PC come to trust this archive's certificate.
///
/// @param fresh whether set-up ended just now
/// @param fingerprint of the server's certificate
/// @param root SHA-256 of the root certificate, in the same form
public record Trust(boolean fresh, String fingerprint, String root) implements Page {

  @Override
  public String title() {
    return fresh ? "Set up is done" : "Trust this archive";
  }

  @Override
  public String here() {
    return "";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtetrustGenerated.render(out, tags, shell, this));
  }
}
