package leadglass.server.ui.page;

/// Accesses in emergencies, for an auditor.
public record EmergenciesPage(Slice<Row> rows) implements Page {

  /// @param review what an auditor said; empty before
  public record Row(
      String name, String by, String patient, String reason, String at, String review) {
    @Override
    public String toString() {
      return "Row[]";
    }
  }

  @Override
  public String title() {
    return "Emergencies";
  }

  @Override
  public String here() {
    return "/emergencies";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JteemergenciesGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "EmergenciesPage[]";
  }
}
