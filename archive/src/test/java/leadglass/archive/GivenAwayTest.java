package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.dicom.io.DataSetReader;
import leadglass.dicom.io.DataSets;
import leadglass.dicom.io.DicomException;
import leadglass.dicom.io.PartTen;
import leadglass.dicom.io.ReadLimits;
import leadglass.store.InstanceRow;
import leadglass.store.PatientRef;
import leadglass.store.SiteId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// An instance whose study was given to another patient, through every way out.
class GivenAwayTest {
  private static final String NOW = "Beispiel^Jörg=山田";
  @TempDir private Path folder;
  private OpenArchive open;

  @BeforeEach
  void open() throws IOException {
    open = OpenArchive.in(folder);
  }

  @AfterEach
  void close() throws IOException {
    open.close();
  }

  static java.util.List<TransferSyntax> syntaxes() {
    return java.util.List.of(
        TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
        TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN,
        TransferSyntax.EXPLICIT_VR_BIG_ENDIAN,
        TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN);
  }

  private static byte[] file(DataSet dataSet, TransferSyntax syntax) throws IOException {
    if (!syntax.deflated()) {
      return Samples.file(dataSet, syntax);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(PartTen.header(Samples.CT, new Uid("2.25.5"), syntax.uid()));
    Deflater raw = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try (DeflaterOutputStream deflating = new DeflaterOutputStream(out, raw)) {
      deflating.write(Samples.encode(dataSet, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN));
    } finally {
      raw.end();
    }
    return out.toByteArray();
  }

  private Held given() {
    SiteId site = open.store.sites().getFirst();
    InstanceRow row = open.store.instance(site, new Uid("2.25.5")).orElseThrow();
    DataSet now =
        DataSet.builder()
            .utf8()
            .text(Tag.PATIENT_NAME, Vr.PN, NOW)
            .text(Tag.PATIENT_ID, Vr.LO, "ID-9")
            .build();
    DataSet patient = PatientLevel.decode(PatientLevel.identity(new PatientRef("", "ID-9"), now));
    return new Held(open.store, site, row, Optional.of(patient), Delivered.uncounted());
  }

  private static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("syntaxes")
  void fileMetadataAndValuesSayTheOneItBelongsTo(TransferSyntax syntax)
      throws IOException, DicomException {
    assertThat(open.store(file(Samples.with("2.25.5", more -> {}), syntax)))
        .isInstanceOf(StoreOutcome.Stored.class);
    Held held = given();
    for (boolean inflated : new boolean[] {true, false}) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      held.writeFile(out, inflated);
      assertThat(utf8(out.toByteArray())).doesNotContain("Fiction", "ID-1", "19700101");
      PartTen written = PartTen.read(new ByteArrayInputStream(out.toByteArray()));
      assertThat(written.syntax()).isEqualTo(held.given(inflated));
      DataSet whole =
          DataSets.read(
              new DataSetReader(written.dataSet(), written.syntax(), ReadLimits.PEER), 1 << 20);
      assertThat(whole.string(Tag.PATIENT_NAME)).contains(NOW);
      assertThat(whole.string(Tag.PATIENT_ID)).contains("ID-9");
      assertThat(held.fileBytes(inflated)).isIn(-1L, (long) out.size());
    }
    try (InputStream attributes = held.attributes()) {
      DataSet described =
          DataSets.read(
              new DataSetReader(attributes, held.attributesSyntax(), ReadLimits.PEER), 1 << 20);
      assertThat(described.string(Tag.PATIENT_NAME)).contains(NOW);
    }
    assertThat(held.imageAttributes().string(Tag.PATIENT_ID)).contains("ID-9");
    assertThat(utf8(RetrieveTest.bytes(held.bulk("00100020").orElseThrow()))).isEqualTo("ID-9");
    assertThat(held.bulk("00104000")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("syntaxes")
  void theImageIsTheSame(TransferSyntax syntax) throws IOException {
    open.store(file(Samples.with("2.25.5", more -> {}), syntax));
    Held held = given();
    byte[] points = {0, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0};
    assertThat(RetrieveTest.bytes(held.frame(1).orElseThrow())).isEqualTo(points);
    assertThat(RetrieveTest.bytes(held.bulk("7FE00010").orElseThrow())).isEqualTo(points);
  }
}
