package leadglass.store.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import leadglass.store.BackupPlace;
import leadglass.store.BackupRefusedException;
import leadglass.store.Progress;
import leadglass.store.backup.Snapshot.FileCopy;
import leadglass.store.backup.Snapshot.PackCopy;
import leadglass.store.pack.PackLog;
import leadglass.store.pack.PackLog.Whole;
import leadglass.store.pack.Tally;

/// Brings packs to a place that does not have them. A pack is read once: its digest and what is in
/// it are found while it is copied.
final class PackCopies {

  /// A pack may be replaced by a smaller one meanwhile.
  private static final int TRIES_MAX = 5;

  private final PackLog log;
  private final BackupPlace to;
  private final Progress progress;
  private final Map<String, PackCopy> known = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<byte[]> events = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytesRead = new AtomicLong();
  private final AtomicLong bytesCopied = new AtomicLong();
  private final AtomicLong packsCopied = new AtomicLong();
  private volatile long bytesAll;

  PackCopies(PackLog log, BackupPlace to, Progress progress) {
    this.log = log;
    this.to = to;
    this.progress = progress;
  }

  long bytesRead() {
    return bytesRead.get();
  }

  long bytesCopied() {
    return bytesCopied.get();
  }

  long packsCopied() {
    return packsCopied.get();
  }

  /// EVENT frames of the packs that were read.
  List<byte[]> events() {
    return List.copyOf(events);
  }

  /// Believes an earlier snapshot about packs that are there at their full length.
  void believe(Snapshot snapshot) throws IOException {
    Map<String, Long> there = new HashMap<>();
    to.list("packs/").forEach(held -> there.put(held.name(), held.bytes()));
    for (PackCopy pack : snapshot.packs()) {
      Long bytes = there.get(pack.path());
      if (bytes != null && bytes == pack.file().bytes()) {
        known.put(pack.name(), pack);
      }
    }
  }

  /// Copies every pack up to a number; they never change any more.
  List<PackCopy> copy(long lastNumber) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        List<Callable<PackCopy>> copies = new ArrayList<>();
        long coming = 0;
        for (Whole pack : log.whole()) {
          if (pack.number() <= lastNumber) {
            copies.add(() -> copy(pack));
            coming += known.containsKey(pack.name()) ? 0 : pack.bytes();
          }
        }
        bytesAll = bytesRead.get() + coming;
        return Lanes.run(copies);
      } catch (NoSuchFileException e) {
        if (tries == TRIES_MAX) {
          throw e;
        }
      }
    }
  }

  /// Locks what an earlier backup brought for longer, if its lock would end before long. Asking for
  /// a lock costs as much as writing a file does, so it is done for weeks, not for a day.
  ///
  /// @param packs as [#copy] returned them
  List<PackCopy> locked(List<PackCopy> packs) throws IOException {
    BackupPlace.Lock lock = to.lock().orElse(null);
    if (lock == null) {
      return packs;
    }
    AtomicLong done = new AtomicLong();
    List<Callable<PackCopy>> tasks = new ArrayList<>();
    for (PackCopy pack : packs) {
      tasks.add(() -> {
        progress.at("locking packs", done.incrementAndGet(), packs.size());
        if (!lock.isShort(pack.lockedUntilMillis())) {
          return pack;
        }
        lock.extend(pack.path());
        return pack.lockedUntil(lock.untilMillis());
      });
    }
    return Lanes.run(tasks);
  }

  private PackCopy copy(Whole pack) throws IOException {
    PackCopy before = known.get(pack.name());
    if (before != null) {
      return before;
    }
    log.force(pack.name()); // what is copied is what will be there after a power loss too
    AtomicReference<Reading> last = new AtomicReference<>();
    boolean fresh =
        to.put(
            PackCopy.path(pack.name()),
            pack.bytes(),
            () -> {
              Reading reading = new Reading(pack);
              last.set(reading);
              return reading.in;
            });
    Reading reading = last.get();
    if (!fresh || reading == null) {
      reading = new Reading(pack);
      reading.in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    Digests.Passed passed = reading.in.passed();
    if (!fresh) {
      compare(pack, passed);
    }
    PackCopy copy =
        new PackCopy(
            pack.name(),
            pack.number(),
            pack.side(),
            new FileCopy(passed.bytes(), passed.sha256()),
            reading.tally.instances(),
            reading.tally.auditEntries(),
            fresh ? to.lock().map(BackupPlace.Lock::untilMillis).orElse(0L) : 0);
    known.put(pack.name(), copy);
    events.addAll(reading.tally.events());
    if (fresh) {
      packsCopied.incrementAndGet();
      bytesCopied.addAndGet(passed.bytes());
    }
    return copy;
  }

  /// An earlier backup copied it and was cut short before it said so.
  private void compare(Whole pack, Digests.Passed passed) throws IOException {
    String path = PackCopy.path(pack.name());
    Digests.Passed there = Digests.of(to.read(path, 0), (bytes, offset, length) -> {});
    if (!Arrays.equals(there.sha256(), passed.sha256())) {
      throw new BackupRefusedException(
          path + " is damaged in " + to.shown() + "; name another place, or move that file away");
    }
  }

  /// A pack on its way.
  private final class Reading {
    private final Tally tally = new Tally();
    private final Digests.Passing in;

    Reading(Whole pack) {
      InputStream bytes = log.stream(pack.name());
      this.in = new Digests.Passing(bytes, this::passing);
    }

    private void passing(byte[] bytes, int offset, int length) {
      tally.add(bytes, offset, length);
      progress.at("copying packs", bytesRead.addAndGet(length), bytesAll);
    }
  }
}
