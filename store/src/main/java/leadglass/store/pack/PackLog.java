package leadglass.store.pack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The packs as one log: appended to at one end, read from a position on.
///
/// Packs are never appended to after the program that made them ended: what may be torn stays
/// behind, and a new pack begins. After a failed write or sync nothing is appended any more: what a
/// disk holds after it failed to sync is not known, and syncing again would not tell.
///
/// Safe for use by several threads.
public final class PackLog implements AutoCloseable {

  /// How large things grow.
  ///
  /// @param packBytes a pack is closed rather than pass this
  /// @param sideBytes what a data set has past this goes to a pack of its own
  public record Limits(long packBytes, long sideBytes) {
    /// 256 MiB and 128 MiB.
    public static final Limits USUAL = new Limits(256L << 20, 128L << 20);
  }

  private final Disk disk;
  private final SecureRandom random;
  private final Limits limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final PackSet packs;
  private final Set<String> sides = new HashSet<>(); // being written
  private final Staging staging = new Staging();
  private final ChunkArrays chunkArrays = new ChunkArrays();
  private long lastNumber;
  private @Nullable Growing current;
  private long batches;
  private final AtomicLong appended = new AtomicLong();
  private final AtomicLong forced = new AtomicLong();
  private volatile @Nullable IOException broken;
  private volatile Consumer<? super IOException> failures = e -> {};

  /// Where something lies. `pack` is 32 hex digits.
  public record Position(String pack, long offset) {}

  /// A frame where it lies.
  ///
  /// @param payload of an instance the head and trailer, of anything else all of it
  public record Placed(Frame frame, Position at, byte[] payload) {}

  /// Takes the frames of a whole batch.
  public interface BatchVisitor {
    /// @param end where the next batch begins
    /// @return false to stop
    boolean batch(List<Placed> frames, Position end) throws IOException;

    /// Told where frames that were on stable storage are missing, before those around them are
    /// handed over.
    default void damaged(Position at) throws IOException {}

    /// Told before a pack is read.
    ///
    /// @param number its place in the log
    /// @param offset where reading begins
    default void begins(String pack, long number, long offset) throws IOException {}
  }

  /// Where reading begins: at an offset of a pack, or at the beginning of whatever has its number
  /// if that pack was written anew.
  public record Start(long number, String pack, long offset) {}

  /// The pack appended to. `size` and `safeBytes`, so much of it as is on stable storage, belong to
  /// the log's lock, `retired` to `forcing`.
  private static final class Growing {
    private final PackHeader header;
    private final Disk.Tail tail;
    private final ReentrantLock forcing = new ReentrantLock();
    private long size = PackHeader.BYTES;
    private long safeBytes = PackHeader.BYTES;
    private boolean retired;

    Growing(PackHeader header, Disk.Tail tail) {
      this.header = header;
      this.tail = tail;
    }
  }

  private PackLog(Disk disk, PackSet packs, SecureRandom random, Limits limits) {
    this.disk = disk;
    this.packs = packs;
    this.random = random;
    this.limits = limits;
  }

  Limits limits() {
    return limits;
  }

  /// Reads what packs there are; a new one begins with the first append.
  public static PackLog open(Disk disk, SecureRandom random, Limits limits) throws IOException {
    PackLog log = new PackLog(disk, PackSet.read(disk), random, limits);
    for (PackHeader header : log.packs.all()) {
      log.lastNumber = Math.max(log.lastNumber, header.number());
    }
    return log;
  }

  /// Which packs there are.
  public PackSet packs() {
    return packs;
  }

  /// Whether no pack holds anything.
  public boolean isEmpty() {
    return names().isEmpty();
  }

  /// Names of all packs.
  public Set<String> names() {
    return packs.names();
  }

  void check() throws IOException {
    IOException cause = broken;
    if (cause != null) {
      throw new IOException("a write failed earlier", cause);
    }
  }

  /// Who is told, at once and on whatever thread, that a write or sync failed and that the log is
  /// read-only.
  public void onFailure(Consumer<? super IOException> told) {
    failures = told;
  }

  private PackHeader fresh(boolean side) {
    byte[] id = new byte[16];
    random.nextBytes(id);
    return new PackHeader(HexFormat.of().formatHex(id), ++lastNumber, side);
  }

