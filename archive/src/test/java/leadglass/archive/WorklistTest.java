package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.Query.Streamed;
import leadglass.archive.Worklist.Listed;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is planned: kept, listed, asked for.
class WorklistTest {
  private static final LocalDate TODAY = LocalDate.of(2024, 2, 29);
  private static final Caller DESK = OpenArchive.person(Role.FRONT_DESK);

  @TempDir private Path folder;

  static Map<StepField, String> entry(String station, String date, String time) {
    Map<StepField, String> values = new EnumMap<>(StepField.class);
    values.put(StepField.PATIENT_NAME, "Fiction^Zoë");
    values.put(StepField.PATIENT_ID, "CANARY-1");
    values.put(StepField.BIRTH_DATE, "1970-01-01");
    values.put(StepField.SEX, "f");
    values.put(StepField.MODALITY, "ct");
    values.put(StepField.STATION, station);
    values.put(StepField.DATE, date);
    values.put(StepField.TIME, time);
    values.put(StepField.DESCRIPTION, "Head");
    return values;
  }

  private static Caller.Device device(String title) {
    return new Caller.Device(
        title,
        Set.of(DeviceVerb.WORKLIST),
        Optional.empty(),
        new Origin(Origin.Door.DIMSE, "127.0.0.1"));
  }

  private static List<ScheduledStep> listed(Worklist worklist, Worklist.Filter filter)
      throws IOException {
    return ((Listed.Steps) worklist.list(DESK, filter, "", 100)).steps();
  }

  private static Worklist.Filter day(LocalDate day) {
    return new Worklist.Filter(Optional.of(day), "", "", "");
  }

  private static List<DataSet> found(Worklist worklist, WorklistScope scope, Question.Key... keys)
      throws IOException {
    List<DataSet> rows = new ArrayList<>();
    Query.Taker taker =
        new Query.Taker() {
          @Override
          public boolean wants() {
            return true;
          }

          @Override
          public void take(List<DataSet> more) {
            rows.addAll(more);
          }
        };
    Streamed streamed = worklist.find(device(scope.station()), scope, List.of(keys), taker);
    assertThat(streamed).isEqualTo(new Streamed.Done(true));
    return rows;
  }

  private static List<String> times(List<DataSet> rows) {
    return rows.stream()
        .map(
            row -> row.items(WorklistKeys.STEPS).getFirst().string(StepField.TIME.tag()).orElse(""))
        .toList();
  }

  private static WorklistScope own(String title) {
    return WorklistScope.own(device(title));
  }

  private static Question.Key ofStep(int tag, String value) {
    return new Question.Key(WorklistKeys.STEPS, "", List.of(new Question.Key(tag, value)));
  }

  private static Question.Key ofStep(Question.Key... keys) {
    return new Question.Key(WorklistKeys.STEPS, "", List.of(keys));
  }

  @Test
  void anEntrySurvivesARestartWithWhatHadToBeMade() throws IOException {
    String id;
    try (OpenArchive opened = OpenArchive.in(folder)) {
      id = Ward.name(opened.archive.worklist().add(DESK, entry("CT1", "2024-02-29", "09:30")));
    }
    try (OpenArchive again = OpenArchive.in(folder)) {
      ScheduledStep step = again.archive.worklist().step(DESK, id).orElseThrow();
      assertThat(step.status()).isEqualTo(StepStatus.SCHEDULED);
      assertThat(step.value(StepField.PATIENT_NAME)).isEqualTo("Fiction^Zoë");
      assertThat(step.value(StepField.SEX)).isEqualTo("F");
      assertThat(step.value(StepField.DATE)).isEqualTo("20240229");
      assertThat(step.value(StepField.TIME)).isEqualTo("0930");
      assertThat(step.shown(StepField.TIME)).isEqualTo("09:30");
      assertThat(step.value(StepField.PROCEDURE)).isEqualTo("Head");
      assertThat(step.value(StepField.STEP_ID)).startsWith("LG").hasSize(16);
      Uid study = new Uid(step.value(StepField.STUDY));
      assertThat(study.value()).startsWith("2.25.");
      assertThat(study.conforms()).isTrue();
      assertThat(step.by()).isEqualTo("mara");
      assertThat(listed(again.archive.worklist(), day(TODAY))).containsExactly(step);
      assertThat(step.toString()).doesNotContain("Fiction").doesNotContain("CANARY");
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "patientName      | ''                  | Patient's name is needed.",
        "patientName      | ^^                  | Patient's name: a name such as",
        "patientName      | a^b^c^d^e^f         | Patient's name: a name such as",
        "patientId        | ''                  | Patient ID is needed.",
        "patientId        | CANARY\\2           | Patient ID: visible characters",
        "birthDate        | 1970-02-30          | Birth date: a date such as",
        "sex              | X                   | Sex: M, F, or O",
        "modality         | C-T                 | Modality: letters and digits",
        "station          | CT ONE              | Station AE title: 1 to 16",
        "station          | SEVENTEEN_CHARS_X   | Station AE title: 1 to 16",
        "date             | 2024-13-01          | Date: a date such as",
        "date             | 2024-01-01          | The date is longer ago",
        "date             | 2029-01-01          | The date is more than two years",
        "time             | 24:00               | Time: a time such as",
        "time             | 9:30                | Time: a time such as",
        "accessionNumber  | 12345678901234567   | Accession number: 16 characters",
        "studyInstanceUid | 2.25.01             | Study Instance UID: a UID.",
        "studyInstanceUid | CANARY              | Study Instance UID: a UID.",
        "codeValue        | P1                  | A code has a value, a scheme",
        "description      | ''                  | Say what is to be done",
      })
  void whatIsTypedWronglyIsRefusedWithASentenceThatTellsNoValue(
      String word, String value, String rule) {
    Map<StepField, String> values = entry("CT1", "2024-02-29", "09:30");
    values.put(StepField.of(word).orElseThrow(), value);
    assertThat(wrong(values)).startsWith(rule).doesNotContain("CANARY");
  }

