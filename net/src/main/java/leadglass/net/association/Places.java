package leadglass.net.association;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Places for connections. Strangers, who have not proved to be anybody yet, never have more than
/// half of them, and no peer has more than its own share. Safe for any thread.
final class Places {
  private final int max;
  private final int strangersMax;
  private final int perPeerMax;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private final Map<Object, Integer> peers = new HashMap<>();
  private int taken;
  private int strangers;

  Places(int max, int perPeerMax) {
    this.max = max;
    this.strangersMax = Math.max(1, max / 2);
    this.perPeerMax = perPeerMax;
  }

  /// A stranger's place.
  ///
  /// @param patienceMillis how long to wait for one
  boolean enter(long patienceMillis) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
      while (taken >= max || strangers >= strangersMax) {
        if (nanos <= 0) {
          return false;
        }
        nanos = freed.awaitNanos(nanos);
      }
      taken++;
      strangers++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Whether it is strangers who leave no room, whatever else is free.
  boolean isFullOfStrangers() {
    lock.lock();
    try {
      return strangers >= strangersMax;
    } finally {
      lock.unlock();
    }
  }

  /// A stranger is none any more.
  void proved() {
    lock.lock();
    try {
      strangers--;
      freed.signal();
    } finally {
      lock.unlock();
    }
  }

  /// One more association of a peer that has proved who it is.
  ///
  /// @return whether it may have it
  boolean begin(Object peer) {
    lock.lock();
    try {
      int now = peers.getOrDefault(peer, 0);
      if (now >= perPeerMax) {
        return false;
      }
      peers.put(peer, now + 1);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// One fewer.
  void end(Object peer) {
    lock.lock();
    try {
      peers.computeIfPresent(peer, (_, now) -> now == 1 ? null : now - 1);
    } finally {
      lock.unlock();
    }
  }

  /// A place is free again.
  void leave(boolean stranger) {
    lock.lock();
    try {
      taken--;
      strangers -= stranger ? 1 : 0;
      freed.signal();
    } finally {
      lock.unlock();
    }
  }
}
