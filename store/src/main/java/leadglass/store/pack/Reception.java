package leadglass.store.pack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import leadglass.store.Incoming;
import leadglass.store.pack.PackLog.Position;
import leadglass.store.pack.RecordHead.Extent;
import leadglass.store.seal.Chunks;
import leadglass.store.seal.Padding;
import leadglass.store.seal.SecretBytes;
import org.jspecify.annotations.Nullable;

/// Takes a data set in: seals it chunk by chunk as it comes, gathers up to 1 MiB, and from then on
/// appends it to the log; from 128 MiB on to a pack of its own.
public final class Reception extends Incoming {

  /// Chunks of a full frame: 1 MiB of the data set.
  public static final int FRAME_CHUNKS = 16;

  private static final int FRAMES_BETWEEN_CHECKS = 16;
  private static final int SMALL_BYTES = 4 << 10;

  private final PackLog log;
  private final Room room;
  private final byte[] record = new byte[16];
  private final SecretBytes key;
  private final Chunks chunks;
  private byte[] plain = {};
  private final List<ByteBuffer> gathered = new ArrayList<>();
  private final List<byte[]> arrays = new ArrayList<>(); // of what is gathered
  private final List<Extent> extents = new ArrayList<>();
  private @Nullable SidePack side;
  private int filled;
  private long number;
  private long bytes;
  private long frames;
  private long extentEnd = -1;
  private State state = State.OPEN;

  private enum State {
    OPEN,
    BROKEN,
    SEALED,
    FILED,
    CLOSED
  }

  /// Asked now and then whether there is room for more.
  public interface Room {
    /// @throws IOException if there is none
    void ensure() throws IOException;
  }

  public Reception(PackLog log, SecureRandom random, Room room) {
    this.log = log;
    this.room = room;
    random.nextBytes(record);
    this.key = SecretBytes.random(random);
    this.chunks = new Chunks(key, record);
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, from.length);
    expect(State.OPEN);
    state = State.BROKEN; // unless all of it is taken
    int at = offset;
    int left = length;
    while (left > 0) {
      if (filled == Chunks.PLAIN_BYTES) {
        seal(plain, 0, filled, false);
        filled = 0;
      }
      if (filled == 0 && left > Chunks.PLAIN_BYTES) {
        seal(from, at, Chunks.PLAIN_BYTES, false);
        at += Chunks.PLAIN_BYTES;
        left -= Chunks.PLAIN_BYTES;
      } else {
        int part = Math.min(left, Chunks.PLAIN_BYTES - filled);
        if (plain.length < filled + part) {
          // A chunk's worth at once for all but the small ones, which most memory would be lost on.
          plain =
              Arrays.copyOf(plain, filled + part > SMALL_BYTES ? Chunks.PLAIN_BYTES : SMALL_BYTES);
        }
        System.arraycopy(from, at, plain, filled, part);
        filled += part;
        at += part;
        left -= part;
      }
    }
    bytes += length;
    state = State.OPEN;
  }

  private void expect(State expected) throws IOException {
    if (state != expected) {
      throw new IOException("a data set that is " + state);
    }
  }

  private void seal(byte[] from, int offset, int length, boolean last) throws IOException {
    if (gathered.size() == FRAME_CHUNKS) {
      spill();
    }
    byte[] sealed = log.chunkArrays().take(length + Chunks.TAG_BYTES);
    int sealedBytes = chunks.seal(number++, last, from, offset, length, sealed, 0);
    arrays.add(sealed);
    gathered.add(ByteBuffer.wrap(sealed, 0, sealedBytes));
  }

  /// Appends what was gathered as one frame.
  private void spill() throws IOException {
    if (frames++ % FRAMES_BETWEEN_CHECKS == 0) {
      room.ensure();
    }
    int payload = 0;
    for (ByteBuffer chunk : gathered) {
      payload += chunk.remaining();
    }
    ByteBuffer header = ByteBuffer.allocate(Frame.HEADER_BYTES);
    new Frame(Frame.Kind.CHUNKS, payload, record).put(header);
    List<ByteBuffer> pieces = new ArrayList<>(gathered.size() + 1);
    pieces.add(header.flip());
    pieces.addAll(gathered);
    if (side == null && number * Chunks.PLAIN_BYTES > log.limits().sideBytes()) {
      side = log.side();
    }
    Position at = side == null ? log.append(pieces) : side.append(pieces);
    log.packs().receiving(this, at.pack());
    written();
    Extent last = extents.isEmpty() ? null : extents.getLast();
    if (last != null && last.pack().equals(at.pack()) && extentEnd == at.offset()) {
      extents.set(extents.size() - 1, new Extent(last.pack(), last.offset(), last.frames() + 1));
    } else {
      extents.add(new Extent(at.pack(), at.offset(), 1));
    }
    extentEnd = at.offset() + Frame.HEADER_BYTES + payload;
  }

  /// Seals the end of the data set and, if parts of it lie in packs, makes these survive power
  /// loss: the frame that commits them must never last longer than they do.
  void finish() throws IOException {
    expect(State.OPEN);
    state = State.SEALED;
    int zeros = (int) (paddedBytes() - bytes);
    if (zeros > 0) {
      Arrays.fill(plain, filled, filled + zeros, (byte) 0);
      filled += zeros;
    }
    seal(plain, 0, filled, true);
    if (extents.isEmpty()) {
      return;
    }
    spill();
    log.force();
    SidePack own = side;
    if (own != null) {
      own.force();
      own.close();
    }
  }

  /// How much is sealed: the data set, and zeros that hide its length.
  long paddedBytes() {
    return Padding.up(bytes, Padding.DATA_SET_BYTES);
  }

  /// Id of the record it becomes.
  public byte[] record() {
    return record;
  }

  SecretBytes key() {
    return key;
  }

  /// The sealed chunks, if they do not lie in packs yet.
  List<ByteBuffer> gathered() {
    return gathered;
  }

  /// Where chunks lie that were written already; all of them once it was made a frame.
  public List<Extent> extents() {
    return extents;
  }

  /// The log has taken what was gathered, and nobody looks at it any more.
  public void written() {
    arrays.forEach(log.chunkArrays()::give);
    arrays.clear();
    gathered.clear();
  }

  /// What was taken in is part of a batch now: closing must not forget it.
  void filed() {
    state = State.FILED;
    key.forget();
  }

  @Override
  public void close() throws IOException {
    log.packs().received(this);
    if (state != State.FILED && state != State.CLOSED) {
      state = State.CLOSED;
      key.forget();
      written();
      if (side != null) {
        side.discard();
      }
    }
  }
}
