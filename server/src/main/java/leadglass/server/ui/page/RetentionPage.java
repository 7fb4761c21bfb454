package leadglass.server.ui.page;

import java.util.List;

/// How long studies are kept at least: the rules as a form, the versions there were, and examples.
///
/// @param lines of the form
/// @param graceDays of an erasure
/// @param said what was done or filled in; empty at first
/// @param error a sentence; empty if all is well
public record RetentionPage(
    List<Line> lines,
    List<Version> versions,
    List<Example> examples,
    int graceDays,
    String said,
    String error)
    implements Page {

  /// A rule as typed; a line of nothing is no rule.
  public record Line(String modalities, String years, String age, String minorYears) {
    public static final Line EMPTY = new Line("", "", "", "");
  }

  /// Rules as they were set once.
  public record Version(String number, String from, String by, List<String> rules) {}

  /// A country's rules as somebody read them.
  public record Example(String country, String words, String source) {}

  @Override
  public String title() {
    return "Retention";
  }

  @Override
  public String here() {
    return "/retention";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JteretentionGenerated.render(out, tags, shell, this));
  }
}
