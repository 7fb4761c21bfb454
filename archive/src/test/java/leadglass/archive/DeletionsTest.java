package leadglass.archive;

import static leadglass.archive.Ward.name;
import static leadglass.archive.Ward.rule;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.Retention.Rule;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeletionsTest {
  private static final Uid STUDY = new Uid("2.25.1");
  private final Ward ward = new Ward();

  @BeforeEach
  void fileOne() {
    ward.file("2.25.1");
  }

  private Deletions deletions() {
    return ward.rules.deletions();
  }

  private List<Deletions.Deleted> list(Caller by) throws IOException {
    return deletions().list(by, Optional.empty(), 100);
  }

  private String delete() throws IOException {
    return name(deletions().delete(Ward.TECHNOLOGIST, STUDY, "Zoë's CD, not his"));
  }

  @Test
  void aDeletedStudyIsListedWithWhoAndWhyAndComesBackAtOneWord() throws IOException {
    String name = delete();
    assertThat(ward.found("2.25.1")).isFalse();
    assertThat(list(Ward.RADIOLOGIST))
        .singleElement()
        .satisfies(deleted -> {
          assertThat(deleted.name()).isEqualTo(name);
          assertThat(deleted.by()).isEqualTo("theo");
          assertThat(deleted.reason()).isEqualTo("Zoë's CD, not his");
          assertThat(deleted.attributes().string(Tag.PATIENT_ID)).contains("ID-1");
          assertThat(deleted.endsMillis() - deleted.deletedMillis())
              .isEqualTo(Duration.ofDays(30).toMillis());
          assertThat(deleted.kept()).isEmpty();
        });
    assertThat(name(deletions().bringBack(Ward.TECHNOLOGIST, name))).isEqualTo(name);
    assertThat(ward.found("2.25.1")).isTrue();
    assertThat(list(Ward.TECHNOLOGIST)).isEmpty();
  }

  @Test
  void theReasonIsInTheTrailOnlyWhereItDiesWithTheStudy() throws IOException {
    delete();
    assertThat(ward.lifecycle.audit())
        .singleElement()
        .satisfies(audit -> {
          String entry = new String(audit.entry(), java.nio.charset.StandardCharsets.UTF_8);
          assertThat(entry).contains("DELETED", "theo").doesNotContain("Zoë", "2.25.1");
          assertThat(MemoryLifecycle.text(audit)).contains("Zoë", "2.25.1");
        });
  }

  @Test
  void whoIsInAListIsToldAsFarAsSomebodyMayFindThemAndThatIsInTheTrail() throws IOException {
    delete(); // of yesterday
    assertThat(list(Ward.TECHNOLOGIST))
        .singleElement()
        .satisfies(deleted -> {
          assertThat(deleted.attributes().size()).isZero();
          assertThat(deleted.reason()).isEmpty();
        });
    assertThat(ward.written).isEmpty();

    ward.clock.turn(Duration.ofDays(-1));
    assertThat(list(Ward.TECHNOLOGIST).getFirst().attributes().string(Tag.PATIENT_ID))
        .contains("ID-1");
    assertThat(ward.written).containsExactly("SEARCHED person theo: deleted studies listed: 1 ");
  }

  @Test
  void theConsoleIsShownNobodysNameAndNoReason() throws IOException {
    delete();
    assertThat(list(Ward.CONSOLE))
        .singleElement()
        .satisfies(deleted -> {
          assertThat(deleted.attributes().size()).isZero();
          assertThat(deleted.reason()).isEmpty();
        });
  }

  @Test
  void whoMayNotIsToldThatThereIsNothing() throws IOException {
    Caller program =
        new Caller.Program(
            "id", "theo", Set.of(Role.TECHNOLOGIST), Set.of(Caller.Scope.WRITE), Ward.PAGE);
    Caller device = new Caller.Device("CT1", Ward.PAGE);
    for (Caller caller :
        List.of(
            Ward.ADMINISTRATOR, Ward.WITNESS, Ward.person("f", Role.FRONT_DESK), program, device)) {
      assertThat(deletions().delete(caller, STUDY, "because"))
          .isEqualTo(deletions().delete(Ward.TECHNOLOGIST, new Uid("2.25.9"), "because"))
          .isEqualTo(new Ruling.NotThere());
    }
    assertThat(ward.refused).hasSize(5);
    String name = delete();
    assertThat(list(Ward.ADMINISTRATOR)).isEmpty();
    assertThat(deletions().bringBack(device, name)).isEqualTo(new Ruling.NotThere());
    assertThat(deletions().bringBack(Ward.TECHNOLOGIST, "../" + name))
        .isEqualTo(new Ruling.NotThere());
  }

  @Test
  void aReasonIsAskedFor() throws IOException {
    for (String reason : List.of("", "  ", "a\nb", "x".repeat(501))) {
      assertThat(rule(deletions().delete(Ward.TECHNOLOGIST, STUDY, reason))).contains("Say why");
    }
    assertThat(ward.found("2.25.1")).isTrue();
  }

  @Test
  void afterThirtyDaysItIsDestroyedAndNotADayBefore() throws IOException {
    String name = delete();
    ward.live(Duration.ofDays(29));
    assertThat(list(Ward.TECHNOLOGIST)).hasSize(1);
    ward.live(Duration.ofDays(3));
    assertThat(list(Ward.TECHNOLOGIST)).isEmpty();
    assertThat(deletions().bringBack(Ward.TECHNOLOGIST, name)).isEqualTo(new Ruling.NotThere());
    assertThat(ward.lifecycle.trail().getLast()).contains("PURGED archive", name);
    assertThat(ward.registry.list("deletion")).isEmpty();
  }

  @Test
  void aClockThatJumpsTenYearsAheadDestroysNothing() throws IOException {
    delete();
    ward.live(Duration.ofDays(1));
    ward.clock.turn(Duration.ofDays(3653));
    ward.live(Duration.ofDays(20));
    assertThat(list(Ward.TECHNOLOGIST)).hasSize(1);
    ward.live(Duration.ofDays(12));
    assertThat(list(Ward.TECHNOLOGIST)).isEmpty();
  }

  @Test
  void aClockThatJumpsToAndFroDestroysNothing() throws IOException {
    delete();
    for (int i = 0; i < 100; i++) {
      ward.clock.turn(Duration.ofDays(i % 2 == 0 ? 3653 : -3653));
      ward.rules.sweep(Duration.ofMinutes(10));
    }
    ward.clock.turn(Duration.ofDays(3653));
    ward.rules.sweep(Duration.ofMinutes(10));
    assertThat(list(Ward.TECHNOLOGIST)).hasSize(1);
  }

  @Test
  void aClockThatFellTenYearsBehindDestroysNothingBeforeItIsMended() throws IOException {
    delete();
    ward.clock.turn(Duration.ofDays(-3653));
    ward.live(Duration.ofDays(60));
    assertThat(list(Ward.TECHNOLOGIST)).hasSize(1);
    ward.clock.turn(Duration.ofDays(3653));
    ward.live(Duration.ofDays(1));
    assertThat(list(Ward.TECHNOLOGIST)).isEmpty();
  }

  @Test
  void daysCountedSurviveARestart() throws IOException {
    delete();
    for (int i = 0; i < 33; i++) {
      ward.live(Duration.ofDays(1));
      ward.rules = ward.open();
    }
    assertThat(list(Ward.TECHNOLOGIST)).isEmpty();
  }

  @Test
  void whatAHoldOrRetentionKeepsStaysHiddenAndSaysWhy() throws IOException {
    String hold =
        name(ward.rules.holds().set(Ward.ADMINISTRATOR, new About.Patient("", "ID-1"), "file 7"));
    assertThat(rule(deletions().delete(Ward.TECHNOLOGIST, STUDY, "because")))
        .contains("legal hold");
    ward.rules.holds().release(Ward.ADMINISTRATOR, hold, "done");
    delete();
    hold =
        name(ward.rules.holds().set(Ward.ADMINISTRATOR, new About.Patient("", "ID-1"), "file 8"));
    ward.live(Duration.ofDays(40));
    assertThat(list(Ward.TECHNOLOGIST).getFirst().kept().orElseThrow()).contains("legal hold");
    ward.rules.retention().set(Ward.ADMINISTRATOR, List.of(new Rule(List.of(), 10, 0, 0)));
    ward.rules.holds().release(Ward.ADMINISTRATOR, hold, "done");
    ward.live(Duration.ofDays(40));
    assertThat(list(Ward.TECHNOLOGIST).getFirst().kept().orElseThrow()).contains("2036-03-01");
    ward.live(Duration.ofDays(3700));
    assertThat(list(Ward.TECHNOLOGIST)).isEmpty();
  }

  @Test
  void retentionDoesNotEndBecauseTheClockRanAhead() throws IOException {
    ward.rules.retention().set(Ward.ADMINISTRATOR, List.of(new Rule(List.of(), 10, 0, 0)));
    delete();
    ward.clock.turn(Duration.ofDays(4000));
    ward.live(Duration.ofDays(90));
    assertThat(list(Ward.TECHNOLOGIST)).hasSize(1);
  }

  @Test
  void aStudyThatCameAgainHasToGoFirst() throws IOException {
    String name = delete();
    ward.file("2.25.1");
    assertThat(rule(deletions().bringBack(Ward.TECHNOLOGIST, name))).contains("came again");
  }
}
