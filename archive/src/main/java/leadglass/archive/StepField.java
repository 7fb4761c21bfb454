package leadglass.archive;

import java.util.Arrays;
import java.util.Optional;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Vr;
import leadglass.dicom.dict.Dictionary;

/// What is said of a scheduled procedure step (PS3.4 Table K.6-1). Each has one value at most.
public enum StepField {
  PATIENT_NAME("patientName", "Patient's name", Tag.PATIENT_NAME, Place.TOP),
  PATIENT_ID("patientId", "Patient ID", Tag.PATIENT_ID, Place.TOP),
  ISSUER("issuerOfPatientId", "Issuer of the Patient ID", Tag.ISSUER_OF_PATIENT_ID, Place.TOP),
  BIRTH_DATE("birthDate", "Birth date", Tag.PATIENT_BIRTH_DATE, Place.TOP),
  SEX("sex", "Sex", Tag.PATIENT_SEX, Place.TOP),
  ACCESSION_NUMBER("accessionNumber", "Accession number", Tag.ACCESSION_NUMBER, Place.TOP),
  REFERRING("referringPhysician", "Referring physician", Tag.REFERRING_PHYSICIAN_NAME, Place.TOP),
  REQUESTING("requestingPhysician", "Requesting physician", 0x00321032, Place.TOP),
  PROCEDURE_ID("requestedProcedureId", "Requested procedure ID", 0x00401001, Place.TOP),
  PROCEDURE("requestedProcedure", "Requested procedure", 0x00321060, Place.TOP),
  CODE_VALUE("codeValue", "Code value", Tag.CODE_VALUE, Place.CODE),
  CODE_SCHEME("codeScheme", "Coding scheme", Tag.CODING_SCHEME_DESIGNATOR, Place.CODE),
  CODE_MEANING("codeMeaning", "Code meaning", 0x00080104, Place.CODE),
  STUDY("studyInstanceUid", "Study Instance UID", Tag.STUDY_INSTANCE_UID, Place.TOP),
  STEP_ID("stepId", "Step ID", 0x00400009, Place.STEP),
  MODALITY("modality", "Modality", Tag.MODALITY, Place.STEP),
  STATION("station", "Station AE title", 0x00400001, Place.STEP),
  DATE("date", "Date", 0x00400002, Place.STEP),
  TIME("time", "Time", 0x00400003, Place.STEP),
  DESCRIPTION("description", "Description", 0x00400007, Place.STEP),
  PERFORMING("performingPhysician", "Performing physician", 0x00400006, Place.STEP);

  /// Where it stands in a worklist item.
  enum Place {
    TOP,
    /// In the item of the Scheduled Procedure Step Sequence (0040,0100).
    STEP,
    /// In the item of the Requested Procedure Code Sequence (0032,1064).
    CODE
  }

  private final String word;
  private final String label;
  private final int tag;
  private final Place place;

  StepField(String word, String label, int tag, Place place) {
    this.word = word;
    this.label = label;
    this.tag = tag;
    this.place = place;
  }

  /// Its name in JSON, in files and on the command line.
  public String word() {
    return word;
  }

  /// Its name for people.
  public String label() {
    return label;
  }

  public int tag() {
    return tag;
  }

  Place place() {
    return place;
  }

  Vr vr() {
    return Dictionary.vr(tag, false);
  }

  /// The one that `word` names.
  public static Optional<StepField> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
  }
}
