package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Uid;
import leadglass.store.Lifecycle;
import leadglass.store.Lifecycle.Done;
import leadglass.store.PatientIdentity;
import leadglass.store.PatientRef;
import leadglass.store.Pseudonym;
import leadglass.store.SiteId;
import leadglass.store.StudyName;
import org.junit.jupiter.api.Test;

/// What the rules expect of a store.
abstract class LifecycleContract {
  static final Lifecycle.Doing MARA = new Lifecycle.Doing("mara", List.of());
  private static final PatientRef ABEL = new PatientRef("", "ID-1");
  private static final PatientRef BEA = new PatientRef("", "ID-2");

  abstract Lifecycle lifecycle();

  abstract SiteId site();

  /// Files one instance of a study.
  abstract void file(String study, PatientRef patient) throws IOException;

  private StudyName name(String study) {
    return lifecycle().name(site(), new Uid(study)).orElseThrow();
  }

  private boolean found(String study) {
    return lifecycle().name(site(), new Uid(study)).isPresent();
  }

  private static byte[] because() {
    return Encodings.utf8("wrong patient");
  }

  private static PatientIdentity identity(PatientRef ref) {
    byte[] attributes = leadglass.dicom.io.DataSets.encode(DataSet.EMPTY);
    return new PatientIdentity(ref, attributes, List.of("Fiction^Bea"), "19800101", "F");
  }

  @Test
  void aDeletedStudyIsPutAsideWithItsReasonAndComesBackUnderItsName() throws IOException {
    file("2.25.1", ABEL);
    StudyName name = name("2.25.1");
    assertThat(lifecycle().delete(site(), name, because(), MARA)).isEqualTo(Done.DONE);
    assertThat(found("2.25.1")).isFalse();
    assertThat(lifecycle().aside(site(), Optional.empty(), 10))
        .singleElement()
        .satisfies(aside -> {
          assertThat(aside.name()).isEqualTo(name);
          assertThat(aside.by()).isEqualTo("mara");
          assertThat(aside.reason()).isEqualTo(because());
          assertThat(aside.row().study()).isEqualTo(new Uid("2.25.1"));
          assertThat(aside.patient()).isEqualTo(lifecycle().pseudonym(site(), ABEL));
        });
    assertThat(lifecycle().study(site(), name)).isPresent();
    assertThat(lifecycle().delete(site(), name, because(), MARA)).isEqualTo(Done.NOT_THERE);
    assertThat(lifecycle().restore(site(), name, MARA)).isEqualTo(Done.DONE);
    assertThat(name("2.25.1")).isEqualTo(name);
    assertThat(lifecycle().aside(site(), Optional.empty(), 10)).isEmpty();
    assertThat(lifecycle().restore(site(), name, MARA)).isEqualTo(Done.NOT_THERE);
  }

  @Test
  void aStudyThatCameAgainHasAnotherNameAndTheFirstStaysAside() throws IOException {
    file("2.25.1", ABEL);
    StudyName first = name("2.25.1");
    lifecycle().delete(site(), first, because(), MARA);
    file("2.25.1", ABEL);
    StudyName second = name("2.25.1");
    assertThat(second).isNotEqualTo(first);
    assertThat(lifecycle().restore(site(), first, MARA)).isEqualTo(Done.CAME_AGAIN);
    assertThat(lifecycle().delete(site(), second, because(), MARA)).isEqualTo(Done.DONE);
    assertThat(lifecycle().restore(site(), first, MARA)).isEqualTo(Done.DONE);
    assertThat(name("2.25.1")).isEqualTo(first);
  }

