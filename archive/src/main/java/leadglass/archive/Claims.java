package leadglass.archive;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.dicom.data.Uid;

/// SOP Instance UIDs that are coming in right now. The same instance sent twice at once waits for
/// the first of them, and is then compared with it.
///
/// Safe for use by several threads.
final class Claims {
  private static final long WAIT_SECONDS = 30;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition released = lock.newCondition();
  private final Set<Uid> claimed = new HashSet<>();

  /// @return false if somebody else held it for too long
  boolean claim(Uid sopInstance) {
    lock.lock();
    try {
      long left = TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
      while (!claimed.add(sopInstance)) {
        if (left <= 0) {
          return false;
        }
        left = released.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  void release(Uid sopInstance) {
    lock.lock();
    try {
      claimed.remove(sopInstance);
      released.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
