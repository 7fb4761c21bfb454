package leadglass.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import leadglass.dicom.data.Uid;

/// Synthetic patients, studies and bytes.
final class Samples {
  static final String CT = "1.2.840.10008.5.1.4.1.1.2";
  static final String EXPLICIT_LITTLE = "1.2.840.10008.1.2.1";

  private Samples() {}

  /// Bytes that no compression makes smaller, the same for the same seed.
  static byte[] bytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static StudyTerms terms(String name, String id, String date, String modality) {
    return new StudyTerms(
        List.of(name),
        id,
        "",
        "19700102",
        "O",
        date,
        "101500",
        "ACC-" + id,
        "ST1",
        "Head without contrast",
        List.of("Referrer^Rita"),
        List.of(modality));
  }

  /// An instance of a study whose UIDs follow from three numbers.
  static Filing filing(SiteId site, int study, int series, int instance) {
    String name = "Canary^Patient" + study;
    return filing(site, study, series, instance, terms(name, "CANARYID" + study, "20260115", "CT"));
  }

  static Filing filing(SiteId site, int study, int series, int instance, StudyTerms terms) {
    return new Filing(
        site,
        new PatientRef("", terms.patientId()),
        studyUid(study),
        seriesUid(study, series),
        instanceUid(study, series, instance),
        new Uid(CT),
        new Uid(EXPLICIT_LITTLE),
        new byte[] {1, 2, 3},
        ("study attributes of " + terms.patientId()).getBytes(UTF_8),
        ("series attributes " + series).getBytes(UTF_8),
        ("instance attributes " + instance).getBytes(UTF_8),
        terms,
        1_700_000_000_000L + instance,
        List.of(audit("stored " + study + " " + series + " " + instance)));
  }

  static Uid studyUid(int study) {
    return new Uid("1.2.826.0.1.99." + study);
  }

  static Uid seriesUid(int study, int series) {
    return new Uid("1.2.826.0.1.99." + study + "." + series);
  }

  static Uid instanceUid(int study, int series, int instance) {
    return new Uid("1.2.826.0.1.99." + study + "." + series + "." + instance);
  }

  static Audit audit(String text) {
    return Audit.of(text.getBytes(US_ASCII));
  }

  static Store.Filed file(Store store, Filing filing, byte[] dataSet) throws IOException {
    try (Incoming incoming = store.receive()) {
      incoming.write(dataSet);
      return store.file(incoming, filing);
    }
  }

  static byte[] read(Store store, SiteId site, Uid sopInstance) throws IOException {
    InstanceRow row = store.instance(site, sopInstance).orElseThrow();
    try (StoredBytes bytes = store.open(site, row)) {
      return bytes.read(0, bytes.length()).readAllBytes();
    }
  }

  static StudySearch all(SiteId site, StudySearch.Condition... conditions) {
    return new StudySearch(site, List.of(conditions), 0, 100, java.util.Optional.empty());
  }
}
