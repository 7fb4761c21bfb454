package leadglass.server.ui.page;

import java.util.List;

/// What an auditor looks at in one week, and signs off.
///
/// @param days from when to when
/// @param state in words
/// @param left entries that found no room in the list
/// @param open whether it can be signed off
/// @param reason the remark as typed
public record ReviewPage(
    String week,
    String days,
    String state,
    List<Row> rows,
    long left,
    boolean open,
    String reason,
    String error)
    implements Page {

  public ReviewPage {
    rows = List.copyOf(rows);
  }

  /// @param patient Patient ID; empty where it is about no patient, or not known any more
  /// @param address of the page where it is dealt with; empty for none
  public record Row(
      String kind, String at, String who, String words, String patient, String address) {
    @Override
    public String toString() {
      return "Row[]";
    }
  }

  @Override
  public String title() {
    return "Review of a week";
  }

  @Override
  public String here() {
    return ReviewsPage.ADDRESS;
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtereviewGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "ReviewPage[]";
  }
}
