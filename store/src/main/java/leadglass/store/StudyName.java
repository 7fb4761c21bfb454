package leadglass.store;

/// Names one coming of a study for ever: a study that was deleted and sent again has another name
/// under the same UID. Random, so it tells nobody anything.
///
/// @param value 32 hex digits
public record StudyName(String value) {
  public StudyName {
    if (!value.matches("[0-9a-f]{32}")) {
      throw new IllegalArgumentException("a study's name of " + value.length() + " characters");
    }
  }
}
