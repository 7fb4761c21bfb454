package leadglass.server.ui.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What somebody used of today's budgets, and who needs a second person to go on.
///
/// @param own null for whoever has none
/// @param confirms whether the caller may be the second person
/// @param asked whose form came back; empty: the caller's own
/// @param reason typed before
/// @param error a sentence; empty at first
public record BrakesPage(
    @Nullable Standing own,
    boolean confirms,
    List<Standing> others,
    String asked,
    String reason,
    String error)
    implements Page {

  /// @param subject such as `person mara`
  /// @param purpose as they gave it
  /// @param needsPurpose whether a second factor and a purpose let them go on
  /// @param waits whether a second person must
  public record Standing(
      String subject, String words, String purpose, boolean needsPurpose, boolean waits) {
    @Override
    public String toString() {
      return "Standing[]";
    }
  }

  @Override
  public String title() {
    return "Brakes";
  }

  @Override
  public String here() {
    return "/brakes";
  }

  public boolean asksPurpose() {
    return own != null && own.needsPurpose();
  }

  public String reasonOf(String subject) {
    return asked.equals(subject) ? reason : "";
  }

  public String errorOf(String subject) {
    return asked.equals(subject) ? error : "";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtebrakesGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "BrakesPage[]";
  }
}
