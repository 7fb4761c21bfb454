package leadglass.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import leadglass.store.keys.KeyStore;
import leadglass.store.keys.Snapshot;
import leadglass.store.registry.SqlRegistry;

/// Brings key store and registry from version 1 to 2: what the master key sealed is sealed by a
/// root of its own. Copies of both lie beside them (`.v1-` and the date) until the new ones have
/// been read whole.
///
/// Where it stands is told by the versions of the two files alone, so that an upgrade that was cut
/// off anywhere goes on at the next start: copies, key store (one transaction), search, registry
/// (one transaction), proof, copies away.
final class Upgrade {
  private static final String COPY = ".v1-";
  private static final String UNFINISHED = ".part";

  private final Path keys;
  private final Path registry;
  private final Path search;
  private final Consumer<Step> steps;

  /// What is done, in this order.
  enum Step {
    KEYS_COPIED,
    REGISTRY_COPIED,
    KEYS,
    SEARCH_DROPPED,
    REGISTRY,
    KEYS_COPY_GONE,
    REGISTRY_COPY_GONE
  }

  /// @param steps told of each step that is done
  Upgrade(Path dataDirectory, Consumer<Step> steps) {
    this.keys = dataDirectory.resolve("keys").resolve("keys.db");
    this.registry = dataDirectory.resolve("registry.db");
    this.search = dataDirectory.resolve("index").resolve("search");
    this.steps = steps;
  }

  /// Before the key store is opened: copies what is to change.
  void before(Instant now) throws IOException {
    String date =
        DateTimeFormatter.BASIC_ISO_DATE.format(now.atOffset(ZoneOffset.UTC).toLocalDate());
    if (Files.exists(keys) && KeyStore.version(keys) == 1) {
      copy(keys, date);
      steps.accept(Step.KEYS_COPIED);
      if (oldRegistry()) {
        copy(registry, date);
        steps.accept(Step.REGISTRY_COPIED);
      }
    }
  }

  /// Between key store and registry: the search is sealed by a key there is no more.
  void between() throws IOException {
    if (!copies(keys).isEmpty()) {
      steps.accept(Step.KEYS);
    }
    if (oldRegistry()) {
      Indexes.deleteFolder(search);
      steps.accept(Step.SEARCH_DROPPED);
    }
  }

  private boolean oldRegistry() throws IOException {
    return Files.exists(registry) && SqlRegistry.version(registry) == 1;
  }

  private static void copy(Path file, String date) throws IOException {
    for (Path old : copies(file)) {
      Files.delete(old); // of a try that came to nothing: the file was used since
    }
    Path copy = file.resolveSibling(file.getFileName() + COPY + date);
    Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    Files.deleteIfExists(unfinished);
    Snapshot.of(file, unfinished);
    Files.move(unfinished, copy, StandardCopyOption.ATOMIC_MOVE);
    Private.sync(folder(copy));
  }

  private static Path folder(Path file) {
    return file.resolveSibling(".").normalize();
  }

  private static List<Path> copies(Path file) throws IOException {
    if (!Files.isDirectory(folder(file))) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(folder(file), file.getFileName() + COPY + "*")) {
      entries.forEach(found::add);
    }
    return found;
  }

  /// At the end: if there are copies, reads all of what replaced them, and takes them away. They
  /// hold keys that an erasure would have to destroy.
  void after(KeyStore opened, SqlRegistry entries, Consumer<? super StoreEvent> events)
      throws IOException {
    if (copies(keys).isEmpty() && copies(registry).isEmpty()) {
      return;
    }
    steps.accept(Step.REGISTRY);
    if (!(opened.damage().isEmpty() && entries.damage().isEmpty())) {
      events.accept(new StoreEvent.UpgradeProofFailed());
      return;
    }
    remove(keys, Step.KEYS_COPY_GONE);
    remove(registry, Step.REGISTRY_COPY_GONE);
    events.accept(new StoreEvent.Upgraded());
  }

  private void remove(Path file, Step step) throws IOException {
    for (Path copy : copies(file)) {
      writeOver(copy);
      Files.delete(copy);
    }
    Private.sync(folder(file));
    steps.accept(step);
  }

  private static void writeOver(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer zeros = ByteBuffer.allocate(1 << 16);
      for (long at = 0; at < channel.size(); at += zeros.capacity()) {
        zeros.clear().limit((int) Math.min(zeros.capacity(), channel.size() - at));
        while (zeros.hasRemaining()) {
          channel.write(zeros, at + zeros.position());
        }
      }
      channel.force(true);
    }
  }
}
