package leadglass.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import leadglass.store.catalogue.Catalogue;
import leadglass.store.keys.KeyStore;
import leadglass.store.pack.Frame;
import leadglass.store.pack.LifeEvent;
import leadglass.store.pack.Logged;
import leadglass.store.pack.PackLog;
import leadglass.store.pack.PackLog.Placed;
import leadglass.store.pack.PackLog.Position;
import leadglass.store.pack.Records;
import leadglass.store.pack.Records.Kept;
import leadglass.store.seal.Seal;
import leadglass.store.seal.SecretBytes;
import leadglass.store.search.Cursors;
import leadglass.store.search.StudyIndex;
import org.jspecify.annotations.Nullable;

/// Opens catalogue and search and brings them up to the log; makes them anew when they are missing,
/// damaged or of another log.
final class Indexes {
  private static final int INSTANCES_AT_ONCE = 1000;

  private final Path folder;
  private final PackLog log;
  private final KeyStore keys;
  private final Consumer<? super StoreEvent> events;
  private long caughtUp;
  private long unreadable;
  private long tornBytes;
  private long sequenceFound;
  private boolean destroyed;

  Indexes(Path folder, PackLog log, KeyStore keys, Consumer<? super StoreEvent> events) {
    this.folder = folder;
    this.log = log;
    this.keys = keys;
    this.events = events;
  }

  long caughtUp() {
    return caughtUp;
  }

  long unreadable() {
    return unreadable;
  }

  long tornBytes() {
    return tornBytes;
  }

  Catalogue catalogue() throws IOException {
    Path file = folder.resolve("catalogue.db");
    boolean wasThere = Files.exists(file);
    Catalogue catalogue = wasThere ? fitting(file) : null;
    if (catalogue == null) {
      deleteFolder(folder);
      leadglass.store.pack.Private.folder(folder);
      if (wasThere || !log.isEmpty()) {
        events.accept(new StoreEvent.IndexRebuilt(StoreEvent.Index.CATALOGUE));
      }
      catalogue = fresh(file);
    }
    sequenceFound = catalogue.searchSequence();
    try {
      catchUp(catalogue);
      return catalogue;
    } catch (IOException | RuntimeException e) {
      catalogue.close();
      throw e;
    }
  }

  private Catalogue fresh(Path file) throws IOException {
    try {
      return Catalogue.open(file, keys);
    } catch (SQLException e) {
      throw new IOException("the catalogue can't be made", e);
    }
  }

  /// The catalogue that is there, if it is whole and of this log.
  private @Nullable Catalogue fitting(Path file) throws IOException {
    Catalogue catalogue;
    try {
      catalogue = Catalogue.open(file, keys);
    } catch (SQLException _) {
      return null;
    }
    boolean fits = false;
    try {
      Optional<Position> position = catalogue.position();
      fits =
          (position.isEmpty() || log.contains(position.get()))
              && log.names().containsAll(catalogue.packs());
    } catch (UncheckedIOException _) {
      fits = false;
    } finally {
      if (!fits) {
        catalogue.close();
      }
    }
    return fits ? catalogue : null;
  }

  private void catchUp(Catalogue catalogue) throws IOException {
    Records records = new Records(log, keys);
    List<Logged> waiting = new ArrayList<>();
    Set<Frame.Kind> wanted = EnumSet.of(Frame.Kind.INSTANCE, Frame.Kind.COMMIT, Frame.Kind.EVENT);
    Position[] reached = new Position[1];
    tornBytes =
        log.replay(
            catalogue.position(),
            wanted,
            (frames, end) -> {
              for (Placed frame : frames) {
                add(records, frame, waiting);
              }
              reached[0] = end;
              if (waiting.size() >= INSTANCES_AT_ONCE) {
                catalogue.apply(waiting, end);
                waiting.clear();
              }
              return true;
            });
    if (reached[0] != null) {
      catalogue.apply(waiting, reached[0]);
    }
  }

  private void add(Records records, Placed frame, List<Logged> waiting) throws IOException {
    try {
      if (frame.frame().kind() == Frame.Kind.EVENT) {
        Optional<LifeEvent> event = records.event(frame);
        if (event.isPresent()) {
          // An earlier run may have ended between the log and the keys.
          keys.obey(event.get());
          destroyed |= event.get().kind().destroys();
          waiting.add(event.get());
        }
        return;
      }
      Optional<Kept> kept = records.kept(frame);
      kept.ifPresentOrElse(
          each -> {
            waiting.add(each);
            caughtUp++;
          },
          () -> unreadable++);
    } catch (Records.DamagedException _) {
      unreadable++;
    }
  }

  StudyIndex search(Catalogue catalogue, Cursors cursors) throws IOException {
    Path at = folder.resolve("search");
    boolean wasThere = Files.exists(at);
    SecretBytes key = Seal.derive(keys.root(), "search");
    StudyIndex search;
    try {
      search = caughtUp(StudyIndex.open(at, key, cursors, catalogue.identity()), catalogue);
    } catch (IOException | RuntimeException e) {
      deleteFolder(at);
      search = caughtUp(StudyIndex.open(at, key, cursors, catalogue.identity()), catalogue);
      if (wasThere) {
        events.accept(new StoreEvent.IndexRebuilt(StoreEvent.Index.SEARCH));
      }
    }
    return search;
  }

  private StudyIndex caughtUp(StudyIndex search, Catalogue catalogue) throws IOException {
    try {
      // Catching up numbers changes anew: beyond what power loss left of the catalogue the numbers
      // of
      // a search that was ahead mean something else.
      if (search.sequence() > sequenceFound) {
        throw new IOException("the search knows of what the catalogue did not");
      }
      catalogue.changesAfter(
          search.sequence(),
          change -> {
            try {
              search.put(change);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      if (destroyed) {
        search.expunge(catalogue::sync);
      } else {
        search.commit(catalogue::sync);
      }
      return search;
    } catch (IOException | RuntimeException e) {
      search.close();
      throw e;
    }
  }

  static void deleteFolder(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path each, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(each);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
