package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import leadglass.app.config.Config;
import leadglass.app.config.DimseConfig;
import leadglass.archive.Role;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.dicom.io.DataSets;
import leadglass.testkit.RawScu;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a vendor calls its own.
class PrivateSopClassTest {
  private static final String NAMED = "1.2.276.0.7230010.3.1.0.1";
  private static final String UNNAMED = "1.2.276.0.7230010.3.1.0.2";
  private static final int REFUSED = 3;

  @TempDir private Path folder;

  private static Config named(Config usual) {
    DimseConfig dimse =
        new DimseConfig(
            "LEADGLASS",
            "127.0.0.1",
            0,
            8,
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            List.of(NAMED));
    return new Config(
        usual.keyFile(),
        usual.kms(),
        usual.s3(),
        usual.brakes(),
        usual.oidc(),
        usual.web(),
        usual.outside(),
        dimse,
        usual.audit(),
        usual.witness(),
        usual.mail());
  }

  private static byte[] dataSet() {
    return DataSets.encode(
        DataSet.builder()
            .uid(Tag.SOP_CLASS_UID, new Uid(NAMED))
            .uid(Tag.SOP_INSTANCE_UID, new Uid("2.25.3"))
            .text(Tag.MODALITY, Vr.CS, "OT")
            .text(Tag.PATIENT_ID, Vr.LO, "PRIVATE")
            .uid(Tag.STUDY_INSTANCE_UID, new Uid("2.25.1"))
            .uid(Tag.SERIES_INSTANCE_UID, new Uid("2.25.2"))
            .build());
  }

  @Test
  void aPrivateSopClassIsStoredIfTheConfigurationNamesItAndNoOther() throws IOException {
    try (OpenArchive open = new OpenArchive(Premises.in(folder), PrivateSopClassTest::named)) {
      try (RawScu scu =
          open.association(Premises.CT1)
              .propose(NAMED, RawScu.EXPLICIT_VR_LITTLE_ENDIAN)
              .propose(UNNAMED, RawScu.EXPLICIT_VR_LITTLE_ENDIAN)
              .open()) {
        assertThat(new TreeMap<>(scu.answers()).values().stream().map(RawScu.Answer::result))
            .containsExactly(0, REFUSED);
        assertThat(scu.store(1, NAMED, "2.25.3", dataSet()).status()).isZero();
        scu.release();
      }
      byte[] found =
          open.web
              .get(
                  open.token(Role.RADIOLOGIST),
                  "/dicomweb/studies/2.25.1/instances?SOPClassUID=" + NAMED,
                  "application/dicom+json")
              .body();
      assertThat(new String(found, StandardCharsets.UTF_8)).contains(NAMED, "2.25.3");
    }
  }
}
