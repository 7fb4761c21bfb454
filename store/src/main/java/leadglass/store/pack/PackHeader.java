package leadglass.store.pack;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/// The first 64 bytes of a pack; docs/formats/pack.md. Big endian.
///
/// @param name 32 hex digits, the name of the file
/// @param number place of the pack in the log
/// @param side whether it holds nothing but chunks of one large data set
record PackHeader(String name, long number, boolean side) {
  static final int BYTES = 64;
  private static final long MAGIC = 0x4C47_5041_434B_0001L; // LGPACK, version 1

  ByteBuffer encode() {
    ByteBuffer header = ByteBuffer.allocate(BYTES);
    header.putLong(MAGIC).putLong(number).put(HexFormat.of().parseHex(name));
    header.put((byte) (side ? 1 : 0)).putInt(BYTES - 4, checksum(header));
    return header.clear();
  }

  static Optional<PackHeader> decode(ByteBuffer header) {
    if (header.limit() < BYTES
        || header.getLong(0) != MAGIC
        || header.getInt(BYTES - 4) != checksum(header)) {
      return Optional.empty();
    }
    byte[] id = new byte[16];
    header.get(16, id);
    return Optional.of(
        new PackHeader(HexFormat.of().formatHex(id), header.getLong(8), header.get(32) == 1));
  }

  private static int checksum(ByteBuffer header) {
    CRC32C crc = new CRC32C();
    crc.update(header.duplicate().limit(BYTES - 4).position(0));
    return (int) crc.getValue();
  }
}