  private static String wrong(Map<StepField, String> values) {
    return switch (StepRules.check(values, "0".repeat(32), TODAY)) {
      case StepRules.Checked.Wrong(var rule) -> rule;
      case StepRules.Checked.Sound _ -> "";
    };
  }

  @Test
  void controlAndInvisibleCharactersAreRefusedInEveryField() {
    for (StepField field : StepField.values()) {
      for (String hidden : List.of("a\u0000b", "a\nb", "a\u202Eb", "a\\b", "x".repeat(300))) {
        Map<StepField, String> values = entry("CT1", "2024-02-29", "09:30");
        values.put(field, hidden);
        assertThat(wrong(values)).as(field.word()).isNotEmpty();
      }
    }
  }

  @Test
  void anEntryIsChangedAndCancelledUntilItIsBegun() throws IOException {
    try (OpenArchive opened = OpenArchive.in(folder)) {
      Worklist worklist = opened.archive.worklist();
      String id = Ward.name(worklist.add(DESK, entry("CT1", "2024-02-29", "09:30")));
      Map<StepField, String> later = Map.of(StepField.TIME, "10:00", StepField.STATION, "");
      assertThat(Ward.name(worklist.change(DESK, id, later))).isEqualTo(id);
      ScheduledStep step = worklist.step(DESK, id).orElseThrow();
      assertThat(step.value(StepField.TIME)).isEqualTo("1000");
      assertThat(step.value(StepField.STATION)).isEmpty();
      assertThat(times(found(worklist, own("MR7")))).as("no station: any").containsExactly("1000");
      assertThat(Ward.rule(worklist.change(DESK, id, Map.of(StepField.PATIENT_NAME, ""))))
          .isEqualTo("Patient's name is needed.");
      assertThat(Ward.name(worklist.cancel(DESK, id))).isEqualTo(id);
      assertThat(Ward.rule(worklist.cancel(DESK, id))).contains("cancelled");
      assertThat(Ward.rule(worklist.change(DESK, id, later))).contains("cancelled");
      assertThat(found(worklist, own("CT1"))).isEmpty();
      assertThat(worklist.cancel(DESK, "0".repeat(32))).isEqualTo(new Ruling.NotThere());
      assertThat(worklist.change(DESK, "x", later)).isEqualTo(new Ruling.NotThere());
    }
  }

