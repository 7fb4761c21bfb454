package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.PerformedSteps.Answer;
import leadglass.archive.PerformedSteps.Rule;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What modalities say of what they did, PS3.4 §F.7.2.
class PerformedStepsTest {
  private static final Caller DESK = OpenArchive.person(Role.FRONT_DESK);
  private static final Uid UID = new Uid("2.25.500");

  @TempDir private Path folder;

  private static Caller.Device device(String title) {
    return new Caller.Device(
        title,
        Set.of(DeviceVerb.WORKLIST),
        Optional.empty(),
        new Origin(Origin.Door.DIMSE, "127.0.0.1"));
  }

  private static final Caller.Device CT1 = device("CT1");

  static DataSet.Builder begun(String study, String stepId) {
    return DataSet.builder()
        .utf8()
        .text(Tag.MODALITY, Vr.CS, "CT")
        .text(Tag.PATIENT_NAME, Vr.PN, "Fiction^Zoë")
        .text(Tag.PATIENT_ID, Vr.LO, "CANARY-1")
        .text(0x00400241, Vr.AE, "CT1")
        .text(Tag.PERFORMED_PROCEDURE_STEP_START_DATE, Vr.DA, "20240229")
        .text(Tag.PERFORMED_PROCEDURE_STEP_START_TIME, Vr.TM, "0931")
        .text(0x00400252, Vr.CS, "IN PROGRESS")
        .text(0x00400253, Vr.SH, "PPS-1")
        .sequence(
            0x00400270,
            List.of(
                DataSet.builder()
                    .text(Tag.STUDY_INSTANCE_UID, Vr.UI, study)
                    .text(StepField.STEP_ID.tag(), Vr.SH, stepId)
                    .build()))
        .sequence(0x00400340, List.of());
  }

  static DataSet.Builder ended(String state) {
    return DataSet.builder()
        .text(0x00400250, Vr.DA, "20240229")
        .text(0x00400251, Vr.TM, "0945")
        .text(0x00400252, Vr.CS, state)
        .sequence(
            0x00400340,
            List.of(
                DataSet.builder()
                    .text(0x00181030, Vr.LO, "Head")
                    .text(Tag.SERIES_INSTANCE_UID, Vr.UI, "2.25.7.1")
                    .build()));
  }

  private static Rule rule(Answer answer) {
    return ((Answer.Wrong) answer).rule();
  }

  private static DataSet without(DataSet dataSet, int tag, String value) {
    DataSet.Builder other = DataSet.builder().utf8();
    for (Element each : dataSet) {
      if (each.tag() != tag) {
        other.add(each);
      } else if (value.equals("empty")) {
        other.add(
            each.vr() == Vr.SQ
                ? new Element.Sequence(tag, List.of())
                : new Element.Value(tag, each.vr(), new byte[0]));
      } else if (!value.equals("absent")) {
        other.text(tag, each.vr(), value);
      }
    }
    return other.build();
  }

  /// State, what it is to become, what comes of that.
  private static final List<List<String>> STATES =
      List.of(
          List.of("IN PROGRESS", "IN PROGRESS", "done"),
          List.of("IN PROGRESS", "COMPLETED", "done"),
          List.of("IN PROGRESS", "DISCONTINUED", "done"),
          List.of("IN PROGRESS", "SCHEDULED", "INVALID_VALUE"),
          List.of("IN PROGRESS", "", "MISSING_VALUE"),
          List.of("COMPLETED", "IN PROGRESS", "NO_LONGER_UPDATED"),
          List.of("COMPLETED", "COMPLETED", "NO_LONGER_UPDATED"),
          List.of("COMPLETED", "DISCONTINUED", "NO_LONGER_UPDATED"),
          List.of("DISCONTINUED", "IN PROGRESS", "NO_LONGER_UPDATED"),
          List.of("DISCONTINUED", "COMPLETED", "NO_LONGER_UPDATED"),
          List.of("DISCONTINUED", "DISCONTINUED", "NO_LONGER_UPDATED"));