  private Disk.Tail begin(PackHeader header) throws IOException {
    Disk.Tail tail = disk.create(header.name());
    packs.add(header);
    tail.append(header.encode());
    tail.force(); // so that a pack with a header that can't be read was damaged, not torn
    return tail;
  }

  static long length(List<ByteBuffer> pieces) {
    long bytes = 0;
    for (ByteBuffer piece : pieces) {
      bytes += piece.remaining();
    }
    return bytes;
  }

  /// The pack to append to, a new one when `coming` bytes would not fit any more.
  private Growing room(long coming) throws IOException {
    Growing growing = current;
    if (growing != null && growing.size + coming <= limits.packBytes()) {
      return growing;
    }
    if (growing != null) {
      retire(growing);
    }
    PackHeader header = fresh(false);
    Growing next = new Growing(header, begin(header));
    current = next;
    return next;
  }

  private void retire(Growing growing) throws IOException {
    growing.forcing.lock();
    try {
      growing.tail.force();
      // Written once all before it is safe: its presence vouches for the rest of the pack.
      ByteBuffer close = ByteBuffer.allocate(Frame.HEADER_BYTES);
      new Frame(Frame.Kind.CLOSE, 0, new byte[16]).put(close);
      growing.tail.append(close.flip());
      growing.tail.close();
      growing.retired = true;
    } finally {
      growing.forcing.unlock();
    }
  }

  /// A pack that never changes any more.
  ///
  /// @param number its place in the log; 0 if its header is lost
  /// @param side whether it holds nothing but chunks of one large data set
  public record Whole(String name, long number, boolean side, long bytes) {}

  /// Closes the pack appended to: what was appended before lies in packs that never change any
  /// more. The next append begins a new one.
  ///
  /// @return the highest number a pack has so far
  public long roll() throws IOException {
    lock.lock();
    try {
      check();
      Growing growing = current;
      if (growing != null) {
        retire(growing);
        current = null;
        forced.accumulateAndGet(appended.get(), Math::max);
      }
      return lastNumber;
    } catch (IOException e) {
      throw failed(e);
    } finally {
      lock.unlock();
    }
  }

  /// The packs that nothing is written to any more, in the order of the log.
  public List<Whole> whole() throws IOException {
    Map<String, Optional<PackHeader>> known;
    lock.lock();
    try {
      known = packs.known();
      known.keySet().removeAll(sides);
      if (current != null) {
        known.remove(current.header.name());
      }
    } finally {
      lock.unlock();
    }
    List<Whole> whole = new ArrayList<>(known.size());
    for (Map.Entry<String, Optional<PackHeader>> each : known.entrySet()) {
      String name = each.getKey();
      long bytes = disk.size(name);
      whole.add(
          each.getValue()
              .map(header -> new Whole(name, header.number(), header.side(), bytes))
              .orElseGet(() -> new Whole(name, 0, false, bytes)));
    }
    whole.sort(Comparator.comparingLong(Whole::number));
    return whole;
  }

  /// Makes a pack that nothing is written to any more survive power loss as it can be read now: of
  /// one that was closed all but the last frame did anyway.
  ///
  /// @throws NoSuchFileException if another one took its place
  public void force(String pack) throws IOException {
    check();
    try (PackSet.Hold hold = packs.hold()) {
      if (!hold.add(pack)) {
        throw new NoSuchFileException(pack);
      }
      try {
        disk.force(pack);
      } catch (IOException e) {
        throw failed(e);
      }
    }
  }

  /// The bytes of a pack as they lie on the disk, from front to back.
  public InputStream stream(String pack) {
    return new PackStream(disk, pack);
  }

  /// Appends frames that no batch closes yet: parts of a large data set.
  ///
  /// @return where the first byte lies
  public Position append(List<ByteBuffer> pieces) throws IOException {
    lock.lock();
    try {
      check();
      long bytes = length(pieces);
      Growing growing = room(bytes);
      Position at = new Position(growing.header.name(), growing.size);
      staging.write(pieces, growing.tail);
      growing.size += bytes;
      appended.addAndGet(bytes);
      return at;
    } catch (IOException e) {
      throw failed(e);
    } finally {
      lock.unlock();
    }
  }

