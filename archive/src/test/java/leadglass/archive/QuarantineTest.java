package leadglass.archive;

import static leadglass.archive.Ward.name;
import static leadglass.archive.Ward.rule;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import leadglass.archive.Quarantine.Why;
import leadglass.archive.SiteRules.Conflicts;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Vr;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two instances under one SOP Instance UID.
class QuarantineTest {
  private static final DataSet FIRST = Samples.with("2.25.5", more -> {});
  private static final DataSet SECOND =
      Samples.with("2.25.5", more -> more.text(Tag.STUDY_ID, Vr.SH, "OTHER"));

  @TempDir private Path folder;
  private OpenArchive open;

  @BeforeEach
  void open() throws IOException {
    open = OpenArchive.in(folder);
    open.store(FIRST);
  }

  @AfterEach
  void close() throws IOException {
    open.close();
  }

  private Quarantine quarantine() {
    return open.archive.quarantine();
  }

  private void setQuarantine() throws IOException {
    assertThat(
            rule(open.archive.siteRules().setConflicts(Ward.ADMINISTRATOR, Conflicts.QUARANTINE)))
        .isEmpty();
  }

  private List<Quarantine.Entry> list() throws IOException {
    return quarantine().list(Ward.TECHNOLOGIST, 0, 100);
  }

  private Optional<String> studyId() throws IOException {
    List<Held> held =
        OpenArchive.given(
            open.archive
                .retrieve()
                .open(
                    OpenArchive.reader(),
                    Look.IMAGES,
                    Samples.STUDY,
                    Optional.empty(),
                    Optional.empty()));
    assertThat(held).hasSize(1);
    return held.getFirst().imageAttributes().string(Tag.STUDY_ID);
  }

  @Test
  void bothAreNotKeptUnlessTheSiteWantsIt() throws IOException {
    assertThat(open.store(SECOND)).isInstanceOf(StoreOutcome.Refused.class);
    assertThat(list()).isEmpty();
  }

  @Test
  void theSecondIsKeptApartAndFoundByNobody() throws IOException {
    setQuarantine();
    assertThat(open.store(SECOND))
        .isInstanceOfSatisfying(
            StoreOutcome.Stored.class,
            stored -> assertThat(stored.warnings()).anyMatch(w -> w.startsWith("kept apart")));
    assertThat(open.store(FIRST)).isInstanceOf(StoreOutcome.AlreadyHeld.class);
    assertThat(studyId()).isEmpty();
    assertThat(list())
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.why()).isEqualTo(Why.CONFLICT);
          assertThat(entry.attributes().string(Tag.STUDY_ID)).contains("OTHER");
        });
    assertThat(quarantine().list(Ward.CONSOLE, 0, 100).getFirst().attributes().size()).isZero();
    assertThat(quarantine().list(Ward.ADMINISTRATOR, 0, 100)).isEmpty();
  }

  @Test
  void whatIsAcceptedTakesThePlaceOfTheFirst() throws IOException {
    setQuarantine();
    open.store(SECOND);
    String name = list().getFirst().name();
    assertThat(rule(quarantine().accept(Ward.WITNESS, name))).isEqualTo("not there");
    assertThat(name(quarantine().accept(Ward.TECHNOLOGIST, name))).isEqualTo(name);
    assertThat(studyId()).contains("OTHER");
    assertThat(list()).isEmpty();
    assertThat(rule(quarantine().accept(Ward.TECHNOLOGIST, name))).isEqualTo("not there");
  }

  @Test
  void whatIsDroppedIsGoneAndTheFirstStays() throws IOException {
    setQuarantine();
    open.store(SECOND);
    String name = list().getFirst().name();
    assertThat(rule(quarantine().discard(Ward.TECHNOLOGIST, name, ""))).contains("Say why");
    assertThat(rule(quarantine().discard(Ward.TECHNOLOGIST, name, "sent twice"))).isEmpty();
    assertThat(list()).isEmpty();
    assertThat(studyId()).isEmpty();
    assertThat(open.trail())
        .anyMatch(entry -> entry.contains("QUARANTINE") && entry.contains("sent twice"));
  }

  @Test
  void aHoldKeepsBothAndRetentionTheFirst() throws IOException {
    setQuarantine();
    open.store(SECOND);
    String name = list().getFirst().name();
    About study = new About.Study(Samples.STUDY);
    String hold = name(open.archive.holds().set(Ward.ADMINISTRATOR, study, "file 7"));
    assertThat(rule(quarantine().accept(Ward.TECHNOLOGIST, name))).contains("legal hold");
    assertThat(rule(quarantine().discard(Ward.TECHNOLOGIST, name, "no"))).contains("legal hold");
    open.archive.holds().release(Ward.ADMINISTRATOR, hold, "settled");
    open.archive
        .retention()
        .set(Ward.ADMINISTRATOR, List.of(new Retention.Rule(List.of(), 10, 0, 0)));
    assertThat(rule(quarantine().accept(Ward.TECHNOLOGIST, name))).contains("retention");
    assertThat(rule(quarantine().discard(Ward.TECHNOLOGIST, name, "no"))).isEmpty();
  }

  @Test
  void whatIsCutShortIsNotKeptApartEither() throws IOException {
    setQuarantine();
    byte[] whole = Samples.file(SECOND);
    byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 5);
    assertThat(open.store(cut)).isInstanceOf(StoreOutcome.Refused.class);
    assertThat(list()).isEmpty();
  }
}
