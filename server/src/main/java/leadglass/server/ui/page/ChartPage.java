package leadglass.server.ui.page;

import java.util.List;

/// How much was looked at on each of the last days, and who stands out.
///
/// @param days the oldest first
/// @param left whether there are too many people to compare all
public record ChartPage(List<Day> days, List<Outlier> outliers, boolean left) implements Page {
  public static final String ADDRESS = "/audit/chart";

  /// Of the drawing, in its own units.
  private static final int HEIGHT = 120;

  private static final int BAR = 20;

  public ChartPage {
    days = List.copyOf(days);
    outliers = List.copyOf(outliers);
  }

  public record Day(String date, long looks, int people) {}

  public record Outlier(String subject, String why) {}

  public long most() {
    return days.stream().mapToLong(Day::looks).max().orElse(0);
  }

  /// Height of a bar; what is not nothing is seen.
  public int height(Day day) {
    long most = most();
    return day.looks() == 0 || most == 0
        ? 0
        : (int) Math.max(2, Math.round((double) HEIGHT * day.looks() / most));
  }

  public int top(Day day) {
    return HEIGHT - height(day);
  }

  public int left(int bar) {
    return bar * BAR;
  }

  public String box() {
    return "0 0 " + BAR * days.size() + " " + HEIGHT;
  }

  @Override
  public String title() {
    return "Accesses per day";
  }

  @Override
  public String here() {
    return AuditPage.ADDRESS;
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtechartGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "ChartPage[]";
  }
}
