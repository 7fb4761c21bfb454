package leadglass.server.ui.page;

/// Asks whether the patient of a study is to be invited.
///
/// @param row the study
/// @param stands how their way in stands, in words; empty if they have none
/// @param error a sentence; empty at first
public record PatientInvite(StudyRow row, String address, String stands, String error)
    implements Page {

  @Override
  public String title() {
    return "Invite the patient";
  }

  @Override
  public String here() {
    return "/studies";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtepatientInviteGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "PatientInvite[]";
  }
}
