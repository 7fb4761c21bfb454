package leadglass.archive;

import static leadglass.archive.Ward.name;
import static leadglass.archive.Ward.rule;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import leadglass.dicom.data.Uid;
import leadglass.store.StudyName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoldsTest {
  private static final About PATIENT = new About.Patient("", "ID-1");
  private final Ward ward = new Ward();
  private final StudyName first = ward.file("2.25.1");
  private final StudyName second = ward.file("2.25.2");

  private Holds holds() {
    return ward.rules.holds();
  }

  @Test
  void aHoldOnAStudyLiesOnThatOneAndOneOnAPatientOnAll() throws IOException {
    String study =
        name(holds().set(Ward.ADMINISTRATOR, new About.Study(new Uid("2.25.1")), "file 7"));
    assertThat(holds().on(first)).isPresent();
    assertThat(holds().on(second)).isEmpty();
    holds().release(Ward.ADMINISTRATOR, study, "settled");
    assertThat(holds().on(first)).isEmpty();
    holds().set(Ward.CONSOLE, PATIENT, "file 8");
    assertThat(holds().on(first)).isPresent();
    assertThat(holds().on(second)).isPresent();
    assertThat(holds().on(ward.file("2.25.3"))).as("what comes later").isPresent();
  }

  @Test
  void aHoldSaysWhoAndWhyAndStaysInTheListWhenItEnded() throws IOException {
    String name =
        name(holds().set(Ward.ADMINISTRATOR, new About.Study(new Uid("2.25.1")), "file 7"));
    holds().release(Ward.CONSOLE, name, "settled");
    ward.rules = ward.open();
    assertThat(holds().list(Ward.OTHER_ADMINISTRATOR))
        .singleElement()
        .satisfies(hold -> {
          assertThat(hold.by()).isEqualTo("ada");
          assertThat(hold.reason()).isEqualTo("file 7");
          assertThat(hold.study()).contains(new Uid("2.25.1"));
          assertThat(hold.released().orElseThrow().by()).isEqualTo("console root");
          assertThat(hold.released().orElseThrow().reason()).isEqualTo("settled");
        });
    assertThat(rule(holds().release(Ward.ADMINISTRATOR, name, "again"))).isEqualTo("not there");
    assertThat(ward.written).hasSize(2).allMatch(entry -> entry.startsWith("HELD"));
  }

  @Test
  void whoMayNotIsToldThatThereIsNothing() throws IOException {
    for (Caller caller : List.of(Ward.TECHNOLOGIST, Ward.WITNESS)) {
      assertThat(rule(holds().set(caller, PATIENT, "file 7"))).isEqualTo("not there");
      assertThat(holds().list(caller)).isEmpty();
    }
    assertThat(rule(holds().set(Ward.ADMINISTRATOR, new About.Patient("", "ID-9"), "file 7")))
        .isEqualTo("not there");
    assertThat(rule(holds().set(Ward.ADMINISTRATOR, new About.Patient("", ""), "file 7")))
        .isEqualTo("not there");
  }

  @ParameterizedTest
  @ValueSource(strings = {"about zoe", "Mrs FICTION called", "for id-1", "born 19700101"})
  void aReasonThatOutlivesThePatientDoesNotNameThem(String reason) throws IOException {
    assertThat(rule(holds().set(Ward.ADMINISTRATOR, PATIENT, reason))).contains("who it is");
  }

  @Test
  void onlyWholeWordsNameAPatient() throws IOException {
    assertThat(rule(holds().set(Ward.ADMINISTRATOR, PATIENT, "nonfictional matter, zoeal")))
        .isEmpty();
  }
}
