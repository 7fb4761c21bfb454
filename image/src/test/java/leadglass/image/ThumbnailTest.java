package leadglass.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.dicom.dict.Uids;
import leadglass.image.Outcome.Reason;
import org.junit.jupiter.api.Test;

class ThumbnailTest {
  private static final TransferSyntax NATIVE = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
  private static final TransferSyntax RLE =
      Uids.transferSyntax(new Uid("1.2.840.10008.1.2.5")).orElseThrow();

  /// Image Pixel attributes, in the order of the arguments of most tests.
  private static DataSet.Builder image(
      String photometric, int rows, int columns, int allocated, int stored) {
    boolean grey = photometric.startsWith("MONO") || photometric.startsWith("PALETTE");
    return DataSet.builder()
        .us(Tag.SAMPLES_PER_PIXEL, grey ? 1 : 3)
        .text(Tag.PHOTOMETRIC_INTERPRETATION, Vr.CS, photometric)
        .us(Tag.ROWS, rows)
        .us(Tag.COLUMNS, columns)
        .us(Tag.BITS_ALLOCATED, allocated)
        .us(Tag.BITS_STORED, stored)
        .us(Tag.HIGH_BIT, stored - 1);
  }

  private static Outcome drawn(DataSet attributes, TransferSyntax syntax, String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    try {
      return Thumbnail.of(attributes, syntax, 1, new ByteArrayInputStream(bytes), 100, 100);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String picture(DataSet.Builder attributes, String hex) {
    return samples(drawn(attributes.build(), NATIVE, hex));
  }

  private static String samples(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Made made -> HexFormat.of().withUpperCase().formatHex(made.picture().samples());
      case Outcome.Unsupported unsupported -> unsupported.reason().name();
    };
  }

  @Test
  void greyIsStretchedOverItsOwnRange() {
    assertThat(picture(image("MONOCHROME2", 1, 3, 8, 8), "0A 14 1E")).isEqualTo("0080FF");
    assertThat(picture(image("MONOCHROME1", 1, 3, 8, 8), "0A 14 1E")).isEqualTo("FF7F00");
    assertThat(picture(image("MONOCHROME2", 1, 3, 16, 16), "0000 E803 D007")).isEqualTo("0080FF");
    assertThat(picture(image("MONOCHROME2", 1, 2, 8, 8), "0A 0A")).isEqualTo("0000");
  }

  @Test
  void doseUsesAllOf32Bits() {
    assertThat(picture(image("MONOCHROME2", 1, 3, 32, 32), "00000000 00000080 FFFFFFFF"))
        .isEqualTo("0080FF");
  }

  @Test
  void signedSamplesAreSigned() {
    assertThat(
            picture(
                image("MONOCHROME2", 1, 3, 16, 16).us(Tag.PIXEL_REPRESENTATION, 1),
                "18FC 0000 E803"))
        .isEqualTo("0080FF");
  }

  @Test
  void onlyBitsStoredBelowHighBitCount() {
    // 12 bits; overlays or noise above.
    assertThat(picture(image("MONOCHROME2", 1, 2, 16, 12), "00F0 FFFF")).isEqualTo("00FF");
    DataSet.Builder high =
        DataSet.builder()
            .text(Tag.PHOTOMETRIC_INTERPRETATION, Vr.CS, "MONOCHROME2")
            .us(Tag.ROWS, 1)
            .us(Tag.COLUMNS, 2)
            .us(Tag.BITS_ALLOCATED, 16)
            .us(Tag.BITS_STORED, 8)
            .us(Tag.HIGH_BIT, 15);
    assertThat(picture(high, "FF00 0001")).isEqualTo("00FF");
  }

  @Test
  void singleBitsAreBlackAndWhite() {
    // 3 x 3 bits, row by row without padding: 101 010 101.
    assertThat(picture(image("MONOCHROME2", 3, 3, 1, 1), "55 01")).isEqualTo("FF00FF00FF00FF00FF");
  }

  @Test
  void windowsAreAppliedAfterTheRescale() {
    DataSet.Builder attributes =
        image("MONOCHROME2", 1, 4, 16, 16)
            .text(0x00281050, Vr.DS, "40", "500")
            .text(0x00281051, Vr.DS, "400", "2000")
            .text(0x00281052, Vr.DS, "-1024")
            .text(0x00281053, Vr.DS, "1");

    // -1024, -160, 40, 300 HU
    assertThat(picture(attributes, "0000 6003 2804 2C05")).isEqualTo("000080FF");
  }

  @Test
  void windowFunctionsAreThoseOfTheStandard() {
    DataSet.Builder exact =
        image("MONOCHROME2", 1, 3, 8, 8)
            .text(0x00281050, Vr.DS, "100")
            .text(0x00281051, Vr.DS, "100")
            .text(0x00281056, Vr.CS, "LINEAR_EXACT");
    DataSet.Builder sigmoid =
        image("MONOCHROME2", 1, 3, 8, 8)
            .text(0x00281050, Vr.DS, "100")
            .text(0x00281051, Vr.DS, "100")
            .text(0x00281056, Vr.CS, "SIGMOID");

    assertThat(picture(exact, "32 64 96")).isEqualTo("0080FF");
    assertThat(picture(sigmoid, "00 64 C8")).isEqualTo("0580FA");
  }

  @Test
  void windowsOfFunctionalGroupsAreFound() {
    DataSet voi =
        DataSet.builder()
            .sequence(
                0x00289132,
                List.of(
                    DataSet.builder()
                        .text(0x00281050, Vr.DS, "100.5")
                        .text(0x00281051, Vr.DS, "101")
                        .build()))
            .build();

    assertThat(
            picture(
                image("MONOCHROME2", 1, 3, 8, 8).sequence(0x52009229, List.of(voi)), "32 64 96"))
        .isEqualTo("0080FF");
    assertThat(
            picture(
                image("MONOCHROME2", 1, 3, 8, 8).sequence(0x52009230, List.of(voi)), "32 64 96"))
        .isEqualTo("0080FF");
  }

  @Test
  void nonsenseWindowsAreNotUsed() {
    for (String width : List.of("0", "-5", "NaN", "wide", "1e999", "")) {
      assertThat(
              picture(
                  image("MONOCHROME2", 1, 3, 8, 8)
                      .text(0x00281050, Vr.DS, "1")
                      .text(0x00281051, Vr.DS, width),
                  "0A 14 1E"))
          .as(width)
          .isEqualTo("0080FF");
    }
  }

  @Test
  void coloursComeByPixelOrByPlane() {
    assertThat(picture(image("RGB", 1, 2, 8, 8), "010203 040506")).isEqualTo("010203040506");
    assertThat(picture(image("RGB", 2, 1, 8, 8).us(0x00280006, 1), "0104 0205 0306"))
        .isEqualTo("010203040506");
    assertThat(picture(image("RGB", 1, 1, 16, 16), "FFFF 0080 0000")).isEqualTo("FF8000");
  }

  @Test
  void luminanceAndChrominanceBecomeColours() {
    assertThat(picture(image("YBR_FULL", 1, 2, 8, 8), "4C55FF 808080")).isEqualTo("FE0000808080");
    assertThat(picture(image("YBR_FULL_422", 1, 2, 8, 8), "4C 80 80 80")).isEqualTo("4C4C4C808080");
  }

  private static DataSet.Builder palette(int entries, int first, int bits, String... tables) {
    DataSet.Builder builder = image("PALETTE COLOR", 1, 2, 8, 8);
    for (int i = 0; i < 3; i++) {
      builder.us(0x00281101 + i, entries, first, bits);
    }
    for (int i = 0; i < 3; i++) {
      builder.add(new Element.Value(0x00281201 + i, Vr.OW, HexFormat.of().parseHex(tables[i])));
    }
    return builder;
  }

  @Test
  void palettesGiveStoredValuesTheirColours() {
    assertThat(picture(palette(2, 5, 16, "00010002", "00030004", "00050006"), "05 06"))
        .isEqualTo("010305020406");
    assertThat(picture(palette(2, 0, 8, "0102", "0304", "0506"), "00 01"))
        .isEqualTo("010305020406");
    assertThat(picture(palette(2, 0, 8, "01000200", "03000400", "05000600"), "00 FF"))
        .isEqualTo("010305020406");
  }

  @Test
  void lyingPalettesAreUnsupported() {
    assertThat(picture(palette(0, 0, 16, "0001", "0003", "0005"), "00 01")).isEqualTo("PALETTE");
    assertThat(picture(palette(3, 0, 16, "00010002", "00030004", "00050006"), "00 01"))
        .isEqualTo("PALETTE");
    assertThat(picture(palette(2, 0, 12, "00010002", "00030004", "00050006"), "00 01"))
        .isEqualTo("PALETTE");
    assertThat(picture(image("PALETTE COLOR", 1, 2, 8, 8), "00 01")).isEqualTo("PALETTE");
  }

  @Test
  void picturesShrinkByAveragingAndKeepTheirShape() throws IOException {
    DataSet attributes = image("MONOCHROME2", 400, 200, 8, 8).build();
    byte[] frame = new byte[400 * 200];
    for (int i = 0; i < frame.length; i++) {
      frame[i] = (byte) (i % 200 < 100 ? 10 : 90);
    }
    Outcome outcome = Thumbnail.of(attributes, NATIVE, 1, new ByteArrayInputStream(frame), 64, 64);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Made.class,
            made -> {
              assertThat(made.picture().width()).isEqualTo(32);
              assertThat(made.picture().height()).isEqualTo(64);
              assertThat(made.picture().samples()[0]).isZero();
              assertThat(made.picture().samples()[31] & 0xFF).isEqualTo(255);
            });
  }

