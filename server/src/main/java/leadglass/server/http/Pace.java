package leadglass.server.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/// Watches how fast the peer of one request takes and gives bytes. Only time spent waiting for the
/// peer counts; a slow disk of ours doesn't.
///
/// The request's thread calls [#await(Step)]; a watchdog calls [#check()].
final class Pace {

  /// Waits for the peer; gives the number of bytes moved, -1 at the end.
  @FunctionalInterface
  interface Step {
    int run() throws IOException;
  }

  /// The peer was too slow.
  static final class TooSlowException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Thread owner = Thread.currentThread();
  private final long windowNanos;
  private final long bytesPerWindow;
  private boolean waiting;
  private boolean givenUp;
  private boolean peerFailed;
  private long since;
  private long waited;
  private long bytes;

  /// @param window of waiting, in which `bytesPerSecond` have to come or go on average
  Pace(Duration window, int bytesPerSecond) {
    this.windowNanos = window.toNanos();
    this.bytesPerWindow = Math.max(1, window.toMillis() * bytesPerSecond / 1000);
  }

  int await(Step step) throws IOException {
    lock.lock();
    try {
      waiting = true;
      since = System.nanoTime();
    } finally {
      lock.unlock();
    }
    int moved = 0;
    boolean failed = true;
    boolean slow;
    try {
      moved = step.run();
      failed = false;
    } finally {
      slow = ended(moved, failed);
    }
    if (slow) {
      throw new TooSlowException();
    }
    return moved;
  }

  private boolean ended(int moved, boolean failed) {
    lock.lock();
    try {
      waiting = false;
      waited += System.nanoTime() - since;
      bytes += Math.max(0, moved);
      peerFailed |= failed;
      if (givenUp) {
        // The interrupt was for this wait alone; it must not reach a file of the store.
        boolean _ = Thread.interrupted();
      }
      return givenUp;
    } finally {
      lock.unlock();
    }
  }

  /// Whether the peer was given up.
  boolean givenUp() {
    lock.lock();
    try {
      return givenUp;
    } finally {
      lock.unlock();
    }
  }

  /// Whether reading from or writing to the peer failed: then nothing of ours did.
  boolean peerFailed() {
    lock.lock();
    try {
      return peerFailed;
    } finally {
      lock.unlock();
    }
  }

  /// Wakes the request's thread if its peer is too slow.
  void check() {
    lock.lock();
    try {
      if (!waiting || givenUp) {
        return;
      }
      long now = System.nanoTime();
      if (waited + now - since < windowNanos) {
        return;
      }
      if (bytes < bytesPerWindow) {
        givenUp = true;
        owner.interrupt();
        return;
      }
      // The next window: what went fast before doesn't pay for standing still.
      bytes = 0;
      waited = 0;
      since = now;
    } finally {
      lock.unlock();
    }
  }
}
