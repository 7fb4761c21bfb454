package leadglass.store.trail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.store.Pseudonym;
import leadglass.store.SiteId;
import leadglass.store.StudyName;
import leadglass.store.pack.Frame;
import leadglass.store.pack.PackLog;
import leadglass.store.pack.PackLog.Placed;
import leadglass.store.pack.PackLog.Position;
import leadglass.store.pack.PackLog.Start;
import leadglass.store.seal.Seal;
import leadglass.store.seal.SecretBytes;
import org.jspecify.annotations.Nullable;

/// Finds entries by number, by time, and by whom they are about. Catches up with the packs before
/// each question, and when somebody has time for it; nobody who writes waits for it.
///
/// Safe for use by several threads, which wait for one another while they look something up.
public final class TrailIndex implements AutoCloseable {
  static final Set<Frame.Kind> WANTED = EnumSet.of(Frame.Kind.AUDIT, Frame.Kind.HEAD);

  private static final int MARK_EVERY = 256;
  private static final int ROWS_AT_ONCE = 20_000;
  private static final int PAGE = 1000;
  private static final int TRIES_MAX = 8;

  private final PackLog log;
  private final SecretBytes key;
  private final Opening opening;
  private final ReentrantLock lock = new ReentrantLock();
  private final Path path;
  private @Nullable IndexFile opened;
  private volatile boolean closing;
  private boolean closed;

  /// Whose an entry is, in names that tell nothing.
  public record Whose(SiteId site, StudyName study, Pseudonym patient) {}

  /// Opens as much of an entry as tells whose it is.
  public interface Opening {
    Optional<Whose> whose(Placed entry) throws IOException;
  }

  /// An entry where it lies.
  public record Entry(long number, Position at) {}

  /// Where reading begins, and the numbers there.
  public record Begin(Start start, long number, long packFirst) {}

  /// The file is opened with the first question.
  ///
  /// @param folder `trail`
  public TrailIndex(Path folder, PackLog log, TrailKeys keys, Opening opening) {
    this.path = folder.resolve("index.db");
    this.log = log;
    this.key = keys.index();
    this.opening = opening;
  }

  private IndexFile file() throws IOException {
    IndexFile there = opened;
    if (closed) {
      throw new IOException("the store is closed");
    }
    if (there == null) {
      there = IndexFile.open(path);
      opened = there;
    }
    return there;
  }

  private byte[] who(String kind, SiteId site, String name) {
    return Seal.hash(key, kind, site.value(), name);
  }

  /// How many entries are in it: a question reads those behind them first.
  public long entries() throws IOException {
    lock.lock();
    try {
      return file().reach().next();
    } finally {
      lock.unlock();
    }
  }

  /// Reads what came since, as long as nobody asks anything.
  public void catchUp() throws IOException {
    lock.lock();
    try {
      fill(true);
    } finally {
      lock.unlock();
    }
  }

  private void fill() throws IOException {
    fill(false);
  }

  /// Reads what came since.
  ///
  /// @param giveWay whether to leave the rest to whoever asks meanwhile
  private void fill(boolean giveWay) throws IOException {
    IndexFile.Reach reach = file().reach();
    if (reach.next() > 0 && !log.reaches(reach.end())) {
      file().clear(); // of other packs
      reach = file().reach();
    }
    long packFirst =
        file().pack(reach.end().number()).map(IndexFile.Known::first).orElse(reach.next());
    read(new Filling(reach, packFirst, giveWay), reach.end());
  }

  private void read(Filling filling, Start from) throws IOException {
    boolean done = false;
    try {
      log.replay(from, WANTED, filling);
      filling.settle();
      done = true;
    } finally {
      if (!done) {
        file().rollback();
      }
    }
  }

  /// Puts entries into the file().
  private final class Filling extends Numbered {
    private final long known;
    private final long only;
    private final boolean giveWay;
    private final List<byte[]> who = new ArrayList<>();
    private final List<IndexFile.Row> rows = new ArrayList<>();
    private @Nullable Whose last;
    private byte[] patient = new byte[0];
    private byte[] study = new byte[0];
    private long millis;
    private long marked;

    /// Goes on where the file ends.
    Filling(IndexFile.Reach reach, long packFirst, boolean giveWay) throws IOException {
      super(reach.end(), reach.next(), packFirst);
      this.known = reach.next();
      this.millis = reach.millis();
      this.only = -1;
      this.giveWay = giveWay;
      this.marked = file().markBefore(false, Long.MAX_VALUE).map(IndexFile.Row::number).orElse(-1L);
    }

    /// Reads one pack again that was written anew.
    Filling(IndexFile.Reach reach, long pack, long packFirst) {
      super(new Start(pack, "", 0), packFirst, packFirst);
      this.known = reach.next();
      this.only = pack;
      this.giveWay = false;
      this.marked = -1;
    }

    @Override
    boolean pack(long number, boolean whole) throws IOException {
      if (only >= 0 && pack() != only) {
        return false;
      }
      if (whole) {
        file().pack(pack(), name(), number);
        marked = only < 0 && number >= known ? -1 : marked;
      }
      return true;
    }

