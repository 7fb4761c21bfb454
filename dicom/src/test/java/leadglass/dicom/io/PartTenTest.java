package leadglass.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// PS3.10 §7.1.
class PartTenTest {
  private static final String MODALITY = "0800 6000 4353 0200 4D52 ";
  private static final String IMPLICIT_MODALITY = "0800 6000 02000000 4D52 ";
  private static final String NAMES_EXPLICIT =
      "0200 1000 5549 1400 312E322E3834302E31303030382E312E322E3100 ";
  private static final String NAMES_IMPLICIT =
      "0200 1000 5549 1200 312E322E3834302E31303030382E312E3200 ";

  private static byte[] file(String group, String dataSet) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[128]);
    out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(Hex.bytes(group));
    out.writeBytes(Hex.bytes(dataSet));
    return out.toByteArray();
  }

  private static PartTen read(byte[] file) throws IOException, DicomException {
    return PartTen.read(new ByteArrayInputStream(file));
  }

  @Test
  void ourOwnHeaderIsReadWithoutWarnings() throws IOException, DicomException {
    Uid sopClass = new Uid("1.2.840.10008.5.1.4.1.1.2");
    Uid instance = new Uid("2.25.1");
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(PartTen.header(sopClass, instance, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid()));
    file.write(Hex.bytes(MODALITY));
    PartTen part = read(file.toByteArray());

    assertThat(part.warnings()).isEmpty();
    assertThat(part.syntax()).isEqualTo(Hex.EXPLICIT);
    assertThat(part.meta().uid(Tag.MEDIA_STORAGE_SOP_CLASS_UID)).contains(sopClass);
    assertThat(part.meta().uid(Tag.MEDIA_STORAGE_SOP_INSTANCE_UID)).contains(instance);
    assertThat(part.meta().uid(Tag.IMPLEMENTATION_CLASS_UID))
        .contains(PartTen.IMPLEMENTATION_CLASS);
    assertThat(part.meta().integer(0x00020000).orElseThrow())
        .isEqualTo(file.size() - 10 - 132 - 12);
    assertThat(part.dataSet().readAllBytes()).isEqualTo(Hex.bytes(MODALITY));
  }

  @Test
  void filesWithoutPreambleOrMetaInformationAreRead() throws IOException, DicomException {
    PartTen bare = read(Hex.bytes(IMPLICIT_MODALITY));
    PartTen explicit = read(Hex.bytes(MODALITY));
    PartTen group = read(Hex.bytes(NAMES_EXPLICIT + MODALITY));

    assertThat(bare.syntax()).isEqualTo(Hex.IMPLICIT);
    assertThat(bare.warnings())
        .containsExactly("no preamble", "no file meta information", "no transfer syntax");
    assertThat(explicit.syntax()).isEqualTo(Hex.EXPLICIT);
    assertThat(group.syntax()).isEqualTo(Hex.EXPLICIT);
    assertThat(group.dataSet().readAllBytes()).isEqualTo(Hex.bytes(MODALITY));
  }

  @Test
  void aLyingGroupLengthMisleadsNobody() throws IOException, DicomException {
    for (String length : new String[] {"FFFFFF7F", "02000000"}) {
      PartTen part = read(file("0200 0000 554C 0400 " + length + NAMES_EXPLICIT, MODALITY));

      assertThat(part.syntax()).isEqualTo(Hex.EXPLICIT);
      assertThat(part.dataSet().readAllBytes()).isEqualTo(Hex.bytes(MODALITY));
    }
  }

  @Test
  void metaInformationInImplicitVrIsRead() throws IOException, DicomException {
    PartTen part =
        read(file("0200 1000 14000000 312E322E3834302E31303030382E312E322E3100", MODALITY));

    assertThat(part.syntax()).isEqualTo(Hex.EXPLICIT);
    assertThat(part.warnings()).contains("file meta information in implicit VR");
  }

  @Test
  void filesInAnotherEncodingThanTheyNameAreReadAsWhatTheyAre() throws IOException, DicomException {
    assertThat(read(file(NAMES_EXPLICIT, IMPLICIT_MODALITY)).syntax()).isEqualTo(Hex.IMPLICIT);
    assertThat(read(file(NAMES_IMPLICIT, MODALITY)).syntax()).isEqualTo(Hex.EXPLICIT);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "nothing at all,               ''",
    "zeros,                        0000000000000000000000000000",
    "a picture,                    FFD8FFE000104A464946000101",
    "a web page,                   3C68746D6C3E3C2F68746D6C3E",
  })
  void refusesWhatIsNoFileOfDicom(String what, String hex) {
    assertThatThrownBy(() -> read(Hex.bytes(hex))).as(what).isInstanceOf(DicomException.class);
  }

  @Test
  void refusesTransferSyntaxesThatNobodyKnows() {
    assertThatThrownBy(() -> read(file("0200 1000 5549 0400 312E3900", MODALITY)))
        .isInstanceOf(DicomException.class)
        .hasMessageContaining("unknown transfer syntax")
        .hasMessageNotContaining("1.9");
  }

  @Test
  void whatEndsInTheMetaInformationIsCutShort() {
    byte[] whole = file(NAMES_EXPLICIT, MODALITY);
    for (int length = 133; length < 132 + 28 + 8; length++) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(cut))
          .as("cut at " + length)
          .isInstanceOfSatisfying(DicomException.class, e -> assertThat(e.isTruncated()).isTrue());
    }
  }

  @Test
  void metaInformationHasAnEnd() {
    String tooLong = "0200 0201 4F42 0000 00001000";
    assertThatThrownBy(() -> read(file(tooLong + "00".repeat(100), MODALITY)))
        .isInstanceOf(DicomException.class);
  }
}
