package leadglass.server.ui.page;

import java.util.List;
import leadglass.archive.Corrections;

/// Finds a study of another day, for who may put it right but lists those of today only.
///
/// @param typed what was looked for
/// @param asked whether anything was
/// @param error a sentence; empty at first
public record Correcting(String typed, boolean asked, List<StudyRow> rows, String error)
    implements Page {

  public static final String ADDRESS = "/correct";

  public int days() {
    return Corrections.DAYS;
  }

  @Override
  public String title() {
    return "Find a study to correct";
  }

  @Override
  public String here() {
    return ADDRESS;
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtecorrectingGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "Correcting[" + rows.size() + "]";
  }
}
