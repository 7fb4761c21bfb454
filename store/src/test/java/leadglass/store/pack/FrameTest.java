package leadglass.store.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Headers of packs and frames, byte by byte; docs/formats/pack.md has the same vectors.
class FrameTest {
  private static final String ID = "000102030405060708090a0b0c0d0e0f";

  // LGPACK and version, number 7, id, no flags, checksum
  private static final String PACK_HEADER =
      "4c475041434b0001 0000000000000007 000102030405060708090a0b0c0d0e0f 00"
          + " 000000000000000000000000000000000000000000000000000000 aa722121";

  // version 2, and the name of the pack it replaces
  // the same in version 3
  private static final String REPLACING_HEADER_3 =
      "4c475041434b0003 0000000000000007 000102030405060708090a0b0c0d0e0f 00"
          + " 101112131415161718191a1b1c1d1e1f 00000001 00000000000000 3968951a";

  private static final String REPLACING_HEADER =
      "4c475041434b0002 0000000000000007 000102030405060708090a0b0c0d0e0f 00"
          + " 101112131415161718191a1b1c1d1e1f 00000001 00000000000000 f0656670";

  // An AUDIT frame of three bytes, and the frame that closes its batch: the 9th, 64 bytes are safe
  private static final String BATCH =
      "4c474652 04000000 00000003 000102030405060708090a0b0c0d0e0f 0000000000000000 0fa0e64c 616263"
          + " 4c474652 05000000 00000010 00000000000000000000000000000000 0000000000000040 a3a91ec2"
          + " 0000000000000009 00000001 50b90605";

  // LGFR, kind 1 and three zeros, 300 bytes, record id, eight zeros, checksum
  private static final String FRAME_HEADER =
      "4c474652 01000000 0000012c 000102030405060708090a0b0c0d0e0f 0000000000000000 833377fb";

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  @Test
  void aPackBeginsAsTheFormatSays() {
    PackHeader header = new PackHeader(ID, 7, false, Optional.empty(), 0, 1);

    byte[] encoded = new byte[PackHeader.BYTES];
    header.encode().get(encoded);
    assertThat(HexFormat.of().formatHex(encoded))
        .isEqualTo(HexFormat.of().formatHex(bytes(PACK_HEADER)));
    assertThat(PackHeader.decode(ByteBuffer.wrap(bytes(PACK_HEADER)))).contains(header);
  }

  @Test
  void aPackThatReplacesAnotherSaysSo() {
    PackHeader header = new PackHeader("101112131415161718191a1b1c1d1e1f", 7, false).anew(ID);
    byte[] encoded = new byte[PackHeader.BYTES];
    header.encode().get(encoded);
    assertThat(HexFormat.of().formatHex(encoded))
        .isEqualTo(HexFormat.of().formatHex(bytes(REPLACING_HEADER_3)));
    assertThat(PackHeader.decode(ByteBuffer.wrap(bytes(REPLACING_HEADER_3)))).contains(header);
    assertThat(PackHeader.decode(ByteBuffer.wrap(bytes(REPLACING_HEADER))))
        .contains(
            new PackHeader(ID, 7, false, Optional.of("101112131415161718191a1b1c1d1e1f"), 1, 2));
  }

  @Test
  void aHeaderWithOneBitChangedIsMendedAndWithTwoIsNot() {
    Optional<PackHeader> whole = PackHeader.decode(ByteBuffer.wrap(bytes(REPLACING_HEADER)));
    for (int bit = 0; bit < PackHeader.BYTES * 8; bit++) {
      byte[] changed = bytes(REPLACING_HEADER);
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(PackHeader.mended(ByteBuffer.wrap(changed))).as("bit %d", bit).isEqualTo(whole);
      int other = (bit + 77) % (PackHeader.BYTES * 8);
      changed[other / 8] ^= (byte) (1 << other % 8);
      assertThat(PackHeader.mended(ByteBuffer.wrap(changed))).as("bit %d", bit).isEmpty();
    }
  }

  @Test
  void aBatchIsClosedAsTheFormatSays() {
    byte[] whole = bytes(BATCH);
    byte[] audit = Arrays.copyOf(whole, Frame.HEADER_BYTES + 3);
    CRC32C crc = new CRC32C();
    crc.update(audit);
    ByteBuffer encoded = ByteBuffer.allocate(whole.length);
    encoded.put(audit).put(Batches.frame(9, 1, crc, 64));

    assertThat(HexFormat.of().formatHex(encoded.array()))
        .isEqualTo(HexFormat.of().formatHex(whole));
  }

  @Test
  void aFrameBeginsAsTheFormatSays() {
    ByteBuffer encoded = ByteBuffer.allocate(Frame.HEADER_BYTES);
    new Frame(Frame.Kind.INSTANCE, 300, bytes(ID)).put(encoded);

    assertThat(HexFormat.of().formatHex(encoded.array()))
        .isEqualTo(HexFormat.of().formatHex(bytes(FRAME_HEADER)));
  }

  @Test
  void noHeaderIsTakenWithAnyBitChanged() {
    for (int bit = 0; bit < Frame.HEADER_BYTES * 8; bit++) {
      byte[] changed = bytes(FRAME_HEADER);
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(Frame.take(ByteBuffer.wrap(changed))).as("bit %d", bit).isEmpty();
    }
    for (int bit = 0; bit < PackHeader.BYTES * 8; bit++) {
      byte[] changed = bytes(PACK_HEADER);
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(PackHeader.decode(ByteBuffer.wrap(changed))).as("bit %d", bit).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Frame.Kind.class)
  void everyKindComesBack(Frame.Kind kind) {
    ByteBuffer encoded = ByteBuffer.allocate(Frame.HEADER_BYTES);
    new Frame(kind, 5, bytes(ID)).put(encoded);

    assertThat(Frame.take(encoded.flip()).map(Frame::kind)).contains(kind);
  }

  @Test
  void aShortBufferHasNoFrame() {
    assertThat(Frame.take(ByteBuffer.wrap(bytes(FRAME_HEADER), 0, 39))).isEqualTo(Optional.empty());
  }
}
