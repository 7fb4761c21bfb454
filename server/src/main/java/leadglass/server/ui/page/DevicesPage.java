package leadglass.server.ui.page;

import java.util.List;

/// Devices, and what can be done about each.
///
/// @param lanes of devices without TLS
/// @param invited AE titles that are waited for, and until when
public record DevicesPage(List<Row> rows, List<Lane> lanes, List<Invited> invited) implements Page {

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

  /// A device without TLS.
  ///
  /// @param listens address and port of this machine
  /// @param called AE title that it has to call
  /// @param changeable whether it takes anything still
  public record Lane(
      String aeTitle,
      String query,
      String owner,
      String may,
      String listens,
      String called,
      List<Note> notes,
      boolean changeable,
      boolean revocable) {
    @Override
    public String toString() {
      return "Lane[]";
    }
  }

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
