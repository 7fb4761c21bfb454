package leadglass.archive;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import leadglass.archive.Retention.Rule;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.store.StudyRow;

/// What retention goes by: when a study was made, of what kind, and how old the patient was.
///
/// @param made study date; the day it came where that is missing or later
/// @param births birth dates of those it was filed under and given to; empty if none is known
/// @param ageYears as the study says it, or -1
record RetentionTerm(
    LocalDate made, List<String> modalities, List<LocalDate> births, int ageYears) {
  private static final DateTimeFormatter DA =
      DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);

  /// @param identities patient level attributes: as filed, and of whom it was given to
  static RetentionTerm of(StudyRow row, List<DataSet> identities) {
    DataSet filed = identities.getFirst();
    LocalDate came = Custody.date(row.receivedMillis());
    LocalDate made =
        date(filed.string(Tag.STUDY_DATE)).filter(date -> !date.isAfter(came)).orElse(came);
    List<LocalDate> births =
        identities.stream()
            .flatMap(identity -> date(identity.string(Tag.PATIENT_BIRTH_DATE)).stream())
            .filter(birth -> !birth.isAfter(came))
            .distinct()
            .toList();
    return new RetentionTerm(
        made, row.modalities(), births, age(filed.string(Tag.PATIENT_AGE).orElse("")));
  }

  private static Optional<LocalDate> date(Optional<String> da) {
    try {
      return da.map(text -> LocalDate.parse(text.replace(".", ""), DA));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /// PS3.5 §6.2, VR AS.
  private static int age(String text) {
    if (!text.matches("\\d{3}[DWMY]")) {
      return -1;
    }
    int count = Integer.parseInt(text.substring(0, 3));
    return switch (text.charAt(3)) {
      case 'Y' -> count;
      case 'M' -> count / 12;
      case 'W' -> count / 53;
      default -> count / 366;
    };
  }

  /// Last day on which any of the rules keeps it; empty if none is about it.
  Optional<LocalDate> until(List<Rule> rules) {
    return rules.stream().flatMap(this::days).max(Comparator.naturalOrder());
  }

  private Stream<LocalDate> days(Rule rule) {
    boolean concerns =
        rule.modalities().isEmpty() || modalities.stream().anyMatch(rule.modalities()::contains);
    if (!concerns) {
      return Stream.empty();
    }
    LocalDate general = made.plusYears(rule.years());
    return rule.minorUntilAge() == 0
        ? Stream.of(general)
        : Stream.concat(Stream.of(general), birthsOfAMinor(rule).map(birth -> end(birth, rule)));
  }

  /// Of whom it is not known how old they were, it is taken that they were just born: too long can
  /// be mended, too short can't.
  private Stream<LocalDate> birthsOfAMinor(Rule rule) {
    if (!births.isEmpty()) {
      return births.stream().filter(birth -> made.isBefore(birth.plusYears(rule.minorUntilAge())));
    }
    if (ageYears < 0) {
      return Stream.of(made);
    }
    return ageYears < rule.minorUntilAge() ? Stream.of(made.minusYears(ageYears)) : Stream.empty();
  }

  private static LocalDate end(LocalDate birth, Rule rule) {
    return birth.plusYears(rule.minorUntilAge() + (long) rule.minorYears());
  }

  /// It holds when a patient was born.
  @Override
  public String toString() {
    return "RetentionTerm[]";
  }
}
