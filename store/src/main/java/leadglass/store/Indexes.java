package leadglass.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import leadglass.store.catalogue.Catalogue;
import leadglass.store.keys.KeyStore;
import leadglass.store.pack.PackLog;
import leadglass.store.pack.PackLog.Position;
import leadglass.store.pack.Reconciled;
import leadglass.store.pack.Repack;
import leadglass.store.seal.Seal;
import leadglass.store.seal.SecretBytes;
import leadglass.store.search.Cursors;
import leadglass.store.search.StudyIndex;
import org.jspecify.annotations.Nullable;

/// Opens catalogue and search and brings them up to the log; makes them anew when they are missing,
/// damaged or of another log.
final class Indexes {
  private final Path folder;
  private final PackLog log;
  private final KeyStore keys;
  private final Consumer<? super StoreEvent> events;
  private long caughtUp;
  private long unreadable;
  private long tornBytes;
  private long sequenceFound;

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
    settle();
    Path file = folder.resolve("catalogue.db");
    boolean wasThere = Files.exists(file);
    Catalogue catalogue = wasThere ? fitting(file) : null;
    if (catalogue == null) {
      deleteFolder(folder);
      Private.folder(folder);
      if (wasThere || !log.isEmpty()) {
        events.accept(new StoreEvent.IndexRebuilt(StoreEvent.Index.CATALOGUE));
      }
      catalogue = fresh(file);
    }
    sequenceFound = catalogue.searchSequence();
    try {
      dropReplaced(catalogue);
      catchUp(catalogue);
      return catalogue;
    } catch (IOException | RuntimeException e) {
      catalogue.close();
      throw e;
    }
  }

  static Path beside(Path folder, String suffix) {
    return folder.resolveSibling(folder.getFileName() + suffix);
  }

  /// Whoever made the index anew may have been cut off: before the new one had taken the place it
  /// is worth nothing; between the two steps of that it is the only one.
  private void settle() throws IOException {
    Path fresh = beside(folder, ".new");
    if (!Files.exists(folder) && Files.exists(fresh) && Files.exists(beside(folder, ".old"))) {
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    }
    deleteFolder(fresh);
    deleteFolder(beside(folder, ".old"));
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
      reconcile(catalogue);
      Optional<Position> position = catalogue.position();
      fits =
          (position.isEmpty() || log.contains(position.get()))
              && log.names().containsAll(catalogue.packs());
    } catch (IOException | UncheckedIOException _) {
      fits = false;
    } finally {
      if (!fits) {
        catalogue.close();
      }
    }
    return fits ? catalogue : null;
  }

  /// An earlier run may have ended while a pack took another one's place.
  private void reconcile(Catalogue catalogue) throws IOException {
    Set<String> known = catalogue.packs();
    for (Map.Entry<String, String> each : log.packs().replaced().entrySet()) {
      if (known.contains(each.getKey())) {
        Repack.Copy copy = Reconciled.of(log, each.getKey(), each.getValue());
        catalogue.relocate(copy.from(), copy.to(), copy.end(), Repacking.moved(copy.moved()));
      }
    }
  }

  private void dropReplaced(Catalogue catalogue) throws IOException {
    Set<String> replaced = log.packs().replaced().keySet();
    if (!replaced.isEmpty()) {
      catalogue.sync();
    }
    for (String each : replaced) {
      log.packs().remove(each);
    }
  }

  private void catchUp(Catalogue catalogue) throws IOException {
    CatchUp catchUp = new CatchUp(log, keys, catalogue, Progress.NONE);
    catchUp.run(Optional.empty());
    caughtUp = catchUp.instances();
    unreadable = catchUp.unreadable();
    tornBytes = catchUp.tornBytes();
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

  Index index(Catalogue catalogue, StudyIndex search, Cursors cursors) {
    return new Index(folder, log, keys, cursors, catalogue, search);
  }

  private StudyIndex caughtUp(StudyIndex search, Catalogue catalogue) throws IOException {
    try {
      // Catching up numbers changes anew: beyond what power loss left of the catalogue the numbers
      // of a search that was ahead mean something else.
      if (search.sequence() > sequenceFound) {
        throw new IOException("the search knows of what the catalogue did not");
      }
      Index.catchUp(catalogue, search, Progress.NONE);
      search.commit(catalogue::sync);
      if (catalogue.anyGone()) {
        Index.expunge(catalogue, search); // whoever destroyed a key did not get that far
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
