package leadglass.testkit.world;

import java.util.HashMap;
import java.util.Map;

/// A study as rows tell of it.
///
/// @param birthDate with dots, as before PS3.5: eight digits alone would be found by chance
record Study(
    String uid,
    String patientName,
    String patientId,
    String birthDate,
    String date,
    String description,
    String accession,
    String orthancId,
    int images) {
  /// Its attributes by tag, those of the patient too.
  Map<Integer, String> attributes() {
    Map<Integer, String> all = new HashMap<>();
    all.put(Attributes.STUDY_DATE, date);
    all.put(Attributes.ACCESSION_NUMBER, accession);
    all.put(Attributes.STUDY_DESCRIPTION, description);
    all.put(Attributes.MODALITIES, "CT");
    all.put(Attributes.PATIENT_NAME, patientName);
    all.put(Attributes.PATIENT_ID, patientId);
    all.put(Attributes.BIRTH_DATE, birthDate);
    all.put(Attributes.STUDY_UID, uid);
    all.put(Attributes.STUDY_SERIES, "1");
    all.put(Attributes.STUDY_IMAGES, Integer.toString(images));
    return all;
  }
}
