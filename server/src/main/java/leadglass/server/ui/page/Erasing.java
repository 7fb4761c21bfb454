package leadglass.server.ui.page;

import java.util.List;
import leadglass.archive.Erasures;

/// Asks whose images are to be erased.
///
/// @param category its word
/// @param error a sentence; empty at first
public record Erasing(Named named, String category, String note, int graceDays, String error)
    implements Page {

  public List<Erasures.Category> categories() {
    return List.of(Erasures.Category.values());
  }

  @Override
  public String title() {
    return "Erase a patient";
  }

  @Override
  public String here() {
    return "/erasures";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JteerasingGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "Erasing[]";
  }
}
