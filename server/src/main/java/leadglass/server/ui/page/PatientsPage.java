package leadglass.server.ui.page;

/// Patients who have a way in.
///
/// @param error a sentence; empty if all is well
public record PatientsPage(Slice<Row> rows, String error) implements Page {

  /// One of them.
  ///
  /// @param patient Patient ID, for whoever may know it
  /// @param tries wrong codes, in words; empty for none
  public record Row(
      String id,
      String patient,
      String invited,
      String ends,
      String last,
      String state,
      boolean works,
      String tries,
      boolean mayStop) {
    @Override
    public String toString() {
      return "Row[]";
    }
  }

  @Override
  public String title() {
    return "Patients";
  }

  @Override
  public String here() {
    return "/patients";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtepatientsGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "PatientsPage[]";
  }
}
