package leadglass.server.ui.page;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;

/// A study as a line of the worklist.
///
/// @param uid empty in a row without one, which can't be opened
/// @param person sex and age at the time of the study, such as `F 67`
/// @param day such as `Today`
/// @param images and `series` are -1 if not known
public record StudyRow(
    Optional<Uid> uid,
    PersonName patient,
    String person,
    String born,
    String id,
    String day,
    String time,
    List<String> modalities,
    String description,
    PersonName referrer,
    String accession,
    int series,
    int images) {

  private static final int MODALITIES_MAX = 8;

  /// A study that a list tells nothing of to whoever looks.
  private static final StudyRow HIDDEN =
      new StudyRow(
          Optional.empty(),
          new PersonName("Not shown to your role", ""),
          "",
          "",
          "",
          "",
          "",
          List.of(),
          "",
          PersonName.of(""),
          "",
          -1,
          -1);

  /// Of a list that tells of some studies only that they are there.
  ///
  /// @param row with nothing in it for who may not find it
  public static StudyRow listed(DataSet row, LocalDate today) {
    return row.size() == 0 ? HIDDEN : of(row, today);
  }

  public static StudyRow of(DataSet row, LocalDate today) {
    Optional<LocalDate> born = row.string(Tag.PATIENT_BIRTH_DATE).flatMap(Moment::date);
    Optional<LocalDate> day = row.string(Tag.STUDY_DATE).flatMap(Moment::date);
    return new StudyRow(
        row.uid(Tag.STUDY_INSTANCE_UID),
        PersonName.of(row.string(Tag.PATIENT_NAME).orElse("")),
        person(row.string(Tag.PATIENT_SEX).orElse(""), born, day),
        born.map(Moment::day).orElse(""),
        shown(row, Tag.PATIENT_ID),
        day.map(known -> Moment.day(known, today)).orElse(""),
        Moment.time(row.string(Tag.STUDY_TIME).orElse("")),
        modalities(row),
        shown(row, Tag.STUDY_DESCRIPTION),
        PersonName.of(row.string(Tag.REFERRING_PHYSICIAN_NAME).orElse("")),
        shown(row, Tag.ACCESSION_NUMBER),
        row.integer(Tag.NUMBER_OF_STUDY_RELATED_SERIES).orElse(-1),
        row.integer(Tag.NUMBER_OF_STUDY_RELATED_INSTANCES).orElse(-1));
  }

  static String shown(DataSet row, int tag) {
    return Shown.text(row.string(tag).orElse(""));
  }

  private static String person(String sex, Optional<LocalDate> born, Optional<LocalDate> day) {
    String age = born.flatMap(b -> day.map(d -> Moment.age(b, d))).orElse("");
    String one = sex.matches("[MFO]") ? sex : "";
    return (one + " " + age).strip();
  }

  private static List<String> modalities(DataSet row) {
    List<String> shown = new ArrayList<>();
    for (String modality : row.strings(Tag.MODALITIES_IN_STUDY)) {
      if (!modality.isBlank() && shown.size() < MODALITIES_MAX) {
        shown.add(Shown.text(modality));
      }
    }
    return shown;
  }

  /// What a link to it says; a study may have no name.
  public String called() {
    return patient.first().isEmpty() ? "No name" : patient.first();
  }

  /// Never the values.
  @Override
  public String toString() {
    return "StudyRow[]";
  }
}
