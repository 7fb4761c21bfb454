package leadglass.store;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Instances that were looked for and not found just now. Whoever takes one in asks first whether
/// it is held, receives it, and files it: the catalogue need not be asked a second time unless
/// something was filed in between that may be the same.
///
/// Instances share a few thousand counters of what was filed, by their hashes; a stranger on the
/// same counter costs one more question, never a wrong answer. Safe for use by several threads.
final class Absences {
  private static final int COUNTERS = 1 << 12;
  private static final int KEPT_MAX = 1 << 10;

  private final AtomicLongArray filed = new AtomicLongArray(COUNTERS);
  private final AtomicLong returned = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ByteBuffer, Long> missed =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Long> eldest) {
          return size() > KEPT_MAX;
        }
      };

  private static int counter(ByteBuffer hash) {
    return hash.getInt(hash.position()) & COUNTERS - 1;
  }

  /// How much was filed so far, to be asked before the catalogue is.
  long filed(ByteBuffer hash) {
    return filed.get(counter(hash)) + returned.get(); // neither ever falls
  }

  /// Any instance may be there again: a study came back. Called before anybody may file.
  void mayBeBack() {
    returned.incrementAndGet();
  }

  /// The catalogue does not have it.
  ///
  /// @param before what [#filed] said before the catalogue was asked
  void missed(ByteBuffer hash, long before) {
    lock.lock();
    try {
      missed.put(hash, before);
    } finally {
      lock.unlock();
    }
  }

  /// Whether it is certain that the catalogue still does not have it. Only for who alone may file
  /// it now; tells once.
  boolean stillMissing(ByteBuffer hash) {
    @Nullable Long before;
    lock.lock();
    try {
      before = missed.remove(hash);
    } finally {
      lock.unlock();
    }
    return before != null && before == filed(hash);
  }

  /// The catalogue may have it now. Called before anybody else may file the same.
  void justFiled(ByteBuffer hash) {
    filed.incrementAndGet(counter(hash));
  }
}
