package leadglass.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.store.catalogue.Catalogue;
import leadglass.store.catalogue.PackEntry;
import leadglass.store.catalogue.StudyChange;
import leadglass.store.catalogue.Totals;
import leadglass.store.keys.KeyStore;
import leadglass.store.pack.LifeEvent;
import leadglass.store.pack.Logged;
import leadglass.store.pack.PackLog;
import leadglass.store.pack.PackLog.Position;
import leadglass.store.seal.Seal;
import leadglass.store.search.Cursors;
import leadglass.store.search.StudyIndex;

/// Catalogue and search of a store: what changes them together, and how both are made anew while
/// they are asked.
final class Index {
  private static final int CHANGES_AT_ONCE = 10_000;

  private final Path folder;
  private final PackLog log;
  private final KeyStore keys;
  private final Cursors cursors;
  private final Catalogue catalogue;
  private final StudyIndex search;

  /// Held by whoever tells catalogue and search of something, so that both agree in between.
  private final ReentrantLock telling = new ReentrantLock();

  /// Held by whoever makes the index anew, and by whoever takes packs away.
  private final ReentrantLock reshaping = new ReentrantLock();

  private volatile boolean lost;

  Index(
      Path folder,
      PackLog log,
      KeyStore keys,
      Cursors cursors,
      Catalogue catalogue,
      StudyIndex search) {
    this.folder = folder;
    this.log = log;
    this.keys = keys;
    this.cursors = cursors;
    this.catalogue = catalogue;
    this.search = search;
  }

  /// How much the catalogue holds.
  Totals totals() {
    return catalogue.totals();
  }

  /// Has keys, catalogue and search obey what a batch or more of the log say. Keys first: what they
  /// forget must be gone before anybody is told, whatever becomes of the index.
  ///
  /// @param end where the log goes on behind it
  void tell(List<? extends Logged> logged, Position end) throws IOException {
    telling(() -> {
      boolean destroyed = false;
      for (Logged each : logged) {
        if (each instanceof LifeEvent event) {
          keys.obey(event);
          destroyed |= event.kind().destroys();
        }
      }
      for (StudyChange change : catalogue.apply(logged, end)) {
        search.put(change);
      }
      if (destroyed) {
        expunge(catalogue, search);
      }
    });
  }

  /// What must not happen while something is told.
  interface Telling {
    void tell() throws IOException;
  }

  void telling(Telling act) throws IOException {
    telling.lock();
    try {
      act.tell();
    } finally {
      telling.unlock();
    }
  }

  /// Whether making it anew failed so late that there is none until the store is opened again.
  boolean isLost() {
    return lost;
  }

  /// While packs are taken away the index can't be made anew from them.
  ReentrantLock reshaping() {
    return reshaping;
  }

  /// After keys were destroyed and both were told: leaves nothing of the studies in any file of the
  /// search.
  static void expunge(Catalogue catalogue, StudyIndex search) throws IOException {
    search.expunge(catalogue::sync);
    catalogue.searchKnows(search.sequence());
  }

  /// Runs something while nothing is told.
  interface Still {
    void still(Runnable act) throws IOException;
  }

  /// Compares both with the packs.
  IndexReport check(Progress progress) throws IOException {
    reshaping.lock();
    try {
      return new IndexCheck(log, keys, catalogue, search, progress).run(act -> telling(act::run));
    } finally {
      reshaping.unlock();
    }
  }

  /// Makes both anew from packs and keys. Questions are answered from the old ones until the new
  /// ones take their place, and wait for a moment then.
  void rebuild(Progress progress) throws IOException {
    Path fresh = Indexes.beside(folder, ".new");
    reshaping.lock();
    try {
      Indexes.deleteFolder(fresh);
      Private.folder(fresh);
      rebuild(fresh, progress);
    } catch (IOException | RuntimeException e) {
      Indexes.deleteFolder(fresh);
      throw e;
    } finally {
      reshaping.unlock();
    }
  }

  private void rebuild(Path fresh, Progress progress) throws IOException {
    try (Catalogue made = bulk(fresh)) {
      Optional<Position> upTo = catalogue.position();
      if (upTo.isPresent()) {
        new CatchUp(log, keys, made, progress).run(upTo);
      }
      try (StudyIndex found =
          StudyIndex.open(
              fresh.resolve("search"),
              Seal.derive(keys.root(), "search"),
              cursors,
              made.identity())) {
        catchUp(made, found, progress);
        made.sync();
        telling(() -> takeOver(made, found, fresh));
      }
    }
  }

  private Catalogue bulk(Path fresh) throws IOException {
    try {
      return Catalogue.bulk(fresh.resolve("catalogue.db"), keys);
    } catch (SQLException e) {
      throw new IOException("the catalogue can't be made", e);
    }
  }

  /// Tells a search what a catalogue knows and it does not.
  static void catchUp(Catalogue catalogue, StudyIndex search, Progress progress)
      throws IOException {
    long total = catalogue.totals().studies();
    long[] done = new long[1];
    List<StudyChange> changes = new ArrayList<>();
    catalogue.changesAfter(
        search.sequence(),
        change -> {
          changes.add(change);
          if (changes.size() == CHANGES_AT_ONCE) {
            putAll(search, changes);
            progress.at("filling the search", done[0] += CHANGES_AT_ONCE, total);
          }
        });
    putAll(search, changes);
  }

  private static void putAll(StudyIndex search, List<StudyChange> changes) {
    try {
      search.putAll(changes);
      changes.clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Nothing is told meanwhile: the last of the log, and then the files change places.
  private void takeOver(Catalogue made, StudyIndex found, Path fresh) throws IOException {
    Optional<Position> upTo = catalogue.position();
    if (upTo.isPresent()) {
      new CatchUp(log, keys, made, Progress.NONE).run(upTo);
    }
    made.verified(verified());
    catchUp(made, found, Progress.NONE);
    if (made.anyGone()) {
      expunge(made, found);
    }
    found.commit(made::sync);
    byte[] identity = made.identity();
    found.close();
    made.close();
    Path old = Indexes.beside(folder, ".old");
    lost = true;
    // In the order of locks that committing the search takes them in.
    search.replace(identity, () -> catalogue.replace(() -> move(fresh, old)));
    lost = false;
    Indexes.deleteFolder(old);
  }

  private void move(Path fresh, Path old) throws IOException {
    Indexes.deleteFolder(old);
    Files.move(folder, old, StandardCopyOption.ATOMIC_MOVE);
    Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    Private.sync(folder.resolveSibling("."));
  }

  private Map<String, Long> verified() {
    Map<String, Long> verified = new HashMap<>();
    for (PackEntry each : catalogue.packEntries()) {
      if (each.verifiedMillis() > 0 && log.names().contains(each.name())) {
        verified.put(each.name(), each.verifiedMillis());
      }
    }
    return verified;
  }
}