  @Test
  void onlyWhoPlansChangesAnythingAndOnlyWhoTreatsSees() throws IOException {
    try (OpenArchive opened = OpenArchive.in(folder)) {
      Worklist worklist = opened.archive.worklist();
      Map<StepField, String> entry = entry("CT1", "2024-02-29", "09:30");
      String id = Ward.name(worklist.add(DESK, entry));
      for (Role role : Role.values()) {
        Caller caller = OpenArchive.person(role);
        boolean plans = role == Role.TECHNOLOGIST || role == Role.FRONT_DESK;
        boolean sees = plans || role == Role.RADIOLOGIST;
        assertThat(worklist.add(caller, entry) instanceof Ruling.Done).isEqualTo(plans);
        assertThat(worklist.change(caller, id, Map.of()) instanceof Ruling.Done).isEqualTo(plans);
        assertThat(worklist.step(caller, id).isPresent()).as(role.word()).isEqualTo(sees);
        assertThat(((Listed.Steps) worklist.list(caller, day(TODAY), "", 9)).steps().isEmpty())
            .isNotEqualTo(sees);
      }
      Caller.Device other = (Caller.Device) OpenArchive.device();
      assertThat(worklist.add(other, entry)).isEqualTo(new Ruling.NotThere());
      List<String> trail = opened.trail();
      assertThat(trail).anyMatch(each -> each.contains("adding to the worklist refused"));
      assertThat(trail.toString())
          .contains("procedure step " + id + " made")
          .contains("procedure step " + id + " changed")
          .contains("\"detail\":\"worklist\"")
          .doesNotContain("Fiction")
          .doesNotContain("CANARY");
    }
  }

  @Test
  void aListIsInTheOrderOfTimesPagedAndNarrowed() throws IOException {
    try (OpenArchive opened = OpenArchive.in(folder)) {
      Worklist worklist = opened.archive.worklist();
      worklist.add(DESK, entry("CT1", "2024-02-29", "11:00"));
      worklist.add(DESK, entry("MR1", "2024-02-29", "09:00"));
      worklist.add(DESK, entry("CT1", "2024-03-01", "08:00"));
      worklist.add(DESK, entry("CT1", "2024-02-29", "10:00:30"));
      assertThat(listed(worklist, day(TODAY)))
          .extracting(step -> step.shown(StepField.TIME))
          .containsExactly("09:00", "10:00:30", "11:00");
      Listed.Steps first =
          (Listed.Steps)
              worklist.list(DESK, new Worklist.Filter(Optional.empty(), "", "", ""), "", 2);
      Listed.Steps second =
          (Listed.Steps)
              worklist.list(
                  DESK,
                  new Worklist.Filter(Optional.empty(), "", "", ""),
                  first.next().orElseThrow(),
                  2);
      assertThat(second.steps())
          .extracting(step -> step.shown(StepField.TIME))
          .containsExactly("11:00", "08:00");
      assertThat(second.next()).isEmpty();
      assertThat(listed(worklist, new Worklist.Filter(Optional.of(TODAY), "MR1", "", "")))
          .hasSize(1);
      assertThat(listed(worklist, new Worklist.Filter(Optional.of(TODAY), "", "MR", ""))).isEmpty();
      for (String patient : List.of("CANARY-1", "fict", "zoe fiction")) {
        Worklist.Filter of = new Worklist.Filter(Optional.empty(), "", "", patient);
        assertThat(listed(worklist, of)).as(patient).hasSize(4);
      }
      assertThat(listed(worklist, new Worklist.Filter(Optional.empty(), "", "", "CANARY")))
          .isEmpty();
    }
  }

  @Test
  void aStudyThatIsPlannedForOnePatientIsNotPlannedForAnother() throws IOException {
    try (OpenArchive opened = OpenArchive.in(folder)) {
      Worklist worklist = opened.archive.worklist();
      Map<StepField, String> one = entry("CT1", "2024-02-29", "09:30");
      one.put(StepField.STUDY, "2.25.7");
      worklist.add(DESK, one);
      one.put(StepField.TIME, "10:30");
      assertThat(worklist.add(DESK, one)).isInstanceOf(Ruling.Done.class);
      one.put(StepField.PATIENT_ID, "OTHER");
      assertThat(Ward.rule(worklist.add(DESK, one))).contains("another patient");
    }
  }

  @Test
  void aModalityIsShownItsOwnOpenStepsAndThoseOfNoStation() throws IOException {
    try (OpenArchive opened = OpenArchive.in(folder)) {
      Worklist worklist = opened.archive.worklist();
      worklist.add(DESK, entry("CT1", "2024-02-29", "09:00"));
      worklist.add(DESK, entry("CT2", "2024-02-29", "10:00"));
      worklist.add(DESK, entry("", "2024-02-29", "11:00"));
      worklist.add(DESK, entry("CT1", "2024-03-03", "12:00"));
      assertThat(times(found(worklist, own("CT1")))).containsExactly("0900", "1100", "1200");
      assertThat(times(found(worklist, own("CT2")))).containsExactly("1000", "1100");
      assertThat(times(found(worklist, own("CT1"), ofStep(StepField.STATION.tag(), "CT2"))))
          .as("asking for another station's brings nothing")
          .isEmpty();
      DataSet any = found(worklist, own("CT2")).getLast();
      assertThat(any.items(WorklistKeys.STEPS).getFirst().string(StepField.STATION.tag()))
          .as("a station is always told")
          .contains("CT2");
      WorklistScope narrow = WorklistScope.narrow(device("CT1"));
      assertThat(times(found(worklist, narrow))).containsExactly("0900");
    }
  }

