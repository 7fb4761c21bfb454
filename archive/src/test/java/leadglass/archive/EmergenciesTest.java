package leadglass.archive;

import static leadglass.archive.Ward.name;
import static leadglass.archive.Ward.rule;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmergenciesTest {
  private static final String REASON = "unconscious, on the way to theatre";
  private static final Uid STUDY = new Uid("2.25.1");
  private static final Caller AUDITOR = Ward.person("olga", Role.AUDITOR);
  private final Ward ward = new Ward();
  private final List<ArchiveEvent> events = new ArrayList<>();
  private Emergencies emergencies = opened();
  private int named;

  private Emergencies opened() {
    return new Emergencies(
        ward.rules.custody(), ward.registry, () -> "%032x".formatted(++named), events::add);
  }

  @BeforeEach
  void file() {
    ward.file("2.25.1");
    ward.file("2.25.2");
    ward.lifecycle.file(
        Ward.SITE,
        leadglass.dicom.data.DataSet.builder()
            .utf8()
            .uid(Tag.STUDY_INSTANCE_UID, new Uid("2.25.3"))
            .text(Tag.PATIENT_NAME, Vr.PN, "Other^One")
            .text(Tag.PATIENT_ID, Vr.LO, "ID-2")
            .text(Tag.PATIENT_BIRTH_DATE, Vr.DA, "19800101")
            .build(),
        ward.clock.millis());
  }

  private Ruling open(Caller by) throws IOException {
    return emergencies.open(by, "", "ID-1", "1970-01-01", REASON);
  }

  @Test
  void opensOnePatientForOneHour() throws IOException {
    assertThat(emergencies.opens(Ward.TECHNOLOGIST, STUDY)).isFalse();
    assertThat(open(Ward.TECHNOLOGIST)).isInstanceOf(Ruling.Done.class);

    assertThat(emergencies.opens(Ward.TECHNOLOGIST, STUDY)).isTrue();
    assertThat(emergencies.opens(Ward.TECHNOLOGIST, new Uid("2.25.2"))).isTrue();
    assertThat(emergencies.opens(Ward.TECHNOLOGIST, new Uid("2.25.3"))).isFalse();
    assertThat(emergencies.opens(Ward.RADIOLOGIST, STUDY)).as("somebody else").isFalse();
    assertThat(emergencies.own(Ward.TECHNOLOGIST))
        .singleElement()
        .satisfies(own -> assertThat(own.studies()).containsExactly(STUDY, new Uid("2.25.2")));

    ward.clock.turn(Duration.ofMinutes(59));
    assertThat(emergencies.opens(Ward.TECHNOLOGIST, STUDY)).isTrue();
    ward.clock.turn(Duration.ofMinutes(1));
    assertThat(emergencies.opens(Ward.TECHNOLOGIST, STUDY)).isFalse();
    assertThat(emergencies.own(Ward.TECHNOLOGIST)).isEmpty();
  }

  @Test
  void isToldAtOnceAndStandsInTheTrail() throws IOException {
    open(Ward.TECHNOLOGIST);
    assertThat(events).containsExactly(new ArchiveEvent.EmergencyOpened("theo"));
    assertThat(ward.written).anyMatch(entry -> entry.contains("EMERGENCY person theo"));
    assertThat(emergencies.toReview(AUDITOR)).isEqualTo(1);
    assertThat(emergencies.toReview(Ward.ADMINISTRATOR)).isEqualTo(1);
    assertThat(emergencies.toReview(Ward.TECHNOLOGIST)).isZero();
  }

  @Test
  void whoSeesNoImagesOpensNothing() throws IOException {
    for (Caller other :
        List.of(
            Ward.ADMINISTRATOR,
            Ward.WITNESS,
            AUDITOR,
            Ward.person("fred", Role.FRONT_DESK),
            Ward.CONSOLE)) {
      assertThat(rule(open(other))).isEqualTo("not there");
    }
  }

  @Test
  void aHatThatIsTakenOffTakesTheAccessAlong() throws IOException {
    open(Ward.TECHNOLOGIST);
    assertThat(emergencies.opens(Ward.person("theo", Role.ADMINISTRATOR), STUDY)).isFalse();
  }

  @Test
  void anIdWithoutTheBirthDateLooksLikeNobody() throws IOException {
    String nobody = rule(emergencies.open(Ward.TECHNOLOGIST, "", "ID-9", "19700101", REASON));
    assertThat(rule(emergencies.open(Ward.TECHNOLOGIST, "", "ID-1", "19700102", REASON)))
        .isEqualTo(nobody);
    assertThat(rule(emergencies.open(Ward.TECHNOLOGIST, "", "ID-1", "", REASON))).isEqualTo(nobody);
    assertThat(rule(emergencies.open(Ward.TECHNOLOGIST, "", "", "", REASON))).isEqualTo(nobody);
    assertThat(ward.refused).hasSizeGreaterThan(0);
    assertThat(events).isEmpty();
  }

  @Test
  void idsCantBeTried() throws IOException {
    String last = "";
    for (int i = 0; i < 11; i++) {
      last = rule(emergencies.open(Ward.TECHNOLOGIST, "", "ID-X" + i, "19700101", REASON));
    }
    assertThat(last).contains("too many");
    assertThat(rule(open(Ward.TECHNOLOGIST))).contains("too many");
    ward.clock.turn(Duration.ofDays(1));
    assertThat(rule(open(Ward.TECHNOLOGIST))).isEmpty();
  }

  @Test
  void aReasonIsNeededThatDoesNotSayWhoItIs() throws IOException {
    assertThat(rule(emergencies.open(Ward.TECHNOLOGIST, "", "ID-1", "19700101", " ")))
        .startsWith("Say why");
    assertThat(rule(emergencies.open(Ward.TECHNOLOGIST, "", "ID-1", "19700101", "Fiction bleeds")))
        .startsWith("Don't write who");
  }

  @Test
  void anAuditorReviewsEachAndNobodyTheirOwn() throws IOException {
    String name = name(open(Ward.TECHNOLOGIST));
    assertThat(emergencies.list(Ward.ADMINISTRATOR)).isEmpty();
    assertThat(emergencies.list(AUDITOR))
        .singleElement()
        .satisfies(each -> {
          assertThat(each.patientId()).isEqualTo("ID-1");
          assertThat(each.reason()).isEqualTo(REASON);
          assertThat(each.review()).isEmpty();
        });
    assertThat(rule(emergencies.review(Ward.person("theo", Role.AUDITOR), name, "fine")))
        .contains("yours");
    assertThat(rule(emergencies.review(Ward.ADMINISTRATOR, name, "fine"))).isEqualTo("not there");
    assertThat(rule(emergencies.review(AUDITOR, name, ""))).startsWith("Say why");
    assertThat(rule(emergencies.review(AUDITOR, name, "asked; plausible"))).isEmpty();
    assertThat(rule(emergencies.review(AUDITOR, name, "again"))).isEqualTo("not there");
    assertThat(emergencies.toReview(AUDITOR)).isZero();
  }

  @Test
  void aRestartForgetsNothing() throws IOException {
    open(Ward.TECHNOLOGIST);
    emergencies = opened();
    assertThat(emergencies.opens(Ward.TECHNOLOGIST, STUDY)).isTrue();
    assertThat(emergencies.toReview(AUDITOR)).isEqualTo(1);
  }

  @Test
  void aClockSetBackEndsIt() throws IOException {
    open(Ward.TECHNOLOGIST);
    ward.clock.turn(Duration.ofMinutes(-5));
    assertThat(emergencies.opens(Ward.TECHNOLOGIST, STUDY)).isFalse();
  }
}
