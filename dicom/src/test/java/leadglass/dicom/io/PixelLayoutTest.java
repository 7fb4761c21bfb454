package leadglass.dicom.io;

import static leadglass.dicom.io.Hex.BIG;
import static leadglass.dicom.io.Hex.EXPLICIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.dict.Uids;
import leadglass.dicom.io.Frame.Extent;
import leadglass.dicom.io.PixelLayout.Addressing;
import org.junit.jupiter.api.Test;

/// PS3.5 §8 and §A.4, PS3.3 §C.7.6.3.
class PixelLayoutTest {
  private static final String PIXELS = "E07F 1000 4F42 0000 FFFFFFFF ";
  private static final String ITEM = " FEFF 00E0 ";
  private static final String END = " FEFF DDE0 00000000";

  /// Number of Frames, always two digits.
  private static String frames(int count) {
    return String.format("2800 0800 4953 0200 3%d3%d ", count / 10, count % 10);
  }

  private static String shape(int rows, int columns, int bits) {
    return String.format(
        "2800 1000 5553 0200 %02X00 2800 1100 5553 0200 %02X00 2800 0001 5553 0200 %02X00 ",
        rows, columns, bits);
  }

  private static PixelLayout layout(String hex, TransferSyntax syntax)
      throws IOException, DicomException {
    PixelLayoutBuilder builder = new PixelLayoutBuilder(syntax);
    DataSetReader reader = Hex.reader(hex, syntax).observedBy(builder);
    while (reader.next() != DataSetReader.Event.END) {
      // The builder sees it.
    }
    byte[] encoded = builder.build().encode();
    assertThat(PixelLayout.decode(encoded).encode()).isEqualTo(encoded);
    return PixelLayout.decode(encoded);
  }

