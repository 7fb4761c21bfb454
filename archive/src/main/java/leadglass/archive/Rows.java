package leadglass.archive;

import java.util.Optional;
import java.util.Set;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Vr;
import leadglass.dicom.io.DataSets;
import leadglass.dicom.io.DicomException;
import leadglass.store.InstanceRow;
import leadglass.store.SeriesRow;
import leadglass.store.StudyRow;

/// Rows of the catalogue as data sets: what is kept, what is counted, and of that what was asked
/// for (PS3.18 §10.6.3, PS3.4 §C.6.2.1).
final class Rows {
  private static final Set<Integer> PATIENT_ALWAYS =
      Set.of(0x00100010, 0x00100020, 0x00100021, 0x00100030, 0x00100040);
  private static final Set<Integer> STUDY_ALWAYS =
      Set.of(
          0x00080020,
          0x00080030,
          0x00080050,
          0x00080056,
          0x00080061,
          0x00080090,
          0x00080201,
          0x00100010,
          0x00100020,
          0x00100030,
          0x00100040,
          0x0020000D,
          0x00200010,
          0x00201206,
          0x00201208);
  private static final Set<Integer> SERIES_ALWAYS =
      Set.of(
          0x00080056,
          0x00080060,
          0x00080201,
          0x0008103E,
          0x0020000D,
          0x0020000E,
          0x00200011,
          0x00201209,
          0x00400244,
          0x00400245,
          0x00400275);
  private static final Set<Integer> INSTANCE_ALWAYS =
      Set.of(
          0x00080016,
          0x00080018,
          0x00080056,
          0x00080201,
          0x0020000D,
          0x0020000E,
          0x00200013,
          0x00280008,
          0x00280010,
          0x00280011,
          0x00280100);

  private Rows() {}

  /// Patient and study level, as the study came.
  static DataSet filed(StudyRow row) {
    return decode(row.attributes());
  }

  /// Patient and study level, as it is today.
  static DataSet current(StudyRow row) {
    return PatientLevel.overlaid(filed(row), row.moved());
  }

  static DataSet whole(StudyRow row) {
    return copy(current(row))
        .text(Tag.INSTANCE_AVAILABILITY, Vr.CS, "ONLINE")
        .text(Tag.MODALITIES_IN_STUDY, Vr.CS, row.modalities().toArray(String[]::new))
        .text(Tag.SOP_CLASSES_IN_STUDY, Vr.UI, row.sopClasses().toArray(String[]::new))
        .text(Tag.NUMBER_OF_STUDY_RELATED_SERIES, Vr.IS, "" + row.seriesCount())
        .text(Tag.NUMBER_OF_STUDY_RELATED_INSTANCES, Vr.IS, "" + row.instanceCount())
        .build();
  }

  static DataSet whole(SeriesRow row) {
    return copy(decode(row.attributes()))
        .text(Tag.INSTANCE_AVAILABILITY, Vr.CS, "ONLINE")
        .text(Tag.NUMBER_OF_SERIES_RELATED_INSTANCES, Vr.IS, "" + row.instanceCount())
        .build();
  }

  static DataSet whole(InstanceRow row) {
    return copy(Came.without(decode(row.attributes())))
        .text(Tag.INSTANCE_AVAILABILITY, Vr.CS, "ONLINE")
        .build();
  }

  static DataSet study(DataSet ofStudy, Question question) {
    return picked(ofStudy, STUDY_ALWAYS, question).build();
  }

  /// What a patient has (PS3.4 §C.3.4).
  record Counts(int studies, int series, int instances) {
    static final Counts NONE = new Counts(0, 0, 0);

    Counts plus(StudyRow row) {
      return new Counts(studies + 1, series + row.seriesCount(), instances + row.instanceCount());
    }
  }

  static boolean wantsCounts(Question question) {
    return Keys.COUNTED_OF_PATIENT.stream().anyMatch(tag -> isWanted(tag, Set.of(), question));
  }

  /// Patient level of a study's row.
  static DataSet patient(DataSet ofStudy, Optional<Counts> counts) {
    DataSet.Builder row = DataSet.builder().utf8();
    ofStudy.forEach(element -> {
      if (Levels.PATIENT.contains(element.tag())) {
        row.add(element);
      }
    });
    row.text(Tag.INSTANCE_AVAILABILITY, Vr.CS, "ONLINE");
    counts.ifPresent(each ->
        row.text(Tag.NUMBER_OF_PATIENT_RELATED_STUDIES, Vr.IS, "" + each.studies())
            .text(Tag.NUMBER_OF_PATIENT_RELATED_SERIES, Vr.IS, "" + each.series())
            .text(Tag.NUMBER_OF_PATIENT_RELATED_INSTANCES, Vr.IS, "" + each.instances()));
    return row.build();
  }

  static DataSet patient(DataSet ofPatient, Question question) {
    return picked(ofPatient, PATIENT_ALWAYS, question).build();
  }

  static DataSet series(DataSet ofSeries, DataSet ofStudy, Question question) {
    DataSet.Builder row = picked(ofSeries, SERIES_ALWAYS, question);
    return above(row, ofStudy, question, Tag.STUDY_INSTANCE_UID).build();
  }

  static DataSet instance(
      DataSet ofInstance, DataSet ofSeries, DataSet ofStudy, Question question) {
    DataSet.Builder row = picked(ofInstance, INSTANCE_ALWAYS, question);
    above(row, ofSeries, question, Tag.SERIES_INSTANCE_UID);
    return above(row, ofStudy, question, Tag.STUDY_INSTANCE_UID).build();
  }

  /// Of the levels above: the UID always; the rest if all of it or this was asked for, or if no
  /// study was named, so that a row tells whose it is (PS3.18 §10.6.3.3).
  private static DataSet.Builder above(
      DataSet.Builder row, DataSet upper, Question question, int uid) {
    Set<Integer> always =
        question.study().isPresent()
            ? Set.of(uid)
            : uid == Tag.STUDY_INSTANCE_UID ? STUDY_ALWAYS : SERIES_ALWAYS;
    for (Element element : upper) {
      if (isWanted(element.tag(), always, question)
          && element.tag() != Tag.SPECIFIC_CHARACTER_SET) {
        row.add(element);
      }
    }
    return row;
  }

  private static DataSet.Builder picked(DataSet whole, Set<Integer> always, Question question) {
    DataSet.Builder row = DataSet.builder().utf8();
    for (Element element : whole) {
      if (isWanted(element.tag(), always, question)
          && element.tag() != Tag.SPECIFIC_CHARACTER_SET) {
        row.add(element);
      }
    }
    return row;
  }

  private static boolean isWanted(int tag, Set<Integer> always, Question question) {
    return always.contains(tag)
        || question.includeAll()
        || question.include().contains(tag)
        || question.keys().stream().anyMatch(key -> key.tag() == tag);
  }

  private static DataSet.Builder copy(DataSet dataSet) {
    DataSet.Builder copy = DataSet.builder();
    dataSet.forEach(copy::add);
    return copy;
  }

  static DataSet decode(byte[] attributes) {
    try {
      return DataSets.decode(attributes);
    } catch (DicomException e) {
      throw new IllegalStateException("a row of the catalogue is damaged", e);
    }
  }
}
