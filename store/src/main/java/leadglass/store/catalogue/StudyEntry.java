package leadglass.store.catalogue;

/// A study's row, unsealed.
///
/// @param number order of arrival
public record StudyEntry(
    long number,
    StudyValue value,
    int seriesCount,
    int instanceCount,
    long bytes,
    long receivedMillis,
    long changedMillis) {

  @Override
  public String toString() {
    return "StudyEntry[" + instanceCount + " instances]";
  }
}