  @Test
  void aHundredMegapixelsAreNeverHeld() {
    DataSet attributes = image("MONOCHROME2", 50_000, 5_000, 32, 16).build();
    byte[] row = new byte[4 * 5_000];
    try (Thumbnail thumbnail = new Thumbnail(attributes, NATIVE, 1, 128, 128)) {
      for (int y = 0; y < 50_000; y++) {
        row[0] = (byte) y;
        thumbnail.write(row, 0, row.length);
      }
      // A gigabyte has gone through a heap of half of that.
      assertThat(thumbnail.outcome()).isInstanceOf(Outcome.Made.class);
    }
  }

  private static final String HEADER_16 = "02000000 40000000 44000000" + "00".repeat(52);

  @Test
  void rleIsDecoded() {
    DataSet attributes = image("MONOCHROME2", 2, 2, 16, 16).build();

    // High bytes: four times 1; low bytes: 0, 0, 100, 200.
    assertThat(samples(drawn(attributes, RLE, HEADER_16 + "FD 01 80 80" + "FF 00 01 64 C8 80")))
        .isEqualTo("000080FF");
  }

  @Test
  void rleColoursComeByPlane() {
    String header = "03000000 40000000 44000000 48000000" + "00".repeat(48);

    assertThat(
            samples(
                drawn(
                    image("RGB", 1, 2, 8, 8).build(),
                    RLE,
                    header + "01 0104 80" + "01 0205 80" + "01 0306 80")))
        .isEqualTo("010203040506");
  }

