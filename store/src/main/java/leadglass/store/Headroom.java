package leadglass.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Keeps room for audit, sign-in and reading: refuses data sets in time, and holds a file that is
/// given up when the volume fills up all the same. Safe for use by several threads.
final class Headroom {

  /// Below so much nothing new is taken.
  static final long FREE_BYTES_MIN = 2L << 30;

  static final int FREE_PERCENT_MIN = 5;

  /// Below so much the reserve is given up.
  private static final long LAST_BYTES = 16L << 20;

  private static final int PIECE_BYTES = 1 << 20;

  private final Volume volume;
  private final Path file;
  private final long reserveBytes;
  private final Consumer<? super StoreEvent> events;
  private final AtomicBoolean storing = new AtomicBoolean(true);
  private final ReentrantLock lock = new ReentrantLock();

  Headroom(Volume volume, Path file, long reserveBytes, Consumer<? super StoreEvent> events) {
    this.volume = volume;
    this.file = file;
    this.reserveBytes = reserveBytes;
    this.events = events;
  }

  long freeBytes() throws IOException {
    return volume.freeBytes();
  }

  boolean hasRoom() throws IOException {
    long free = volume.freeBytes();
    boolean room = free >= FREE_BYTES_MIN && free >= volume.totalBytes() / 100 * FREE_PERCENT_MIN;
    if (storing.compareAndSet(!room, room)) {
      events.accept(new StoreEvent.Storing(room, free));
    }
    return room;
  }

  /// @throws Store.OutOfSpaceException if a data set must not be taken
  void ensure() throws IOException {
    if (!hasRoom()) {
      throw new Store.OutOfSpaceException();
    }
  }

  /// Gives the reserve up if not even a few small writes would find room.
  void beforeSmallWrite() throws IOException {
    if (volume.freeBytes() >= LAST_BYTES) {
      return;
    }
    lock.lock();
    try {
      if (Files.deleteIfExists(file)) {
        events.accept(new StoreEvent.Reserve(false));
      }
    } finally {
      lock.unlock();
    }
  }

  /// Sets the reserve aside, if there is room for it and it is not there.
  void setAside() throws IOException {
    lock.lock();
    try {
      boolean whole = Files.exists(file) && Files.size(file) == reserveBytes;
      if (whole || !hasRoom()) {
        return;
      }
      Private.fileIfMissing(file);
      try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
        out.setLength(0);
        // Random, so that no file system saves the space that is to be taken.
        byte[] piece = new byte[(int) Math.min(PIECE_BYTES, reserveBytes)];
        new SecureRandom().nextBytes(piece);
        for (long left = reserveBytes; left > 0; left -= piece.length) {
          out.write(piece, 0, (int) Math.min(left, piece.length));
        }
        out.getFD().sync();
      }
      events.accept(new StoreEvent.Reserve(true));
    } finally {
      lock.unlock();
    }
  }
}
