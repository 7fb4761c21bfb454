package leadglass.archive;

import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;

/// What was taken out of the store in one visit: whole or partial frames, and bytes. That it was
/// shown to somebody can't be known.
///
/// Safe for use by several threads.
final class Delivered {
  private final InstantSource clock;
  private final LongAdder frames = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private volatile long last;

  Delivered(InstantSource clock) {
    this.clock = clock;
    this.last = clock.millis();
  }

  /// What nobody asks about.
  static Delivered uncounted() {
    return new Delivered(InstantSource.system());
  }

  void frames(long count) {
    frames.add(count);
  }

  void bytes(long count) {
    bytes.add(count);
  }

  /// Something goes on.
  void touch() {
    last = clock.millis();
  }

  long frames() {
    return frames.sum();
  }

  long bytes() {
    return bytes.sum();
  }

  long lastMillis() {
    return last;
  }
}
