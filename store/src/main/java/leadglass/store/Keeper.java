package leadglass.store;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// What is done in the background: syncing audit entries nobody waited for, committing the search,
/// setting the reserve aside.
final class Keeper implements AutoCloseable {

  /// Half of what is promised, so that the sync itself has time.
  private static final long SYNC_MILLIS = 50;

  private static final long SEARCH_SECONDS = 30;
  private static final long RESERVE_SECONDS = 10;

  private final PackedStore.Parts parts;
  private final Runnable forced;
  private final ScheduledExecutorService syncing = one("store-sync");
  private final ScheduledExecutorService keeping = one("store-keep");

  /// @param forced told when entries of the trail are on stable storage
  Keeper(PackedStore.Parts parts, Runnable forced) {
    this.parts = parts;
    this.forced = forced;
    var _ =
        syncing.scheduleWithFixedDelay(this::sync, SYNC_MILLIS, SYNC_MILLIS, TimeUnit.MILLISECONDS);
    var _ =
        keeping.scheduleWithFixedDelay(
            this::commitSearch, SEARCH_SECONDS, SEARCH_SECONDS, TimeUnit.SECONDS);
    // Once for certain: closing right after opening waits for it, but cancels what repeats.
    keeping.execute(this::setAside);
    var _ =
        keeping.scheduleWithFixedDelay(
            this::setAside, RESERVE_SECONDS, RESERVE_SECONDS, TimeUnit.SECONDS);
  }

  private static ScheduledExecutorService one(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name(name).factory());
  }

  private void sync() {
    if (parts.failures().any() || !parts.log().unforced()) {
      return;
    }
    try {
      parts.log().force();
      forced.run();
    } catch (IOException | RuntimeException e) {
      parts.failures().failed(StoreEvent.Part.LOG, e);
    }
  }

  private void commitSearch() {
    if (parts.failures().any()) {
      return;
    }
    try {
      parts.search().commit(parts.catalogue()::sync);
    } catch (IOException | RuntimeException e) {
      parts.failures().failed(StoreEvent.Part.SEARCH, e);
    }
  }

  private void setAside() {
    try {
      parts.headroom().setAside();
    } catch (IOException | RuntimeException _) {
      // Room is scarce or the volume is sick: writes will tell; the next round tries again.
      return;
    }
  }

  /// Ends the threads, waiting for what they are at.
  @Override
  public void close() {
    syncing.close();
    keeping.close();
  }
}
