package leadglass.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.store.pack.Disk;

/// A disk in memory, in blocks of 4 KiB, whose power goes off before a given step: a write, a sync,
/// a new or removed pack.
///
/// What was not synced by then has one fate ([Unsynced]), or each block its own: it is as likely as
/// not to be as it was written, torn at a sector, zeros, or what lay there before; a file may be
/// shorter than it was, its name missing if that was not synced, and a removed file back. The same
/// seed gives the same fates.
///
/// A sync that failed is as on Linux: what was not written by then never will be, though it can be
/// read until the power goes, and whoever syncs again is told that all is well.
final class BlockDisk implements Disk {
  private static final int BLOCK_BYTES = 4096;
  private static final int SECTOR_BYTES = 512;
  private static final int CHUNK_BYTES = (64 << 10) + 16;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Content> packs = new HashMap<>();
  private final Map<String, Content> removed = new TreeMap<>();
  private long stepsLeft;
  private boolean off;
  private boolean offAtSync;
  private boolean offAmidChunks;
  private int chunksInRow;

  /// What became of all bytes that were written but not synced.
  enum Unsynced {
    LOST,
    KEPT,
    /// The first half is there.
    TORN,
    /// The first half is zeros, the second is there.
    OUT_OF_ORDER,
    /// One block in the middle is zeros.
    HOLED
  }

  /// The power went off.
  static final class PowerLossException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private static final class Content {
    private byte[] bytes = new byte[BLOCK_BYTES];
    private int length;
    private int synced;
    private boolean named;
    private final Set<Integer> forgotten = new HashSet<>(); // blocks that will never be written
  }

  /// @param stepsAllowed writes, syncs, new and removed packs until the power goes
  BlockDisk(long stepsAllowed) {
    this.stepsLeft = stepsAllowed;
  }

  boolean isOff() {
    lock.lock();
    try {
      return off;
    } finally {
      lock.unlock();
    }
  }

  /// Whether it went off at a sync, when most is at stake.
  boolean wentOffAtSync() {
    return offAtSync;
  }

  /// Whether it went off in the first half of a frame of 16 chunks, of which one is like the other.
  boolean wentOffAmidChunks() {
    return offAmidChunks;
  }

  /// The power goes after so many steps.
  void powerFor(long steps) {
    lock.lock();
    try {
      stepsLeft = steps;
    } finally {
      lock.unlock();
    }
  }

  /// Nothing more is written from now on.
  void cut() {
    lock.lock();
    try {
      off = true;
    } finally {
      lock.unlock();
    }
  }

  /// What is there when power comes back, until it goes again.
  BlockDisk restarted(Random fates, long stepsAllowed) {
    BlockDisk disk = new BlockDisk(stepsAllowed);
    new TreeMap<>(packs)
        .forEach((name, content) -> {
          if (content.named || fates.nextBoolean()) {
            disk.packs.put(name, left(content, fates));
          }
        });
    removed.forEach((name, content) -> {
      if (fates.nextBoolean()) {
        disk.packs.put(name, left(content, fates));
      }
    });
    return disk;
  }

  /// What is there when power comes back, for ever.
  BlockDisk restarted(Unsynced fate) {
    return restarted(fate, Long.MAX_VALUE);
  }

  /// What is there when power comes back, until it goes again.
  BlockDisk restarted(Unsynced fate, long stepsAllowed) {
    BlockDisk disk = new BlockDisk(stepsAllowed);
    packs.forEach((name, content) -> {
      if (content.named || fate != Unsynced.LOST) {
        disk.packs.put(name, left(content, fate));
      }
    });
    return disk;
  }

  private static Content left(Content content, Unsynced fate) {
    int middle = content.synced + (content.length - content.synced) / 2;
    Content left = new Content();
    left.length =
        switch (fate) {
          case LOST -> content.synced;
          case TORN -> middle;
          case KEPT, OUT_OF_ORDER, HOLED -> content.length;
        };
    left.bytes = Arrays.copyOf(content.bytes, Math.max(BLOCK_BYTES, left.length));
    switch (fate) {
      case OUT_OF_ORDER -> Arrays.fill(left.bytes, content.synced, middle, (byte) 0);
      case HOLED ->
          Arrays.fill(left.bytes, middle, Math.min(left.length, middle + BLOCK_BYTES), (byte) 0);
      case LOST, TORN, KEPT -> {}
    }
    left.synced = Math.min(content.synced, left.length);
    left.named = content.named;
    return left;
  }

