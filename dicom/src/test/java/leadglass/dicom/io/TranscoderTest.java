package leadglass.dicom.io;

import static leadglass.dicom.io.Hex.BIG;
import static leadglass.dicom.io.Hex.EXPLICIT;
import static leadglass.dicom.io.Hex.IMPLICIT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.dict.Uids;
import org.junit.jupiter.api.Test;

class TranscoderTest {

  private static byte[] transcoded(String hex, TransferSyntax syntax)
      throws IOException, DicomException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Transcoder.toExplicitLittleEndian(Hex.reader(hex, syntax), out);
    return out.toByteArray();
  }

  @Test
  void isForNativeSyntaxesOtherThanExplicitLittleEndian() {
    assertThat(Transcoder.isFor(IMPLICIT)).isTrue();
    assertThat(Transcoder.isFor(BIG)).isTrue();
    assertThat(Transcoder.isFor(Hex.DEFLATED)).isTrue();
    assertThat(Transcoder.isFor(EXPLICIT)).isFalse();
    assertThat(Transcoder.isNative(EXPLICIT)).isTrue();
    assertThat(
            Transcoder.isNative(
                Uids.transferSyntax(new Uid("1.2.840.10008.1.2.4.95")).orElseThrow()))
        .as("JPIP, whose pixel data is elsewhere")
        .isFalse();
    assertThat(
            Transcoder.isFor(Uids.transferSyntax(new Uid("1.2.840.10008.1.2.4.50")).orElseThrow()))
        .isFalse();
  }

  @Test
  void implicitElementsGetTheirVrs() throws IOException, DicomException {
    assertThat(
            transcoded(
                """
                0800 0000 04000000 20000000     | group length, dropped
                0800 6000 03000000 4D5241       | odd
                0800 4011 12000000              | sequence of known length
                  FEFF 00E0 0A000000
                    5100 5510 02000000 0102     | nobody knows it
                2800 0301 02000000 0100         | signed
                2800 0601 02000000 FEFF         | US or SS
                E07F 1000 02000000 0102         | OB or OW
                """,
                IMPLICIT))
        .isEqualTo(
            Hex.bytes(
                """
                0800 6000 4353 0400 4D524120
                0800 4011 5351 0000 FFFFFFFF
                  FEFF 00E0 FFFFFFFF
                    5100 5510 554E 0000 02000000 0102
                  FEFF 0DE0 00000000
                FEFF DDE0 00000000
                2800 0301 5553 0200 0100
                2800 0601 5353 0200 FEFF
                E07F 1000 4F57 0000 02000000 0102
                """));
  }

  @Test
  void bigEndianIsSwappedByTheUnitOfTheVr() throws IOException, DicomException {
    assertThat(
            transcoded(
                """
                0018 9073 4644 0008 0102030405060708
                0020 9165 4154 0004 00181063
                0028 0010 5553 0002 0040
                0028 3400 4F42 0000 00000002 0102
                0028 3500 554E 0000 00000002 0102
                7FE0 0008 4F46 0000 00000004 01020304
                7FE0 0010 4F57 0000 00000004 01020304
                """,
                BIG))
        .isEqualTo(
            Hex.bytes(
                """
                1800 7390 4644 0800 0807060504030201
                2000 6591 4154 0400 18006310
                2800 1000 5553 0200 4000
                2800 0034 4F42 0000 02000000 0102
                2800 0035 554E 0000 02000000 0102
                E07F 0800 4F46 0000 04000000 04030201
                E07F 1000 4F57 0000 04000000 02010403
                """));
  }

  private static byte[] turned(TransferSyntax target, byte[] bytes, TransferSyntax from)
      throws IOException, DicomException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Transcoder.to(target, Hex.reader(bytes, from), out);
    return out.toByteArray();
  }

  private static final byte[] LITTLE =
      Hex.bytes(
          """
          1800 7390 4644 0800 0807060504030201
          2000 6591 4154 0400 18006310
          2800 1000 5553 0200 4000
          2800 0034 4F42 0000 02000000 0102
          4000 7502 5351 0000 FFFFFFFF
            FEFF 00E0 FFFFFFFF
              2800 1000 5553 0200 4000
            FEFF 0DE0 00000000
          FEFF DDE0 00000000
          E07F 1000 4F57 0000 04000000 02010403
          """);

  @Test
  void explicitLittleEndianBecomesAnyOtherNativeEncoding() throws IOException, DicomException {
    assertThat(turned(IMPLICIT, LITTLE, EXPLICIT))
        .isEqualTo(
            Hex.bytes(
                """
                1800 7390 08000000 0807060504030201
                2000 6591 04000000 18006310
                2800 1000 02000000 4000
                2800 0034 02000000 0102
                4000 7502 FFFFFFFF
                  FEFF 00E0 FFFFFFFF
                    2800 1000 02000000 4000
                  FEFF 0DE0 00000000
                FEFF DDE0 00000000
                E07F 1000 04000000 02010403
                """));
    assertThat(turned(BIG, LITTLE, EXPLICIT))
        .isEqualTo(
            Hex.bytes(
                """
                0018 9073 4644 0008 0102030405060708
                0020 9165 4154 0004 00181063
                0028 0010 5553 0002 0040
                0028 3400 4F42 0000 00000002 0102
                0040 0275 5351 0000 FFFFFFFF
                  FFFE E000 FFFFFFFF
                    0028 0010 5553 0002 0040
                  FFFE E00D 00000000
                FFFE E0DD 00000000
                7FE0 0010 4F57 0000 00000004 01020304
                """));
    byte[] deflated = turned(Hex.DEFLATED, LITTLE, EXPLICIT);
    assertThat(turned(EXPLICIT, deflated, Hex.DEFLATED)).isEqualTo(LITTLE);
  }

  @Test
  void aValueTooLongForItsVrStaysLittleEndianInBigEndian() throws IOException, DicomException {
    byte[] implicit = Hex.bytes("2800 0930 00000100" + "0102".repeat(0x8000));

    assertThat(turned(BIG, implicit, IMPLICIT))
        .isEqualTo(Hex.bytes("0028 3009 554E 0000 00010000" + "0102".repeat(0x8000)));
  }

  @Test
  void valuesTooLongForTheirVrBecomeUn() throws IOException, DicomException {
    assertThat(transcoded("0800 6000 FFFF0000" + "41".repeat(0xFFFF), IMPLICIT))
        .startsWith(Hex.bytes("0800 6000 554E 0000 00000100 41"))
        .endsWith(0x41, 0x20);
  }

  @Test
  void unOfUndefinedLengthBecomesTheSequenceThatItIs() throws IOException, DicomException {
    assertThat(
            transcoded(
                """
                0800 6000 4353 0200 4D52
                0900 0110 554E 0000 FFFFFFFF
                  FEFF 00E0 FFFFFFFF
                    0800 6000 02000000 4D52
                  FEFF 0DE0 00000000
                FEFF DDE0 00000000
                """,
                EXPLICIT))
        .isEqualTo(
            Hex.bytes(
                """
                0800 6000 4353 0200 4D52
                0900 0110 5351 0000 FFFFFFFF
                  FEFF 00E0 FFFFFFFF
                    0800 6000 4353 0200 4D52
                  FEFF 0DE0 00000000
                FEFF DDE0 00000000
                """));
  }

  @Test
  void fragmentsStayAsTheyAre() throws IOException, DicomException {
    String fragments =
        """
        E07F 1000 4F42 0000 FFFFFFFF
        FEFF 00E0 00000000
        FEFF 00E0 03000000 FFD8FF
        FEFF DDE0 00000000
        """;

    assertThat(transcoded(fragments, EXPLICIT)).isEqualTo(Hex.bytes(fragments));
  }

  /// Gives pixels without holding them.
  private static final class Pixels extends InputStream {
    private long left;

    Pixels(long bytes) {
      this.left = bytes;
    }

    @Override
    public int read() {
      return left-- > 0 ? 1 : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int part = (int) Math.min(left, length);
      java.util.Arrays.fill(into, offset, offset + part, (byte) 1);
      left -= part;
      return part;
    }
  }

  private static final class Counting extends OutputStream {
    private long count;

    @Override
    public void write(int b) {
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      count += length;
    }
  }

  @Test
  void morePixelsThanMemoryPassThroughAFewKilobytes() throws IOException, DicomException {
    long pixels = 0x28000000L;
    byte[] header = Hex.bytes("7FE0 0010 4F57 0000 28000000");
    InputStream in = new SequenceInputStream(new ByteArrayInputStream(header), new Pixels(pixels));
    Counting out = new Counting();
    Transcoder.toExplicitLittleEndian(new DataSetReader(in, BIG, ReadLimits.PEER), out);

    assertThat(out.count).isEqualTo(pixels + 12);
  }
}