  @Test
  void brokenRleIsDamaged() {
    DataSet attributes = image("MONOCHROME2", 2, 2, 16, 16).build();
    for (String frame :
        List.of(
            "",
            "02000000",
            "01000000" + HEADER_16.substring(8) + "FD 01 80 80 FD 00",
            "02000000 40000000 FFFFFF7F" + "00".repeat(52) + "FD 01 80 80 FD 00",
            "02000000 44000000 40000000" + "00".repeat(52) + "FD 01 80 80 FD 00",
            "02000000 00000000 00000000" + "00".repeat(52) + "FD 01 80 80 FD 00",
            HEADER_16 + "FD 01 80 80" + "FD",
            HEADER_16 + "FD 01 80 80" + "7F 00",
            HEADER_16 + "FE 01 80 80" + "FD 00",
            HEADER_16 + "80 80 80 80" + "FD 00")) {
      assertThat(samples(drawn(attributes, RLE, frame))).as(frame).isEqualTo("DAMAGED");
    }
  }

  @Test
  void attributesThatNobodyCanDrawAreUnsupported() {
    assertThat(picture(image("MONOCHROME2", 0, 2, 8, 8), "00")).isEqualTo("SIZE");
    assertThat(picture(image("MONOCHROME2", 65_535, 65_535, 8, 8), "00")).isEqualTo("SIZE");
    assertThat(picture(image("MONOCHROME2", 1, 1, 12, 12), "00")).isEqualTo("BITS");
    assertThat(picture(image("MONOCHROME2", 1, 1, 8, 9), "00")).isEqualTo("BITS");
    assertThat(picture(image("MONOCHROME2", 1, 1, 8, 0), "00")).isEqualTo("BITS");
    assertThat(picture(image("RGB", 1, 1, 64, 64), "00")).isEqualTo("BITS");
    assertThat(picture(image("HSV", 1, 1, 8, 8), "00")).isEqualTo("PHOTOMETRIC_INTERPRETATION");
    assertThat(picture(image("RGB", 1, 1, 8, 8).us(Tag.SAMPLES_PER_PIXEL, 1), "000000"))
        .isEqualTo("000000");
    assertThat(picture(DataSet.builder(), "00")).isEqualTo("SIZE");
    assertThat(samples(drawn(image("MONOCHROME2", 1, 1, 8, 8).build(), jpeg(), "FFD8")))
        .isEqualTo("TRANSFER_SYNTAX");
  }

