package leadglass.server.ui.page;

import java.util.Optional;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;

/// Who a patient is, to be compared with another.
///
/// @param heading above the card
/// @param born and `sex` are empty if not known
/// @param held such as `3 studies are held`
public record PatientCard(
    String heading,
    PersonName name,
    String id,
    String issuer,
    String born,
    String sex,
    String held) {

  public static PatientCard of(String heading, DataSet attributes, int studies) {
    return new PatientCard(
        heading,
        PersonName.of(attributes.string(Tag.PATIENT_NAME).orElse("")),
        StudyRow.shown(attributes, Tag.PATIENT_ID),
        StudyRow.shown(attributes, Tag.ISSUER_OF_PATIENT_ID),
        day(attributes.string(Tag.PATIENT_BIRTH_DATE).orElse("")),
        sex(attributes.string(Tag.PATIENT_SEX).orElse("")),
        studies == 0
            ? "Nothing is held of them yet."
            : Amount.studies(studies) + (studies == 1 ? " is held." : " are held."));
  }

  private static String day(String value) {
    Optional<String> day = Moment.date(value).map(Moment::day);
    return day.orElse(Shown.text(value));
  }

  private static String sex(String value) {
    return switch (value.strip()) {
      case "M" -> "male";
      case "F" -> "female";
      case "O" -> "other";
      default -> "";
    };
  }

  public String called() {
    return name.first().isEmpty() ? "No name" : name.first();
  }

  /// What differs, in words; empty if nothing does but the ID.
  public String unlike(PatientCard other) {
    boolean born = !this.born.equals(other.born);
    boolean sexes = !sex.equals(other.sex);
    boolean names = !name.equals(other.name);
    if (!born && !sexes && !names) {
      return "";
    }
    String what = (names ? "name, " : "") + (born ? "birth date, " : "") + (sexes ? "sex, " : "");
    return "The two differ in: " + what.substring(0, what.length() - 2) + ".";
  }

  /// Never the values.
  @Override
  public String toString() {
    return "PatientCard[]";
  }
}