  /// Key, value, times of what is found.
  private static final List<List<String>> KEYS =
      List.of(
          List.of("date", "20240229", "0900 1000"),
          List.of("date", "20240301-", "1100"),
          List.of("date", "-20240228", ""),
          List.of("date", "20240229-20240301", "0900 1000 1100"),
          List.of("time", "0930-1030", "1000"),
          List.of("time", "10", "1000"),
          List.of("modality", "CT", "0900 1000 1100"),
          List.of("modality", "C*", "0900 1000 1100"),
          List.of("modality", "MR", ""),
          List.of("station", "CT1", "0900 1000 1100"),
          List.of("station", "CT?", "0900 1000 1100"),
          List.of("performingPhysician", "Poe*", "1000"),
          List.of("description", "HEAD", ""),
          List.of("description", "H*", "0900 1000 1100"));

  @Test
  void everyKeyOfTheStepIsMatched() throws IOException {
    try (OpenArchive opened = OpenArchive.in(folder)) {
      Worklist worklist = opened.archive.worklist();
      worklist.add(DESK, entry("CT1", "2024-02-29", "09:00"));
      Map<StepField, String> performed = entry("CT1", "2024-02-29", "10:00");
      performed.put(StepField.PERFORMING, "Poe^Ada");
      worklist.add(DESK, performed);
      worklist.add(DESK, entry("CT1", "2024-03-01", "11:00"));
      for (List<String> row : KEYS) {
        int tag = StepField.of(row.getFirst()).orElseThrow().tag();
        assertThat(String.join(" ", times(found(worklist, own("CT1"), ofStep(tag, row.get(1))))))
            .as(row.toString())
            .isEqualTo(row.getLast());
      }
    }
  }

  @Test
  void rangesOfDatesAndTimesAreOneRangeOfMoments() throws IOException {
    try (OpenArchive opened = OpenArchive.in(folder)) {
      Worklist worklist = opened.archive.worklist();
      worklist.add(DESK, entry("CT1", "2024-02-29", "09:00"));
      worklist.add(DESK, entry("CT1", "2024-02-29", "20:00"));
      worklist.add(DESK, entry("CT1", "2024-03-01", "07:00"));
      worklist.add(DESK, entry("CT1", "2024-03-01", "17:00"));
      Question.Key both =
          ofStep(
              new Question.Key(StepField.DATE.tag(), "20240229-20240301"),
              new Question.Key(StepField.TIME.tag(), "1000-0800"));
      assertThat(times(found(worklist, own("CT1"), both))).containsExactly("2000", "0700");
    }
  }

  @Test
  void patientsAreMatchedByNameWildcardIdAndAccessionNumber() throws IOException {
    try (OpenArchive opened = OpenArchive.in(folder)) {
      Worklist worklist = opened.archive.worklist();
      Map<StepField, String> entry = entry("CT1", "2024-02-29", "09:00");
      entry.put(StepField.ACCESSION_NUMBER, "A-1");
      entry.put(StepField.PROCEDURE_ID, "RP-1");
      worklist.add(DESK, entry);
      for (Question.Key key :
          List.of(
              new Question.Key(Tag.PATIENT_NAME, "fiction^zoe"),
              new Question.Key(Tag.PATIENT_NAME, "F*"),
              new Question.Key(Tag.PATIENT_NAME, "*"),
              new Question.Key(Tag.PATIENT_NAME, ""),
              new Question.Key(Tag.PATIENT_ID, "CANARY-1"),
              new Question.Key(Tag.ACCESSION_NUMBER, "A-?"),
              new Question.Key(StepField.PROCEDURE_ID.tag(), "RP-1"))) {
        assertThat(found(worklist, own("CT1"), key)).as(key.toString()).hasSize(1);
      }
      for (Question.Key key :
          List.of(
              new Question.Key(Tag.PATIENT_NAME, "other*"),
              new Question.Key(Tag.PATIENT_ID, "CANARY"),
              new Question.Key(Tag.ACCESSION_NUMBER, "B*"))) {
        assertThat(found(worklist, own("CT1"), key)).as(key.toString()).isEmpty();
      }
    }
  }

