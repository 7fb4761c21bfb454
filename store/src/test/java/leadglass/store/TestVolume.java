package leadglass.store;

import java.util.concurrent.atomic.AtomicLong;

/// A volume of 100 GiB that is as full as a test says. Safe for use by several threads.
final class TestVolume implements Volume {
  private static final long GIB = 1L << 30;
  private static final long HALF = 50 * GIB;

  private final AtomicLong free = new AtomicLong(HALF);
  private final AtomicLong fills = new AtomicLong();

  /// So much is left.
  void fill(long freeBytes) {
    free.set(freeBytes);
    fills.incrementAndGet();
  }

  /// Half of it is free again.
  void empty() {
    free.set(HALF);
  }

  /// How often it was filled; compare with [#wasFull].
  long fills() {
    return free.get() < HALF ? fills.get() - 1 : fills.get();
  }

  /// Whether it was full at some moment since [#fills] said that number.
  boolean wasFull(long fillsBefore) {
    return fills.get() > fillsBefore;
  }

  @Override
  public long freeBytes() {
    return free.get();
  }

  @Override
  public long totalBytes() {
    return 100 * GIB;
  }
}
