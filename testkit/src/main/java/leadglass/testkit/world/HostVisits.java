package leadglass.testkit.world;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What strangers did at one host. Safe for any thread.
final class HostVisits {
  /// How long it may take until the end of the association before is noticed here.
  private static final long NOTICED_MILLIS = 250;

  /// Of five letters and more: too long to stand in a random title by chance.
  private static final Set<String> WORDS =
      Set.of(
          "ANYSCP",
          "ANY-SCP",
          "ARCHIVE",
          "CHECK",
          "CONQUEST",
          "DCM4CHE",
          "DICOM",
          "HOROS",
          "IMAGE",
          "LEADGLASS",
          "LOCAL",
          "OSIRIX",
          "ORTHANC",
          "QUERY",
          "RADIO",
          "SERVER",
          "STORE",
          "STORAGE",
          "SYNAPSE",
          "VIEWER");

  private static final int RANDOM_LENGTH_MIN = 10;

  private final Set<String> declared;
  private final String own;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger stores = new AtomicInteger();
  private final AtomicInteger writes = new AtomicInteger();
  private final AtomicInteger retrievals = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final Set<String> guesses = new TreeSet<>();
  private int running;
  private int waiting;
  private int atOnceMax;

  /// @param own AE title of the host, which nobody can know
  HostVisits(Set<String> declared, String own) {
    this.declared = declared;
    this.own = own;
  }

  void connected() {
    connections.incrementAndGet();
  }

  /// A C-STORE request.
  void stored() {
    stores.incrementAndGet();
  }

  /// An HTTP request by another method than GET, HEAD and OPTIONS.
  void wrote() {
    writes.incrementAndGet();
  }

  /// Images of a study that exists were asked for.
  void retrieved() {
    retrievals.incrementAndGet();
  }

  /// An association was asked for. If another is there, its end may have been sent already: it is
  /// given a moment.
  void associationBegins(String called) {
    lock.lock();
    try {
      if (guessed(called)) {
        guesses.add(called);
      }
      waiting++;
      long left = TimeUnit.MILLISECONDS.toNanos(NOTICED_MILLIS);
      while (running > 0 && left > 0) {
        left = ended.awaitNanos(left);
      }
      waiting--;
      running++;
      atOnceMax = Math.max(atOnceMax, running);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /// It is used, so it has not ended.
  void associationUsed() {
    lock.lock();
    try {
      if (waiting > 0) {
        atOnceMax = Math.max(atOnceMax, running + waiting);
      }
    } finally {
      lock.unlock();
    }
  }

  void associationEnds() {
    lock.lock();
    try {
      running--;
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean guessed(String called) {
    return !declared.contains(called) && (called.equals(own) || !looksRandom(called));
  }

  static boolean looksRandom(String title) {
    String capitals = title.toUpperCase(Locale.ROOT);
    return title.length() >= RANDOM_LENGTH_MIN
        && title.chars().distinct().count() > RANDOM_LENGTH_MIN / 2
        && WORDS.stream().noneMatch(capitals::contains);
  }

  /// One line for `visits.tsv`, the names of its columns in [#COLUMNS].
  String line() {
    lock.lock();
    try {
      return String.join(
          "\t",
          connections.toString(),
          Integer.toString(atOnceMax),
          stores.toString(),
          writes.toString(),
          retrievals.toString(),
          Integer.toString(guesses.size()),
          String.join(",", guesses).replaceAll("[^ -~]", "?"));
    } finally {
      lock.unlock();
    }
  }

  /// What [#line()] tells.
  static final String COLUMNS =
      "connections\tassociations_at_once\tc_stores\twrites\tretrievals\tguesses\tguessed_titles";
}