  /// Appends the frames of a batch and the frame that closes it. Nothing is synced.
  ///
  /// @param frames header and payload of each, in pieces
  /// @return where each lies, and behind them where the batch ends
  public List<Position> appendBatch(List<List<ByteBuffer>> frames) throws IOException {
    List<ByteBuffer> pieces = new ArrayList<>();
    CRC32C crc = new CRC32C();
    for (List<ByteBuffer> frame : frames) {
      for (ByteBuffer piece : frame) {
        crc.update(piece.duplicate());
        pieces.add(piece);
      }
    }
    lock.lock();
    try {
      check();
      long bytes = length(pieces) + Batches.FRAME_BYTES;
      Growing growing = room(bytes);
      pieces.add(Batches.frame(++batches, frames.size(), crc, growing.safeBytes));
      List<Position> positions = new ArrayList<>(frames.size() + 1);
      long at = growing.size;
      for (List<ByteBuffer> frame : frames) {
        positions.add(new Position(growing.header.name(), at));
        at += length(frame);
      }
      positions.add(new Position(growing.header.name(), growing.size + bytes));
      staging.write(pieces, growing.tail);
      growing.size += bytes;
      appended.addAndGet(bytes);
      return positions;
    } catch (IOException e) {
      throw failed(e);
    } finally {
      lock.unlock();
    }
  }

  /// Returns once everything appended before the call survives power loss. Packs that were rolled
  /// over were forced then.
  public void force() throws IOException {
    Growing growing;
    long upTo;
    long size;
    lock.lock();
    try {
      check();
      growing = current;
      if (growing == null) {
        return;
      }
      upTo = appended.get();
      size = growing.size;
    } finally {
      lock.unlock();
    }
    growing.forcing.lock();
    try {
      check();
      if (!growing.retired) {
        growing.tail.force();
      }
      forced.accumulateAndGet(upTo, Math::max);
    } catch (IOException e) {
      throw failed(e);
    } finally {
      growing.forcing.unlock();
    }
    lock.lock();
    try {
      growing.safeBytes = Math.max(growing.safeBytes, size);
    } finally {
      lock.unlock();
    }
  }

  /// Whether something was appended that no [#force()] covered yet.
  public boolean unforced() {
    return appended.get() > forced.get();
  }

  IOException failed(IOException e) {
    if (broken == null) {
      broken = e;
    }
    failures.accept(e);
    return e;
  }

  ChunkArrays chunkArrays() {
    return chunkArrays;
  }

  /// Begins a pack for the chunks of one large data set, so that it holds up nobody else.
  public SidePack side() throws IOException {
    lock.lock();
    try {
      check();
      PackHeader header = fresh(true);
      SidePack side = new SidePack(this, header.name(), begin(header));
      sides.add(header.name());
      return side;
    } catch (IOException e) {
      throw failed(e);
    } finally {
      lock.unlock();
    }
  }

  /// Nothing is appended to that pack any more.
  void ended(SidePack side) {
    lock.lock();
    try {
      sides.remove(side.name());
    } finally {
      lock.unlock();
    }
  }

  Disk disk() {
    return disk;
  }

  /// The header of a pack that is not appended to and not of one data set's own.
  Optional<PackHeader> closedPack(String pack) {
    return packs.header(pack).filter(header -> !header.side() && growingTo(pack).isEmpty());
  }

  /// The header of a pack that takes another one's place.
  PackHeader anew(PackHeader old) {
    byte[] id = new byte[16];
    random.nextBytes(id);
    return old.anew(HexFormat.of().formatHex(id));
  }

  /// Where the pack ends that is being appended to, as far as it was complete a moment ago; empty
  /// for any other.
  public OptionalLong growingTo(String pack) {
    lock.lock();
    try {
      Growing growing = current;
      return growing != null && growing.header.name().equals(pack)
          ? OptionalLong.of(growing.size)
          : OptionalLong.empty();
    } finally {
      lock.unlock();
    }
  }