  @Test
  void onlyWhatWasPutAsideIsPurgedAndThenItIsGone() throws IOException {
    file("2.25.1", ABEL);
    StudyName name = name("2.25.1");
    assertThat(lifecycle().purge(site(), name, MARA)).isEqualTo(Done.NOT_THERE);
    lifecycle().delete(site(), name, because(), MARA);
    assertThat(lifecycle().purge(site(), name, MARA)).isEqualTo(Done.DONE);
    assertThat(lifecycle().study(site(), name)).isEmpty();
    assertThat(lifecycle().aside(site(), Optional.empty(), 10)).isEmpty();
    assertThat(lifecycle().restore(site(), name, MARA)).isEqualTo(Done.NOT_THERE);
    assertThat(lifecycle().purge(site(), name, MARA)).isEqualTo(Done.NOT_THERE);
  }

  @Test
  void aMovedStudyIsTheOtherPatientsUntilItIsMovedBack() throws IOException {
    file("2.25.1", ABEL);
    StudyName name = name("2.25.1");
    Pseudonym abel = lifecycle().pseudonym(site(), ABEL);
    Pseudonym bea = lifecycle().pseudonym(site(), BEA);
    assertThat(lifecycle().patientOf(site(), name)).contains(abel);
    assertThat(lifecycle().move(site(), name, Optional.of(identity(BEA)), MARA))
        .isEqualTo(Done.DONE);
    assertThat(lifecycle().patientOf(site(), name)).contains(bea);
    assertThat(lifecycle().studiesOf(site(), bea)).containsExactly(name);
    assertThat(lifecycle().studiesOf(site(), abel)).isEmpty();
    assertThat(lifecycle().move(site(), name, Optional.empty(), MARA)).isEqualTo(Done.DONE);
    assertThat(lifecycle().patientOf(site(), name)).contains(abel);
    lifecycle().delete(site(), name, because(), MARA);
    assertThat(lifecycle().move(site(), name, Optional.of(identity(BEA)), MARA))
        .isEqualTo(Done.NOT_THERE);
  }

  @Test
  void anErasureTakesWhatIsHeldAndWhatIsPutAsideAndNothingElse() throws IOException {
    file("2.25.1", ABEL);
    file("2.25.2", ABEL);
    file("2.25.3", BEA);
    StudyName aside = name("2.25.2");
    lifecycle().delete(site(), aside, because(), MARA);
    Pseudonym abel = lifecycle().pseudonym(site(), ABEL);
    assertThat(lifecycle().studiesOf(site(), abel)).hasSize(2);
    assertThat(lifecycle().erase(site(), abel, MARA)).isEqualTo(2);
    assertThat(found("2.25.1")).isFalse();
    assertThat(found("2.25.3")).isTrue();
    assertThat(lifecycle().study(site(), aside)).isEmpty();
    assertThat(lifecycle().studiesOf(site(), abel)).isEmpty();
    assertThat(lifecycle().aside(site(), Optional.empty(), 10)).isEmpty();
    file("2.25.1", ABEL);
    assertThat(lifecycle().studiesOf(site(), abel)).hasSize(1);
  }

  @Test
  void aPatientWithoutAnIdIsKnownByTheStudy() throws IOException {
    file("2.25.1", new PatientRef("", ""));
    file("2.25.2", new PatientRef("", ""));
    Pseudonym first = lifecycle().patientOf(site(), name("2.25.1")).orElseThrow();
    assertThat(lifecycle().studiesOf(site(), first)).containsExactly(name("2.25.1"));
    assertThatThrownBy(() -> lifecycle().pseudonym(site(), new PatientRef("X", "")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsPutAsideIsListedPageByPage() throws IOException {
    for (int i = 1; i <= 5; i++) {
      file("2.25." + i, ABEL);
      lifecycle().delete(site(), name("2.25." + i), because(), MARA);
    }
    List<StudyName> seen = new java.util.ArrayList<>();
    Optional<StudyName> after = Optional.empty();
    do {
      List<Lifecycle.Aside> page = lifecycle().aside(site(), after, 2);
      page.forEach(aside -> seen.add(aside.name()));
      after = page.isEmpty() ? Optional.empty() : Optional.of(page.getLast().name());
    } while (after.isPresent());
    assertThat(seen).hasSize(5).doesNotHaveDuplicates();
  }
}
