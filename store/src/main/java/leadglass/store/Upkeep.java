package leadglass.store;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import leadglass.store.Verifying.Findings;
import leadglass.store.catalogue.PackEntry;
import leadglass.store.pack.Damage;
import leadglass.store.pack.Pace;
import leadglass.store.pack.PackCheck;

/// Looks after the packs of a store.
final class Upkeep implements Scrub, AutoCloseable {
  private static final String LAST = "last";
  private static final String KEYS = "keys";

  private final PackedStore.Parts parts;
  private final DamageBook book;
  private final Verifying verifying;
  private final Repacking repacking;
  private final Mending mending;
  private final InstantSource clock;
  private final Consumer<? super StoreEvent> events;
  private final ReentrantLock working = new ReentrantLock();
  private final CountDownLatch closing = new CountDownLatch(1);
  private boolean closed; // guarded by working

  Upkeep(
      PackedStore.Parts parts,
      PackCheck.Audits audits,
      InstantSource clock,
      SecureRandom random,
      Consumer<? super StoreEvent> events) {
    this.parts = parts;
    this.book = new DamageBook(parts.registry());
    this.verifying = new Verifying(parts, audits);
    this.repacking = new Repacking(parts, audits);
    this.mending = new Mending(parts.disk(), random);
    this.clock = clock;
    this.events = events;
  }

  DamageBook book() {
    return book;
  }

  /// Done once somebody wants the store closed.
  CountDownLatch closing() {
    return closing;
  }

  /// What must not be done while packs change their names.
  interface Act<T> {
    T done() throws IOException;
  }

  /// Does something while no pack is written anew.
  <T> T alone(Act<T> act) throws IOException {
    working.lock();
    try {
      return act.done();
    } finally {
      working.unlock();
    }
  }

  /// What a pass through packs comes to.
  private final class Tally implements Pace {
    private final Progress progress;
    private final long of;
    private long done;
    private long live;
    private long dead;
    private long damages;
    private int packs;
    private int mended;
    private int disagreeing;
    private boolean stopped;

    Tally(Progress progress, long of) {
      this.progress = progress;
      this.of = of;
    }

    @Override
    public boolean spent(long bytes) {
      done += bytes;
      stopped |= closing.getCount() == 0 || !progress.at(Math.min(done, of), of);
      return !stopped;
    }

    Report report(long bytes, List<String> keys) {
      return new Report(
          !stopped, packs, bytes, live, dead, damages, mended, disagreeing, keys, false);
    }
  }

  /// Every pack, those first that were not verified for the longest time.
  private Map<String, Long> verifiedMillis() {
    Map<String, Long> known = new HashMap<>();
    for (PackEntry each : parts.catalogue().packEntries()) {
      known.put(each.name(), each.verifiedMillis());
    }
    Map<String, Long> all = new HashMap<>();
    parts.log().names().forEach(each -> all.put(each, known.getOrDefault(each, 0L)));
    return all;
  }

  private List<String> inTurn() {
    Map<String, Long> verified = verifiedMillis();
    return verified.keySet().stream()
        .sorted(java.util.Comparator.comparing((String each) -> verified.getOrDefault(each, 0L)))
        .toList();
  }

  @Override
  public Report all(Optional<PackSource> copies, Progress progress) throws IOException {
    Report report;
    working.lock();
    try {
      checkOpen();
      report = verify(inTurn(), copies, progress);
    } finally {
      working.unlock();
    }
    boolean anew = report.finished() && mendIndex();
    return new Report(
        report.finished(),
        report.packs(),
        report.bytes(),
        report.liveBytes(),
        report.deadBytes(),
        report.damages(),
        report.mended(),
        report.disagreeing(),
        report.keyDamages(),
        anew);
  }

  /// Compares index and packs, and makes an index that disagrees anew. Not while a pack is damaged:
  /// then the index alone knows what should be there.
  ///
  /// @return whether it was made anew
  boolean mendIndex() throws IOException {
    if (closing.getCount() == 0 || parts.failures().any() || !book.all().isEmpty()) {
      return false;
    }
    if (parts.index().check(leadglass.store.Progress.NONE).agrees()) {
      return false;
    }
    events.accept(new StoreEvent.IndexRebuilt(StoreEvent.Index.CATALOGUE));
    parts.index().rebuild(leadglass.store.Progress.NONE);
    return true;
  }

  @Override
  public Report slice(long bytes, Progress progress) throws IOException {
    working.lock();
    try {
      checkOpen();
      List<String> some = new ArrayList<>();
      long left = bytes;
      for (String pack : inTurn()) {
        if (!some.isEmpty() && left <= 0) {
          break;
        }
        some.add(pack);
        left -= parts.disk().size(pack);
      }
      return verify(some, Optional.empty(), progress);
    } finally {
      working.unlock();
    }
  }

  private void checkOpen() throws IOException {
    if (closed) {
      throw new IOException("the store is closed");
    }
  }

  private long size(String pack) {
    try {
      return parts.disk().size(pack);
    } catch (IOException _) {
      return 0; // verifying tells
    }
  }

