package leadglass.server.ui.page;

import java.util.List;

/// Says what is planned: a new entry, or a change of one.
///
/// @param address where the form goes
/// @param back address of the day
/// @param heading also of the page, if it is one of its own
/// @param button what sending it does
/// @param asked in order
/// @param error a sentence; empty at first
public record StepForm(
    String address, String back, String heading, String button, List<Ask> asked, String error)
    implements Page {

  public StepForm {
    asked = List.copyOf(asked);
  }

  /// One thing that is asked.
  ///
  /// @param name in the form
  /// @param kind of input: `text`, `date` or `time`
  /// @param help a sentence; may be empty
  public record Ask(
      String name,
      String label,
      String kind,
      String value,
      int charsMax,
      boolean needed,
      String help) {
    @Override
    public String toString() {
      return "Ask[]";
    }
  }

  @Override
  public String title() {
    return heading;
  }

  @Override
  public String here() {
    return DayPage.ADDRESS;
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtestepChangeGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "StepForm[]";
  }
}