  private static TransferSyntax jpeg() {
    return Uids.transferSyntax(new Uid("1.2.840.10008.1.2.4.50")).orElseThrow();
  }

  @Test
  void framesOfAnotherLengthAreDamaged() {
    assertThat(picture(image("MONOCHROME2", 1, 3, 8, 8), "0A 14")).isEqualTo("DAMAGED");
    assertThat(picture(image("MONOCHROME2", 1, 3, 8, 8), "0A 14 1E 00")).isEqualTo("0080FF");
    assertThat(picture(image("MONOCHROME2", 1, 3, 8, 8), "0A 14 1E 0000")).isEqualTo("DAMAGED");
  }

  @Test
  void picturesLargerThanAScreenAreNotThumbnails() {
    assertThatThrownBy(() -> new Thumbnail(DataSet.EMPTY, NATIVE, 1, 1_025, 10))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anyAttributesAndBytesHaveAnOutcome() {
    Random random = new Random(8);
    String[] photometric = {
      "MONOCHROME1", "MONOCHROME2", "PALETTE COLOR", "RGB", "YBR_FULL", "YBR_FULL_422"
    };
    int[] bits = {1, 8, 16, 32, 7};
    int made = 0;
    for (int run = 0; run < 5_000; run++) {
      int allocated = bits[random.nextInt(bits.length)];
      DataSet attributes =
          palette(
                  random.nextInt(4),
                  random.nextInt(),
                  random.nextBoolean() ? 8 : 16,
                  "0102",
                  "0304",
                  "0506")
              .us(0x00280006, random.nextInt(2))
              .us(Tag.PIXEL_REPRESENTATION, random.nextInt(2))
              .build();
      DataSet.Builder shape =
          image(
              photometric[random.nextInt(photometric.length)],
              random.nextInt(20),
              random.nextInt(20),
              allocated,
              random.nextInt(allocated + 2));
      attributes.forEach(shape::add);
      byte[] frame = new byte[random.nextInt(500)];
      random.nextBytes(frame);
      if (frame.length > 64) {
        frame[0] = (byte) (1 + random.nextInt(3));
        java.util.Arrays.fill(frame, 1, 64, (byte) 0);
        frame[4] = 64;
        frame[8] = (byte) (64 + random.nextInt(100));
        frame[12] = (byte) 200;
      }
      Outcome outcome =
          drawn(
              shape.build(), random.nextBoolean() ? RLE : NATIVE, HexFormat.of().formatHex(frame));
      made += outcome instanceof Outcome.Made ? 1 : 0;
      assertThat(outcome).isNotEqualTo(new Outcome.Unsupported(Reason.TRANSFER_SYNTAX));
    }
    assertThat(made).isPositive();
  }
}
