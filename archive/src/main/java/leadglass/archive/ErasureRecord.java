package leadglass.archive;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An erasure as it is kept in the registry. Holds nothing that tells who the patient is, neither
/// before nor after.
///
/// @param patient pseudonym
/// @param note empty once it is done or taken back
/// @param graceDays as the site's rule was when it was confirmed
/// @param confirmedDays counted when it was confirmed
/// @param names of the studies, only while it is being done
/// @param studies whose keys were destroyed
/// @param movedAway studies that came under this patient and had been given to another
/// @param backups of keys there were when it was done
record ErasureRecord(
    Erasures.State state,
    String patient,
    Erasures.Category category,
    String note,
    Mark asked,
    @Nullable Mark confirmed,
    @Nullable Mark takenBack,
    @Nullable Mark erased,
    int graceDays,
    int confirmedDays,
    List<String> names,
    int studies,
    int movedAway,
    List<String> backups) {
  ErasureRecord {
    names = List.copyOf(names);
    backups = List.copyOf(backups);
  }

  /// Who did something and when.
  record Mark(String by, long at) {}

  static ErasureRecord asked(String patient, Erasures.Category category, String note, Mark mark) {
    return new ErasureRecord(
        Erasures.State.ASKED,
        patient,
        category,
        note,
        mark,
        null,
        null,
        null,
        0,
        0,
        List.of(),
        0,
        0,
        List.of());
  }

  ErasureRecord confirmed(Mark mark, int grace, int days) {
    return new ErasureRecord(
        Erasures.State.CONFIRMED,
        patient,
        category,
        note,
        asked,
        mark,
        null,
        null,
        grace,
        days,
        names,
        studies,
        movedAway,
        backups);
  }

  ErasureRecord takenBack(Mark mark) {
    return new ErasureRecord(
        Erasures.State.TAKEN_BACK,
        patient,
        category,
        "",
        asked,
        confirmed,
        mark,
        null,
        graceDays,
        confirmedDays,
        List.of(),
        0,
        0,
        List.of());
  }

  ErasureRecord begun(List<String> studyNames, int away, List<String> keyBackups) {
    return new ErasureRecord(
        Erasures.State.ERASING,
        patient,
        category,
        "",
        asked,
        confirmed,
        null,
        null,
        graceDays,
        confirmedDays,
        studyNames,
        studyNames.size(),
        away,
        keyBackups);
  }

  ErasureRecord done(Mark mark) {
    return new ErasureRecord(
        Erasures.State.ERASED,
        patient,
        category,
        "",
        asked,
        confirmed,
        null,
        mark,
        graceDays,
        confirmedDays,
        List.of(),
        studies,
        movedAway,
        backups);
  }

  boolean open() {
    return switch (state) {
      case ASKED, CONFIRMED, ERASING -> true;
      case ERASED, TAKEN_BACK -> false;
    };
  }
}