  @Test
  void everyStateTakesTheRequestsItMay() throws IOException {
    try (OpenArchive opened = OpenArchive.in(folder)) {
      PerformedSteps steps = opened.archive.performedSteps();
      for (int i = 0; i < STATES.size(); i++) {
        Uid uid = new Uid("2.25.50" + i);
        List<String> row = STATES.get(i);
        steps.create(CT1, Optional.of(uid), begun("2.25.7", "").build());
        if (!row.getFirst().equals("IN PROGRESS")) {
          assertThat(steps.set(CT1, uid, ended(row.getFirst()).build()))
              .isEqualTo(new Answer.Done(uid));
        }
        Answer answer = steps.set(CT1, uid, ended(row.get(1)).build());
        assertThat(answer instanceof Answer.Wrong wrong ? wrong.rule().name() : "done")
            .as(row.toString())
            .isEqualTo(row.getLast());
        assertThat(rule(steps.create(CT1, Optional.of(uid), begun("2.25.7", "").build())))
            .as("in whatever state")
            .isEqualTo(Rule.DUPLICATE_INSTANCE);
      }
    }
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "00400270, absent,     MISSING_ATTRIBUTE",
    "00400270, empty,      MISSING_VALUE",
    "00400253, absent,     MISSING_ATTRIBUTE",
    "00400253, empty,      MISSING_VALUE",
    "00400241, absent,     MISSING_ATTRIBUTE",
    "00400241, empty,      MISSING_VALUE",
    "00400241, SEVENTEEN_CHARS_X, INVALID_VALUE",
    "00400244, absent,     MISSING_ATTRIBUTE",
    "00400244, today,      INVALID_VALUE",
    "00400245, empty,      MISSING_VALUE",
    "00400245, noon,       INVALID_VALUE",
    "00400252, absent,     MISSING_ATTRIBUTE",
    "00400252, COMPLETED,  INVALID_VALUE",
    "00400252, empty,      MISSING_VALUE",
    "00080060, absent,     MISSING_ATTRIBUTE",
    "00080060, ct-1,       INVALID_VALUE",
    "00100010, absent,     done",
    "00100020, empty,      done",
    "00400340, absent,     done",
  })
  void whatIsBegunSaysWhatItHasTo(String tag, String value, String expected) {
    int at = Integer.parseUnsignedInt(tag, 16);
    Optional<Answer> wrong =
        PerformedStepRules.create(without(begun("2.25.7", "").build(), at, value));
    assertThat(wrong.map(each -> rule(each).name()).orElse("done")).isEqualTo(expected);
    if (wrong.isPresent() && wrong.get() instanceof Answer.Wrong(var _, var tags)) {
      assertThat(tags).containsExactly(at);
    }
  }

  @Test
  void aScheduledStepThatIsNamedNamesAStudy() {
    assertThat(PerformedStepRules.create(begun("", "").build()).map(each -> rule(each)))
        .contains(Rule.MISSING_VALUE);
    assertThat(PerformedStepRules.create(begun("one", "").build()).map(each -> rule(each)))
        .contains(Rule.INVALID_VALUE);
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "00400250, absent, MISSING_ATTRIBUTE",
    "00400250, empty,  MISSING_VALUE",
    "00400250, soon,   INVALID_VALUE",
    "00400251, absent, MISSING_ATTRIBUTE",
    "00400340, empty,  MISSING_VALUE",
  })
  void whatIsEndedSaysWhatItHasTo(String tag, String value, String expected) {
    for (String state : List.of("COMPLETED", "DISCONTINUED")) {
      DataSet changes = without(ended(state).build(), Integer.parseUnsignedInt(tag, 16), value);
      assertThat(set(changes).map(each -> rule(each).name())).contains(expected);
      assertThat(set(ended(state).build())).isEmpty();
    }
  }

  private static Optional<Answer> set(DataSet changes) {
    DataSet before = without(begun("2.25.7", "").build(), 0x00400340, "absent");
    return PerformedStepRules.set(changes, PerformedStepRules.merged(before, changes));
  }

  @Test
  void aSeriesThatIsNamedAtTheEndHasAUidAndAProtocol() {
    DataSet noProtocol = DataSet.builder().text(Tag.SERIES_INSTANCE_UID, Vr.UI, "2.25.7.1").build();
    DataSet noUid =
        DataSet.builder()
            .text(0x00181030, Vr.LO, "Head")
            .text(Tag.SERIES_INSTANCE_UID, Vr.UI, "one")
            .build();
    for (Map.Entry<DataSet, Rule> each :
        List.of(
            Map.entry(noProtocol, Rule.MISSING_ATTRIBUTE), Map.entry(noUid, Rule.INVALID_VALUE))) {
      DataSet.Builder changes = DataSet.builder().sequence(0x00400340, List.of(each.getKey()));
      ended("COMPLETED").build().forEach(changes::add);
      assertThat(set(changes.build()).map(wrong -> rule(wrong))).contains(each.getValue());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00080016", "00080018", "00080060", "00081120", "00100010", "00100020", "00100030",
        "00100040", "00200010", "00400241", "00400242", "00400243", "00400244", "00400245",
        "00400253", "00400270"
      })
  void whatAndWhomItIsOfIsNotChanged(String tag) {
    int at = Integer.parseUnsignedInt(tag, 16);
    DataSet changes = DataSet.builder().add(new Element.Value(at, Vr.LO, new byte[0])).build();
    assertThat(set(changes)).contains(new Answer.Wrong(Rule.NO_SUCH_ATTRIBUTE, List.of(at)));
  }

  @Test
  void whatWasPlannedFollowsItAlsoOverARestart() throws IOException {
    String id;
    try (OpenArchive opened = OpenArchive.in(folder)) {
      Map<StepField, String> entry =
          new EnumMap<>(WorklistTest.entry("CT1", "2024-02-29", "09:30"));
      entry.put(StepField.STUDY, "2.25.7");
      entry.put(StepField.STEP_ID, "S1");
      id = Ward.name(opened.archive.worklist().add(DESK, entry));
      entry.put(StepField.STEP_ID, "S2");
      opened.archive.worklist().add(DESK, entry);
      assertThat(
              opened
                  .archive
                  .performedSteps()
                  .create(CT1, Optional.of(UID), begun("2.25.7", "S1").build()))
          .isEqualTo(new Answer.Done(UID));
      assertThat(status(opened, id)).isEqualTo(StepStatus.IN_PROGRESS);
      assertThat(Ward.rule(opened.archive.worklist().cancel(DESK, id))).contains("in progress");
      assertThat(
              Ward.rule(
                  opened.archive.worklist().change(DESK, id, Map.of(StepField.TIME, "10:00"))))
          .contains("in progress");
    }
    try (OpenArchive again = OpenArchive.in(folder)) {
      assertThat(status(again, id)).isEqualTo(StepStatus.IN_PROGRESS);
      assertThat(again.archive.performedSteps().set(CT1, UID, ended("DISCONTINUED").build()))
          .isEqualTo(new Answer.Done(UID));
      assertThat(status(again, id)).isEqualTo(StepStatus.DISCONTINUED);
      assertThat(again.trail().toString())
          .contains("procedure step DISCONTINUED of " + id)
          .doesNotContain("Fiction")
          .doesNotContain("CANARY");
    }
  }

  private static StepStatus status(OpenArchive opened, String id) throws IOException {
    return opened.archive.worklist().step(DESK, id).orElseThrow().status();
  }

  @Test
  void whatWasPlannedForAnotherStationDoesNotFollow() throws IOException {
    try (OpenArchive opened = OpenArchive.in(folder)) {
      Map<StepField, String> entry =
          new EnumMap<>(WorklistTest.entry("MR1", "2024-02-29", "09:30"));
      entry.put(StepField.STUDY, "2.25.7");
      String id = Ward.name(opened.archive.worklist().add(DESK, entry));
      assertThat(
              opened
                  .archive
                  .performedSteps()
                  .create(CT1, Optional.of(UID), begun("2.25.7", "").build()))
          .isEqualTo(new Answer.Done(UID));
      assertThat(status(opened, id)).isEqualTo(StepStatus.SCHEDULED);
    }
  }

  @Test
  void oneOfAnotherDeviceLooksLikeNone() throws IOException {
    try (OpenArchive opened = OpenArchive.in(folder)) {
      PerformedSteps steps = opened.archive.performedSteps();
      steps.create(CT1, Optional.of(UID), begun("2.25.7", "").build());
      assertThat(steps.set(device("MR1"), UID, ended("COMPLETED").build()))
          .isEqualTo(steps.set(CT1, new Uid("2.25.9"), ended("COMPLETED").build()));
      Caller.Device mayNot = (Caller.Device) OpenArchive.device();
      assertThat(rule(steps.create(mayNot, Optional.empty(), begun("2.25.7", "").build())))
          .isEqualTo(Rule.NOT_AUTHORIZED);
      assertThat(rule(steps.set(mayNot, UID, ended("COMPLETED").build())))
          .isEqualTo(Rule.NOT_AUTHORIZED);
    }
  }

  @Test
  void aUidIsMadeWhereNoneIsNamedAndTooMuchIsRefused() throws IOException {
    try (OpenArchive opened = OpenArchive.in(folder)) {
      PerformedSteps steps = opened.archive.performedSteps();
      Answer.Done made =
          (Answer.Done) steps.create(CT1, Optional.empty(), begun("2.25.7", "").build());
      assertThat(made.instance().value()).startsWith("2.25.");
      assertThat(steps.set(CT1, made.instance(), ended("COMPLETED").build())).isEqualTo(made);
      byte[] comment = new byte[PerformedSteps.BYTES_MAX];
      Arrays.fill(comment, (byte) 'x');
      DataSet large =
          begun("2.25.7", "").add(new Element.Value(0x00400280, Vr.ST, comment)).build();
      assertThat(rule(steps.create(CT1, Optional.empty(), large)))
          .isEqualTo(Rule.RESOURCE_LIMITATION);
      DataSet bulk = begun("2.25.7", "").add(new Element.Bulk(0x00400280, Vr.ST, 0, 9)).build();
      assertThat(rule(steps.create(CT1, Optional.empty(), bulk)))
          .isEqualTo(Rule.RESOURCE_LIMITATION);
    }
  }

  @Test
  void whatWasSaidOfAnErasedPatientIsGone() throws IOException {
    try (OpenArchive opened = OpenArchive.in(folder)) {
      PerformedSteps steps = opened.archive.performedSteps();
      steps.create(CT1, Optional.of(UID), begun("2.25.7", "").build());
      steps.erased(
          opened
              .archive
              .aftercare()
              .custody()
              .pseudonym(new About.Patient("", "CANARY-1"))
              .orElseThrow());
      assertThat(rule(steps.set(CT1, UID, ended("COMPLETED").build())))
          .isEqualTo(Rule.NO_SUCH_INSTANCE);
    }
  }

  @Test
  void textKeepsItsLettersWhateverCharacterSetItCameIn() {
    DataSet latin =
        DataSet.builder()
            .text(Tag.SPECIFIC_CHARACTER_SET, Vr.CS, "ISO_IR 100")
            .text(Tag.PATIENT_NAME, Vr.PN, "Grün^Änne")
            .build();
    DataSet changes = DataSet.builder().utf8().text(0x00400254, Vr.LO, "Schädel").build();
    DataSet merged =
        PerformedStepRules.merged(
            PerformedStepRules.inUtf8(latin).orElseThrow(),
            PerformedStepRules.inUtf8(changes).orElseThrow());
    assertThat(merged.string(Tag.PATIENT_NAME)).contains("Grün^Änne");
    assertThat(merged.string(0x00400254)).contains("Schädel");
  }
}
