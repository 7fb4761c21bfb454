package leadglass.server.ui.page;

import leadglass.archive.LaneTerms;

/// Enrols a device without TLS on a lane, or gives a lane another end.
///
/// @param changing whether it is there already; then its owner and its end alone are asked for
/// @param typed what was typed
/// @param error a sentence; empty at first
public record LaneForm(boolean changing, String aeTitle, LaneTerms.Typed typed, String error)
    implements Page {

  /// One that says nothing.
  public static LaneForm empty() {
    return new LaneForm(false, "", new LaneTerms.Typed("", "", "", "", false), "");
  }

  @Override
  public String title() {
    return changing ? "Change a lane" : "Add a lane";
  }

  @Override
  public String here() {
    return "/devices";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtelaneFormGenerated.render(out, tags, shell, this));
  }
}
