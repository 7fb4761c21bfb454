package leadglass.store.pack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;

/// The packs as one log: appended to at one end, read from a position on.
///
/// A pack begins with 64 bytes: magic, version, number, id. Packs are never appended to after the
/// program that made them ended: what may be torn stays behind, and a new pack begins.
public final class PackLog implements AutoCloseable {

  /// A pack is closed when it is this large.
  public static final long PACK_BYTES = 256L << 20;

  static final int HEADER_BYTES = 64;
  private static final long MAGIC = 0x4C47_5041_434B_0001L; // LGPACK, version 1

  private final Disk disk;
  private final ReentrantLock lock = new ReentrantLock();
  private final SecureRandom random = new SecureRandom();
  private final List<Pack> packs;
  private Disk.Tail tail;
  private Pack current;
  private long size;
  private long batches;

  /// A pack and its place among the packs.
  private record Pack(String name, long number) {}

  /// Where something lies. `pack` is 32 hex digits.
  public record Position(String pack, long offset) {}

  /// Takes the frames of a whole batch.
  public interface BatchVisitor {
    /// @param end where the next batch begins
    void batch(List<Placed> frames, Position end) throws IOException;
  }

  /// A frame where it lies; the payload is in memory.
  public record Placed(Frame frame, Position at, byte[] payload) {}

  private PackLog(Disk disk, List<Pack> packs) throws IOException {
    this.disk = disk;
    this.packs = packs;
    this.current = fresh();
    this.tail = begin(current);
  }

  /// Opens the log and begins a new pack.
  public static PackLog open(Disk disk) throws IOException {
    List<Pack> packs = new ArrayList<>();
    for (String name : disk.packs()) {
      ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
      boolean whole = disk.read(name, 0, header) == HEADER_BYTES;
      if (whole && header.getLong(0) == MAGIC && disk.size(name) > HEADER_BYTES) {
        packs.add(new Pack(name, header.getLong(8)));
      } else if (disk.size(name) <= HEADER_BYTES) {
        disk.remove(name); // begun, and nothing was ever kept in it
      }
    }
    packs.sort(Comparator.comparingLong(Pack::number));
    return new PackLog(disk, packs);
  }

  private Pack fresh() {
    byte[] id = new byte[16];
    random.nextBytes(id);
    long number = packs.isEmpty() ? 1 : packs.getLast().number() + 1;
    return new Pack(HexFormat.of().formatHex(id), number);
  }

  private Disk.Tail begin(Pack pack) throws IOException {
    Disk.Tail begun = disk.create(pack.name());
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    header.putLong(MAGIC).putLong(pack.number()).put(HexFormat.of().parseHex(pack.name()));
    begun.append(header.clear());
    packs.add(pack);
    size = HEADER_BYTES;
    return begun;
  }

  /// Appends frames that no batch closes yet: parts of a large data set.
  ///
  /// @return where the first byte lies
  public Position append(ByteBuffer frames) throws IOException {
    lock.lock();
    try {
      roll(frames.remaining());
      Position at = new Position(current.name(), size);
      size += frames.remaining();
      tail.append(frames);
      return at;
    } finally {
      lock.unlock();
    }
  }

  /// Appends the frames of a batch and the frame that closes it, in one write.
  ///
  /// @param frames header and payload of each, ready to be written
  /// @return where each lies, and behind them where the batch ends
  public List<Position> appendBatch(List<ByteBuffer> frames, boolean force) throws IOException {
    lock.lock();
    try {
      int bytes = frames.stream().mapToInt(ByteBuffer::remaining).sum();
      ByteBuffer all = ByteBuffer.allocate(bytes + Frame.HEADER_BYTES + 16);
      roll(all.capacity());
      List<Position> positions = new ArrayList<>(frames.size() + 1);
      for (ByteBuffer frame : frames) {
        positions.add(new Position(current.name(), size + all.position()));
        all.put(frame.duplicate());
      }
      CRC32C crc = new CRC32C();
      crc.update(all.array(), 0, bytes);
      new Frame(Frame.Kind.BATCH, 16, new byte[16]).put(all);
      all.putLong(++batches).putInt(frames.size()).putInt((int) crc.getValue());
      tail.append(all.flip());
      size += all.capacity();
      positions.add(new Position(current.name(), size));
      if (force) {
        tail.force();
      }
      return positions;
    } finally {
      lock.unlock();
    }
  }

  public void force() throws IOException {
    lock.lock();
    try {
      tail.force();
    } finally {
      lock.unlock();
    }
  }

  private void roll(long coming) throws IOException {
    if (size > HEADER_BYTES && size + coming > PACK_BYTES) {
      tail.force();
      tail.close();
      current = fresh();
      tail = begin(current);
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

  /// Hands over every closed batch behind `from`, oldest first; from the very first if it is empty.
  /// What follows the last closed batch of a pack was never acknowledged and is left out.
  public void replay(Optional<Position> from, BatchVisitor visitor) throws IOException {
    List<Pack> all;
    lock.lock();
    try {
      all = List.copyOf(packs);
    } finally {
      lock.unlock();
    }
    boolean reached =
        from.isEmpty() || all.stream().noneMatch(p -> p.name().equals(from.get().pack()));
    for (Pack pack : all) {
      boolean first = from.isPresent() && pack.name().equals(from.get().pack());
      reached |= first;
      if (reached) {
        replay(pack.name(), first ? from.get().offset() : HEADER_BYTES, visitor);
      }
    }
  }

  private void replay(String pack, long from, BatchVisitor visitor) throws IOException {
    long at = from;
    List<Placed> frames = new ArrayList<>();
    CRC32C crc = new CRC32C();
    while (true) {
      ByteBuffer header = ByteBuffer.allocate(Frame.HEADER_BYTES);
      disk.read(pack, at, header);
      Optional<Frame> frame = Frame.take(header.flip());
      if (frame.isEmpty()) {
        return;
      }
      Position where = new Position(pack, at);
      at += Frame.HEADER_BYTES + frame.get().payloadBytes();
      if (frame.get().kind() == Frame.Kind.CHUNKS) {
        continue;
      }
      ByteBuffer payload = ByteBuffer.allocate(frame.get().payloadBytes());
      if (disk.read(pack, where.offset() + Frame.HEADER_BYTES, payload) < payload.capacity()) {
        return;
      }
      if (frame.get().kind() != Frame.Kind.BATCH) {
        crc.update(header.array());
        crc.update(payload.array());
        frames.add(new Placed(frame.get(), where, payload.array()));
        continue;
      }
      boolean whole =
          payload.getInt(8) == frames.size() && payload.getInt(12) == (int) crc.getValue();
      if (whole) {
        visitor.batch(List.copyOf(frames), new Position(pack, at));
      }
      frames.clear();
      crc.reset();
    }
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      tail.force();
      tail.close();
      if (size == HEADER_BYTES) {
        disk.remove(current.name());
      }
    } finally {
      lock.unlock();
    }
  }
}
