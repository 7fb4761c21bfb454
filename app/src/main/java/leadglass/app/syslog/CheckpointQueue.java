package leadglass.app.syslog;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Checkpoints on their way to a collector: each goes behind the entries that it covers. The newest
/// one covers all before, so it alone must arrive: after a break it is sent again, and of many that
/// wait the oldest are dropped.
///
/// Safe for use by several threads.
final class CheckpointQueue {
  static final int WAITING_MAX = 100;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Sized> waiting = new ArrayDeque<>();
  private @Nullable Sized sent;

  /// @param size entries that it covers
  record Sized(String note, long size, long millis) {
    @Override
    public String toString() {
      return "Sized[" + size + "]";
    }
  }

  void add(Sized checkpoint) {
    lock.lock();
    try {
      if (waiting.size() == WAITING_MAX) {
        waiting.removeFirst();
      }
      waiting.addLast(checkpoint);
    } finally {
      lock.unlock();
    }
  }

  /// The next one of which every entry was sent.
  ///
  /// @param next number of the first entry that was not sent yet
  Optional<Sized> due(long next) {
    lock.lock();
    try {
      if (waiting.isEmpty() || waiting.getFirst().size() > next) {
        return Optional.empty();
      }
      sent = waiting.removeFirst();
      return Optional.of(sent);
    } finally {
      lock.unlock();
    }
  }

  /// The connection broke: the one that was sent last may not have arrived.
  void back() {
    lock.lock();
    try {
      if (sent != null) {
        waiting.addFirst(sent);
        sent = null;
      }
    } finally {
      lock.unlock();
    }
  }
}
