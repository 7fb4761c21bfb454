package leadglass.server.ui.page;

/// The two halves of a patient's invitation, shown once.
public record PatientInvited(String link, String code, String ends, String back) implements Page {

  @Override
  public String title() {
    return "The invitation is made";
  }

  @Override
  public String here() {
    return "/patients";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtepatientInvitedGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "PatientInvited[]";
  }
}
