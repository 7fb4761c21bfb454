package leadglass.server.ui.page;

import java.util.List;

/// Devices, to be looked at.
public record DevicesPage(List<Row> rows) implements Page {

  /// A device and what is to be said about its certificate.
  public record Row(String aeTitle, StatusPage.Level level, String certificate) {}

  @Override
  public String title() {
    return "Devices";
  }

  @Override
  public String here() {
    return "/devices";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtedevicesGenerated.render(out, tags, shell, this));
  }
}
