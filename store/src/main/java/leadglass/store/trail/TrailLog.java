package leadglass.store.trail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import leadglass.store.Private;
import leadglass.store.StoreEvent;
import leadglass.store.pack.PackLog;
import leadglass.store.pack.PackLog.Position;
import leadglass.store.pack.PackLog.Start;

/// The tree over all audit entries: goes on with every batch, which gets a signed head, and is
/// written down in tiles and checkpoints as far as the packs are on stable storage.
///
/// Safe for use by several threads. Whoever appends waits for no file of the tree.
public final class TrailLog {
  private static final State NOTHING =
      new State(0, new byte[TreeHash.BYTES], new byte[TreeHash.BYTES], 0, new Start(0, "", 0));
  private static final int KIND_AT = 4;
  private static final byte AUDIT = 4;
  private static final long SETTLE_EVERY = 1 << 14;

  private final PackLog log;
  private final TrailKeys keys;
  private final InstantSource clock;
  private final Tiles tiles;

  /// Taken before `lock` by whoever writes files.
  private final ReentrantLock writing = new ReentrantLock();

  private final TrailFiles files;
  private OpenTiles open;
  private Note noted;
  private long begin;

  private final ReentrantLock lock = new ReentrantLock();
  private final TreeHash hash = new TreeHash();
  private Frontier tree;
  private byte[] previous;
  private long packFirst;
  private Start end;
  private byte[] waiting = new byte[1024 * TreeHash.BYTES];
  private int waits;
  private volatile long size;
  private volatile long checkpointed;

  /// The tree at a moment, and the entries that are in no tile yet.
  private record Snapshot(State state, byte[] leaves, int count) {}

  private TrailLog(
      PackLog log,
      TrailKeys keys,
      InstantSource clock,
      Tiles tiles,
      TrailFiles files,
      Replay replay,
      OpenTiles open,
      Note noted) {
    this.log = log;
    this.keys = keys;
    this.clock = clock;
    this.tiles = tiles;
    this.files = files;
    this.open = open;
    this.noted = noted;
    State state = replay.state();
    this.tree = replay.tree();
    this.previous = state.head();
    this.packFirst = state.packFirst();
    this.end = state.end();
    this.size = state.size();
    this.checkpointed = noted.size();
    this.begin = state.size();
  }

  /// Takes up the tree where its files left it, reads what the packs have behind that, and makes
  /// the files anew where they are missing or do not fit.
  ///
  /// @param folder `trail`
  public static TrailLog open(
      Path folder,
      PackLog log,
      TrailKeys keys,
      InstantSource clock,
      Consumer<? super StoreEvent> events)
      throws IOException {
    Private.folder(folder);
    Lasting lasting = new Lasting();
    TrailFiles files = new TrailFiles(folder, lasting);
    files.keys(keys.verifying());
    Tiles tiles = new Tiles(folder);
    OpenTiles open = new OpenTiles(tiles, lasting);
    Optional<State> state = files.state(keys).filter(each -> isThere(each, log));
    Optional<Frontier> tree = state.isPresent() ? loaded(state.get(), open) : Optional.empty();
    if (tree.isEmpty()) {
      if (Files.exists(folder.resolve("tile"))) {
        events.accept(new StoreEvent.IndexRebuilt(StoreEvent.Index.TRAIL));
      }
      open = new OpenTiles(tiles, lasting);
    }
    Replay replay =
        tree.isEmpty()
            ? new Replay(NOTHING, new Frontier(), open)
            : new Replay(state.orElse(NOTHING), tree.get(), open);
    replay.run(log);
    open.write();
    open.settle();
    if (tree.isEmpty() || state.orElse(NOTHING).size() != replay.tree().size()) {
      files.state(replay.state(), keys);
    }
    open.settled();
    Note noted = checked(folder, files, keys, clock, tiles, replay, events);
    return new TrailLog(log, keys, clock, tiles, files, replay, open, noted);
  }

  /// Whether the packs reach as far as a state.
  private static boolean isThere(State state, PackLog log) {
    return state.size() == 0 || log.reaches(state.end());
  }

  private static Optional<Frontier> loaded(State state, OpenTiles open) throws IOException {
    return open.load(state.size())
        .filter(tree -> Arrays.equals(tree.root(new TreeHash()), state.root()));
  }

  /// Compares the tree with what was signed before; makes a first checkpoint if there is none.
  private static Note checked(
      Path folder,
      TrailFiles files,
      TrailKeys keys,
      InstantSource clock,
      Tiles tiles,
      Replay replay,
      Consumer<? super StoreEvent> events)
      throws IOException {
    long disagrees = replay.disagrees();
    Optional<Head> last = replay.last();
    if (last.isPresent()
        && !keys.headKey().verifies(last.get().message(), last.get().signature())) {
      disagrees = disagrees < 0 ? replay.tree().size() : disagrees;
    }
    State state = replay.state();
    Optional<Note> noted = Optional.empty();
    if (Files.exists(folder.resolve(TrailFiles.CHECKPOINT))) {
      noted =
          files
              .checkpoint()
              .flatMap(Note::parse)
              .filter(note -> keys.verifying().stream().allMatch(note::signedBy));
      if (noted.isEmpty() || !fits(noted.get(), state.size(), tiles)) {
        long from = noted.isPresent() ? Math.min(noted.get().size(), state.size()) : 0;
        disagrees = disagrees < 0 ? from : disagrees;
        files.setAside(clock.millis());
        noted = Optional.empty();
      }
    }
    if (disagrees >= 0) {
      events.accept(new StoreEvent.TrailDisagrees(disagrees));
    }
    if (noted.isPresent()) {
      return noted.get();
    }
    Note first = signed(keys, state, clock.millis());
    files.checkpoint(first, Optional.empty());
    return first;
  }

