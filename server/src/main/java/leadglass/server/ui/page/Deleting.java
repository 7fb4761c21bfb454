package leadglass.server.ui.page;

import leadglass.archive.Deletions;

/// Asks whether a study is to be deleted, and why.
///
/// @param uid of the study
/// @param back where to if it is not to be deleted
/// @param until the day up to which it can be brought back
/// @param words typed beside the reason
/// @param error a sentence; empty at first
public record Deleting(
    StudyRow row, String uid, String back, String until, Why why, String words, String error)
    implements Page {

  /// So that the words fit beside any reason.
  public static final int WORDS_CHARS_MAX = Deletions.REASON_CHARS_MAX - 100;

  /// Reasons offered; the everyday one first.
  public enum Why {
    WRONG_PATIENT("wrong-patient", "Filed under the wrong patient"),
    TWICE("twice", "Here twice"),
    TEST("test", "A test, not a patient"),
    OTHER("other", "Something else");

    private final String word;
    private final String label;

    Why(String word, String label) {
      this.word = word;
      this.label = label;
    }

    public String word() {
      return word;
    }

    public String label() {
      return label;
    }

    public static Why of(String word) {
      for (Why why : values()) {
        if (why.word.equals(word)) {
          return why;
        }
      }
      return WRONG_PATIENT;
    }

    /// As it is kept with the study.
    public String with(String words) {
      return words.isEmpty() ? label : label + ": " + words;
    }
  }

  public int days() {
    return Deletions.DAYS;
  }

  @Override
  public String title() {
    return "Delete a study";
  }

  @Override
  public String here() {
    return "/studies";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtedeletingGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "Deleting[]";
  }
}
