package leadglass.server.ui.page;

import java.util.List;

/// What a person narrowed the worklist by, as they typed it.
///
/// @param from day of `<input type=date>`, used when `when` is [When#RANGE]; may be empty
/// @param modality empty for any
public record Filters(String typed, When when, String from, String to, String modality) {

  public static final Filters NONE = new Filters("", When.ANY, "", "", "");

  /// Modalities offered; a study with others is found by its name.
  public static final List<String> MODALITIES =
      List.of("CT", "MR", "DX", "CR", "US", "MG", "XA", "PT", "NM");

  /// Days of studies.
  public enum When {
    ANY("any", "Any date"),
    TODAY("today", "Today"),
    WEEK("week", "7 days"),
    MONTH("month", "30 days"),
    RANGE("range", "Between");

    private final String word;
    private final String label;

    When(String word, String label) {
      this.word = word;
      this.label = label;
    }

    public String word() {
      return word;
    }

    public String label() {
      return label;
    }

    public static When of(String word) {
      for (When when : values()) {
        if (when.word.equals(word)) {
          return when;
        }
      }
      return ANY;
    }
  }

  public boolean any() {
    return !typed.isBlank() || when != When.ANY || !modality.isEmpty();
  }

  /// Never what was typed.
  @Override
  public String toString() {
    return "Filters[]";
  }
}
