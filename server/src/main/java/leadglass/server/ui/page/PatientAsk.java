package leadglass.server.ui.page;

import java.util.List;

/// Where a patient asks something.
///
/// @param sentences what it is about
/// @param typed before
/// @param error a sentence; empty at first
public record PatientAsk(
    String title,
    List<String> sentences,
    String action,
    String button,
    String label,
    int charsMax,
    boolean needed,
    String typed,
    String error)
    implements Page {
  public PatientAsk {
    sentences = List.copyOf(sentences);
  }

  @Override
  public String here() {
    return "";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtepatientAskGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "PatientAsk[]";
  }
}