  private static Content left(Content content, Random fates) {
    Content left = new Content();
    int unsynced = content.length - content.synced;
    left.length =
        switch (fates.nextInt(3)) {
          case 0 -> content.synced;
          case 1 -> content.length;
          default -> content.synced + fates.nextInt(unsynced + 1);
        };
    left.bytes = Arrays.copyOf(content.bytes, Math.max(BLOCK_BYTES, left.length));
    int keptOfFour = fates.nextInt(5);
    for (int at = content.synced; at < left.length; at = end(at, left.length)) {
      int end = end(at, left.length);
      if (content.forgotten.contains(at / BLOCK_BYTES) || fates.nextInt(4) >= keptOfFour) {
        spoil(left.bytes, at, end, fates);
      }
    }
    left.synced = Math.min(content.synced, left.length);
    left.named = content.named;
    return left;
  }

  private static int end(int at, int length) {
    return Math.min(length, (at / BLOCK_BYTES + 1) * BLOCK_BYTES);
  }

  private static void spoil(byte[] bytes, int from, int end, Random fates) {
    switch (fates.nextInt(3)) {
      case 0 -> Arrays.fill(bytes, from, end, (byte) 0);
      case 1 -> {
        int torn = (from / SECTOR_BYTES + 1 + fates.nextInt(8)) * SECTOR_BYTES;
        Arrays.fill(bytes, Math.min(torn, end), end, (byte) 0);
      }
      default -> {
        byte[] before = new byte[end - from];
        fates.nextBytes(before);
        System.arraycopy(before, 0, bytes, from, before.length);
      }
    }
  }

  /// Something is written, by whatever hangs on the same current.
  void step() throws PowerLossException {
    lock.lock();
    try {
      if (off || stepsLeft-- <= 0) {
        off = true;
        throw new PowerLossException();
      }
    } finally {
      lock.unlock();
    }
  }

  /// What a failed sync leaves behind.
  void forget(String pack) {
    lock.lock();
    try {
      Content content = packs.get(pack);
      if (content != null) {
        for (int at = content.synced; at < content.length; at += BLOCK_BYTES) {
          content.forgotten.add(at / BLOCK_BYTES);
        }
        content.forgotten.add((content.length - 1) / BLOCK_BYTES);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<String> packs() {
    lock.lock();
    try {
      return new ArrayList<>(packs.keySet());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Tail create(String pack) throws IOException {
    lock.lock();
    try {
      step();
      Content content = new Content();
      packs.put(pack, content);
      return new MemoryTail(content);
    } finally {
      lock.unlock();
    }
  }

  private final class MemoryTail implements Tail {
    private final Content content;

    MemoryTail(Content content) {
      this.content = content;
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
      lock.lock();
      try {
        if (!off) { // a write that the power cut short may have reached the disk
          chunksInRow = bytes.remaining() == CHUNK_BYTES ? chunksInRow + 1 : 0;
          offAmidChunks = stepsLeft == 0 && chunksInRow > 2 && chunksInRow <= 8;
          int length = content.length + bytes.remaining();
          if (length > content.bytes.length) {
            content.bytes = Arrays.copyOf(content.bytes, Math.max(length, 2 * content.length));
          }
          bytes.get(content.bytes, content.length, bytes.remaining());
          content.length = length;
        }
        step();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void force() throws IOException {
      lock.lock();
      try {
        offAtSync |= !off && stepsLeft == 0;
        step();
        synced(content);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {}
  }

  private static void synced(Content content) {
    if (content.forgotten.isEmpty()) {
      content.synced = content.length;
    }
    content.named = true;
  }

  private Content content(String pack) throws IOException {
    Content content = packs.get(pack);
    if (content == null) {
      throw new NoSuchFileException(pack);
    }
    return content;
  }

  @Override
  public int read(String pack, long offset, ByteBuffer into) throws IOException {
    lock.lock();
    try {
      Content content = content(pack);
      int from = (int) Math.min(offset, content.length);
      int length = Math.min(into.remaining(), content.length - from);
      into.put(content.bytes, from, length);
      return length;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long size(String pack) throws IOException {
    lock.lock();
    try {
      return content(pack).length;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void force(String pack) throws IOException {
    lock.lock();
    try {
      step();
      synced(content(pack));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void remove(String pack) throws IOException {
    lock.lock();
    try {
      step();
      Content content = packs.remove(pack);
      if (content != null && content.named) {
        removed.put(pack, content);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Lasts at once, as the real one syncs the names before it returns.
  @Override
  public void rename(String from, String to) throws IOException {
    lock.lock();
    try {
      step();
      Content content = packs.remove(from);
      if (content == null) {
        throw new NoSuchFileException(from);
      }
      packs.put(to, content);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {}
}
