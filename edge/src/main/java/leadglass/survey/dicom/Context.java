package leadglass.survey.dicom;

import java.util.List;
import java.util.stream.Stream;

/// What is proposed to see whether it is accepted.
public enum Context {
  VERIFICATION("1.2.840.10008.1.1", Kind.VERIFICATION),
  STUDY_ROOT_FIND("1.2.840.10008.5.1.4.1.2.2.1", Kind.FIND),
  PATIENT_ROOT_FIND("1.2.840.10008.5.1.4.1.2.1.1", Kind.FIND),
  WORKLIST_FIND("1.2.840.10008.5.1.4.31", Kind.FIND),
  STUDY_ROOT_GET("1.2.840.10008.5.1.4.1.2.2.3", Kind.GET),
  PATIENT_ROOT_GET("1.2.840.10008.5.1.4.1.2.1.3", Kind.GET),
  STUDY_ROOT_MOVE("1.2.840.10008.5.1.4.1.2.2.2", Kind.MOVE),
  PATIENT_ROOT_MOVE("1.2.840.10008.5.1.4.1.2.1.2", Kind.MOVE),
  COMPUTED_RADIOGRAPHY_STORAGE("1.2.840.10008.5.1.4.1.1.1", Kind.STORAGE),
  DIGITAL_X_RAY_STORAGE("1.2.840.10008.5.1.4.1.1.1.1", Kind.STORAGE),
  CT_STORAGE("1.2.840.10008.5.1.4.1.1.2", Kind.STORAGE),
  MR_STORAGE("1.2.840.10008.5.1.4.1.1.4", Kind.STORAGE),
  ULTRASOUND_STORAGE("1.2.840.10008.5.1.4.1.1.6.1", Kind.STORAGE),
  SECONDARY_CAPTURE_STORAGE("1.2.840.10008.5.1.4.1.1.7", Kind.STORAGE);

  /// What may be done with a context.
  public enum Kind {
    VERIFICATION,
    FIND,
    GET,
    MOVE,
    /// Only proposed. Nothing is ever stored.
    STORAGE
  }

  private final String sopClass;
  private final Kind kind;

  Context(String sopClass, Kind kind) {
    this.sopClass = sopClass;
    this.kind = kind;
  }

  public String sopClass() {
    return sopClass;
  }

  public Kind kind() {
    return kind;
  }

  static List<Context> of(Kind kind) {
    return Stream.of(values()).filter(each -> each.kind == kind).toList();
  }
}
