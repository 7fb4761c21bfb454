package leadglass.archive;

import java.util.Optional;

/// Something an auditor has to look at once a week. What is of one kind, by one caller, stands
/// together.
///
/// @param atMillis of the first
/// @param count how often
/// @param subject who it is about, such as `person mara`
/// @param by who did it, where that is somebody else; empty otherwise
/// @param words what it is
/// @param patient Patient ID, as long as the study is held, of what is about one patient
/// @param entry number of the first in the trail, where it stands there
public record ReviewItem(
    Kind kind,
    long atMillis,
    long count,
    String subject,
    String by,
    String words,
    Optional<String> patient,
    Optional<Long> entry) {

  /// Why it is there.
  public enum Kind {
    EMERGENCY("Emergency"),
    BRAKE("Budget of a day"),
    NIGHT("At night"),
    OWN_NAME("Own name"),
    FIRST("First time ever"),
    DEVICE_REFUSED("Device refused"),
    QUESTION("Question of a patient");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /// Whether it is about what this account did.
  boolean concerns(String account) {
    String person = "person " + account;
    return subject.equals(person) || by.equals(person);
  }

  @Override
  public String toString() {
    return "ReviewItem[" + kind + "]";
  }
}