    @Override
    boolean entries(long number, long place, List<Placed> entries, Optional<Head> head)
        throws IOException {
      if (number < known) {
        file().moveMark(number, place);
      } else if (marked < 0 || number - marked >= MARK_EVERY) {
        file().mark(number, millis, pack(), place);
        marked = number;
      }
      long at = number;
      for (Placed each : entries) {
        add(at++, each);
      }
      if (head.isPresent() && only < 0) {
        millis = Math.max(millis, head.get().millis());
      }
      if (rows.size() >= ROWS_AT_ONCE && only < 0) {
        flush();
        reach(new Start(pack(), name(), place), number);
        return goesOn();
      }
      return true;
    }

    private boolean goesOn() throws IOException {
      if (closing && !giveWay) {
        throw new IOException("the store is closed");
      }
      return !giveWay || !(closing || lock.hasQueuedThreads());
    }

    private void add(long number, Placed entry) throws IOException {
      Optional<Whose> whose = opening.whose(entry);
      if (whose.isEmpty()) {
        return;
      }
      IndexFile.Row row = new IndexFile.Row(number, pack(), entry.at().offset());
      if (!whose.get().equals(last)) { // what comes in is of one study for a while
        last = whose.get();
        patient = who("patient", last.site(), last.patient().value());
        study = who("study", last.site(), last.study().value());
      }
      who.add(patient);
      rows.add(row);
      who.add(study);
      rows.add(row);
    }

    private void flush() throws IOException {
      file().about(who, rows);
      who.clear();
      rows.clear();
    }

    private void reach(Start end, long next) throws IOException {
      if (next >= known) {
        file().reach(new IndexFile.Reach(next, end, millis));
      }
      file().commit();
    }

    void settle() throws IOException {
      flush();
      if (only < 0 && pack() > 0) {
        reach(end(), next());
      } else {
        file().commit();
      }
    }
  }

  /// A place to read from so that an entry comes soon.
  public Begin before(long number) throws IOException {
    lock.lock();
    try {
      fill();
      return begin(file().markBefore(false, number));
    } finally {
      lock.unlock();
    }
  }

  /// A place to read from so that the first entry since a time comes soon.
  public Begin beforeTime(long millis) throws IOException {
    lock.lock();
    try {
      fill();
      return begin(file().markBefore(true, millis));
    } finally {
      lock.unlock();
    }
  }

  private Begin begin(Optional<IndexFile.Row> mark) throws IOException {
    Optional<IndexFile.Known> pack =
        mark.isPresent() ? file().pack(mark.get().pack()) : Optional.empty();
    if (pack.isEmpty()) {
      return new Begin(new Start(0, "", 0), 0, 0);
    }
    IndexFile.Row at = mark.orElseThrow();
    Start start = new Start(at.pack(), pack.get().name(), at.place());
    return new Begin(start, at.number(), pack.get().first());
  }

  /// Entries about any of these from a number on, oldest first; some of them, and none only when
  /// there are no more.
  public List<Entry> about(SiteId site, Set<Pseudonym> patients, Set<StudyName> studies, long from)
      throws IOException {
    List<byte[]> who = new ArrayList<>();
    patients.forEach(each -> who.add(who("patient", site, each.value())));
    studies.forEach(each -> who.add(who("study", site, each.value())));
    lock.lock();
    try {
      fill();
      for (int tries = 0; tries < TRIES_MAX; tries++) {
        List<IndexFile.Row> rows = page(who, from);
        Map<Long, String> names = new HashMap<>();
        boolean anew = false;
        for (IndexFile.Row row : rows) {
          if (!names.containsKey(row.pack())) {
            anew |= readAnew(row.pack(), names);
          }
        }
        if (!anew) {
          return rows.stream()
              .map(row ->
                  new Entry(
                      row.number(), new Position(names.getOrDefault(row.pack(), ""), row.place())))
              .toList();
        }
      }
      throw new IOException("packs with audit entries are written anew all the time");
    } finally {
      lock.unlock();
    }
  }

  private List<IndexFile.Row> page(List<byte[]> who, long from) throws IOException {
    TreeMap<Long, IndexFile.Row> all = new TreeMap<>();
    long end = Long.MAX_VALUE;
    for (byte[] each : who) {
      List<IndexFile.Row> rows = file().about(each, from, PAGE);
      rows.forEach(row -> all.put(row.number(), row));
      if (rows.size() == PAGE) {
        end = Math.min(end, rows.getLast().number()); // behind that there may be more
      }
    }
    return List.copyOf(all.headMap(end, true).values());
  }

  /// @return whether the pack was written anew since it was read
  private boolean readAnew(long pack, Map<Long, String> names) throws IOException {
    IndexFile.Known known =
        file().pack(pack).orElseThrow(() -> new IOException("the index knows no such pack"));
    String now =
        log.name(pack).orElseThrow(() -> new IOException("a pack with audit entries is missing"));
    names.put(pack, now);
    if (now.equals(known.name())) {
      return false;
    }
    read(new Filling(file().reach(), pack, known.first()), new Start(pack, "", 0));
    return true;
  }

  @Override
  public void close() throws IOException {
    closing = true;
    lock.lock();
    try {
      closed = true;
      if (opened != null) {
        opened.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
