package leadglass.server.ui.page;

/// Everybody who looked at a patient's images, for the patient.
///
/// @param own whether it is the patient's own visits
public record PatientLooks(Slice<PatientPage.Look> rows, boolean own) implements Page {

  @Override
  public String title() {
    return own ? "When you looked yourself" : "Who looked at your images";
  }

  @Override
  public String here() {
    return "";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtepatientLooksGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "PatientLooks[]";
  }
}
