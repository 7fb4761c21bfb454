package leadglass.server.scp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import leadglass.archive.About;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.server.scp.RetrieveIdentifier.Read;
import org.junit.jupiter.api.Test;

class RetrieveIdentifierTest {

  private static DataSet.Builder level(String level) {
    return DataSet.builder().text(RetrieveIdentifier.LEVEL, Vr.CS, level);
  }

  private static Read read(RetrieveModel model, DataSet.Builder identifier) {
    return RetrieveIdentifier.read(model, Optional.of(identifier.build()));
  }

  private static RetrieveIdentifier asked(RetrieveModel model, DataSet.Builder identifier) {
    return ((Read.Asked) read(model, identifier)).what();
  }

  private static int offending(Read read) {
    Read.Wrong wrong = (Read.Wrong) read;
    assertThat(wrong.status().code()).isEqualTo(0xA900);
    assertThat(wrong.status().errorComment()).isNotEmpty();
    assertThat(wrong.status().offendingElements()).hasSize(1);
    return wrong.status().offendingElements().getFirst();
  }

  @Test
  void oneValueAboveAndSeveralAtTheLevelAskedFor() {
    RetrieveIdentifier series =
        asked(
            RetrieveModel.PATIENT_ROOT,
            level("SERIES")
                .text(Tag.PATIENT_ID, Vr.LO, "SYN-1 ")
                .text(Tag.STUDY_INSTANCE_UID, Vr.UI, "2.25.1")
                .text(Tag.SERIES_INSTANCE_UID, Vr.UI, "2.25.2", "2.25.3"));

    assertThat(series.patient()).contains(new About.Patient("", "SYN-1"));
    assertThat(series.studies()).containsExactly(new Uid("2.25.1"));
    assertThat(series.series()).containsExactly(new Uid("2.25.2"), new Uid("2.25.3"));
    assertThat(series.instances()).isEmpty();
  }

  @Test
  void aPatientIsNamedWithTheirIssuerOrWithout() {
    RetrieveIdentifier patient =
        asked(
            RetrieveModel.PATIENT_ROOT,
            level("PATIENT")
                .text(Tag.PATIENT_ID, Vr.LO, "SYN-1")
                .text(Tag.ISSUER_OF_PATIENT_ID, Vr.LO, "HERE"));

    assertThat(patient.patient()).contains(new About.Patient("HERE", "SYN-1"));
    assertThat(patient.studies()).isEmpty();
  }

  @Test
  void instancesAloneAreEnoughInTheCompositeInstanceRoot() {
    RetrieveIdentifier found =
        asked(
            RetrieveModel.COMPOSITE_INSTANCE_ROOT,
            level("IMAGE").text(Tag.SOP_INSTANCE_UID, Vr.UI, "2.25.4", "2.25.5"));

    assertThat(found.instances()).hasSize(2);
  }

  @Test
  void aLevelThatIsMissingOrNotOfTheModelIsNamed() {
    for (String level : List.of("", "PATIENT", "FRAME", "IMAGES")) {
      assertThat(
              offending(
                  read(
                      RetrieveModel.STUDY_ROOT,
                      level(level).text(Tag.STUDY_INSTANCE_UID, Vr.UI, "2.25.1"))))
          .as(level)
          .isEqualTo(RetrieveIdentifier.LEVEL);
    }
    assertThat(offending(RetrieveIdentifier.read(RetrieveModel.STUDY_ROOT, Optional.empty())))
        .isEqualTo(RetrieveIdentifier.LEVEL);
    assertThat(
            offending(
                read(
                    RetrieveModel.COMPOSITE_INSTANCE_ROOT,
                    level("STUDY").text(Tag.STUDY_INSTANCE_UID, Vr.UI, "2.25.1"))))
        .isEqualTo(RetrieveIdentifier.LEVEL);
  }

  @Test
  void aKeyThatIsMissingIsNamed() {
    assertThat(offending(read(RetrieveModel.STUDY_ROOT, level("STUDY"))))
        .isEqualTo(Tag.STUDY_INSTANCE_UID);
    assertThat(
            offending(
                read(
                    RetrieveModel.STUDY_ROOT,
                    level("IMAGE").text(Tag.SOP_INSTANCE_UID, Vr.UI, "2.25.4"))))
        .as("no relational retrieval")
        .isEqualTo(Tag.STUDY_INSTANCE_UID);
    assertThat(
            offending(
                read(
                    RetrieveModel.PATIENT_ROOT,
                    level("STUDY").text(Tag.STUDY_INSTANCE_UID, Vr.UI, "2.25.1"))))
        .isEqualTo(Tag.PATIENT_ID);
  }

  @Test
  void aListAboveTheLevelAskedForIsNamed() {
    assertThat(
            offending(
                read(
                    RetrieveModel.STUDY_ROOT,
                    level("SERIES")
                        .text(Tag.STUDY_INSTANCE_UID, Vr.UI, "2.25.1", "2.25.9")
                        .text(Tag.SERIES_INSTANCE_UID, Vr.UI, "2.25.2"))))
        .isEqualTo(Tag.STUDY_INSTANCE_UID);
    assertThat(
            offending(
                read(
                    RetrieveModel.PATIENT_ROOT,
                    level("PATIENT").text(Tag.PATIENT_ID, Vr.LO, "SYN-1", "SYN-2"))))
        .isEqualTo(Tag.PATIENT_ID);
  }

  @Test
  void aKeyBelowTheLevelAskedForIsNotPassedOver() {
    assertThat(
            offending(
                read(
                    RetrieveModel.STUDY_ROOT,
                    level("STUDY")
                        .text(Tag.STUDY_INSTANCE_UID, Vr.UI, "2.25.1")
                        .text(Tag.SERIES_INSTANCE_UID, Vr.UI, "2.25.2"))))
        .isEqualTo(Tag.SERIES_INSTANCE_UID);
  }

  @Test
  void whatIsNoUidIsNamed() {
    assertThat(
            offending(
                read(
                    RetrieveModel.STUDY_ROOT,
                    level("STUDY").text(Tag.STUDY_INSTANCE_UID, Vr.UI, "2.25.*"))))
        .isEqualTo(Tag.STUDY_INSTANCE_UID);
  }
}
