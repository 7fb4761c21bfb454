package leadglass.archive;

import static leadglass.archive.Ward.name;
import static leadglass.archive.Ward.rule;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import leadglass.archive.Erasures.Category;
import leadglass.archive.Erasures.State;
import leadglass.archive.Retention.Rule;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ErasuresTest {
  private static final About ZOE = new About.Patient("", "ID-1");
  private static final List<String> CANARIES =
      List.of("Zoë", "Fiction", "ID-1", "19700101", "2.25.1");
  private final Ward ward = new Ward();

  @BeforeEach
  void file() {
    ward.file("2.25.1");
    ward.file("2.25.2");
    ward.file("2.25.3", more -> more.text(Tag.PATIENT_ID, Vr.LO, "ID-3"));
  }

  private Erasures erasures() {
    return ward.rules.erasures();
  }

  private String asked() throws IOException {
    return name(erasures().ask(Ward.ADMINISTRATOR, ZOE, Category.REQUEST, "file 12"));
  }

  private Erasures.Erasure only() {
    return erasures().list(Ward.WITNESS).getLast();
  }

  private void assertNothingTellsOfZoe() {
    for (String kind : List.of("erasure", "key-backup", "move", "hold", "deletion")) {
      ward.registry
          .list(kind)
          .forEach(entry ->
              assertThat(new String(entry.document(), StandardCharsets.UTF_8) + entry.key())
                  .as(kind)
                  .doesNotContain(CANARIES));
    }
    assertThat(ward.lifecycle.audit())
        .allSatisfy(audit ->
            assertThat(new String(audit.entry(), StandardCharsets.UTF_8)).doesNotContain(CANARIES));
  }

  @Test
  void twoPersonsAndSevenDaysMakeAnErasure() throws IOException {
    String name = asked();
    assertThat(only().state()).isEqualTo(State.ASKED);
    assertThat(only().studies()).isEqualTo(2);
    ward.live(Duration.ofDays(60));
    assertThat(ward.found("2.25.1")).as("nobody confirmed").isTrue();
    assertThat(rule(erasures().confirm(Ward.WITNESS, name))).isEmpty();
    assertThat(only().confirmedBy()).contains("wim");
    assertNothingTellsOfZoe();
    ward.live(Duration.ofDays(6));
    assertThat(ward.found("2.25.1")).isTrue();
    ward.file("2.25.4");
    ward.live(Duration.ofDays(2));
    assertThat(ward.found("2.25.1") || ward.found("2.25.2") || ward.found("2.25.4")).isFalse();
    assertThat(ward.found("2.25.3")).isTrue();
    assertThat(only().state()).isEqualTo(State.ERASED);
    assertThat(only().studies()).isEqualTo(3);
    assertThat(only().note()).isEmpty();
    assertNothingTellsOfZoe();
    ward.file("2.25.5");
    ward.live(Duration.ofDays(30));
    assertThat(ward.found("2.25.5")).as("what came afterwards").isTrue();
  }

  @Test
  void whoAskedCantConfirmWhateverTheirHatAndTheConsoleNeverCan() throws IOException {
    String name = asked();
    for (Caller same :
        List.of(
            Ward.ADMINISTRATOR,
            Ward.person("ada", Role.WITNESS),
            Ward.person("ADA", Role.WITNESS))) {
      assertThat(rule(erasures().confirm(same, name))).contains("yourself");
    }
    for (Caller other : List.of(Ward.CONSOLE, Ward.TECHNOLOGIST)) {
      assertThat(rule(erasures().confirm(other, name))).isEqualTo("not there");
    }
    assertThat(rule(erasures().confirm(Ward.OTHER_ADMINISTRATOR, name))).isEmpty();
    assertThat(rule(erasures().confirm(Ward.WITNESS, name))).isEqualTo("not there");
  }

  @Test
  void eitherTakesItBackWhileThereIsTime() throws IOException {
    String first = asked();
    assertThat(rule(erasures().takeBack(Ward.CONSOLE, first))).isEmpty();
    String second = asked();
    erasures().confirm(Ward.WITNESS, second);
    assertThat(rule(erasures().takeBack(Ward.TECHNOLOGIST, second))).isEqualTo("not there");
    assertThat(rule(erasures().takeBack(Ward.WITNESS, second))).isEmpty();
    ward.live(Duration.ofDays(30));
    assertThat(ward.found("2.25.1")).isTrue();
    String third = asked();
    erasures().confirm(Ward.WITNESS, third);
    ward.live(Duration.ofDays(9));
    assertThat(rule(erasures().takeBack(Ward.WITNESS, third))).contains("can't be taken back");
  }

  @Test
  void aHoldOrRetentionRefusesItAtEveryStepAndSaysWhich() throws IOException {
    String hold =
        name(
            ward.rules
                .holds()
                .set(Ward.ADMINISTRATOR, new About.Study(new Uid("2.25.2")), "file 7"));
    assertThat(rule(erasures().ask(Ward.ADMINISTRATOR, ZOE, Category.REQUEST, "")))
        .contains("legal hold");
    ward.rules.holds().release(Ward.ADMINISTRATOR, hold, "settled");
    String name = asked();
    ward.rules.retention().set(Ward.ADMINISTRATOR, List.of(new Rule(List.of(), 1, 0, 0)));
    assertThat(rule(erasures().confirm(Ward.WITNESS, name))).contains("2027-03-01");
    ward.live(Duration.ofDays(366));
    assertThat(rule(erasures().confirm(Ward.WITNESS, name))).isEmpty();
    hold = name(ward.rules.holds().set(Ward.ADMINISTRATOR, ZOE, "file 8"));
    ward.live(Duration.ofDays(10));
    assertThat(ward.found("2.25.1")).isTrue();
    assertThat(only().kept().orElseThrow()).contains("legal hold");
    ward.rules.holds().release(Ward.ADMINISTRATOR, hold, "settled");
    ward.live(Duration.ofDays(1));
    assertThat(ward.found("2.25.1")).isFalse();
  }

  @Test
  void aClockThatJumpsErasesNothingAtOnce() throws IOException {
    erasures().confirm(Ward.WITNESS, asked());
    ward.clock.turn(Duration.ofDays(3653));
    ward.live(Duration.ofDays(5));
    assertThat(ward.found("2.25.1")).isTrue();
    ward.clock.turn(Duration.ofDays(-2 * 3653));
    ward.live(Duration.ofDays(30));
    assertThat(ward.found("2.25.1")).isTrue();
    ward.clock.turn(Duration.ofDays(3653));
    ward.live(Duration.ofDays(1));
    assertThat(ward.found("2.25.1")).isFalse();
  }

  @Test
  void daysOfGraceAreTheSitesRuleAsItWasWhenItWasConfirmed() throws IOException {
    ward.rules.rules().setGraceDays(Ward.ADMINISTRATOR, 14);
    erasures().confirm(Ward.WITNESS, asked());
    assertThat(rule(ward.rules.rules().setGraceDays(Ward.ADMINISTRATOR, 31))).contains("1 to 30");
    ward.rules.rules().setGraceDays(Ward.ADMINISTRATOR, 1);
    ward.rules = ward.open();
    ward.live(Duration.ofDays(13));
    assertThat(ward.found("2.25.1")).isTrue();
    ward.live(Duration.ofDays(2));
    assertThat(ward.found("2.25.1")).isFalse();
  }

  @Test
  void aNoteDoesNotNameThePatientAndOneIsAskedForOnce() throws IOException {
    assertThat(rule(erasures().ask(Ward.ADMINISTRATOR, ZOE, Category.OTHER, "letter of Zoë")))
        .contains("who it is");
    asked();
    assertThat(rule(erasures().ask(Ward.CONSOLE, ZOE, Category.OTHER, ""))).contains("already");
    About unknown = new About.Patient("", "ID-9");
    assertThat(rule(erasures().ask(Ward.ADMINISTRATOR, unknown, Category.OTHER, "")))
        .isEqualTo("not there");
    assertThat(rule(erasures().ask(Ward.TECHNOLOGIST, ZOE, Category.OTHER, "")))
        .isEqualTo("not there");
  }

  @Test
  void theSecondPersonCanMakeSureWhomItIsAbout() throws IOException {
    String name = asked();
    assertThat(erasures().matches(Ward.WITNESS, name, ZOE)).isTrue();
    assertThat(erasures().matches(Ward.WITNESS, name, new About.Study(new Uid("2.25.1")))).isTrue();
    assertThat(erasures().matches(Ward.WITNESS, name, new About.Patient("", "ID-3"))).isFalse();
    assertThat(erasures().matches(Ward.WITNESS, "x", new About.Patient("", "ID-9"))).isFalse();
    assertThat(erasures().matches(Ward.TECHNOLOGIST, name, ZOE)).isFalse();
  }

  private static byte[] backup(String place, String state) {
    return Encodings.utf8(
        "{\"place\":\"%s\",\"date\":\"2026-03-01T00:00:00Z\",\"digest\":\"d1\",\"state\":\"%s\"}"
            .formatted(place, state));
  }

  @Test
  void theCertificateIsCompleteWhenEveryOlderCopyOfTheKeysIsGone() throws IOException {
    ward.registry.put("key-backup", "b1", 0, backup("stick <A>", "present"));
    ward.registry.put("key-backup", "b2", 0, backup("safe", "removed"));
    String name = asked();
    erasures().confirm(Ward.WITNESS, name);
    assertThat(erasures().certificate(Ward.ADMINISTRATOR, name)).isEmpty();
    ward.live(Duration.ofDays(9));
    ward.registry.put("key-backup", "b3", 0, backup("made afterwards", "present"));
    Certificate first = erasures().certificate(Ward.ADMINISTRATOR, name).orElseThrow();
    assertThat(first.complete()).isFalse();
    assertThat(first.studies()).isEqualTo(2);
    assertThat(first.text())
        .contains("Not complete: 1 older copy", "stick <A>", "safe", "ada", "wim")
        .doesNotContain("made afterwards")
        .doesNotContain(CANARIES);
    assertThat(first.html())
        .contains("stick &lt;A&gt;", "Not complete")
        .doesNotContain("stick <A>")
        .doesNotContain(CANARIES);
    assertThat(rule(erasures().tick(Ward.WITNESS, "b1"))).isEqualTo("not there");
    assertThat(rule(erasures().tick(Ward.ADMINISTRATOR, "b9"))).isEqualTo("not there");
    assertThat(rule(erasures().tick(Ward.ADMINISTRATOR, "b1"))).isEmpty();
    assertThat(rule(erasures().tick(Ward.ADMINISTRATOR, "b1"))).isEqualTo("not there");
    Certificate second = erasures().certificate(Ward.WITNESS, name).orElseThrow();
    assertThat(second.complete()).isTrue();
    assertThat(second.text()).contains("Complete: ", "ticked by ada");
    ward.registry.remove("key-backup", "b2");
    assertThat(erasures().certificate(Ward.WITNESS, name).orElseThrow().complete())
        .as("what nobody knows of may lie anywhere")
        .isFalse();
    assertThat(erasures().certificate(Ward.TECHNOLOGIST, name)).isEmpty();
  }

  @Test
  void whatAPowerCutLeftHalfDoneIsFinishedAndNothingElse() throws IOException {
    String name = asked();
    erasures().confirm(Ward.WITNESS, name);
    ward.lifecycle.failOnce("erase");
    try {
      ward.live(Duration.ofDays(9));
    } catch (IOException _) {
      // The power was cut between the note and the act.
    }
    assertThat(only().state()).isEqualTo(State.ERASING);
    ward.rules = ward.open();
    ward.live(Duration.ofHours(6));
    assertThat(ward.found("2.25.1")).isFalse();
    assertThat(only().state()).isEqualTo(State.ERASED);
    assertThat(only().studies()).isEqualTo(2);
  }
}
