package leadglass.store;

import java.io.IOException;
import java.time.Clock;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Once a night a thirtieth of the packs is verified and what is mostly dead is written anew, so
/// slowly that nobody notices. A program that does not run at night does it by day.
final class Night implements AutoCloseable {
  private static final int NIGHTS = 30;
  private static final int BEGINS_HOUR = 1;
  private static final int ENDS_HOUR = 5;
  private static final long LOOKS_MINUTES = 10;

  /// A slice takes three hours of the night's four, or less.
  private static final long SLICE_SECONDS = 3 * 3600;

  private static final long BYTES_PER_SECOND_MIN = 8L << 20;
  private static final String NIGHT = "night";
  private static final String INDEX = "index";
  private static final int INDEX_DAYS = 7;

  private final PackedStore.Parts parts;
  private final Upkeep upkeep;
  private final InstantSource clock;
  private final ZoneId zone;
  private final Consumer<? super StoreEvent> events;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("store-scrub").factory());

  Night(
      PackedStore.Parts parts,
      Upkeep upkeep,
      InstantSource clock,
      Consumer<? super StoreEvent> events) {
    this.parts = parts;
    this.upkeep = upkeep;
    this.clock = clock;
    this.zone = clock instanceof Clock zoned ? zoned.getZone() : ZoneOffset.UTC;
    this.events = events;
    var _ =
        thread.scheduleWithFixedDelay(this::look, LOOKS_MINUTES, LOOKS_MINUTES, TimeUnit.MINUTES);
  }

  private void look() {
    try {
      look(this::paced);
    } catch (IOException | RuntimeException _) {
      events.accept(new StoreEvent.UpkeepFailed());
    }
  }

  /// How fast a night's work is done.
  interface Pacing {
    Scrub.Progress of(long bytes);
  }

  /// Does the night's work if it is time for it.
  ///
  /// @return whether it was
  boolean look(Pacing pacing) throws IOException {
    ZonedDateTime now = clock.instant().atZone(zone);
    LocalDate last = LocalDate.ofEpochDay(upkeep.book().noted(NIGHT));
    boolean night = now.getHour() >= BEGINS_HOUR && now.getHour() < ENDS_HOUR;
    boolean missed = last.isBefore(now.toLocalDate().minusDays(1));
    // Clocks go wrong: a last time in the future is none.
    boolean done = last.equals(now.toLocalDate());
    if (parts.failures().any() || done || !(night || missed)) {
      return false;
    }
    long total = 0;
    for (String pack : parts.log().names()) {
      total += parts.disk().size(pack);
    }
    long slice = total / NIGHTS + 1;
    upkeep.slice(slice, pacing.of(slice));
    upkeep.repack(pacing.of(slice));
    lookAtIndex(now.toLocalDate().toEpochDay());
    if (upkeep.closing().getCount() > 0) {
      upkeep.book().note(NIGHT, now.toLocalDate().toEpochDay());
    }
    return true;
  }

  /// Every week, and whenever a pack says something else, index and packs are compared; one that
  /// disagrees is made anew.
  private void lookAtIndex(long day) throws IOException {
    long last = upkeep.book().noted(INDEX);
    boolean due = last > day || last + INDEX_DAYS <= day;
    if (upkeep.closing().getCount() == 0 || !(due || parts.catalogue().isDistrusted())) {
      return;
    }
    upkeep.mendIndex();
    upkeep.book().note(INDEX, day);
  }

  /// Waits after every so many bytes; ends at once when the store is to be closed.
  private Scrub.Progress paced(long bytes) {
    long perSecond = Math.max(BYTES_PER_SECOND_MIN, bytes / SLICE_SECONDS);
    CountDownLatch closing = upkeep.closing();
    return new Scrub.Progress() {
      private long waited;

      @Override
      public boolean at(long doneBytes, long ofBytes) {
        long millis = (doneBytes - waited) * 1000 / perSecond;
        if (millis < 20) {
          return closing.getCount() > 0;
        }
        waited = doneBytes;
        try {
          return !closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
          return false;
        }
      }
    };
  }

  /// Ends the thread, and what it is at.
  @Override
  public void close() {
    upkeep.close();
    thread.close();
  }
}
