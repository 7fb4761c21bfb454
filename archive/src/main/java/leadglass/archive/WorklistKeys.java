package leadglass.archive;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Vr;

/// What a modality can ask of a worklist (PS3.4 Table K.6-1), and what it is told.
public final class WorklistKeys {
  /// Scheduled Procedure Step Sequence.
  public static final int STEPS = 0x00400100;

  /// Requested Procedure Code Sequence.
  public static final int CODES = 0x00321064;

  static final int STATUS = 0x00400020;

  /// Told without a value: nothing of them is kept, and they may be empty (type 2).
  private static final Set<Integer> EMPTY =
      Set.of(
          0x00081110, // Referenced Study Sequence
          0x00081120, // Referenced Patient Sequence
          0x00101030, // Patient's Weight
          0x00102000, // Medical Alerts
          0x00102110, // Allergies
          0x001021C0, // Pregnancy Status
          0x00380010, // Admission ID
          0x00380050, // Special Needs
          0x00380300, // Current Patient Location
          0x00380500, // Patient State
          0x00401003, // Requested Procedure Priority
          0x00401004, // Patient Transport Arrangements
          0x00403001); // Confidentiality Constraint on Patient Data Description

  private static final Set<Integer> EMPTY_OF_STEP =
      Set.of(
          0x00321070, // Requested Contrast Agent
          0x00400008, // Scheduled Protocol Code Sequence
          0x00400010, // Scheduled Station Name
          0x00400011, // Scheduled Procedure Step Location
          0x00400012); // Pre-Medication

  private static final Set<Integer> TOP = tags(StepField.Place.TOP);
  private static final Set<Integer> OF_STEP = tags(StepField.Place.STEP);
  private static final Set<Integer> OF_CODE = tags(StepField.Place.CODE);

  private WorklistKeys() {}

  /// What asking for an attribute comes to.
  public enum Support {
    /// It is compared, and told.
    MATCHED,
    /// It is told without a value; a value that is asked for can't be looked for.
    EMPTY,
    NONE
  }

  private static Set<Integer> tags(StepField.Place place) {
    return Arrays.stream(StepField.values())
        .filter(each -> each.place() == place)
        .map(StepField::tag)
        .collect(Collectors.toUnmodifiableSet());
  }

  /// @param sequence whose item it stands in; 0 for none
  public static Support support(int sequence, int tag) {
    return switch (sequence) {
      case 0 -> support(TOP.contains(tag) || tag == STEPS || tag == CODES, EMPTY.contains(tag));
      case STEPS -> support(OF_STEP.contains(tag) || tag == STATUS, EMPTY_OF_STEP.contains(tag));
      case CODES -> support(OF_CODE.contains(tag), false);
      default -> Support.EMPTY;
    };
  }

  private static Support support(boolean matched, boolean empty) {
    if (matched) {
      return Support.MATCHED;
    }
    return empty ? Support.EMPTY : Support.NONE;
  }

  /// A worklist item, in UTF-8.
  ///
  /// @param station who is shown it: the station of a step that is for any
  static DataSet item(ScheduledStep step, String station) {
    DataSet.Builder item = DataSet.builder().utf8();
    DataSet.Builder ofStep = DataSet.builder(item.characterSet());
    DataSet.Builder ofCode = DataSet.builder(item.characterSet());
    step.values()
        .forEach((field, value) -> {
          DataSet.Builder place =
              switch (field.place()) {
                case TOP -> item;
                case STEP -> ofStep;
                case CODE -> ofCode;
              };
          place.text(field.tag(), field.vr(), value);
        });
    if (step.value(StepField.STATION).isEmpty()) {
      ofStep.text(StepField.STATION.tag(), Vr.AE, station);
    }
    ofStep.text(STATUS, Vr.CS, step.status().term());
    item.sequence(STEPS, java.util.List.of(ofStep.build()));
    if (step.values().containsKey(StepField.CODE_VALUE)) {
      item.sequence(CODES, java.util.List.of(ofCode.build()));
    }
    return item.build();
  }
}
