package leadglass.server.ui.page;

import java.util.List;

/// Links to studies: those that work, and those that ended lately.
///
/// @param error a sentence; empty if all is well
public record SharesPage(Slice<Row> rows, String error) implements Page {

  /// One link.
  ///
  /// @param studies what it gives, one line each; without whose it is for who may not know
  /// @param ends until when, or when it ended
  /// @param opened how often and when last
  /// @param state in words
  /// @param works whether it is open
  /// @param asked that the patient asks for its end, in words; empty if not
  /// @param tries wrong passcodes, in words; empty for none
  public record Row(
      String id,
      String recipient,
      String purpose,
      List<String> studies,
      String made,
      String ends,
      String opened,
      String state,
      boolean works,
      String tries,
      String asked,
      boolean mayStop) {
    public Row {
      studies = List.copyOf(studies);
    }

    @Override
    public String toString() {
      return "Row[]";
    }
  }

  @Override
  public String title() {
    return "Shares";
  }

  @Override
  public String here() {
    return "/shares";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtesharesGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "SharesPage[]";
  }
}
