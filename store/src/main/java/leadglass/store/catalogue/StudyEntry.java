package leadglass.store.catalogue;

/// A study's row, unsealed.
///
/// @param number order of arrival
/// @param name of its key
/// @param aside whether it was put aside
public record StudyEntry(
    long number,
    byte[] name,
    StudyValue value,
    boolean aside,
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
