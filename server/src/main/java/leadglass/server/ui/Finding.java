package leadglass.server.ui;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.Question;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.server.ui.page.Filters;
import leadglass.server.ui.page.Moment;

/// From a form to a question.
///
/// @param after cursor of the page before; empty for the first page
record Finding(Filters filters, Optional<String> after) {
  static final int ROWS = 50;

  /// Shorter ones match nearly everything; a single letter of Chinese may be a name.
  private static final int LATIN_CHARS_MIN = 2;

  private static final int TYPED_CHARS_MAX = 64;
  private static final int WEEK_DAYS = 7;
  private static final int MONTH_DAYS = 30;

  /// Attributes of a line that a study-level answer need not give by itself.
  private static final Set<Integer> SHOWN =
      Set.of(
          Tag.PATIENT_NAME,
          Tag.PATIENT_ID,
          Tag.PATIENT_BIRTH_DATE,
          Tag.PATIENT_SEX,
          Tag.STUDY_DATE,
          Tag.STUDY_TIME,
          Tag.STUDY_DESCRIPTION,
          Tag.ACCESSION_NUMBER,
          Tag.REFERRING_PHYSICIAN_NAME,
          Tag.MODALITIES_IN_STUDY,
          Tag.NUMBER_OF_STUDY_RELATED_SERIES,
          Tag.NUMBER_OF_STUDY_RELATED_INSTANCES);

  static Finding of(Map<String, String> form) {
    String modality = form.getOrDefault("modality", "");
    return new Finding(
        new Filters(
            cut(form.getOrDefault("q", "").strip()),
            Filters.When.of(form.getOrDefault("when", "")),
            cut(form.getOrDefault("from", "")),
            cut(form.getOrDefault("to", "")),
            Filters.MODALITIES.contains(modality) ? modality : ""),
        Optional.of(form.getOrDefault("after", "")).filter(after -> !after.isEmpty()));
  }

  private static String cut(String text) {
    return text.length() <= TYPED_CHARS_MAX ? text : text.substring(0, TYPED_CHARS_MAX);
  }

  /// What speaks against asking, in a sentence; empty if nothing does.
  String objection() {
    String typed = filters.typed();
    if (!typed.isEmpty() && typed.length() < LATIN_CHARS_MIN && typed.charAt(0) < 0x250) {
      return "Type at least two characters.";
    }
    boolean range = filters.when() == Filters.When.RANGE;
    if (range && (broken(filters.from()) || broken(filters.to()))) {
      return "Dates are written year-month-day, such as 2026-11-25.";
    }
    return "";
  }

  private static boolean broken(String day) {
    return !day.isEmpty() && parse(day).isEmpty();
  }

  private static Optional<LocalDate> parse(String day) {
    try {
      return Optional.of(LocalDate.parse(day));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  Question question(LocalDate today) {
    List<Question.Key> keys = new ArrayList<>();
    if (!filters.typed().isEmpty()) {
      keys.add(new Question.Key(Question.Key.TYPED, filters.typed()));
    }
    String days = days(today);
    if (!days.isEmpty()) {
      keys.add(new Question.Key(Tag.STUDY_DATE, days));
    }
    if (!filters.modality().isEmpty()) {
      keys.add(new Question.Key(Tag.MODALITIES_IN_STUDY, filters.modality()));
    }
    return new Question(
        Question.Level.STUDY,
        Optional.empty(),
        Optional.empty(),
        keys,
        SHOWN,
        false,
        0,
        ROWS,
        after);
  }

  /// A range of VR DA (PS3.4 §C.2.2.2.5); empty for any day.
  private String days(LocalDate today) {
    return switch (filters.when()) {
      case ANY -> "";
      case TODAY -> Moment.key(today);
      case WEEK -> Moment.key(today.minusDays(WEEK_DAYS - 1)) + "-" + Moment.key(today);
      case MONTH -> Moment.key(today.minusDays(MONTH_DAYS - 1)) + "-" + Moment.key(today);
      case RANGE -> {
        String from = parse(filters.from()).map(Moment::key).orElse("");
        String to = parse(filters.to()).map(Moment::key).orElse("");
        yield from.isEmpty() && to.isEmpty() ? "" : from + "-" + to;
      }
    };
  }

  /// The one line of a study.
  static Question study(Uid study) {
    return new Question(
        Question.Level.STUDY,
        Optional.of(study),
        Optional.empty(),
        List.of(new Question.Key(Tag.STUDY_INSTANCE_UID, study.value())),
        SHOWN,
        false,
        0,
        1,
        Optional.empty());
  }

  static Question series(Uid study) {
    return new Question(
        Question.Level.SERIES,
        Optional.of(study),
        Optional.empty(),
        List.of(),
        Set.of(
            Tag.MODALITY,
            Tag.SERIES_NUMBER,
            Tag.SERIES_DESCRIPTION,
            Tag.NUMBER_OF_SERIES_RELATED_INSTANCES),
        false,
        0,
        Question.ROWS_MAX,
        Optional.empty());
  }
}