  @Test
  void nativeFramesFollowEachOther() throws IOException, DicomException {
    PixelLayout layout =
        layout(
            frames(3) + shape(2, 3, 16) + "E07F 1000 4F57 0000 24000000" + "00".repeat(36),
            EXPLICIT);

    assertThat(layout.addressing()).isEqualTo(Addressing.FRAMES);
    assertThat(layout.frames()).isEqualTo(3);
    assertThat(layout.shape()).isEqualTo(new PixelLayout.Shape(2, 3, 1, 16, 3));
    assertThat(layout.frame(1)).isEqualTo(new Frame(List.of(new Extent(52, 12)), 0, 96));
    assertThat(layout.frame(3)).isEqualTo(new Frame(List.of(new Extent(76, 12)), 0, 96));
    assertThat(layout.whole()).isEqualTo(new Frame(List.of(new Extent(52, 36)), 0, 288));
    assertThat(layout.encode().length).isLessThan(20);
    assertThatThrownBy(() -> layout.frame(0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> layout.frame(4)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void framesOfSingleBitsBeginWithinBytes() throws IOException, DicomException {
    // 3 frames of 3 x 3 bits: 27 bits in 4 bytes.
    PixelLayout layout =
        layout(frames(3) + shape(3, 3, 1) + "E07F 1000 4F42 0000 04000000 FFFFFFFF", EXPLICIT);

    assertThat(layout.frame(1)).isEqualTo(new Frame(List.of(new Extent(52, 2)), 0, 9));
    assertThat(layout.frame(2)).isEqualTo(new Frame(List.of(new Extent(53, 2)), 1, 9));
    assertThat(layout.frame(3)).isEqualTo(new Frame(List.of(new Extent(54, 2)), 2, 9));
  }

  @Test
  void framesOfSingleBitsAreShiftedToBeginWithAByte() throws IOException {
    Random random = new Random(4);
    for (int run = 0; run < 500; run++) {
      byte[] bytes = new byte[1 + random.nextInt(20)];
      random.nextBytes(bytes);
      int from = random.nextInt(8);
      int bits = random.nextInt(8 * bytes.length - from + 1);
      int length = (from + bits + 7) / 8;
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (var aligned = new Frame(List.of(), from, bits).aligned(out)) {
        int cut = random.nextInt(length + 1);
        aligned.write(bytes, 0, cut);
        aligned.write(bytes, cut, length - cut);
      }
      byte[] shifted = out.toByteArray();
      assertThat(shifted).hasSize((bits + 7) / 8);
      for (int i = 0; i < 8 * shifted.length; i++) {
        int expected = i < bits ? bytes[(from + i) / 8] >> (from + i) % 8 & 1 : 0;
        assertThat(shifted[i / 8] >> i % 8 & 1).as("bit " + i).isEqualTo(expected);
      }
    }
  }

  @Test
  void chrominanceAtHalfWidthTakesTwoSamplesAPixel() throws IOException, DicomException {
    String ybr = "2800 0200 5553 0200 0300 2800 0400 4353 0C00 5942525F46554C4C5F343232 ";
    PixelLayout layout =
        layout(
            ybr + frames(2) + shape(2, 2, 8) + "E07F 1000 4F42 0000 10000000" + "00".repeat(16),
            EXPLICIT);

    assertThat(layout.frame(2).bytes()).isEqualTo(8);
  }

  @Test
  void bigEndianFramesOfOddBytesShareAWord() throws IOException, DicomException {
    String odd =
        """
        0028 0008 4953 0002 3220
        0028 0010 5553 0002 0003
        0028 0011 5553 0002 0003
        0028 0100 5553 0002 0008
        7FE0 0010 4F57 0000 00000012 000000000000000000000000000000000000
        """;

    assertThat(layout(odd, BIG).addressing()).isEqualTo(Addressing.WHOLE);
    Frame one = layout(odd.replace("3220", "3120"), BIG).frame(1);
    assertThat(one).isEqualTo(new Frame(List.of(new Extent(52, 10)), 0, 72, 2));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var aligned = one.aligned(out)) {
      aligned.write(Hex.bytes("0201 0403 0605 0807 FF09"));
    }
    assertThat(out.toByteArray()).isEqualTo(Hex.bytes("01 02 03 04 05 06 07 08 09"));
  }

  @Test
  void attributesThatContradictTheLengthLeaveOnlyTheWhole() throws IOException, DicomException {
    String pixels = "E07F 1000 4F57 0000 04000000 00000000";

    assertThat(layout(shape(2, 2, 16) + pixels, EXPLICIT).addressing()).isEqualTo(Addressing.WHOLE);
    assertThat(layout(shape(0, 2, 16) + pixels, EXPLICIT).addressing()).isEqualTo(Addressing.WHOLE);
    assertThat(layout(pixels, EXPLICIT).addressing()).isEqualTo(Addressing.WHOLE);
    assertThat(
            layout("2800 0800 4953 0A00 32313437343833363437" + shape(1, 1, 16) + pixels, EXPLICIT)
                .addressing())
        .isEqualTo(Addressing.WHOLE);
    PixelLayout huge =
        layout(
            "2800 0200 5553 0200 FFFF 2800 1000 5553 0200 FFFF 2800 1100 5553 0200 FFFF"
                + "2800 0001 5553 0200 FFFF"
                + pixels,
            EXPLICIT);
    assertThat(huge.addressing()).isEqualTo(Addressing.WHOLE);
    assertThat(huge.whole().bytes()).isEqualTo(4);
    assertThatThrownBy(() -> huge.frame(1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void withoutPixelDataThereAreNoFrames() throws IOException, DicomException {
    PixelLayout layout = layout("0800 6000 4353 0200 5352", EXPLICIT);

    assertThat(layout.addressing()).isEqualTo(Addressing.NONE);
    assertThat(layout.frames()).isZero();
    assertThat(layout.whole().extents()).isEmpty();
  }

  @Test
  void theBasicOffsetTableTellsFramesApart() throws IOException, DicomException {
    PixelLayout layout =
        layout(
            frames(2)
                + PIXELS
                + ITEM
                + "08000000 00000000 14000000"
                + ITEM
                + "02000000 0102"
                + ITEM
                + "02000000 0304"
                + ITEM
                + "02000000 0506"
                + END,
            EXPLICIT);

    // 0x14 = 20: behind two fragments of 8 + 2 bytes.
    assertThat(layout.frame(1).extents()).containsExactly(new Extent(46, 2), new Extent(56, 2));
    assertThat(layout.frame(2).extents()).containsExactly(new Extent(66, 2));
    assertThat(layout.whole().extents()).hasSize(3);
  }

  @Test
  void theExtendedOffsetTableTellsFramesApart() throws IOException, DicomException {
    String extended =
        "E07F 0100 4F56 0000 10000000 0000000000000000 1400000000000000"
            + "E07F 0200 4F56 0000 10000000 0400000000000000 0200000000000000";
    PixelLayout layout =
        layout(
            frames(2)
                + extended
                + PIXELS
                + ITEM
                + "00000000"
                + (ITEM + "02000000 0102").repeat(3)
                + END,
            EXPLICIT);

    assertThat(layout.frame(1).extents()).hasSize(2);
    assertThat(layout.frame(2).extents()).hasSize(1);
  }

  @Test
  void tablesThatPointBesideFragmentsAreNotBelieved() throws IOException, DicomException {
    String fragments = (ITEM + "02000000 0102").repeat(2) + END;

    for (String table :
        List.of(
            "04000000 0B000000", "00000000 0B000000", "00000000 00000000", "0A000000 00000000")) {
      PixelLayout layout =
          layout(frames(2) + PIXELS + ITEM + "08000000" + table + fragments, EXPLICIT);
      assertThat(layout.frame(2).extents()).as(table).hasSize(1);
    }
  }

  @Test
  void oneFrameHasAllFragments() throws IOException, DicomException {
    PixelLayout layout =
        layout(PIXELS + ITEM + "00000000" + (ITEM + "02000000 0102").repeat(5) + END, EXPLICIT);

    assertThat(layout.frame(1).extents()).hasSize(5);
    assertThat(layout.frame(1).bytes()).isEqualTo(10);
  }

  @Test
  void framesWithoutATableBeginWherePicturesDo() throws IOException, DicomException {
    String start = ITEM + "04000000 FFD8FFC0";
    String more = ITEM + "04000000 01020304";
    String head = frames(2) + PIXELS + ITEM + "00000000";

    PixelLayout layout = layout(head + start + more + more + start + END, EXPLICIT);
    assertThat(layout.frame(1).extents()).hasSize(3);
    assertThat(layout.frame(2).extents()).hasSize(1);
    assertThat(layout(head + start + more + more + END, EXPLICIT).addressing())
        .isEqualTo(Addressing.WHOLE);
    assertThat(layout(head + more + start + start + END, EXPLICIT).addressing())
        .isEqualTo(Addressing.WHOLE);
  }

  @Test
  void videosAreOneStream() throws IOException, DicomException {
    TransferSyntax mpeg4 = Uids.transferSyntax(new Uid("1.2.840.10008.1.2.4.102")).orElseThrow();
    String two = PIXELS + ITEM + "00000000" + (ITEM + "02000000 0102").repeat(2) + END;

    assertThat(layout(frames(2) + two, mpeg4).addressing()).isEqualTo(Addressing.WHOLE);
    assertThat(layout(frames(2) + two, EXPLICIT).addressing()).isEqualTo(Addressing.FRAMES);
  }

  @Test
  void iconsAreNotThePicture() throws IOException, DicomException {
    PixelLayout layout =
        layout(
            "8800 0002 5351 0000 FFFFFFFF"
                + ITEM
                + "FFFFFFFF"
                + shape(1, 1, 8)
                + "E07F 1000 4F42 0000 02000000 0102"
                + "FEFF 0DE0 00000000"
                + END,
            EXPLICIT);

    assertThat(layout.addressing()).isEqualTo(Addressing.NONE);
  }

  @Test
  void whatIsNoLayoutIsRefusedWithoutTakingMemory() throws IOException, DicomException {
    byte[] sound =
        layout(
                frames(2)
                    + PIXELS
                    + ITEM
                    + "08000000 00000000 14000000"
                    + (ITEM + "02000000 0102").repeat(3)
                    + END,
                EXPLICIT)
            .encode();
    Random random = new Random(9);
    for (int run = 0; run < 20_000; run++) {
      byte[] broken = java.util.Arrays.copyOf(sound, random.nextInt(sound.length + 4));
      for (int i = random.nextInt(4); i > 0 && broken.length > 0; i--) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      }
      try {
        PixelLayout layout = PixelLayout.decode(broken);
        layout.whole();
        if (layout.addressing() == Addressing.FRAMES) {
          layout.frame(layout.frames());
        }
      } catch (DicomException e) {
        assertThat(e).hasMessageContaining("no pixel layout");
      }
    }
    assertThatThrownBy(() -> PixelLayout.decode(new byte[0])).isInstanceOf(DicomException.class);
  }
}
