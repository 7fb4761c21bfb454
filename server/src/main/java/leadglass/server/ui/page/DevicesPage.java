package leadglass.server.ui.page;

import java.util.List;

/// Devices, and what can be done about each.
///
/// @param invited AE titles that are waited for, and until when
public record DevicesPage(List<Row> rows, List<Invited> invited) implements Page {

  /// A device.
  ///
  /// @param query the AE title as it stands in an address
  /// @param notes what is to be said about it, each with its level
  /// @param revocable whether it is not revoked yet
  public record Row(
      String aeTitle,
      String query,
      String owner,
      String may,
      List<Note> notes,
      boolean renewable,
      boolean revocable) {}

  /// Something about a device.
  public record Note(StatusPage.Level level, String text) {}

  /// A device that was given a code.
  public record Invited(String aeTitle, String until) {}

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
