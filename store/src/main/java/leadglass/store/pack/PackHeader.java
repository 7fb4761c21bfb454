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
/// @param replaces name of the pack whose live frames it was made from, if it was made so
/// @param generation how often the pack of this number was written anew
/// @param version 1, 2 or 3
record PackHeader(
    String name,
    long number,
    boolean side,
    Optional<String> replaces,
    int generation,
    int version) {
  static final int BYTES = 64;

  /// What is written now.
  static final int VERSION = 3;

  private static final long MAGIC = 0x4C47_5041_434B_0000L; // LGPACK, and the version in the end
  private static final String NOTHING = "0".repeat(32);

  /// One that is new in the log.
  PackHeader(String name, long number, boolean side) {
    this(name, number, side, Optional.empty(), 0, VERSION);
  }

  /// One that takes this one's place in the log.
  PackHeader anew(String fresh) {
    return new PackHeader(fresh, number, side, Optional.of(name), generation + 1, VERSION);
  }

  ByteBuffer encode() {
    ByteBuffer header = ByteBuffer.allocate(BYTES);
    header.putLong(MAGIC | version).putLong(number).put(HexFormat.of().parseHex(name));
    header.put((byte) (side ? 1 : 0)).put(HexFormat.of().parseHex(replaces.orElse(NOTHING)));
    header.putInt(generation);
    header.putInt(BYTES - 4, checksum(header));
    return header.clear();
  }

  static Optional<PackHeader> decode(ByteBuffer header) {
    if (header.limit() < BYTES || header.getInt(BYTES - 4) != checksum(header)) {
      return Optional.empty();
    }
    int version = header.get(7);
    if (header.getLong(0) != (MAGIC | version) || version < 1 || version > VERSION) {
      return Optional.empty();
    }
    byte[] id = new byte[16];
    header.get(16, id);
    byte[] old = new byte[16];
    header.get(33, old);
    return Optional.of(
        new PackHeader(
            HexFormat.of().formatHex(id),
            header.getLong(8),
            header.get(32) == 1,
            Optional.of(HexFormat.of().formatHex(old)).filter(each -> !each.equals(NOTHING)),
            header.getInt(49),
            version));
  }

  /// The header that this one was before one bit of it changed. The checksum tells up to five
  /// changed bits apart from none in so short a text, so that there is but one way back.
  static Optional<PackHeader> mended(ByteBuffer damaged) {
    if (damaged.limit() < BYTES) {
      return Optional.empty();
    }
    byte[] bytes = new byte[BYTES];
    damaged.get(0, bytes);
    for (int bit = 0; bit < BYTES * 8; bit++) {
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      Optional<PackHeader> found = decode(ByteBuffer.wrap(bytes));
      if (found.isPresent()) {
        return found;
      }
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
    }
    return Optional.empty();
  }

  /// Whether the checksum of a batch covers its number and how many frames it has.
  boolean numbersCovered() {
    return version > 1;
  }

  private static int checksum(ByteBuffer header) {
    CRC32C crc = new CRC32C();
    crc.update(header.duplicate().limit(BYTES - 4).position(0));
    return (int) crc.getValue();
  }
}
