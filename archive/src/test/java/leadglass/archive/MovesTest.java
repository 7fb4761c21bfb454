package leadglass.archive;

import static leadglass.archive.Ward.name;
import static leadglass.archive.Ward.rule;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import leadglass.archive.Moves.Target;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.store.PatientRef;
import leadglass.store.Pseudonym;
import leadglass.store.StudyName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MovesTest {
  private static final About.Patient ZOE = new About.Patient("", "ID-1");
  private static final About.Patient BEA = new About.Patient("", "ID-2");
  private static final Target TO_BEA = new Target.Known("", "ID-2");
  private static final String WHY = "Zoë's disc was put in for Bea";
  private final Ward ward = new Ward();
  private final StudyName first = ward.file("2.25.1");
  private final StudyName second = ward.file("2.25.2");
  private final StudyName beas =
      ward.file(
          "2.25.3",
          more ->
              more.text(Tag.PATIENT_ID, Vr.LO, "ID-2").text(Tag.PATIENT_NAME, Vr.PN, "Sample^Bea"));

  private Moves moves() {
    return ward.rules.moves();
  }

  private boolean isOf(StudyName study, String id) {
    Pseudonym patient = ward.lifecycle.pseudonym(Ward.SITE, new PatientRef("", id));
    return ward.lifecycle.patientOf(Ward.SITE, study).orElseThrow().equals(patient);
  }

  @Test
  void aStudyIsGivenToAnotherPatientAndBack() throws IOException {
    String move = name(moves().move(Ward.TECHNOLOGIST, new Uid("2.25.1"), TO_BEA, WHY));
    assertThat(isOf(first, "ID-2")).isTrue();
    assertThat(isOf(second, "ID-1")).isTrue();
    assertThat(ward.lifecycle.movedTo(first).names()).containsExactly("Sample^Bea");
    assertThat(PatientLevel.decode(ward.lifecycle.movedTo(first)).string(Tag.PATIENT_NAME))
        .contains("Sample^Bea");
    assertThat(moves().list(Ward.TECHNOLOGIST))
        .singleElement()
        .satisfies(each -> {
          assertThat(each.by()).isEqualTo("theo");
          assertThat(each.merge()).isFalse();
          assertThat(each.studies()).containsExactly(new Uid("2.25.1"));
        });
    assertThat(rule(moves().undo(Ward.TECHNOLOGIST, move, "it was Zoë's"))).isEmpty();
    assertThat(isOf(first, "ID-1")).isTrue();
    assertThat(rule(moves().undo(Ward.TECHNOLOGIST, move, "again"))).isEqualTo("not there");
    assertThat(moves().list(Ward.TECHNOLOGIST).getFirst().undoneBy()).contains("theo");
  }

  @Test
  void theReasonAndTheNamesAreOnlyWhereTheyDieWithTheStudy() throws IOException {
    moves().move(Ward.TECHNOLOGIST, new Uid("2.25.1"), TO_BEA, WHY);
    ward.registry
        .list("move")
        .forEach(entry ->
            assertThat(new String(entry.document(), StandardCharsets.UTF_8))
                .doesNotContain("Zoë", "Bea", "ID-1", "ID-2", "2.25.1"));
    assertThat(ward.lifecycle.audit())
        .singleElement()
        .satisfies(audit -> {
          assertThat(new String(audit.entry(), StandardCharsets.UTF_8))
              .contains("MOVED", first.value())
              .doesNotContain("Zoë", "Bea", "ID-", "2.25.1");
          assertThat(MemoryLifecycle.text(audit)).contains(WHY);
        });
  }

  @Test
  void aMergeIsAllThatAPatientHasAndIsPartedAgain() throws IOException {
    String merge = name(moves().merge(Ward.TECHNOLOGIST, ZOE, BEA, "one and the same"));
    assertThat(isOf(first, "ID-2") && isOf(second, "ID-2")).isTrue();
    StudyName later = ward.file("2.25.4");
    assertThat(isOf(later, "ID-1")).isTrue();
    assertThat(rule(moves().undo(Ward.TECHNOLOGIST, merge, "they are two"))).isEmpty();
    assertThat(isOf(first, "ID-1") && isOf(second, "ID-1") && isOf(beas, "ID-2")).isTrue();
  }

  @Test
  void aPatientNobodyHasStudiesOfCanBeNamed() throws IOException {
    Target fresh = new Target.Fresh("HOSP", "N-7", "Neu^Nora", "20010203", "F");
    assertThat(rule(moves().move(Ward.TECHNOLOGIST, new Uid("2.25.1"), fresh, WHY))).isEmpty();
    assertThat(ward.lifecycle.movedTo(first).ref()).isEqualTo(new PatientRef("HOSP", "N-7"));
    assertThat(ward.lifecycle.movedTo(first).birthDate()).isEqualTo("20010203");
    Target held = new Target.Fresh("", "ID-2", "Sample^Beatrix", "", "");
    assertThat(rule(moves().move(Ward.TECHNOLOGIST, new Uid("2.25.2"), held, WHY)))
        .contains("held already");
  }

  @ParameterizedTest
  @CsvSource({
    "'',   Neu^Nora, 20010203, F,   not there",
    "N-7,  '',       20010203, F,   A patient has",
    "N\\7, Neu^Nora, 20010203, F,   A patient has",
    "N-7,  Neu^Nora, 2001,     F,   A patient has",
    "N-7,  Neu^Nora, 20010203, Ü,   A patient has",
  })
  void aPatientThatIsNoneIsRefused(
      String id, String name, String birthDate, String sex, String rule) throws IOException {
    Target fresh = new Target.Fresh("", id, name, birthDate, sex);
    assertThat(rule(moves().move(Ward.TECHNOLOGIST, new Uid("2.25.1"), fresh, WHY))).contains(rule);
    assertThat(moves().list(Ward.TECHNOLOGIST)).isEmpty();
  }

  @Test
  void holdsAndErasuresOfEitherPatientRefuseIt() throws IOException {
    for (About.Patient patient : List.of(ZOE, BEA)) {
      String hold = name(ward.rules.holds().set(Ward.ADMINISTRATOR, patient, "file 7"));
      assertThat(rule(moves().move(Ward.TECHNOLOGIST, new Uid("2.25.1"), TO_BEA, WHY)))
          .contains("legal hold");
      assertThat(rule(moves().merge(Ward.TECHNOLOGIST, ZOE, BEA, WHY))).contains("legal hold");
      ward.rules.holds().release(Ward.ADMINISTRATOR, hold, "settled");
      String erasure =
          name(
              ward.rules
                  .erasures()
                  .ask(Ward.ADMINISTRATOR, patient, Erasures.Category.REQUEST, ""));
      assertThat(rule(moves().move(Ward.TECHNOLOGIST, new Uid("2.25.1"), TO_BEA, WHY)))
          .contains("erasure");
      ward.rules.erasures().takeBack(Ward.ADMINISTRATOR, erasure);
    }
    assertThat(rule(moves().move(Ward.TECHNOLOGIST, new Uid("2.25.1"), TO_BEA, WHY))).isEmpty();
  }

  @Test
  void whoMayNotIsToldThatThereIsNothing() throws IOException {
    Uid study = new Uid("2.25.1");
    for (Caller caller : List.of(Ward.ADMINISTRATOR, Ward.WITNESS)) {
      assertThat(rule(moves().move(caller, study, TO_BEA, WHY))).isEqualTo("not there");
      assertThat(rule(moves().merge(caller, ZOE, BEA, WHY))).isEqualTo("not there");
      assertThat(moves().list(caller)).isEmpty();
    }
    Target nobody = new Target.Known("", "ID-9");
    assertThat(rule(moves().move(Ward.TECHNOLOGIST, study, nobody, WHY))).isEqualTo("not there");
    assertThat(rule(moves().move(Ward.TECHNOLOGIST, new Uid("2.25.9"), TO_BEA, WHY)))
        .isEqualTo("not there");
    assertThat(rule(moves().move(Ward.TECHNOLOGIST, new Uid("2.25.3"), TO_BEA, WHY)))
        .contains("already");
  }

  @Test
  void aMergeThatAPowerCutLeftHalfDoneIsFinished() throws IOException {
    ward.lifecycle.failOnce("move");
    try {
      moves().merge(Ward.TECHNOLOGIST, ZOE, BEA, WHY);
    } catch (IOException _) {
      // The power was cut.
    }
    assertThat(moves().list(Ward.TECHNOLOGIST).getFirst().state()).isEqualTo(Moves.State.DOING);
    ward.rules = ward.open();
    ward.live(Duration.ofHours(6));
    assertThat(moves().list(Ward.TECHNOLOGIST).getFirst().state()).isEqualTo(Moves.State.DONE);
    assertThat(isOf(first, "ID-2") && isOf(second, "ID-2")).isTrue();
  }

  @Test
  void aDeletedStudyHasToComeBackBeforeItsMoveIsUndone() throws IOException {
    String merge = name(moves().merge(Ward.TECHNOLOGIST, ZOE, BEA, WHY));
    String deleted =
        name(ward.rules.deletions().delete(Ward.TECHNOLOGIST, new Uid("2.25.1"), "because"));
    assertThat(rule(moves().undo(Ward.TECHNOLOGIST, merge, "no"))).contains("deleted");
    ward.rules.deletions().bringBack(Ward.TECHNOLOGIST, deleted);
    assertThat(rule(moves().undo(Ward.TECHNOLOGIST, merge, "no"))).isEmpty();
  }

  @Test
  void theCertificateCountsWhatWasGivenAway() throws IOException {
    moves().move(Ward.TECHNOLOGIST, new Uid("2.25.1"), TO_BEA, WHY);
    String erasure =
        name(ward.rules.erasures().ask(Ward.ADMINISTRATOR, ZOE, Erasures.Category.REQUEST, ""));
    ward.rules.erasures().confirm(Ward.WITNESS, erasure);
    ward.live(Duration.ofDays(9));
    Certificate certificate =
        ward.rules.erasures().certificate(Ward.ADMINISTRATOR, erasure).orElseThrow();
    assertThat(certificate.studies()).isEqualTo(1);
    assertThat(certificate.movedAway()).isEqualTo(1);
  }
}
