package leadglass.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.store.pack.Disk;

/// A disk in memory whose power goes off before a given step: a write, a sync or a new pack. What
/// was not synced by then is lost, kept, torn or out of order when it is started again.
final class CuttingDisk implements Disk {
  private static final int BLOCK_BYTES = 4096;
  private static final int CHUNK_BYTES = (64 << 10) + 16;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Content> packs = new HashMap<>();
  private int stepsLeft;
  private boolean off;
  private boolean offAtSync;
  private boolean offAmidChunks;
  private int chunksInRow;

  /// What became of bytes that were written but not synced.
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
    private byte[] bytes = new byte[0];
    private int synced;
    private boolean named;
  }

  CuttingDisk(int stepsAllowed) {
    this.stepsLeft = stepsAllowed;
  }

  /// Whether the power went off.
  boolean isOff() {
    return off;
  }

  /// Whether it went off at a sync, when most is at stake.
  boolean wentOffAtSync() {
    return offAtSync;
  }

  /// Whether it went off in the first half of a frame of 16 chunks, of which one is like the other.
  boolean wentOffAmidChunks() {
    return offAmidChunks;
  }

  /// The disk after power came back, with power for ever.
  CuttingDisk restarted(Unsynced unsynced) {
    return restarted(unsynced, Integer.MAX_VALUE);
  }

  /// The disk after power came back, for so many steps.
  CuttingDisk restarted(Unsynced unsynced, int stepsAllowed) {
    CuttingDisk disk = new CuttingDisk(stepsAllowed);
    packs.forEach((name, content) -> {
      if (content.named || unsynced != Unsynced.LOST) {
        Content left = new Content();
        left.bytes = left(content, unsynced);
        left.synced = Math.min(content.synced, left.bytes.length);
        left.named = content.named;
        disk.packs.put(name, left);
      }
    });
    return disk;
  }

  private static byte[] left(Content content, Unsynced unsynced) {
    int length = content.bytes.length;
    int middle = content.synced + (length - content.synced) / 2;
    return switch (unsynced) {
      case LOST -> Arrays.copyOf(content.bytes, content.synced);
      case KEPT -> content.bytes.clone();
      case TORN -> Arrays.copyOf(content.bytes, middle);
      case HOLED -> {
        byte[] holed = content.bytes.clone();
        Arrays.fill(holed, middle, Math.min(length, middle + BLOCK_BYTES), (byte) 0);
        yield holed;
      }
      case OUT_OF_ORDER -> {
        byte[] mixed = content.bytes.clone();
        Arrays.fill(mixed, content.synced, middle, (byte) 0);
        yield mixed;
      }
    };
  }

  private void step() throws PowerLossException {
    if (off || stepsLeft-- == 0) {
      off = true;
      throw new PowerLossException();
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
        int from = content.bytes.length;
        byte[] added = new byte[bytes.remaining()];
        bytes.get(added);
        if (!off) {
          chunksInRow = added.length == CHUNK_BYTES ? chunksInRow + 1 : 0;
          offAmidChunks = stepsLeft == 0 && chunksInRow > 2 && chunksInRow <= 8;
          // A write that the power cut short may have reached the disk: that is what is unsynced.
          content.bytes = Arrays.copyOf(content.bytes, from + added.length);
          System.arraycopy(added, 0, content.bytes, from, added.length);
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
        content.synced = content.bytes.length;
        content.named = true;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {}
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
      byte[] bytes = content(pack).bytes;
      int from = (int) Math.min(offset, bytes.length);
      int length = Math.min(into.remaining(), bytes.length - from);
      into.put(bytes, from, length);
      return length;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long size(String pack) throws IOException {
    lock.lock();
    try {
      return content(pack).bytes.length;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void force(String pack) throws IOException {
    lock.lock();
    try {
      step();
      Content content = content(pack);
      content.synced = content.bytes.length;
      content.named = true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void rename(String from, String to) throws IOException {
    lock.lock();
    try {
      step();
      packs.put(to, content(from));
      packs.remove(from);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void remove(String pack) throws IOException {
    lock.lock();
    try {
      step();
      packs.remove(pack);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {}
}
