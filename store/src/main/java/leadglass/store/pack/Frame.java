package leadglass.store.pack;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/// The 40 bytes in front of everything in a pack; docs/formats/pack.md. Big endian.
///
/// @param kind what the payload is
/// @param payloadBytes that follow
/// @param record random id of the record or event, 16 bytes; of an audit entry, of its key; else
///   zeros
/// @param safeBytes of a batch, how much of its pack was on stable storage when it was written;
///   else 0
public record Frame(Kind kind, int payloadBytes, byte[] record, long safeBytes) {

  /// Bytes of a frame's header.
  public static final int HEADER_BYTES = 40;

  /// No payload is longer.
  public static final int PAYLOAD_BYTES_MAX = 4 << 20;

  static final int MAGIC = 0x4C474652; // LGFR

  /// Kinds of frames; their numbers stay for ever.
  public enum Kind {
    /// A data set up to 1 MiB, its chunks and its trailer.
    INSTANCE(1),
    /// Chunks of a larger data set.
    CHUNKS(2),
    /// Closes a larger data set: extents of its chunks, and its trailer.
    COMMIT(3),
    /// An audit entry.
    AUDIT(4),
    /// Closes a batch: what lies before it since the last one is kept.
    BATCH(5),
    /// Something that happened to what is held.
    EVENT(6),
    /// Nothing follows, and all before it was on stable storage when it was written.
    CLOSE(7),
    /// What the tree over all audit entries is after a batch, signed; the last of its batch.
    HEAD(8);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    static Optional<Kind> of(int number) {
      for (Kind kind : values()) {
        if (kind.number == number) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }

  /// Puts the header into `into` at its position: magic, kind, three zeros, payload bytes, record
  /// id, safe bytes, CRC32C of all of that.
  public void put(ByteBuffer into) {
    int start = into.position();
    into.putInt(MAGIC).put((byte) kind.number).put(new byte[3]).putInt(payloadBytes);
    into.put(record).putLong(safeBytes);
    into.putInt(checksum(into, start));
  }

  /// The frame whose header begins at the buffer's position, if there is one; takes the header.
  static Optional<Frame> take(ByteBuffer from) {
    int start = from.position();
    if (from.remaining() < HEADER_BYTES || from.getInt(start) != MAGIC) {
      return Optional.empty();
    }
    int payloadBytes = from.getInt(start + 8);
    Optional<Kind> kind = Kind.of(from.get(start + 4));
    if (kind.isEmpty()
        || payloadBytes < 0
        || payloadBytes > PAYLOAD_BYTES_MAX
        || from.getInt(start + 36) != checksum(from, start)) {
      return Optional.empty();
    }
    byte[] record = new byte[16];
    from.get(start + 12, record);
    from.position(start + HEADER_BYTES);
    return Optional.of(new Frame(kind.get(), payloadBytes, record, from.getLong(start + 28)));
  }

  /// A frame that tells nothing of what was synced.
  public Frame(Kind kind, int payloadBytes, byte[] record) {
    this(kind, payloadBytes, record, 0);
  }

  /// Whether the 40 bytes are a header without payload that one or two bits changed of.
  static boolean isNearly(ByteBuffer header, Kind kind) {
    ByteBuffer whole = ByteBuffer.allocate(HEADER_BYTES);
    new Frame(kind, 0, new byte[16]).put(whole);
    int changed = 0;
    for (int i = 0; i < HEADER_BYTES; i++) {
      changed += Integer.bitCount((header.get(i) ^ whole.get(i)) & 0xFF);
    }
    return changed <= 2;
  }

  private static int checksum(ByteBuffer buffer, int start) {
    CRC32C crc = new CRC32C();
    crc.update(buffer.duplicate().limit(start + 36).position(start));
    return (int) crc.getValue();
  }

  @Override
  public String toString() {
    return "Frame[" + kind + ", " + payloadBytes + " bytes]";
  }
}
