package leadglass.server.ui.page;

import java.util.List;

/// Asks for a reason before something is done.
///
/// @param sentences what will happen
/// @param action where the reason is sent
/// @param help what the reason is for, or must not hold
/// @param reason typed before
/// @param error a sentence; empty at first
public record Reasoned(
    String title,
    String here,
    List<String> sentences,
    String action,
    String button,
    String help,
    String reason,
    String error)
    implements Page {

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtereasonedGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "Reasoned[]";
  }
}
