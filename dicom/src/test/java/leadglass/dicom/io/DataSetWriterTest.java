package leadglass.dicom.io;

import static leadglass.dicom.io.Hex.BIG;
import static leadglass.dicom.io.Hex.EXPLICIT;
import static leadglass.dicom.io.Hex.IMPLICIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import org.junit.jupiter.api.Test;

class DataSetWriterTest {

  private static byte[] written(DataSet dataSet, TransferSyntax syntax) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new DataSetWriter(out, syntax).write(dataSet);
    return out.toByteArray();
  }

  /// An element of every VR, in a data set, in an item and in an item of that.
  private static DataSet everyVr() {
    List<DataSet> nested = List.of();
    for (int level = 0; level < 3; level++) {
      DataSet.Builder builder = DataSet.builder();
      int tag = 0x00111000;
      builder.add(new Element.Value(0x00110010, Vr.LO, new byte[] {'L', 'G'}));
      for (Vr vr : Vr.values()) {
        tag++;
        byte[] value = new byte[16];
        for (int i = 0; i < value.length; i++) {
          value[i] = (byte) (vr.isText() ? '0' + i % 10 : i + 1);
        }
        builder.add(
            vr == Vr.SQ ? new Element.Sequence(tag, nested) : new Element.Value(tag, vr, value));
      }
      nested = List.of(builder.build(), DataSet.EMPTY);
    }
    return nested.getFirst();
  }

  @Test
  void whatWasWrittenIsReadAgain() throws IOException, DicomException {
    byte[] explicit = written(everyVr(), EXPLICIT);
    for (TransferSyntax syntax : List.of(EXPLICIT, BIG)) {
      DataSet read =
          DataSets.read(
              new DataSetReader(
                  new ByteArrayInputStream(written(everyVr(), syntax)), syntax, ReadLimits.PEER),
              1_000);

      assertThat(DataSets.encode(read)).as(syntax.name()).isEqualTo(explicit);
    }
    assertThat(DataSets.encode(DataSets.decode(explicit))).isEqualTo(explicit);
  }

  @Test
  void implicitElementsHaveNoVr() throws IOException {
    DataSet dataSet = DataSet.builder().us(Tag.ROWS, 64).text(Tag.MODALITY, Vr.CS, "CT").build();

    assertThat(written(dataSet, IMPLICIT))
        .isEqualTo(Hex.bytes("0800 6000 02000000 4354  2800 1000 02000000 4000"));
  }

  /// Found by fuzzing: the padding was not swapped with the rest of its number.
  @Test
  void aNumberOfOddLengthIsPaddedBeforeItIsSwapped() throws IOException, DicomException {
    DataSet odd =
        DataSet.builder().add(new Element.Value(Tag.ROWS, Vr.US, new byte[] {1, 2, 3})).build();
    byte[] expected = Hex.bytes("0028 0010 5553 0004 0201 0003");

    assertThat(written(odd, BIG)).isEqualTo(expected);
    ByteArrayOutputStream transcoded = new ByteArrayOutputStream();
    Transcoder.to(
        BIG,
        new DataSetReader(
            new ByteArrayInputStream(Hex.bytes("2800 1000 03000000 010203")),
            IMPLICIT,
            ReadLimits.PEER),
        transcoded);
    assertThat(transcoded.toByteArray()).isEqualTo(expected);
  }

  @Test
  void bigEndianSwapsNumbersAndLeavesTheArrayAlone() throws IOException {
    byte[] value = {1, 2, 3, 4};
    DataSet dataSet = DataSet.builder().add(new Element.Value(0x00280010, Vr.US, value)).build();

    assertThat(written(dataSet, BIG)).isEqualTo(Hex.bytes("0028 0010 5553 0004 0201 0403"));
    assertThat(value).isEqualTo(new byte[] {1, 2, 3, 4});
  }

  @Test
  void oddValuesArePaddedAsTheirVrIs() throws IOException {
    DataSet dataSet =
        DataSet.builder()
            .add(new Element.Value(0x00080018, Vr.UI, new byte[] {'1'}))
            .add(new Element.Value(0x00080060, Vr.CS, new byte[] {'C'}))
            .add(new Element.Value(0x00283400, Vr.OB, new byte[] {7}))
            .build();

    assertThat(written(dataSet, EXPLICIT))
        .isEqualTo(
            Hex.bytes(
                """
                0800 1800 5549 0200 3100
                0800 6000 4353 0200 4320
                2800 0034 4F42 0000 02000000 0700
                """));
  }

  @Test
  void valuesTooLongForTheirVrBecomeUn() throws IOException, DicomException {
    byte[] value = new byte[65_536];
    DataSet dataSet = DataSet.builder().add(new Element.Value(0x00181310, Vr.US, value)).build();

    assertThat(written(dataSet, EXPLICIT)).startsWith(Hex.bytes("1800 1013 554E 0000 00000100"));
    assertThat(DataSets.decode(written(dataSet, EXPLICIT)).element(0x00181310))
        .hasValueSatisfying(element -> assertThat(element.vr()).isEqualTo(Vr.UN));
  }

  @Test
  void valuesThatAreNotHeldCanNotBeWritten() {
    DataSet dataSet =
        DataSet.builder().add(new Element.Bulk(Tag.PIXEL_DATA, Vr.OW, 0, 100)).build();

    assertThatThrownBy(() -> written(dataSet, EXPLICIT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void wantedAttributesAreKeptWithAllThatIsInThem() throws IOException, DicomException {
    DataSet item = DataSet.builder().uid(Tag.REFERENCED_SOP_CLASS_UID, new Uid("1.2")).build();
    DataSet all =
        DataSet.builder()
            .utf8()
            .sequence(0x00081110, List.of(item))
            .sequence(0x00081140, List.of(item, item))
            .text(Tag.PATIENT_NAME, Vr.PN, "é")
            .build();
    DataSet kept =
        DataSets.read(
            Hex.reader(DataSets.encode(all), EXPLICIT),
            100,
            tag -> tag == 0x00081140 || tag == Tag.PATIENT_NAME);

    assertThat(kept.size()).isEqualTo(3);
    assertThat(kept.items(0x00081140)).hasSize(2);
    assertThat(kept.string(Tag.PATIENT_NAME)).contains("é");
  }
}
