package leadglass.store;

import java.util.List;
import java.util.Optional;
import leadglass.dicom.data.Uid;

/// A study as the catalogue knows it.
///
/// @param attributes as filed with the study's first instance
/// @param modalities of its series, sorted
/// @param sopClasses of its instances, sorted
/// @param bytes of its data sets, each rounded up to 512 bytes
/// @param receivedMillis when its first instance came
/// @param changedMillis when its newest instance came
/// @param moved the patient it was moved to, whose attributes take the place of those it was filed
///   with
/// @param cursor hand this to [StudySearch#after()] to continue behind this row
public record StudyRow(
    Uid study,
    byte[] attributes,
    List<String> modalities,
    List<String> sopClasses,
    int seriesCount,
    int instanceCount,
    long bytes,
    long receivedMillis,
    long changedMillis,
    Optional<PatientIdentity> moved,
    String cursor) {

  @Override
  public String toString() {
    return "StudyRow[" + instanceCount + " instances]";
  }
}
