package leadglass.server.scp;

import java.util.Optional;
import leadglass.archive.Question.Level;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;

/// A Query/Retrieve Information Model (PS3.4 §C.3), by the SOP class of its C-FIND.
enum QueryModel {
  PATIENT_ROOT("1.2.840.10008.5.1.4.1.2.1.1", Level.PATIENT),
  STUDY_ROOT("1.2.840.10008.5.1.4.1.2.2.1", Level.STUDY);

  private final String find;
  private final Level top;

  QueryModel(String find, Level top) {
    this.find = find;
    this.top = top;
  }

  Uid find() {
    return new Uid(find);
  }

  /// Whether the model has a level.
  boolean has(Level level) {
    return level.compareTo(top) >= 0;
  }

  /// The level that a value of Query/Retrieve Level (0008,0052) names.
  Optional<Level> level(String word) {
    return switch (word) {
      case "PATIENT" -> Optional.of(Level.PATIENT).filter(this::has);
      case "STUDY" -> Optional.of(Level.STUDY);
      case "SERIES" -> Optional.of(Level.SERIES);
      case "IMAGE" -> Optional.of(Level.INSTANCE);
      default -> Optional.empty();
    };
  }

  static String word(Level level) {
    return switch (level) {
      case PATIENT -> "PATIENT";
      case STUDY -> "STUDY";
      case SERIES -> "SERIES";
      case INSTANCE -> "IMAGE";
    };
  }

  /// The unique key of a level (PS3.4 §C.2.2.1.1).
  static int uniqueKey(Level level) {
    return switch (level) {
      case PATIENT -> Tag.PATIENT_ID;
      case STUDY -> Tag.STUDY_INSTANCE_UID;
      case SERIES -> Tag.SERIES_INSTANCE_UID;
      case INSTANCE -> Tag.SOP_INSTANCE_UID;
    };
  }
}
