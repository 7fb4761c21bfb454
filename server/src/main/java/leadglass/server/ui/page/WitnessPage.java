package leadglass.server.ui.page;

import java.util.List;

/// What auditors did themselves, for a witness. Names no patient.
public record WitnessPage(List<Week> weeks, String error) implements Page {
  public WitnessPage {
    weeks = List.copyOf(weeks);
  }

  /// @param by the auditor who signed
  public record Week(
      String week, String days, String by, String remark, List<ReviewPage.Row> rows) {
    public Week {
      rows = List.copyOf(rows);
    }

    @Override
    public String toString() {
      return "Week[]";
    }
  }

  @Override
  public String title() {
    return "Reviews to witness";
  }

  @Override
  public String here() {
    return "/reviews";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtewitnessGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "WitnessPage[]";
  }
}