  @Test
  void aStatusThatIsNamedIsFoundThoughItIsNotOpen() throws IOException {
    try (OpenArchive opened = OpenArchive.in(folder)) {
      Worklist worklist = opened.archive.worklist();
      String id = Ward.name(worklist.add(DESK, entry("CT1", "2024-02-29", "09:00")));
      worklist.cancel(DESK, id);
      assertThat(found(worklist, own("CT1"))).isEmpty();
      assertThat(found(worklist, own("CT1"), ofStep(WorklistKeys.STATUS, "CANCELED"))).hasSize(1);
    }
  }

  @Test
  void aKeyThatCannotBeAskedIsRefusedByNameWithoutItsValue() throws IOException {
    try (OpenArchive opened = OpenArchive.in(folder)) {
      Query.Taker none =
          new Query.Taker() {
            @Override
            public boolean wants() {
              return true;
            }

            @Override
            public void take(List<DataSet> rows) {
              throw new AssertionError("nothing matches");
            }
          };
      for (Question.Key key :
          List.of(
              ofStep(StepField.DATE.tag(), "CANARY"),
              ofStep(StepField.TIME.tag(), "9-CANARY"),
              new Question.Key(Tag.STUDY_INSTANCE_UID, "CANARY"),
              new Question.Key(Tag.PATIENT_NAME, "CANARY".repeat(100)))) {
        Streamed streamed =
            opened.archive.worklist().find(device("CT1"), own("CT1"), List.of(key), none);
        assertThat(streamed).isInstanceOf(Streamed.Refused.class);
        assertThat(streamed.toString()).doesNotContain("CANARY");
      }
    }
  }

  @Test
  void entriesOfDaysLongPastAreForgotten() throws IOException {
    String id;
    try (OpenArchive opened = OpenArchive.in(folder)) {
      id = Ward.name(opened.archive.worklist().add(DESK, entry("CT1", "2024-02-29", "09:00")));
      opened.archive.sweep();
      assertThat(opened.archive.worklist().step(DESK, id)).isPresent();
    }
    Clock later = Clock.offset(OpenArchive.CLOCK, Duration.ofDays(31));
    try (OpenArchive opened = OpenArchive.in(folder, later)) {
      opened.archive.sweep();
      assertThat(opened.archive.worklist().step(DESK, id)).isEmpty();
    }
    try (OpenArchive again = OpenArchive.in(folder)) {
      assertThat(again.archive.worklist().step(DESK, id)).isEmpty();
    }
  }

  @Test
  void whatWasPlannedGoesWithAPatientWhoIsErased() throws IOException {
    try (OpenArchive opened = OpenArchive.in(folder)) {
      Worklist worklist = opened.archive.worklist();
      worklist.add(DESK, entry("CT1", "2024-02-29", "09:00"));
      Map<StepField, String> other = entry("CT1", "2024-02-29", "10:00");
      other.put(StepField.PATIENT_ID, "OTHER");
      worklist.add(DESK, other);
      worklist.erased(
          opened
              .archive
              .aftercare()
              .custody()
              .pseudonym(new About.Patient("", "CANARY-1"))
              .orElseThrow());
      assertThat(listed(worklist, day(TODAY)))
          .extracting(step -> step.value(StepField.PATIENT_ID))
          .containsExactly("OTHER");
    }
  }

  @Test
  void anItemSaysItsCodeInASequenceOfItsOwn() {
    Map<StepField, String> values = new EnumMap<>(StepField.class);
    values.put(StepField.CODE_VALUE, "P1");
    values.put(StepField.CODE_SCHEME, "99T");
    values.put(StepField.CODE_MEANING, "Head");
    DataSet item =
        WorklistKeys.item(
            new ScheduledStep("0".repeat(32), values, StepStatus.IN_PROGRESS, "mara", 0, 0), "CT1");
    DataSet code = item.items(WorklistKeys.CODES).getFirst();
    assertThat(code.string(Tag.CODE_VALUE)).contains("P1");
    assertThat(item.items(WorklistKeys.STEPS).getFirst().string(WorklistKeys.STATUS))
        .contains("STARTED");
  }
}
