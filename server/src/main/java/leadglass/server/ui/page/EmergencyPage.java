package leadglass.server.ui.page;

import java.util.List;

/// Opens a patient in an emergency, and shows what is open.
///
/// @param open of the caller's
/// @param id typed before, as `issuer`, `born` and `reason`
/// @param error a sentence; empty at first
public record EmergencyPage(
    List<Open> open, String id, String issuer, String born, String reason, String error)
    implements Page {

  /// A patient who is open.
  ///
  /// @param until when it ends
  /// @param studies their UIDs
  public record Open(String patientId, String until, List<String> studies) {
    @Override
    public String toString() {
      return "Open[]";
    }
  }

  @Override
  public String title() {
    return "Emergency access";
  }

  @Override
  public String here() {
    return "/emergency";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JteemergencyGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "EmergencyPage[]";
  }
}
