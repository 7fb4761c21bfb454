package leadglass.server.ui.page;

import java.util.List;

/// The weeks an auditor looks at.
public record ReviewsPage(List<Row> rows) implements Page {
  public static final String ADDRESS = "/audit/review";

  public ReviewsPage {
    rows = List.copyOf(rows);
  }

  /// @param days from when to when
  /// @param state in words
  public record Row(String week, String days, String state) {
    @Override
    public String toString() {
      return "Row[]";
    }
  }

  @Override
  public String title() {
    return "Weekly review";
  }

  @Override
  public String here() {
    return ADDRESS;
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtereviewsGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "ReviewsPage[]";
  }
}
