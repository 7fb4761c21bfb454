package leadglass.dicom.data;

import java.util.Locale;

/// Attribute tags as integers: group in the upper, element in the lower 16 bits (PS3.5 §7.1).
/// Compare them unsigned.
public final class Tag {
  public static final int AFFECTED_SOP_CLASS_UID = 0x00000002;
  public static final int MEDIA_STORAGE_SOP_CLASS_UID = 0x00020002;
  public static final int MEDIA_STORAGE_SOP_INSTANCE_UID = 0x00020003;
  public static final int TRANSFER_SYNTAX_UID = 0x00020010;
  public static final int IMPLEMENTATION_CLASS_UID = 0x00020012;
  public static final int IMPLEMENTATION_VERSION_NAME = 0x00020013;
  public static final int SPECIFIC_CHARACTER_SET = 0x00080005;
  public static final int SOP_CLASS_UID = 0x00080016;
  public static final int SOP_INSTANCE_UID = 0x00080018;
  public static final int STUDY_DATE = 0x00080020;
  public static final int SERIES_DATE = 0x00080021;
  public static final int CONTENT_DATE = 0x00080023;
  public static final int STUDY_TIME = 0x00080030;
  public static final int SERIES_TIME = 0x00080031;
  public static final int CONTENT_TIME = 0x00080033;
  public static final int ACCESSION_NUMBER = 0x00080050;
  public static final int QUERY_RETRIEVE_LEVEL = 0x00080052;
  public static final int RETRIEVE_AE_TITLE = 0x00080054;
  public static final int INSTANCE_AVAILABILITY = 0x00080056;
  public static final int MODALITY = 0x00080060;
  public static final int MODALITIES_IN_STUDY = 0x00080061;
  public static final int SOP_CLASSES_IN_STUDY = 0x00080062;
  public static final int MANUFACTURER = 0x00080070;
  public static final int INSTITUTION_NAME = 0x00080080;
  public static final int REFERRING_PHYSICIAN_NAME = 0x00080090;
  public static final int REFERRING_PHYSICIAN_IDENTIFICATION_SEQUENCE = 0x00080096;
  public static final int CODE_VALUE = 0x00080100;
  public static final int CODING_SCHEME_DESIGNATOR = 0x00080102;
  public static final int TIMEZONE_OFFSET_FROM_UTC = 0x00080201;
  public static final int STATION_NAME = 0x00081010;
  public static final int STUDY_DESCRIPTION = 0x00081030;
  public static final int SERIES_DESCRIPTION = 0x0008103E;
  public static final int REFERENCED_SOP_CLASS_UID = 0x00081150;
  public static final int REFERENCED_SOP_INSTANCE_UID = 0x00081155;
  public static final int RETRIEVE_URL = 0x00081190;
  public static final int WARNING_REASON = 0x00081196;
  public static final int FAILURE_REASON = 0x00081197;
  public static final int FAILED_SOP_SEQUENCE = 0x00081198;
  public static final int REFERENCED_SOP_SEQUENCE = 0x00081199;
  public static final int PATIENT_NAME = 0x00100010;
  public static final int PATIENT_ID = 0x00100020;
  public static final int ISSUER_OF_PATIENT_ID = 0x00100021;
  public static final int PATIENT_BIRTH_DATE = 0x00100030;
  public static final int PATIENT_SEX = 0x00100040;
  public static final int PATIENT_AGE = 0x00101010;
  public static final int BODY_PART_EXAMINED = 0x00180015;
  public static final int STUDY_INSTANCE_UID = 0x0020000D;
  public static final int SERIES_INSTANCE_UID = 0x0020000E;
  public static final int STUDY_ID = 0x00200010;
  public static final int SERIES_NUMBER = 0x00200011;
  public static final int INSTANCE_NUMBER = 0x00200013;
  public static final int NUMBER_OF_PATIENT_RELATED_STUDIES = 0x00201200;
  public static final int NUMBER_OF_PATIENT_RELATED_SERIES = 0x00201202;
  public static final int NUMBER_OF_PATIENT_RELATED_INSTANCES = 0x00201204;
  public static final int NUMBER_OF_STUDY_RELATED_SERIES = 0x00201206;
  public static final int NUMBER_OF_STUDY_RELATED_INSTANCES = 0x00201208;
  public static final int NUMBER_OF_SERIES_RELATED_INSTANCES = 0x00201209;
  public static final int SAMPLES_PER_PIXEL = 0x00280002;
  public static final int PHOTOMETRIC_INTERPRETATION = 0x00280004;
  public static final int NUMBER_OF_FRAMES = 0x00280008;
  public static final int ROWS = 0x00280010;
  public static final int COLUMNS = 0x00280011;
  public static final int BITS_ALLOCATED = 0x00280100;
  public static final int BITS_STORED = 0x00280101;
  public static final int HIGH_BIT = 0x00280102;
  public static final int PIXEL_REPRESENTATION = 0x00280103;
  public static final int PERFORMED_PROCEDURE_STEP_START_DATE = 0x00400244;
  public static final int PERFORMED_PROCEDURE_STEP_START_TIME = 0x00400245;
  public static final int REQUEST_ATTRIBUTES_SEQUENCE = 0x00400275;
  public static final int PERSON_IDENTIFICATION_CODE_SEQUENCE = 0x00401101;
  public static final int ENCAPSULATED_DOCUMENT = 0x00420011;
  public static final int MIME_TYPE_OF_ENCAPSULATED_DOCUMENT = 0x00420012;
  public static final int EXTENDED_OFFSET_TABLE = 0x7FE00001;
  public static final int EXTENDED_OFFSET_TABLE_LENGTHS = 0x7FE00002;
  public static final int FLOAT_PIXEL_DATA = 0x7FE00008;
  public static final int DOUBLE_FLOAT_PIXEL_DATA = 0x7FE00009;
  public static final int PIXEL_DATA = 0x7FE00010;
  public static final int ITEM = 0xFFFEE000;
  public static final int ITEM_DELIMITATION = 0xFFFEE00D;
  public static final int SEQUENCE_DELIMITATION = 0xFFFEE0DD;

  private Tag() {}

  public static int group(int tag) {
    return tag >>> 16;
  }

  public static int element(int tag) {
    return tag & 0xFFFF;
  }

  /// Odd groups are private (PS3.5 §7.8).
  public static boolean isPrivate(int tag) {
    return (tag & 0x10000) != 0;
  }

  /// (gggg,0010) to (gggg,00FF) of an odd group names who owns a block (PS3.5 §7.8.1).
  public static boolean isPrivateCreator(int tag) {
    return isPrivate(tag) && element(tag) >= 0x10 && element(tag) <= 0xFF;
  }

  /// (gggg,0000), the length of a group.
  public static boolean isGroupLength(int tag) {
    return element(tag) == 0;
  }

  /// Pixel data in any of its forms.
  public static boolean isPixelData(int tag) {
    return tag == PIXEL_DATA || tag == FLOAT_PIXEL_DATA || tag == DOUBLE_FLOAT_PIXEL_DATA;
  }

  /// Eight hexadecimal digits, as in DICOM JSON.
  public static String hex(int tag) {
    return String.format(Locale.ROOT, "%08X", tag);
  }

  /// `(gggg,eeee)`, for people.
  public static String format(int tag) {
    return String.format(Locale.ROOT, "(%04X,%04X)", group(tag), element(tag));
  }
}
