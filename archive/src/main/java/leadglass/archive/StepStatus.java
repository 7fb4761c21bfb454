package leadglass.archive;

import java.util.Arrays;
import java.util.Optional;

/// How far a scheduled procedure step is.
public enum StepStatus {
  SCHEDULED("SCHEDULED"),
  IN_PROGRESS("STARTED"),
  COMPLETED("COMPLETED"),
  DISCONTINUED("DISCONTINUED"),
  CANCELLED("CANCELED");

  private final String term;

  StepStatus(String term) {
    this.term = term;
  }

  /// Scheduled Procedure Step Status (0040,0020) (PS3.3 §C.4.10).
  public String term() {
    return term;
  }

  /// In words, and in JSON.
  public String word() {
    return name().replace('_', ' ');
  }

  /// Whether it still has to be done: what a modality is shown unless it asks for another status.
  public boolean isOpen() {
    return this == SCHEDULED || this == IN_PROGRESS;
  }

  static Optional<StepStatus> of(String name) {
    return Arrays.stream(values()).filter(each -> each.name().equals(name)).findFirst();
  }
}
