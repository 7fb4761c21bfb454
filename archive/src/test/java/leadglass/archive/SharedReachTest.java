package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.Question.Level;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What whoever came by a link finds and opens in a real store: one study of a patient of whom
/// there are two, beside another patient's.
@SuppressWarnings("NullAway.Init")
class SharedReachTest {
  private static final Uid SHARED = new Uid("2.25.1");
  private static final Uid SIBLING = new Uid("2.25.2");
  private static final Uid OF_ANOTHER = new Uid("2.25.3");
  private static final Origin HERE = new Origin(Origin.Door.DICOMWEB, "127.0.0.1");
  private static final Caller GUEST = new Caller.Share("0".repeat(32), Set.of(SHARED), false, HERE);
  private static final Caller TAKES = new Caller.Share("1".repeat(32), Set.of(SHARED), true, HERE);

  @TempDir private Path folder;
  private OpenArchive open;

  @BeforeEach
  void open() throws IOException {
    open = OpenArchive.in(folder);
    store(SHARED, "ID-1");
    store(SIBLING, "ID-1");
    store(OF_ANOTHER, "ID-2");
  }

  @AfterEach
  void close() throws IOException {
    open.close();
  }

  private void store(Uid study, String patient) throws IOException {
    DataSet.Builder made =
        DataSet.builder()
            .utf8()
            .uid(Tag.SOP_CLASS_UID, Samples.CT)
            .uid(Tag.SOP_INSTANCE_UID, new Uid(study.value() + ".1.1"))
            .text(Tag.STUDY_DATE, Vr.DA, "20240229")
            .text(Tag.MODALITY, Vr.CS, "CT")
            .text(Tag.PATIENT_NAME, Vr.PN, "Sample^Bea")
            .text(Tag.PATIENT_ID, Vr.LO, patient)
            .uid(Tag.STUDY_INSTANCE_UID, study)
            .uid(Tag.SERIES_INSTANCE_UID, new Uid(study.value() + ".1"));
    assertThat(open.store(Samples.pixels(made, 1, 0).build()))
        .isInstanceOf(StoreOutcome.Stored.class);
  }

  private List<String> found(Level level, Optional<Uid> study, Question.Key... keys)
      throws IOException {
    Question question =
        new Question(
            level,
            study,
            Optional.empty(),
            List.of(keys),
            Set.of(),
            true,
            0,
            100,
            Optional.empty());
    List<String> studies = new ArrayList<>();
    if (open.archive.query().search(GUEST, question) instanceof Query.Answer.Rows rows) {
      for (DataSet row : rows.rows()) {
        studies.add(row.uid(Tag.STUDY_INSTANCE_UID).orElseThrow().value());
      }
    }
    return studies;
  }

  @Test
  void everyQuestionFindsTheSharedStudyAndNoOther() throws IOException {
    for (Level level : EnumSet.range(Level.STUDY, Level.INSTANCE)) {
      assertThat(found(level, Optional.empty())).as("%s", level).containsExactly(SHARED.value());
      assertThat(found(level, Optional.of(SHARED))).containsExactly(SHARED.value());
      assertThat(found(level, Optional.of(SIBLING))).isEmpty();
      assertThat(found(level, Optional.of(OF_ANOTHER))).isEmpty();
      assertThat(found(level, Optional.empty(), new Question.Key(Tag.PATIENT_ID, "ID-1")))
          .containsExactly(SHARED.value());
      assertThat(found(level, Optional.empty(), new Question.Key(Tag.PATIENT_ID, "ID-2")))
          .isEmpty();
      assertThat(
              found(
                  level,
                  Optional.empty(),
                  new Question.Key(Tag.STUDY_INSTANCE_UID, SIBLING.value())))
          .isEmpty();
      assertThat(found(level, Optional.empty(), new Question.Key(Tag.MODALITY, "CT")))
          .allMatch(SHARED.value()::equals);
    }
  }

  private int given(Caller caller, Look look, Uid study, Optional<Uid> instance)
      throws IOException {
    Optional<Uid> series = instance.map(_ -> new Uid(study.value() + ".1"));
    return OpenArchive.given(open.archive.retrieve().open(caller, look, study, series, instance))
        .size();
  }

  @Test
  void everyLookGivesTheSharedStudyAndNoOther() throws IOException {
    for (Look look : List.of(Look.IMAGES, Look.DESCRIPTION, Look.PREVIEW)) {
      assertThat(given(GUEST, look, SHARED, Optional.empty())).as("%s", look).isEqualTo(1);
      for (Uid other : List.of(SIBLING, OF_ANOTHER, new Uid("2.25.99"))) {
        assertThat(given(GUEST, look, other, Optional.empty())).as("%s", look).isZero();
        Uid instance = new Uid(other.value() + ".1.1");
        assertThat(given(GUEST, look, other, Optional.of(instance))).isZero();
        // The instance of another study under the name of the shared one.
        assertThat(
                OpenArchive.given(
                    open.archive
                        .retrieve()
                        .open(
                            GUEST,
                            look,
                            SHARED,
                            Optional.of(new Uid(other.value() + ".1")),
                            Optional.of(instance))))
            .isEmpty();
      }
    }
  }

  @Test
  void filesAreGivenOnlyWhereTheLinkAllowsIt() throws IOException {
    assertThat(given(GUEST, Look.FILES, SHARED, Optional.empty())).isZero();
    assertThat(given(TAKES, Look.FILES, SHARED, Optional.empty())).isEqualTo(1);
    assertThat(given(TAKES, Look.FILES, SIBLING, Optional.empty())).isZero();
  }

  @Test
  void looksOfALinkAreInTheTrailUnderItsPublicPart() throws IOException {
    given(GUEST, Look.IMAGES, SHARED, Optional.empty());
    assertThat(open.trail())
        .anyMatch(entry ->
            entry.contains("\"kind\":\"share\"")
                && entry.contains("\"who\":\"" + "0".repeat(32) + "\"")
                && entry.contains("RETRIEVED"));
  }
}
