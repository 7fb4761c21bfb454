package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A wrong upload that was noticed too late for the day's list: the clock stands 29 days past the
/// study.
class CorrectionsTest {
  @TempDir private Path folder;
  private OpenArchive open;

  @BeforeEach
  void open() throws IOException {
    open = OpenArchive.in(folder);
    open.store(Samples.with("2.25.5", more -> {}));
    open.close();
    open = later(29);
  }

  private OpenArchive later(int days) throws IOException {
    return OpenArchive.in(folder, Clock.offset(OpenArchive.CLOCK, Duration.ofDays(days)));
  }

  @AfterEach
  void close() throws IOException {
    open.close();
  }

  private List<Optional<Uid>> found(Caller by, String typed) throws IOException {
    return open.archive.corrections().find(by, typed).stream()
        .map(row -> row.uid(Tag.STUDY_INSTANCE_UID))
        .toList();
  }

  @Test
  void whatTellsItExactlyFindsIt() throws IOException {
    for (String typed : List.of("2.25.1", " A-1 ", "ID-1")) {
      assertThat(found(Ward.TECHNOLOGIST, typed))
          .as(typed)
          .containsExactly(Optional.of(Samples.STUDY));
    }
    for (String typed :
        List.of("", " ", "A-", "a-1", "A*", "?-1", "Fiction", "2.25", "x".repeat(65))) {
      assertThat(found(Ward.TECHNOLOGIST, typed)).as(typed).isEmpty();
    }
  }

  @Test
  void aPatientIdFindsOnlyWhatCameOfLate() throws IOException {
    open.close();
    open = later(31);
    assertThat(found(Ward.TECHNOLOGIST, "ID-1")).isEmpty();
    assertThat(found(Ward.TECHNOLOGIST, "A-1")).hasSize(1);
  }

  @Test
  void whoMayNotCorrectOrSeesNobodyFindsNothing() throws IOException {
    Caller desk = Ward.person("fred", Role.FRONT_DESK);
    for (Caller other : List.of(desk, Ward.ADMINISTRATOR, Ward.WITNESS, Ward.CONSOLE)) {
      assertThat(found(other, "A-1")).as(other.toString()).isEmpty();
      assertThat(open.archive.corrections().study(other, Samples.STUDY)).isEmpty();
    }
  }

  @Test
  void everyLookIsInTheTrailAndSoIsGuessing() throws IOException {
    Optional<DataSet> study = open.archive.corrections().study(Ward.TECHNOLOGIST, Samples.STUDY);
    assertThat(study.flatMap(row -> row.string(Tag.PATIENT_ID))).contains("ID-1");
    assertThat(open.archive.corrections().study(Ward.TECHNOLOGIST, new Uid("1.2.3"))).isEmpty();
    found(Ward.TECHNOLOGIST, "A-2");
    assertThat(open.trail())
        .anyMatch(entry ->
            entry.contains("study looked at before a correction") && entry.contains("2.25.1"))
        .anyMatch(entry -> entry.contains("studies looked for to correct: 0"))
        .noneMatch(entry -> entry.contains("A-2"));
  }
}
