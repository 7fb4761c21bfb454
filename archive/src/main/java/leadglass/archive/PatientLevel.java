package leadglass.archive;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Vr;
import leadglass.dicom.io.DataSets;
import leadglass.dicom.io.DicomException;
import leadglass.store.PatientIdentity;
import leadglass.store.PatientRef;
import leadglass.store.StudyRow;

/// Who a patient is (PS3.3 §C.7.1.1), apart from what was true of them on the day of a study.
final class PatientLevel {

  /// What makes an identity, of what the archive keeps beside the bytes.
  private static final Set<Integer> IDENTITY =
      Set.of(
          Tag.PATIENT_NAME,
          Tag.PATIENT_ID,
          Tag.ISSUER_OF_PATIENT_ID,
          Tag.PATIENT_BIRTH_DATE,
          0x00100032,
          Tag.PATIENT_SEX,
          0x00101000,
          0x00101001);

  /// What was measured of the body that was examined, whoever's it is taken for: size, weight, body
  /// mass, measured dimensions, sex parameters of the animal.
  private static final Set<Integer> OF_THE_DAY =
      Set.of(0x00101020, 0x00101022, 0x00101023, 0x00101024, 0x00101030);

  private PatientLevel() {}

  /// Whether an attribute tells who the patient is or was taken for: all of group 0010 but what was
  /// measured, and the reference to a patient.
  static boolean tells(int tag) {
    boolean ofPatient = Tag.group(tag) == 0x0010 && !OF_THE_DAY.contains(tag);
    return ofPatient || tag == 0x00081120; // Referenced Patient Sequence
  }

  /// Of whom the study is, in UTF-8.
  static DataSet of(StudyRow row) {
    return identity(Rows.current(row));
  }

  private static DataSet identity(DataSet attributes) {
    DataSet.Builder picked = DataSet.builder().utf8();
    attributes.forEach(element -> {
      if (IDENTITY.contains(element.tag())) {
        picked.add(element);
      }
    });
    return picked.build();
  }

  /// As the store keeps it.
  static PatientIdentity identity(PatientRef ref, DataSet attributes) {
    return new PatientIdentity(
        ref,
        DataSets.encode(identity(attributes)),
        groups(attributes.string(Tag.PATIENT_NAME).orElse("")),
        attributes.string(Tag.PATIENT_BIRTH_DATE).orElse(""),
        attributes.string(Tag.PATIENT_SEX).orElse(""));
  }

  private static List<String> groups(String name) {
    return Arrays.stream(name.split("=", -1)).filter(group -> !group.isBlank()).toList();
  }

  static PatientRef ref(DataSet attributes) {
    return new PatientRef(
        attributes.string(Tag.ISSUER_OF_PATIENT_ID).orElse(""),
        attributes.string(Tag.PATIENT_ID).orElse(""));
  }

  /// What [#identity] put in, in UTF-8; the four attributes of type 2 are there even if empty.
  static DataSet decode(PatientIdentity identity) {
    try {
      DataSet decoded = DataSets.decode(identity.attributes());
      DataSet.Builder whole = DataSet.builder().utf8();
      decoded.forEach(whole::add);
      for (int tag : new int[] {Tag.PATIENT_NAME, Tag.PATIENT_ID}) {
        if (!decoded.contains(tag)) {
          whole.add(new Element.Value(tag, tag == Tag.PATIENT_NAME ? Vr.PN : Vr.LO, new byte[0]));
        }
      }
      if (!decoded.contains(Tag.PATIENT_BIRTH_DATE)) {
        whole.add(new Element.Value(Tag.PATIENT_BIRTH_DATE, Vr.DA, new byte[0]));
      }
      if (!decoded.contains(Tag.PATIENT_SEX)) {
        whole.add(new Element.Value(Tag.PATIENT_SEX, Vr.CS, new byte[0]));
      }
      return whole.build();
    } catch (DicomException e) {
      throw new IllegalStateException("a patient in the catalogue is damaged", e);
    }
  }

  /// A row's attributes with the patient it was given to in the place of the one it was filed with.
  static DataSet overlaid(DataSet filed, Optional<PatientIdentity> moved) {
    if (moved.isEmpty()) {
      return filed;
    }
    DataSet.Builder row = DataSet.builder().utf8();
    filed.forEach(element -> {
      if (!tells(element.tag()) && element.tag() != Tag.SPECIFIC_CHARACTER_SET) {
        row.add(element);
      }
    });
    decode(moved.get())
        .forEach(element -> {
          if (element.tag() != Tag.SPECIFIC_CHARACTER_SET) {
            row.add(element);
          }
        });
    return row.build();
  }
}
