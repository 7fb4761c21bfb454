package leadglass.server.ui.page;

import java.util.List;

/// One erasure, and what whoever looks can do about it.
///
/// @param state such as `waits for a second person`
/// @param error a sentence; empty at first
public record ErasurePage(
    String name,
    StatusPage.Level level,
    String state,
    List<Fact> facts,
    Step step,
    boolean mayTakeBack,
    Named named,
    String error)
    implements Page {

  /// Something that is known of it.
  public record Fact(String label, String value) {}

  /// What comes next for whoever looks.
  public enum Step {
    /// They can be the second person.
    CONFIRM,
    /// They asked for it themselves.
    ANOTHER,
    /// Days of grace pass, or something keeps it.
    WAIT,
    CERTIFICATE,
    NOTHING
  }

  @Override
  public String title() {
    return "Erasure";
  }

  @Override
  public String here() {
    return "/erasures";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JteerasureGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "ErasurePage[]";
  }
}
