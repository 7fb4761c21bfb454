package leadglass.server.scp;

import java.util.List;
import leadglass.dicom.data.Uid;

/// The query/retrieve information models instances are retrieved by (PS3.4 §C.6, Annex Y).
enum RetrieveModel {
  PATIENT_ROOT("1.2.840.10008.5.1.4.1.2.1."),
  STUDY_ROOT("1.2.840.10008.5.1.4.1.2.2."),
  COMPOSITE_INSTANCE_ROOT("1.2.840.10008.5.1.4.1.2.4.");

  /// A level, its unique key, and how it is called in Query/Retrieve Level (0008,0052).
  enum Level {
    PATIENT(0x00100020),
    STUDY(0x0020000D),
    SERIES(0x0020000E),
    IMAGE(0x00080018);

    private final int key;

    Level(int key) {
      this.key = key;
    }

    int key() {
      return key;
    }
  }

  private final String root;

  RetrieveModel(String root) {
    this.root = root;
  }

  Uid move() {
    return new Uid(root + "2");
  }

  Uid get() {
    return new Uid(root + "3");
  }

  /// From the top down.
  List<Level> levels() {
    return switch (this) {
      case PATIENT_ROOT -> List.of(Level.PATIENT, Level.STUDY, Level.SERIES, Level.IMAGE);
      case STUDY_ROOT -> List.of(Level.STUDY, Level.SERIES, Level.IMAGE);
      case COMPOSITE_INSTANCE_ROOT -> List.of(Level.IMAGE);
    };
  }
}
