package leadglass.server.ui.page;

/// Asks for the code of a patient's invitation. The same for every link, and for none.
public record PatientOpen() implements Page {

  @Override
  public String title() {
    return "Your images";
  }

  @Override
  public String here() {
    return "";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtepatientOpenGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "PatientOpen[]";
  }
}
