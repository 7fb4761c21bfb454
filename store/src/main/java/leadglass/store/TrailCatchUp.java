package leadglass.store;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import leadglass.store.trail.TrailIndex;

/// Fills the index of the trail while nothing comes in, and in between once much has come: whoever
/// asks does not wait for years of entries, and whoever stores seldom shares the machine with it.
final class TrailCatchUp implements AutoCloseable {

  /// A question reads so many in about a second.
  private static final long BEHIND_MAX = 20_000;

  private static final long LOOK_SECONDS = 10;

  private final PackedStore.Parts parts;
  private final TrailIndex index;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("store-trail-index").factory());
  private final AtomicLong seen = new AtomicLong(-1);

  TrailCatchUp(PackedStore.Parts parts, TrailIndex index) {
    this.parts = parts;
    this.index = index;
    var _ = thread.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  /// Does what there is to do now.
  void look() {
    try {
      long size = parts.trail().size();
      boolean quiet = seen.getAndSet(size) == size;
      long behind = size - index.entries();
      if ((behind >= BEHIND_MAX || (quiet && behind > 0)) && parts.headroom().hasRoom()) {
        index.catchUp();
      }
    } catch (IOException | RuntimeException _) {
      // Whoever asks is told. Trying again and again would read the same damage all the time.
      thread.shutdown();
    }
  }

  /// Close the index behind it: that ends what is being filled.
  @Override
  public void close() {
    thread.shutdown();
  }
}
