package leadglass.archive;

import static leadglass.archive.Ward.name;
import static leadglass.archive.Ward.rule;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import leadglass.archive.Quarantine.Why;
import leadglass.archive.SiteRules.Conflicts;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
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
  void bothAreComparedByWhoeverDecidesAndByNobodyElse() throws IOException {
    setQuarantine();
    open.store(SECOND);
    String name = list().getFirst().name();
    Quarantine.Pair pair = quarantine().pair(Ward.TECHNOLOGIST, name).orElseThrow();
    assertThat(pair.apart().attributes().string(Tag.STUDY_ID)).contains("OTHER");
    assertThat(pair.apart().attributes().string(Tag.SERIES_NUMBER)).contains("7");
    assertThat(pair.apart().attributes().string(Tag.INSTANCE_NUMBER)).contains("1");
    Quarantine.Side kept = pair.kept().orElseThrow();
    assertThat(kept.attributes().string(Tag.STUDY_ID)).isEmpty();
    assertThat(kept.attributes().string(Tag.PATIENT_ID)).contains("ID-1");
    assertThat(pair.keptStudy()).contains(Samples.STUDY);
    assertThat(open.trail())
        .anyMatch(
            entry -> entry.contains("instance kept apart compared") && entry.contains("theo"));
    for (Caller other : List.of(Ward.ADMINISTRATOR, Ward.WITNESS, Ward.CONSOLE)) {
      assertThat(quarantine().pair(other, name)).as(other.toString()).isEmpty();
      assertThat(quarantine().preview(other, name)).as(other.toString()).isEmpty();
    }
    assertThat(quarantine().pair(Ward.TECHNOLOGIST, "0".repeat(32))).isEmpty();
    assertThat(quarantine().pair(Ward.TECHNOLOGIST, "../x")).isEmpty();
  }

  @Test
  void theSecondCanBeLookedAtAsItCame() throws IOException {
    setQuarantine();
    open.store(Samples.pixels(Samples.ct("2.25.5"), 3, 100).build());
    String name = list().getFirst().name();
    Held apart = quarantine().preview(Ward.RADIOLOGIST, name).orElseThrow();
    assertThat(apart.frames()).isEqualTo(3);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    apart.frame(1).orElseThrow().writeTo(frame);
    assertThat(frame.toByteArray()[0]).isEqualTo((byte) 100);
    assertThat(open.trail()).anyMatch(entry -> entry.contains("PREVIEWED"));
  }

  @Test
  void aTechnologistSeesNoPictureOfAnotherDay() throws IOException {
    setQuarantine();
    open.store(dated("2.25.6", "20240101", ""));
    open.store(dated("2.25.6", "20240101", "OTHER"));
    String name = list().getFirst().name();
    assertThat(list().getFirst().attributes().size()).isZero();
    assertThat(quarantine().pair(Ward.TECHNOLOGIST, name)).isPresent();
    assertThat(quarantine().preview(Ward.TECHNOLOGIST, name)).isEmpty();
    assertThat(quarantine().preview(Ward.RADIOLOGIST, name)).isPresent();
  }

  private static DataSet dated(String instance, String date, String studyId) {
    return ofStudy(instance, "2.25.77", date, studyId);
  }

  private static DataSet ofStudy(String instance, String study, String date, String studyId) {
    DataSet.Builder made = DataSet.builder();
    Samples.with(instance, more -> {})
        .forEach(element -> {
          if (element.tag() != Tag.STUDY_DATE && element.tag() != Tag.STUDY_INSTANCE_UID) {
            made.add(element);
          }
        });
    return made.text(Tag.STUDY_DATE, Vr.DA, date)
        .text(Tag.STUDY_ID, Vr.SH, studyId)
        .uid(Tag.STUDY_INSTANCE_UID, new Uid(study))
        .build();
  }

  @Test
  void whoSetsTheRuleLearnsHowMuchWaitsAndNothingElse() throws IOException {
    assertThat(quarantine().waiting(Ward.ADMINISTRATOR).count()).isZero();
    setQuarantine();
    open.store(SECOND);
    assertThat(quarantine().waiting(Ward.ADMINISTRATOR))
        .isEqualTo(new Quarantine.Waiting(1, Optional.of(OpenArchive.CLOCK.millis())));
    assertThat(quarantine().waiting(Ward.TECHNOLOGIST).count()).isEqualTo(1);
    assertThat(quarantine().waiting(Ward.WITNESS).count()).isZero();
  }

  @Test
  void whatIsAcceptedTakesThePlaceOfTheFirst() throws IOException {
    setQuarantine();
    open.store(SECOND);
    String name = list().getFirst().name();
    assertThat(rule(quarantine().accept(Ward.WITNESS, name, "right"))).isEqualTo("not there");
    assertThat(rule(quarantine().accept(Ward.TECHNOLOGIST, name, " "))).contains("Say why");
    assertThat(name(quarantine().accept(Ward.TECHNOLOGIST, name, "right"))).isEqualTo(name);
    assertThat(open.trail())
        .anyMatch(entry -> entry.contains("kept apart accepted") && entry.contains("right"));
    assertThat(studyId()).contains("OTHER");
    assertThat(list()).isEmpty();
    assertThat(rule(quarantine().accept(Ward.TECHNOLOGIST, name, "right"))).isEqualTo("not there");
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
    assertThat(rule(quarantine().accept(Ward.TECHNOLOGIST, name, "right"))).contains("legal hold");
    assertThat(rule(quarantine().discard(Ward.TECHNOLOGIST, name, "no"))).contains("legal hold");
    open.archive.holds().release(Ward.ADMINISTRATOR, hold, "settled");
    open.archive
        .retention()
        .set(Ward.ADMINISTRATOR, List.of(new Retention.Rule(List.of(), 10, 0, 0)));
    assertThat(rule(quarantine().accept(Ward.TECHNOLOGIST, name, "right"))).contains("retention");
    assertThat(rule(quarantine().discard(Ward.TECHNOLOGIST, name, "no"))).isEmpty();
  }

  @Test
  void aHoldOnTheStudyThatWouldLoseTheFirstKeepsItToo() throws IOException {
    setQuarantine();
    open.store(dated("2.25.78", "20240229", ""));
    open.store(ofStudy("2.25.5", "2.25.77", "20240229", "OTHER"));
    String name = list().getFirst().name();
    Quarantine.Pair pair = quarantine().pair(Ward.TECHNOLOGIST, name).orElseThrow();
    assertThat(pair.keptStudy()).contains(Samples.STUDY);
    assertThat(pair.entry().study()).isEqualTo(new Uid("2.25.77"));
    assertThat(open.trail())
        .filteredOn(entry -> entry.contains("instance kept apart compared"))
        .anyMatch(entry -> entry.contains("\"2.25.1\""))
        .anyMatch(entry -> entry.contains("\"2.25.77\""));
    About first = new About.Study(Samples.STUDY);
    String hold = name(open.archive.holds().set(Ward.ADMINISTRATOR, first, "file 7"));
    assertThat(rule(quarantine().accept(Ward.TECHNOLOGIST, name, "x"))).contains("legal hold");
    assertThat(studyId()).isEmpty();
    open.archive.holds().release(Ward.ADMINISTRATOR, hold, "settled");
    assertThat(rule(quarantine().accept(Ward.TECHNOLOGIST, name, "x"))).isEmpty();
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
