package leadglass.dicom.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Vr;
import leadglass.dicom.io.DataSetReader;
import leadglass.dicom.io.DataSets;
import leadglass.dicom.io.DicomException;
import leadglass.dicom.io.ReadLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// PS3.18 Annex F.
class JsonWriterTest {
  private static final BulkLinks LINKS =
      (path, vr, length) -> Optional.of("bulk/" + path + "?" + vr + length);

  private static String inMemory(DataSet dataSet, int inlineBytesMax) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonWriter writer = new JsonWriter(out, inlineBytesMax, LINKS);
    writer.write(dataSet);
    writer.drain();
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String walked(byte[] encoded, int inlineBytesMax, BulkLinks links)
      throws IOException, DicomException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonWriter writer = new JsonWriter(out, inlineBytesMax, links);
    writer.write(
        new DataSetReader(
            new ByteArrayInputStream(encoded),
            TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
            ReadLimits.PEER));
    writer.drain();
    return out.toString(StandardCharsets.UTF_8);
  }

  /// The same from memory and from a walk.
  private static String json(DataSet dataSet, int inlineBytesMax) {
    try {
      String json = inMemory(dataSet, inlineBytesMax);
      assertThat(walked(DataSets.encode(dataSet), inlineBytesMax, LINKS)).isEqualTo(json);
      Json.parse(json);
      return json;
    } catch (IOException | DicomException e) {
      throw new AssertionError(e);
    }
  }

  private static String value(int tag, Vr vr, byte[] bytes) {
    String json = json(DataSet.builder().add(new Element.Value(tag, vr, bytes)).build(), 1_000_000);
    String before = "{\"" + Tag.hex(tag) + "\":{\"vr\":\"" + vr + "\"";
    assertThat(json).startsWith(before).endsWith("}}");
    return json.substring(before.length(), json.length() - 2);
  }

  private static String value(Vr vr, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return value(
        0x00091001,
        vr,
        bytes.length % 2 == 0 ? bytes : (text + " ").getBytes(StandardCharsets.UTF_8));
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "CS | ORIGINAL\\PRIMARY | ,\"Value\":[\"ORIGINAL\",\"PRIMARY\"]",
        "CS | A\\\\B\\          | ,\"Value\":[\"A\",null,\"B\",null]",
        "LT | A\\B              | ,\"Value\":[\"A\\\\B\"]",
        "LO | \\\\              | ''",
        "UI | 1.2\\1.3          | ,\"Value\":[\"1.2\",\"1.3\"]",
        "DS | 1.50\\-.5\\+2\\5.\\007 | ,\"Value\":[1.50,-0.5,2,5,7]",
        "DS | 1e3\\1E-2\\1.e+2  | ,\"Value\":[1E3,1E-2,1E+2]",
        "DS | NaN\\1e999\\-\\.  | ,\"Value\":[\"NaN\",\"1e999\",\"-\",\".\"]",
        "DS | 0.666666686534882 | ,\"Value\":[\"0.666666686534882\"]",
        "DS | -0                | ,\"Value\":[-0]",
        "IS | 12\\+5\\-7\\007   | ,\"Value\":[12,5,-7,7]",
        "IS | 2147483648\\1A\\1.5 | ,\"Value\":[\"2147483648\",\"1A\",\"1.5\"]",
        "IS | 2147483647\\-2147483648 | ,\"Value\":[2147483647,-2147483648]",
        "PN | A^B=C^D=E^F       | ,\"Value\":[{\"Alphabetic\":\"A^B\",\"Ideographic\":\"C^D\",\"Phonetic\":\"E^F\"}]",
        "PN | A^^^^             | ,\"Value\":[{\"Alphabetic\":\"A\"}]",
        "PN | =C                | ,\"Value\":[{\"Ideographic\":\"C\"}]",
        "PN | A\\\\B            | ,\"Value\":[{\"Alphabetic\":\"A\"},null,{\"Alphabetic\":\"B\"}]",
        "PN | ^^^^\\^           | ''",
      })
  void textValuesAreWrittenByTheirVr(Vr vr, String text, String json) {
    assertThat(value(vr, text)).isEqualTo(json);
  }

  @Test
  void numbersAreWrittenByTheirVr() {
    assertThat(value(0x00091001, Vr.US, little(4).putShort((short) -1).putShort((short) 1).array()))
        .isEqualTo(",\"Value\":[65535,1]");
    assertThat(value(0x00091001, Vr.SS, little(2).putShort((short) -1).array()))
        .isEqualTo(",\"Value\":[-1]");
    assertThat(value(0x00091001, Vr.UL, little(4).putInt(-1).array()))
        .isEqualTo(",\"Value\":[4294967295]");
    assertThat(value(0x00091001, Vr.SL, little(4).putInt(-1).array())).isEqualTo(",\"Value\":[-1]");
    assertThat(
            value(
                0x00091001,
                Vr.AT,
                little(4).putShort((short) 0x7FE0).putShort((short) 0x10).array()))
        .isEqualTo(",\"Value\":[\"7FE00010\"]");
    assertThat(value(0x00091001, Vr.SV, little(16).putLong(-5).putLong(Long.MIN_VALUE).array()))
        .isEqualTo(",\"Value\":[-5,\"-9223372036854775808\"]");
    assertThat(value(0x00091001, Vr.UV, little(8).putLong(-1).array()))
        .isEqualTo(",\"Value\":[\"18446744073709551615\"]");
  }

  @Test
  void realNumbersKeepTheirDigits() {
    assertThat(
            value(
                0x00091001,
                Vr.FL,
                little(20)
                    .putFloat(0.1f)
                    .putFloat(Float.parseFloat("50000008"))
                    .putFloat(-0f)
                    .putFloat(Float.NaN)
                    .putFloat(Float.NEGATIVE_INFINITY)
                    .array()))
        .isEqualTo(",\"Value\":[0.100000001,50000008,-0.0,\"NaN\",\"-inf\"]");
    assertThat(
            value(
                0x00091001,
                Vr.FD,
                little(32)
                    .putDouble(0.1)
                    .putDouble(10)
                    .putDouble(1e300)
                    .putDouble(Double.POSITIVE_INFINITY)
                    .array()))
        .isEqualTo(",\"Value\":[0.1,10,1.0E300,\"inf\"]");
  }

  @Test
  void binaryIsBase64InLittleEndianAndEven() {
    assertThat(value(0x00091001, Vr.OB, new byte[] {1, 2, 3}))
        .isEqualTo(",\"InlineBinary\":\"AQIDAA==\"");
    assertThat(value(0x00091001, Vr.UN, new byte[] {1, 2, 3, 4}))
        .isEqualTo(",\"InlineBinary\":\"AQIDBA==\"");
    byte[] large = new byte[20_000];
    new java.util.Random(1).nextBytes(large);
    assertThat(value(0x00091001, Vr.OW, large))
        .isEqualTo(
            ",\"InlineBinary\":\"" + java.util.Base64.getEncoder().encodeToString(large) + "\"");
  }

  @Test
  void emptyValuesHaveOnlyAVr() {
    for (Vr vr : Vr.values()) {
      if (vr != Vr.SQ) {
        assertThat(value(0x00091001, vr, new byte[0])).as(vr.name()).isEmpty();
      }
    }
    assertThat(json(DataSet.builder().sequence(0x00081140, List.of()).build(), 10))
        .isEqualTo("{\"00081140\":{\"vr\":\"SQ\"}}");
    assertThat(json(DataSet.EMPTY, 10)).isEqualTo("{}");
  }

  @Test
  void sequencesHaveTheirItemsEmptyOnesToo() {
    DataSet item = DataSet.builder().text(Tag.MODALITY, Vr.CS, "CT").build();

    assertThat(
            json(DataSet.builder().sequence(0x00081140, List.of(item, DataSet.EMPTY)).build(), 10))
        .isEqualTo(
            "{\"00081140\":{\"vr\":\"SQ\",\"Value\":"
                + "[{\"00080060\":{\"vr\":\"CS\",\"Value\":[\"CT\"]}},{}]}}");
  }

  @Test
  void textIsUtf8WhateverItWas() {
    DataSet item =
        DataSet.builder()
            .text(Tag.SPECIFIC_CHARACTER_SET, Vr.CS, "ISO_IR 144")
            .add(new Element.Value(Tag.PATIENT_NAME, Vr.PN, new byte[] {(byte) 0xBB, ' '}))
            .build();
    DataSet dataSet =
        DataSet.builder()
            .text(Tag.SPECIFIC_CHARACTER_SET, Vr.CS, "ISO_IR 100")
            .sequence(0x00081140, List.of(item))
            .add(new Element.Value(Tag.PATIENT_NAME, Vr.PN, new byte[] {(byte) 0xE9, ' '}))
            .build();

    assertThat(json(dataSet, 100))
        .isEqualTo(
            "{\"00080005\":{\"vr\":\"CS\",\"Value\":[\"ISO_IR 192\"]},"
                + "\"00081140\":{\"vr\":\"SQ\",\"Value\":["
                + "{\"00080005\":{\"vr\":\"CS\",\"Value\":[\"ISO_IR 192\"]},"
                + "\"00100010\":{\"vr\":\"PN\",\"Value\":[{\"Alphabetic\":\"Л\"}]}}]},"
                + "\"00100010\":{\"vr\":\"PN\",\"Value\":[{\"Alphabetic\":\"é\"}]}}");
  }

  @Test
  void stringsAreEscaped() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonBytes json = new JsonBytes(out);
    json.string("\"\\\n\r\t\f\b\u0000\u001B\u007F/é€😀\uD83D!\uDE00");
    json.drain();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("\"\\\"\\\\\\n\\r\\t\\f\\b\\u0000\\u001B\u007F/é€😀\uFFFD!\uFFFD\"");
    assertThat(Json.parse(out.toString(StandardCharsets.UTF_8)))
        .isEqualTo("\"\\\n\r\t\f\b\u0000\u001B\u007F/é€😀\uFFFD!\uFFFD");
  }

  @Test
  void longStringsCrossTheBufferUnharmed() {
    String text = "é😀\"".repeat(9_000);
    DataSet dataSet = DataSet.builder().utf8().text(0x00204000, Vr.LT, text).build();

    assertThat(inMemoryText(dataSet)).contains("é😀\\\"".repeat(9_000));
  }

  private static String inMemoryText(DataSet dataSet) {
    try {
      return inMemory(dataSet, 1_000_000);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void largeValuesAreLinked() {
    DataSet item =
        DataSet.builder().add(new Element.Value(0x54001010, Vr.OW, new byte[12])).build();
    DataSet dataSet =
        DataSet.builder()
            .text(Tag.PATIENT_NAME, Vr.PN, "A longer name than ten bytes")
            .sequence(0x54000100, List.of(DataSet.EMPTY, item))
            .add(new Element.Value(Tag.PIXEL_DATA, Vr.OW, new byte[2]))
            .build();

    assertThat(json(dataSet, 10))
        .isEqualTo(
            "{\"00100010\":{\"vr\":\"PN\",\"Value\":"
                + "[{\"Alphabetic\":\"A longer name than ten bytes\"}]},"
                + "\"54000100\":{\"vr\":\"SQ\",\"Value\":[{},{\"54001010\":{\"vr\":\"OW\","
                + "\"BulkDataURI\":\"bulk/54000100/2/54001010?OW12\"}}]},"
                + "\"7FE00010\":{\"vr\":\"OW\",\"BulkDataURI\":\"bulk/7FE00010?OW2\"}}");
  }

  @Test
  void withoutALinkTheAttributeIsLeftOut() throws IOException, DicomException {
    byte[] encoded =
        DataSets.encode(
            DataSet.builder()
                .text(Tag.MODALITY, Vr.CS, "CT")
                .add(new Element.Value(Tag.PIXEL_DATA, Vr.OW, new byte[2]))
                .build());

    assertThat(walked(encoded, 10, BulkLinks.NONE))
        .isEqualTo("{\"00080060\":{\"vr\":\"CS\",\"Value\":[\"CT\"]}}");
  }

  @Test
  void fragmentsAreLinkedAsAWhole() throws IOException, DicomException {
    byte[] encoded =
        HexFormat.of()
            .parseHex(
                "E07F10004F420000FFFFFFFF"
                    + "FEFF00E000000000FEFF00E002000000FFD8FEFFDDE000000000"
                    + "FCFFFCFF4F420000020000000000");

    assertThat(walked(encoded, 10, LINKS))
        .isEqualTo("{\"7FE00010\":{\"vr\":\"OB\",\"BulkDataURI\":\"bulk/7FE00010?OB-1\"}}");
  }

  @Test
  void groupLengthsAreLeftOutAndNamesAreUnique() throws IOException, DicomException {
    byte[] encoded =
        HexFormat.of()
            .parseHex(
                "08000000554C040010000000" // group length
                    + "1000200048490000".replace("4849", "4C4F") // Patient ID, empty
                    + "08006000435302004354" // out of order
                    + "100020004C4F02003131" // again
                    + "0800401153510000080000"
                    + "00FEFF00E000000000"
                    + "0800401153510000120000"
                    + "00FEFF00E00A00000008006000435302004354" // again
                    + "08006000435302004D52"); // again

    assertThat(walked(encoded, 10, LINKS))
        .isEqualTo(
            "{\"00100020\":{\"vr\":\"LO\"},\"00080060\":{\"vr\":\"CS\",\"Value\":[\"CT\"]},"
                + "\"00081140\":{\"vr\":\"SQ\",\"Value\":[{}]}}");
  }

  @Test
  void arraysHaveCommasBetweenTheirMembers() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonWriter writer = new JsonWriter(out, 10, LINKS);
    writer.beginArray();
    writer.write(DataSet.EMPTY);
    writer.write(DataSet.builder().text(Tag.MODALITY, Vr.CS, "CT").build());
    writer.endArray();
    writer.drain();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("[{},{\"00080060\":{\"vr\":\"CS\",\"Value\":[\"CT\"]}}]");
  }

  @Test
  void depthCostsNoStack() throws IOException {
    DataSet dataSet = DataSet.EMPTY;
    for (int i = 0; i < 10_000; i++) {
      dataSet = DataSet.builder().sequence(0x00081140, List.of(dataSet)).build();
    }

    assertThat(inMemory(dataSet, 10)).startsWith("{\"00081140\"").endsWith("}]}}");
  }
}
