package leadglass.store.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import leadglass.store.SiteId;
import leadglass.store.pack.LifeEvent.Kind;
import leadglass.store.pack.PackLog.Placed;
import leadglass.store.seal.Seal;
import leadglass.store.seal.SecretBytes;

/// Makes the frame of an event, and opens it again; docs/formats/pack.md. Big endian.
public final class EventFrames {
  static final int BY_BYTES_MAX = 4 << 10;
  static final int KEYS_MAX = 100_000;
  static final int DETAIL_BYTES_MAX = 1 << 20;

  private static final byte VERSION = 1;
  private static final int CLEAR_BYTES = 20;
  private static final int ID_BYTES = 16;
  private static final int FIXED_BYTES = 1 + 8 + 8 + 4 + ID_BYTES + 4 + 4;

  private EventFrames() {}

  /// The frame of an event, sealed under its site's key for events.
  ///
  /// @throws IllegalArgumentException if an id has not 16 bytes, or something is longer than any
  ///   honest event
  public static ByteBuffer frame(LifeEvent event, SecretBytes key) {
    byte[] by = event.by().getBytes(UTF_8);
    if (by.length > BY_BYTES_MAX
        || event.keys().size() > KEYS_MAX
        || event.detail().length > DETAIL_BYTES_MAX) {
      throw new IllegalArgumentException("an event longer than any honest one");
    }
    ByteBuffer plain =
        ByteBuffer.allocate(
            FIXED_BYTES + by.length + event.keys().size() * ID_BYTES + event.detail().length);
    plain.put((byte) event.kind().number()).putLong(event.number()).putLong(event.atMillis());
    plain.putInt(by.length).put(by).put(id(event.subject())).putInt(event.keys().size());
    event.keys().forEach(each -> plain.put(id(each)));
    plain.putInt(event.detail().length).put(event.detail());
    byte[] clear =
        ByteBuffer.allocate(CLEAR_BYTES)
            .put(VERSION)
            .put(new byte[3])
            .put(HexFormat.of().parseHex(event.site().value()))
            .array();
    byte[] sealed = Seal.seal(key, about(id(event.id()), clear), plain.array());
    int payload = clear.length + sealed.length;
    ByteBuffer frame = ByteBuffer.allocate(Frame.HEADER_BYTES + payload);
    new Frame(Frame.Kind.EVENT, payload, event.id()).put(frame);
    return frame.put(clear).put(sealed).flip();
  }

  /// An event frame that lies in no pack.
  ///
  /// @param frame header and payload
  public static Placed placed(byte[] frame) {
    Frame header = Frame.take(ByteBuffer.wrap(frame)).orElseThrow(IllegalArgumentException::new);
    byte[] payload = Arrays.copyOfRange(frame, Frame.HEADER_BYTES, frame.length);
    return new Placed(header, new PackLog.Position("", 0), payload);
  }

  private static byte[] id(byte[] id) {
    if (id.length != ID_BYTES) {
      throw new IllegalArgumentException("an id of " + id.length + " bytes");
    }
    return id;
  }

  private static byte[] about(byte[] id, byte[] clear) {
    return ByteBuffer.allocate(id.length + clear.length).put(id).put(clear).array();
  }

  /// Whose event it is.
  ///
  /// @throws Records.DamagedException if it is no event that this version knows
  static SiteId site(Placed placed) throws Records.DamagedException {
    byte[] payload = placed.payload();
    if (placed.frame().kind() != Frame.Kind.EVENT
        || payload.length < CLEAR_BYTES + Seal.OVERHEAD_BYTES + FIXED_BYTES
        || payload[0] != VERSION) {
      throw new Records.DamagedException();
    }
    return new SiteId(HexFormat.of().formatHex(payload, 4, CLEAR_BYTES));
  }

  /// What an event frame tells.
  ///
  /// @param keys the key for events of a site
  /// @throws Records.DamagedException if it is not what was written, or no site's key opens it
  public static LifeEvent open(Placed placed, Function<SiteId, Optional<SecretBytes>> keys)
      throws Records.DamagedException {
    SiteId site = site(placed);
    SecretBytes key = keys.apply(site).orElseThrow(Records.DamagedException::new);
    byte[] id = placed.frame().record();
    ByteBuffer payload = ByteBuffer.wrap(placed.payload());
    byte[] clear = new byte[CLEAR_BYTES];
    byte[] sealed = new byte[payload.remaining() - CLEAR_BYTES];
    payload.get(clear).get(sealed);
    try {
      return decode(site, id, ByteBuffer.wrap(Seal.open(key, about(id, clear), sealed)));
    } catch (Seal.BrokenException _) {
      throw new Records.DamagedException();
    }
  }

  private static LifeEvent decode(SiteId site, byte[] id, ByteBuffer plain)
      throws Records.DamagedException {
    Kind kind = Kind.of(plain.get()).orElseThrow(Records.DamagedException::new);
    long number = plain.getLong();
    long at = plain.getLong();
    String by = new String(bytes(plain, length(plain, 1, BY_BYTES_MAX)), UTF_8);
    byte[] subject = bytes(plain, ID_BYTES);
    int count = length(plain, ID_BYTES, KEYS_MAX);
    List<byte[]> keys = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      keys.add(bytes(plain, ID_BYTES));
    }
    byte[] detail = bytes(plain, length(plain, 1, DETAIL_BYTES_MAX));
    if (plain.hasRemaining()) {
      throw new Records.DamagedException();
    }
    return new LifeEvent(site, id, number, kind, at, by, subject, List.copyOf(keys), detail);
  }

  /// A count of things of so many bytes, of which all are there.
  private static int length(ByteBuffer plain, int each, int max) throws Records.DamagedException {
    if (plain.remaining() < 4) {
      throw new Records.DamagedException();
    }
    int length = plain.getInt();
    if (length < 0 || length > max || (long) length * each > plain.remaining()) {
      throw new Records.DamagedException();
    }
    return length;
  }

  private static byte[] bytes(ByteBuffer plain, int length) throws Records.DamagedException {
    if (plain.remaining() < length) {
      throw new Records.DamagedException();
    }
    byte[] bytes = new byte[length];
    plain.get(bytes);
    return bytes;
  }
}