  /// Reads part of a pack.
  ///
  /// @throws IOException if the pack ends before
  public byte[] read(Position at, int bytes) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(bytes);
    if (disk.read(at.pack(), at.offset(), into) < bytes) {
      throw new IOException("a pack ends before a record does");
    }
    return into.array();
  }

  /// The pack that has a place in the log now; none if there is none, or only a data set's own.
  public Optional<String> name(long number) {
    return packs.all().stream()
        .filter(header -> header.number() == number && !header.side())
        .map(PackHeader::name)
        .findFirst();
  }

  /// The place in the log of a pack; empty if there is none of that name.
  public OptionalLong number(String pack) {
    Optional<PackHeader> header = packs.header(pack);
    return header.isPresent() ? OptionalLong.of(header.get().number()) : OptionalLong.empty();
  }

  /// Whether the log reaches as far as a place: its pack is that long, or was written anew.
  public boolean reaches(Start place) {
    for (PackHeader header : packs.all()) {
      if (header.number() == place.number() && !header.side()) {
        try {
          return !header.name().equals(place.pack()) || disk.size(header.name()) >= place.offset();
        } catch (IOException _) {
          return false;
        }
      }
    }
    return false;
  }

  /// The frame that begins at a place, whole; empty if the pack is not there any more.
  ///
  /// @throws IOException if there is no frame
  public Optional<Placed> frame(Position at) throws IOException {
    try (PackSet.Hold hold = packs.hold()) {
      if (!hold.add(at.pack())) {
        return Optional.empty();
      }
      FrameWalk walk = new FrameWalk(disk, at.pack());
      Frame frame =
          walk.frame(at.offset(), disk.size(at.pack()))
              .orElseThrow(() -> new IOException("no frame is where one should be"));
      return Optional.of(new Placed(frame, at, walk.payload(at.offset(), frame.payloadBytes())));
    }
  }

  /// Whether the log has this position.
  public boolean contains(Position position) throws IOException {
    if (packs.header(position.pack()).isEmpty()) {
      return false;
    }
    return disk.size(position.pack()) >= position.offset();
  }

  /// Hands over every whole batch behind `from`, oldest first; from the very first if it is empty.
  /// What follows the last whole batch of a pack was never acknowledged and is left out.
  ///
  /// @param wanted kinds of frames to read; others are skipped
  /// @return bytes at the ends of packs of earlier runs that no whole batch covers
  public long replay(Optional<Position> from, Set<Frame.Kind> wanted, BatchVisitor visitor)
      throws IOException {
    boolean[] reached = {from.isEmpty()};
    return replay(
        pack -> {
          boolean first = from.isPresent() && pack.name().equals(from.get().pack());
          reached[0] |= first;
          return first ? from.get().offset() : reached[0] ? PackHeader.BYTES : -1;
        },
        wanted,
        visitor);
  }

  /// Hands over every whole batch from a place on, as above.
  public long replay(Start from, Set<Frame.Kind> wanted, BatchVisitor visitor) throws IOException {
    return replay(
        pack -> {
          if (pack.number() == from.number() && pack.name().equals(from.pack())) {
            return from.offset();
          }
          return pack.number() >= from.number() ? PackHeader.BYTES : -1;
        },
        wanted,
        visitor);
  }

  /// @param begin where reading a pack begins; -1 if it is passed over
  private long replay(
      ToLongFunction<PackHeader> begin, Set<Frame.Kind> wanted, BatchVisitor visitor)
      throws IOException {
    try (PackSet.Hold hold = packs.hold()) {
      List<PackHeader> all = new ArrayList<>();
      String growing;
      long end;
      lock.lock();
      try {
        // Held, so that none is removed while it is read; one that just was has another in its
        // place.
        do {
          all.clear();
          all.addAll(packs.all());
        } while (!all.stream().map(PackHeader::name).allMatch(hold::add));
        growing = current == null ? "" : current.header.name();
        end = current == null ? 0 : current.size;
      } finally {
        lock.unlock();
      }
      all.removeIf(PackHeader::side);
      all.sort(Comparator.comparingLong(PackHeader::number));
      PackReader reader = new PackReader(disk, wanted, visitor);
      for (PackHeader pack : all) {
        long at = begin.applyAsLong(pack);
        if (at >= 0) {
          visitor.begins(pack.name(), pack.number(), at);
          boolean more =
              pack.name().equals(growing)
                  ? reader.readGrowing(pack, at, end)
                  : reader.read(pack, at);
          if (!more) {
            break;
          }
        }
      }
      return reader.unread();
    }
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      Growing growing = current;
      if (growing != null && broken == null) {
        retire(growing);
      } else if (growing != null) {
        growing.tail.close();
      }
      broken = new IOException("the log is closed");
    } finally {
      lock.unlock();
    }
  }
}