  private static boolean fits(Note note, long size, Tiles tiles) throws IOException {
    return note.size() <= size
        && Arrays.equals(
            note.root(),
            new Proofs((hash, level, index) -> tiles.subtree(hash, level, index, size))
                .root(0, note.size()));
  }

  private static Note signed(TrailKeys keys, State state, long millis) {
    return Note.parse(keys.note(state.size(), state.root(), millis)).orElseThrow();
  }

  public TrailKeys keys() {
    return keys;
  }

  /// Entries that were appended.
  public long size() {
    return size;
  }

  /// Entries that no checkpoint covers yet.
  public long behind() {
    return size - checkpointed;
  }

  private static boolean isAudit(List<ByteBuffer> frame) {
    ByteBuffer first = frame.getFirst();
    return first.get(first.position() + KIND_AT) == AUDIT;
  }

  /// Appends a batch to the log, with a head behind it if it has audit entries. Nothing is synced.
  ///
  /// @param frames header and payload of each, in pieces; an audit entry in one
  /// @return where each lies, and behind them where the batch ends
  public List<Position> append(List<List<ByteBuffer>> frames) throws IOException {
    List<ByteBuffer> entries =
        frames.stream().filter(TrailLog::isAudit).map(List::getFirst).toList();
    if (entries.isEmpty()) {
      return log.appendBatch(frames);
    }
    lock.lock();
    try {
      // The tree goes on once the log has it: whatever fails on the way changes nothing here.
      Frontier next = tree.copy();
      List<byte[]> leaves = new ArrayList<>(entries.size());
      for (ByteBuffer each : entries) {
        byte[] leaf = hash.leaf(each);
        next.add(hash, leaf);
        leaves.add(leaf);
      }
      Head head = keys.head(next.size(), clock.millis(), next.root(hash), previous);
      List<List<ByteBuffer>> all = new ArrayList<>(frames);
      all.add(List.of(head.frame()));
      List<Position> positions = log.appendBatch(all);
      positions.remove(frames.size());
      appended(next, leaves, head, positions.getLast());
      return positions;
    } finally {
      lock.unlock();
    }
  }

  private void appended(Frontier next, List<byte[]> leaves, Head head, Position behind) {
    if (!behind.pack().equals(end.pack())) {
      packFirst = tree.size();
    }
    end = new Start(log.number(behind.pack()).orElseThrow(), behind.pack(), behind.offset());
    tree = next;
    previous = hash.of(head.payload());
    if ((waits + leaves.size()) * TreeHash.BYTES > waiting.length) {
      waiting = Arrays.copyOf(waiting, Math.max(2 * waits, waits + leaves.size()) * TreeHash.BYTES);
    }
    for (byte[] leaf : leaves) {
      System.arraycopy(leaf, 0, waiting, waits++ * TreeHash.BYTES, TreeHash.BYTES);
    }
    size = next.size();
  }

  private Snapshot snapshot() {
    lock.lock();
    try {
      State state = new State(tree.size(), tree.root(hash), previous, packFirst, end);
      Snapshot now = new Snapshot(state, Arrays.copyOf(waiting, waits * TreeHash.BYTES), waits);
      waits = 0;
      return now;
    } finally {
      lock.unlock();
    }
  }

  /// Writes down what was appended before, once the packs have it on stable storage. After a
  /// failure it must not be called again: what is in the files is not known then.
  ///
  /// @param lasting whether a start shall begin here; else it may once there is much
  /// @return the signed note if it is new
  public Optional<String> checkpoint(boolean lasting) throws IOException {
    writing.lock();
    try {
      Snapshot now = snapshot();
      if (now.state().size() == noted.size()) {
        settled(now.state(), lasting);
        return Optional.empty();
      }
      if (log.unforced()) {
        log.force();
      }
      open.add(now.leaves(), now.count());
      open.write();
      settled(now.state(), lasting);
      Note note = signed(keys, now.state(), clock.millis());
      files.checkpoint(note, Optional.of(noted));
      noted = note;
      checkpointed = note.size();
      return Optional.of(note.text());
    } finally {
      writing.unlock();
    }
  }

  /// Tiles are made last now and then only: a start reads what the packs have behind that.
  private void settled(State state, boolean lasting) throws IOException {
    if ((lasting && state.size() != begin) || state.size() - begin >= SETTLE_EVERY) {
      open.settle();
      files.state(state, keys);
      open.settled();
      begin = state.size();
    }
  }

  /// The latest checkpoint.
  public String note() {
    writing.lock();
    try {
      return noted.text();
    } finally {
      writing.unlock();
    }
  }

  /// What shows that the tree of some size is the beginning of a larger one.
  ///
  /// @throws IllegalArgumentException if no checkpoint covers so many entries
  public List<byte[]> consistency(long old, long to) throws IOException {
    writing.lock();
    try {
      check(old, to);
      return proofs().consistency(old, to);
    } finally {
      writing.unlock();
    }
  }

  /// What shows that an entry is in the tree of some size.
  ///
  /// @throws IllegalArgumentException if no checkpoint covers so many entries
  public List<byte[]> inclusion(long number, long of) throws IOException {
    writing.lock();
    try {
      check(number + 1, of);
      return proofs().inclusion(number, of);
    } finally {
      writing.unlock();
    }
  }

  private void check(long first, long of) {
    if (first < 0 || first > of || of > open.size()) {
      throw new IllegalArgumentException("the tree has no such entries yet");
    }
  }

  private Proofs proofs() {
    long of = open.size();
    return new Proofs((each, level, index) -> tiles.subtree(each, level, index, of));
  }
}
