package leadglass.server.ui.page;

/// Where a patient makes their passkey, or comes in with it.
///
/// @param enrols whether they make it
/// @param passkeys whether browsers can have one here
/// @param gone whether they just left
public record PatientEnter(boolean enrols, boolean passkeys, boolean gone) implements Page {

  @Override
  public String title() {
    return enrols ? "Make your passkey" : "Your images";
  }

  @Override
  public String here() {
    return "";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtepatientEnterGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "PatientEnter[]";
  }
}