  private Report verify(List<String> packs, Optional<PackSource> copies, Progress progress)
      throws IOException {
    long began = clock.millis();
    long total = packs.stream().mapToLong(this::size).sum();
    Tally tally = new Tally(progress, total);
    List<String> keys = keyDamages();
    for (String pack : packs) {
      if (tally.stopped || closing.getCount() == 0) {
        tally.stopped = true;
        break;
      }
      if (!parts.log().names().contains(pack)) {
        continue;
      }
      Findings found = verifying.pack(pack, tally);
      if (found.result().finished() && copies.isPresent() && !found.damages().isEmpty()) {
        found = mended(pack, found, copies.get(), tally);
      }
      if (found.result().finished()) {
        settle(pack, found, tally);
      }
    }
    Report report = tally.report(total, keys);
    if (report.finished()) {
      book.note(LAST, clock.millis());
      Duration took = Duration.ofMillis(clock.millis() - began);
      long damages = tally.damages + keys.size();
      events.accept(new StoreEvent.Scrubbed(tally.packs, total, damages, took));
    }
    return report;
  }

  /// What is wrong with the key store; told when it was not so before.
  private List<String> keyDamages() throws IOException {
    List<String> found = parts.keys().damage();
    if (found.size() > book.noted(KEYS)) {
      events.accept(new StoreEvent.KeysDamaged(found.size()));
    }
    if (found.size() != book.noted(KEYS)) {
      book.note(KEYS, found.size());
    }
    return found;
  }

  /// Keeps what was found in mind.
  private void settle(String pack, Findings found, Tally tally) throws IOException {
    tally.packs++;
    tally.live += found.result().liveBytes();
    tally.dead += found.result().deadBytes();
    tally.damages += found.damages().size();
    for (Damage each : book.found(pack, found.damages(), clock.millis())) {
      events.accept(
          new StoreEvent.Damaged(
              each.pack(),
              each.offset(),
              each.hit().name(),
              each.site(),
              each.study(),
              each.record()));
    }
    if (found.disagrees()) {
      tally.disagreeing++;
      parts.catalogue().distrust();
      events.accept(new StoreEvent.IndexDisagrees(pack));
    }
    parts.catalogue().verified(pack, clock.millis());
  }

  /// Puts whole copies in the place of what is damaged, as far as there are any.
  private Findings mended(String pack, Findings found, PackSource copies, Tally tally)
      throws IOException {
    Set<String> hit = new java.util.LinkedHashSet<>();
    found.damages().forEach(each -> hit.add(each.pack()));
    boolean any = false;
    for (String each : hit) {
      Optional<Path> copy = copies.pack(each);
      if (copy.isPresent() && mend(each, copy.get(), tally)) {
        tally.mended++;
        any = true;
        events.accept(new StoreEvent.Mended(each));
      }
    }
    return any ? verifying.pack(pack, tally) : found;
  }

  private boolean mend(String pack, Path copy, Pace pace) throws IOException {
    if (parts.log().growingTo(pack).isPresent()) {
      return false;
    }
    parts.headroom().ensure();
    long size = size(pack);
    boolean closed = verifying.pack(pack, pace).result().closed();
    boolean placed =
        mending.mend(
            pack,
            copy,
            pace,
            shown -> {
              Findings whole = verifying.pack(shown, pack, pace);
              return whole.whole()
                  && shown.size(pack) >= size
                  && (whole.result().closed() || !closed);
            });
    if (placed) {
      parts.log().packs().mended(pack);
      for (String by : book.foundBy(pack)) {
        if (!by.equals(pack) && parts.log().names().contains(by)) {
          book.found(by, verifying.pack(by, pace).damages(), clock.millis());
        }
      }
    }
    return placed;
  }

  @Override
  public Repacked repack(Progress progress) throws IOException {
    working.lock();
    try {
      checkOpen();
      parts.failures().check();
      List<Repacking.Candidate> candidates = repacking.candidates();
      long total = candidates.stream().mapToLong(Repacking.Candidate::bytes).sum();
      Tally tally = new Tally(progress, 3 * total); // read, copied, read again
      int packs = 0;
      long saved = 0;
      for (Repacking.Candidate each : candidates) {
        if (tally.stopped || closing.getCount() == 0) {
          return new Repacked(false, packs, saved);
        }
        Optional<Long> bytes = repacking.shrink(each, tally);
        if (bytes.isPresent()) {
          packs++;
          saved += bytes.get();
          book.forget(each.pack());
          events.accept(new StoreEvent.Repacked(each.pack(), bytes.get()));
        }
      }
      return new Repacked(!tally.stopped, packs, saved);
    } finally {
      working.unlock();
    }
  }

  @Override
  public State state() {
    Map<String, Long> verified = verifiedMillis();
    long oldest = verified.values().stream().mapToLong(each -> each).min().orElse(0);
    int keys = (int) book.noted(KEYS);
    return new State(verified.size(), book.noted(LAST), oldest, book.all(), keys);
  }

  /// Stops what is being done and waits for its end.
  @Override
  public void close() {
    closing.countDown();
    working.lock();
    try {
      closed = true;
    } finally {
      working.unlock();
    }
  }
}
