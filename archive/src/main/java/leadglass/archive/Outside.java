package leadglass.archive;

import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.store.Registry;
import org.jspecify.annotations.Nullable;

/// Connections from outside the neighbourhood, which were closed before a byte of them was read.
/// Each says that somebody forwards a port.
///
/// Safe for use by several threads.
public final class Outside {

  /// After so long without one, it is taken to be mended.
  public static final Duration FORGOTTEN = Duration.ofDays(7);

  private static final String KEY = "outside";

  private final Documents<SeenRecord> documents;
  private final Gate gate;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable SeenRecord now;
  private boolean changed;

  /// @param web connections to the HTTPS port
  /// @param dicom connections to the DICOM port
  record SeenRecord(long web, long dicom, long first, long last) {}

  Outside(Registry registry, Gate gate, InstantSource clock) {
    this.documents = new Documents<>(registry, "outside", SeenRecord.class);
    this.gate = gate;
    this.clock = clock;
    this.now = documents.find(KEY).map(Documents.Kept::document).orElse(null);
  }

  /// What came from outside.
  ///
  /// @param counts connections by door: pages or DIMSE
  /// @param firstMillis since when, without a week's rest
  public record Seen(Map<Origin.Door, Long> counts, long firstMillis, long lastMillis) {
    public long count() {
      return counts.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /// One more; costs no write.
  ///
  /// @param dicom whether it came to the DICOM port
  public void connected(boolean dicom) {
    long at = clock.millis();
    lock.lock();
    try {
      SeenRecord before = now != null && !rested(now, at) ? now : new SeenRecord(0, 0, at, at);
      now =
          new SeenRecord(
              before.web() + (dicom ? 0 : 1), before.dicom() + (dicom ? 1 : 0), before.first(), at);
      changed = true;
    } finally {
      lock.unlock();
    }
  }

  private static boolean rested(SeenRecord record, long at) {
    return at - record.last() > FORGOTTEN.toMillis();
  }

  /// Empty if there was none within a week, and for whoever may not know.
  public Optional<Seen> seen(Caller by) {
    if (!gate.permits(by, Verb.ADMINISTER) && !gate.couldWear(by, Verb.ADMINISTER)) {
      return Optional.empty();
    }
    lock.lock();
    try {
      SeenRecord record = now;
      if (record == null || rested(record, clock.millis())) {
        return Optional.empty();
      }
      Map<Origin.Door, Long> counts = new EnumMap<>(Origin.Door.class);
      counts.put(Origin.Door.PAGE, record.web());
      counts.put(Origin.Door.DIMSE, record.dicom());
      return Optional.of(new Seen(Map.copyOf(counts), record.first(), record.last()));
    } finally {
      lock.unlock();
    }
  }

  /// Writes what was counted; every minute, and when the archive closes.
  void sweep() {
    lock.lock();
    try {
      if (changed && now != null) {
        long version = documents.find(KEY).map(Documents.Kept::version).orElse(0L);
        documents.put(KEY, version, now);
        changed = false;
      }
    } finally {
      lock.unlock();
    }
  }
}
