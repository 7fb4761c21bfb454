package leadglass.store.pack;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import leadglass.store.FilingTooLargeException;
import leadglass.store.SiteId;
import leadglass.store.seal.Seal;
import leadglass.store.seal.SecretBytes;

/// What stands in front of an instance's trailer, in clear but covered by the trailer's tag: whose
/// keys open it, and where its chunks lie; docs/formats/pack.md. Big endian.
///
/// @param site the tenant
/// @param study keyed hash of the study's UID, by which the key store finds the key
/// @param key name of the study's key, 16 bytes; empty in a head of version 1, where the hash alone
///   leads to it
/// @param wrappedKey the object key, sealed with the study's key
/// @param plainBytes length of what is sealed in the chunks: the data set, filled up with zeros
/// @param trailerBytes length of the sealed trailer
/// @param extents where the chunks lie; empty when they follow the trailer
public record RecordHead(
    SiteId site,
    byte[] study,
    byte[] key,
    byte[] wrappedKey,
    long plainBytes,
    int trailerBytes,
    List<Extent> extents) {

  /// Bytes of a head without extents.
  public static final int BYTES = 128;

  private static final int BYTES_1 = 112;
  private static final int KEY_BYTES = 16;

  /// No sealed trailer is longer.
  public static final int TRAILER_BYTES_MAX = 2 << 20;

  static final int WRAPPED_BYTES = SecretBytes.BYTES + Seal.OVERHEAD_BYTES;
  private static final byte VERSION = 2;
  private static final int EXTENTS_MAX = 32_768;

  /// Chunk frames that lie one behind the other.
  ///
  /// @param frames how many; each but a data set's last holds [Reception#FRAME_CHUNKS] chunks
  public record Extent(String pack, long offset, int frames) {
    static final int BYTES = 32;
  }

  /// Length of head, extents and sealed trailer of the record whose payload begins so; -1 if it is
  /// not one.
  static int headBytes(byte[] start) {
    int fixed = fixedBytes(start);
    if (fixed < 0) {
      return -1;
    }
    ByteBuffer buffer = ByteBuffer.wrap(start);
    int trailer = buffer.getInt(fixed - 8);
    int extents = buffer.getInt(fixed - 4);
    boolean sane =
        trailer >= Seal.OVERHEAD_BYTES
            && trailer <= TRAILER_BYTES_MAX
            && extents >= 0
            && extents <= EXTENTS_MAX;
    return sane ? fixed + extents * Extent.BYTES + trailer : -1;
  }

  /// Bytes without extents of a head that begins so; -1 if it is none, or not all there.
  private static int fixedBytes(byte[] start) {
    int fixed = start.length > 0 && start[0] == VERSION ? BYTES : BYTES_1;
    boolean known = start.length > 0 && (start[0] == VERSION || start[0] == 1);
    return known && start.length >= fixed ? fixed : -1;
  }

  /// @throws FilingTooLargeException when the data set lies in more pieces than can be listed
  byte[] encode() throws FilingTooLargeException {
    if (extents.size() > EXTENTS_MAX) {
      throw new FilingTooLargeException();
    }
    ByteBuffer head = ByteBuffer.allocate(BYTES + extents.size() * Extent.BYTES);
    head.put(VERSION).put(new byte[3]).put(HexFormat.of().parseHex(site.value())).put(study);
    head.put(key).put(wrappedKey).putLong(plainBytes).putInt(trailerBytes).putInt(extents.size());
    for (Extent extent : extents) {
      head.put(HexFormat.of().parseHex(extent.pack())).putLong(extent.offset());
      head.putInt(extent.frames()).putInt(0);
    }
    return head.array();
  }

  /// Reads the head at the start of a payload.
  ///
  /// @throws Records.DamagedException if there is none, or less than it says
  public static RecordHead decode(byte[] payload) throws Records.DamagedException {
    int length = headBytes(payload);
    if (length < 0 || length > payload.length) {
      throw new Records.DamagedException();
    }
    ByteBuffer head = ByteBuffer.wrap(payload);
    byte[] site = new byte[16];
    byte[] study = new byte[Seal.HASH_BYTES];
    byte[] key = new byte[payload[0] == VERSION ? KEY_BYTES : 0];
    byte[] wrapped = new byte[WRAPPED_BYTES];
    head.position(4).get(site).get(study).get(key).get(wrapped);
    long plainBytes = head.getLong();
    int trailerBytes = head.getInt();
    int count = head.getInt();
    if (plainBytes < 0) {
      throw new Records.DamagedException();
    }
    List<Extent> extents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] pack = new byte[16];
      head.get(pack);
      extents.add(new Extent(HexFormat.of().formatHex(pack), head.getLong(), head.getInt()));
      head.getInt();
    }
    return new RecordHead(
        new SiteId(HexFormat.of().formatHex(site)),
        study,
        key,
        wrapped,
        plainBytes,
        trailerBytes,
        extents);
  }

  /// Bytes of this head in front of the trailer.
  int length() {
    return (key.length == 0 ? BYTES_1 : BYTES) + extents.size() * Extent.BYTES;
  }
}
