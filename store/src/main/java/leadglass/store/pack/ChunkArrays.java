package leadglass.store.pack;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.store.seal.Chunks;

/// Arrays for sealed chunks, used again: to clear a fresh one costs about what sealing into it
/// does, and one that was used just now is still in the processor's cache. What they hold is
/// sealed.
///
/// Safe for use by several threads.
final class ChunkArrays {
  /// 4 MiB: about what one forced write takes.
  private static final int KEPT_MAX = 64;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<byte[]> kept = new ArrayDeque<>(KEPT_MAX);

  /// One of at least so many bytes. Small ones are made anew.
  byte[] take(int bytes) {
    if (bytes <= Chunks.SEALED_BYTES / 2) {
      return new byte[bytes];
    }
    byte[] used;
    lock.lock();
    try {
      used = kept.pollFirst();
    } finally {
      lock.unlock();
    }
    return used == null ? new byte[Chunks.SEALED_BYTES] : used;
  }

  /// Takes one back that nobody looks at any more.
  void give(byte[] used) {
    if (used.length != Chunks.SEALED_BYTES) {
      return;
    }
    lock.lock();
    try {
      if (kept.size() < KEPT_MAX) {
        kept.addFirst(used);
      }
    } finally {
      lock.unlock();
    }
  }
}
