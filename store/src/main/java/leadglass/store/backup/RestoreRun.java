package leadglass.store.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import leadglass.store.BackupPlace;
import leadglass.store.BackupRefusedException;
import leadglass.store.Backups;
import leadglass.store.Private;
import leadglass.store.RestoreOrder;
import leadglass.store.Restored;
import leadglass.store.backup.Snapshot.FileCopy;
import leadglass.store.backup.Snapshot.PackCopy;
import leadglass.store.keys.KeyStore;
import leadglass.store.pack.FileDisk;
import leadglass.store.pack.PackLog;
import leadglass.store.seal.SecretBytes;

/// One restore. The file with the archive's name is written last: until then the directory is no
/// archive, and the same restore may be begun again and goes on where it was.
public final class RestoreRun {

  /// In the data directory while it is being restored.
  private static final String RESTORING = "restoring";

  /// A folder in the data directory until somebody has seen to sessions and the like.
  public static final String UNFINISHED = "restored";

  private static final String NEWER_REGISTRY = UNFINISHED + "/registry.db";
  private static final String KEY_PLACES = UNFINISHED + "/key-places";

  /// What belongs to the archive's name; the program's business, but it must come last.
  private static final String NAME_FILE = "archive.id";

  private final RestoreOrder order;
  private final SecretBytes master;
  private final BackupPlace from;
  private final FolderPlace keysFolder;
  private final FolderPlace data;
  private final List<String> damaged = Collections.synchronizedList(new ArrayList<>());
  private final List<String> missing = Collections.synchronizedList(new ArrayList<>());
  private final AtomicLong bytesDone = new AtomicLong();

  private RestoreRun(RestoreOrder order, SecretBytes master) throws IOException {
    this.order = order;
    this.master = master;
    this.from = order.from();
    this.keysFolder = existing(order.keys());
    claim(order.data());
    this.data = new FolderPlace(order.data());
  }

  /// Runs to its end.
  public static Restored run(RestoreOrder order, SecretBytes master) throws IOException {
    return new RestoreRun(order, master).run();
  }

  private static FolderPlace existing(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new BackupRefusedException(folder + " is not there");
    }
    return new FolderPlace(folder);
  }

  /// Only what is empty, or what an earlier restore began with, is written to.
  private static void claim(Path data) throws IOException {
    Private.folder(data);
    Path sign = data.resolve(RESTORING);
    if (Files.exists(sign)) {
      return;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(data)) {
      if (all.iterator().hasNext()) {
        throw new BackupRefusedException(data + " is not empty");
      }
    }
    Private.file(sign);
    Private.sync(data);
  }

  /// Names, oldest first.
  public static List<String> snapshots(BackupPlace place) throws IOException {
    return Shelf.stamps(place, "snapshots", "").stream().map(Stamp::text).toList();
  }

  /// Whose copies lie in a place.
  public static Optional<String> archive(BackupPlace place) throws IOException {
    return Marker.find(place, Marker.Kind.BACKUP).map(Marker::archive);
  }

  /// The newest copy of the master key.
  public static Optional<Path> masterKey(Path keys) throws IOException {
    return newest(existing(keys), KeyShelf.MASTER);
  }

  /// The newest copy of what says where the master key lies.
  public static Optional<Path> keyPlace(Path keys) throws IOException {
    return newest(existing(keys), KeyShelf.PLACE);
  }

  private static Optional<Path> newest(FolderPlace keys, String suffix) throws IOException {
    List<Stamp> copies = Shelf.stamps(keys, "keys", suffix);
    return copies.isEmpty()
        ? Optional.empty()
        : Optional.of(keys.folder().resolve(KeyShelf.path(copies.getLast(), suffix)));
  }

  /// The key everything is derived from.
  public static SecretBytes root(Path data, SecretBytes master) throws IOException {
    try (KeyStore keys = KeyStore.open(data.resolve("keys").resolve("keys.db"), master)) {
      return keys.root();
    }
  }

  private Restored run() throws IOException {
    Marker marker = marker();
    copyKeys();
    SecretBytes root = root(order.data(), master);
    Shelf snapshots = Shelf.snapshots(from, root);
    List<Stamp> stamps = snapshots.stamps();
    Stamp stamp = chosen(stamps);
    Snapshot snapshot =
        snapshots
            .snapshot(stamp)
            .orElseThrow(() ->
                new BackupRefusedException(
                    "snapshot " + stamp.text() + " is damaged; name an older one"));
    List<PackCopy> packs = snapshot.packs();
    copyPacks(packs);
    if (!copyRegistry(stamp, snapshot.registry(), "registry.db")) {
      throw new BackupRefusedException(
          "the registry of snapshot " + stamp.text() + " is damaged; name an older one");
    }
    Optional<Path> newer = newerRegistry(snapshots, stamps, stamp);
    Map<Stamp, Checkpoint> checkpoints = new TreeMap<>();
    Optional<Restored.Newest> newest = newest(marker, root, snapshots, checkpoints);
    List<byte[]> later = new ArrayList<>();
    for (Stamp each : stamps) {
      snapshots.snapshot(each).ifPresent(known -> later.addAll(known.events()));
    }
    checkpoints.values().forEach(each -> later.addAll(each.events()));
    noteKeys(checkpoints);
    int replayed = replay(later, snapshot.events());
    finish(marker, snapshot);
    return new Restored(
        marker.archive(),
        stamp.text(),
        snapshot.madeMillis(),
        snapshot.held(),
        packs.size(),
        snapshot.packBytes(),
        damaged.stream().sorted().toList(),
        missing.stream().sorted().toList(),
        replayed,
        newest,
        newer);
  }

  private Marker marker() throws IOException {
    Marker marker =
        Marker.find(from, Marker.Kind.BACKUP)
            .orElseThrow(() -> new BackupRefusedException("no backup lies in " + from.shown()));
    Marker keys =
        Marker.find(keysFolder, Marker.Kind.KEYS)
            .orElseThrow(() ->
                new BackupRefusedException("no keys of a backup lie in " + keysFolder.shown()));
    if (!keys.archive().equals(marker.archive())) {
      throw new BackupRefusedException("the keys are those of another archive");
    }
    return marker;
  }

  /// The newest: it has every key there ever was but for those that were destroyed.
  private void copyKeys() throws IOException {
    List<Stamp> copies = Shelf.stamps(keysFolder, "keys", KeyShelf.STORE);
    if (copies.isEmpty()) {
      throw new BackupRefusedException("no copy of the key store lies in " + keysFolder.shown());
    }
    String name = KeyShelf.path(copies.getLast(), KeyShelf.STORE);
    long bytes = Files.size(keysFolder.folder().resolve(name));
    put("keys/keys.db", bytes, () -> keysFolder.read(name, 0));
    Optional<Path> place = newest(keysFolder, KeyShelf.PLACE);
    if (place.isPresent()) {
      long length = Files.size(place.get());
      put("keys/place", length, () -> Files.newInputStream(place.get()));
    }
  }

  private Stamp chosen(List<Stamp> stamps) throws IOException {
    if (stamps.isEmpty()) {
      throw new BackupRefusedException("no snapshot lies in " + from.shown());
    }
    if (order.snapshot().isEmpty()) {
      return stamps.getLast();
    }
    return stamps.stream()
        .filter(stamp -> stamp.text().equals(order.snapshot().get()))
        .findFirst()
        .orElseThrow(() ->
            new BackupRefusedException("there is no snapshot of that name in " + from.shown()));
  }

  private void copyPacks(List<PackCopy> packs) throws IOException {
    long all = packs.stream().mapToLong(pack -> pack.file().bytes()).sum();
    List<Callable<Boolean>> copies = new ArrayList<>();
    for (PackCopy pack : packs) {
      copies.add(() -> copy(pack, all));
    }
    Lanes.run(copies);
    removeOthers(packs);
    lookAgain(packs);
  }

  /// Whoever restores has nothing else left: what is not told to be missing or damaged is seen to
  /// be there, whatever was said when it was written.
  private void lookAgain(List<PackCopy> packs) throws IOException {
    for (PackCopy pack : packs) {
      Path file = order.data().resolve(pack.path());
      boolean told = missing.contains(pack.name()) || damaged.contains(pack.name());
      if (!told && !(Files.isRegularFile(file) && Files.size(file) == pack.file().bytes())) {
        throw new IOException(pack.path() + " was restored and is not there");
      }
    }
  }

  /// A restore of another snapshot may have been cut short here before.
  private void removeOthers(List<PackCopy> packs) throws IOException {
    Set<String> wanted = packs.stream().map(PackCopy::name).collect(Collectors.toSet());
    try (FileDisk disk = new FileDisk(order.data().resolve("packs"))) {
      for (String name : disk.packs()) {
        if (!wanted.contains(name)) {
          disk.remove(name);
        }
      }
    }
  }

  private boolean copy(PackCopy pack, long all) throws IOException {
    if (isThere(pack)) {
      order.progress().at("restoring packs", bytesDone.addAndGet(pack.file().bytes()), all);
      return true;
    }
    Digests.Passed passed;
    try {
      passed = fetch(pack.path(), pack.path(), all);
    } catch (NoSuchFileException _) {
      missing.add(pack.name());
      return false;
    }
    boolean same = Arrays.equals(passed.sha256(), pack.file().sha256());
    if (!same) {
      damaged.add(pack.name());
    }
    return same;
  }

  /// Copies a file however long it is.
  private Digests.Passed fetch(String name, String as, long all) throws IOException {
    Digests.Passing[] last = new Digests.Passing[1];
    BackupPlace.Content content =
        () -> {
          Digests.Passing passing =
              new Digests.Passing(
                  from.read(name, 0),
                  (bytes, offset, length) ->
                      order.progress().at("restoring packs", bytesDone.addAndGet(length), all));
          last[0] = passing;
          return passing;
        };
    arrived(data.putMade(as, part -> FolderPlace.write(content, part, -1)), as);
    return java.util.Objects.requireNonNull(last[0]).passed();
  }

  /// A restore that was cut short has brought it.
  private boolean isThere(PackCopy pack) throws IOException {
    Path file = order.data().resolve(pack.path());
    if (!Files.exists(file)) {
      return false;
    }
    Digests.Passed there = Digests.of(Files.newInputStream(file), (bytes, offset, length) -> {});
    if (Arrays.equals(there.sha256(), pack.file().sha256())) {
      return true;
    }
    Files.delete(file);
    return false;
  }

  /// @return whether it is what was written
  private boolean copyRegistry(Stamp stamp, FileCopy copy, String as) throws IOException {
    Files.deleteIfExists(order.data().resolve(as));
    try {
      Digests.Passed passed = fetch(BackupRun.registryPath(stamp), as, 0);
      return Arrays.equals(passed.sha256(), copy.sha256());
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  private Optional<Path> newerRegistry(Shelf snapshots, List<Stamp> stamps, Stamp chosen)
      throws IOException {
    Path folder = order.data().resolve(UNFINISHED);
    Private.folder(folder);
    for (Stamp stamp : stamps.reversed()) {
      Optional<Snapshot> snapshot = snapshots.snapshot(stamp);
      if (stamp.compareTo(chosen) > 0
          && snapshot.isPresent()
          && copyRegistry(stamp, snapshot.get().registry(), NEWER_REGISTRY)) {
        return Optional.of(order.data().resolve(NEWER_REGISTRY));
      }
    }
    Files.deleteIfExists(order.data().resolve(NEWER_REGISTRY));
    return Optional.empty();
  }

  private Optional<Restored.Newest> newest(
      Marker marker, SecretBytes root, Shelf snapshots, Map<Stamp, Checkpoint> all)
      throws IOException {
    Shelf shelf = Shelf.checkpoints(keysFolder, root);
    Optional<Restored.Newest> newest = Optional.empty();
    for (Stamp stamp : shelf.stamps()) {
      Checkpoint checkpoint;
      try {
        checkpoint = Checkpoint.decode(shelf.open(stamp).plain());
      } catch (IOException _) {
        continue; // damaged: the others tell
      }
      all.put(stamp, checkpoint);
      boolean there =
          !checkpoint.place().equals(marker.place()) || isThere(snapshots, stamp, checkpoint);
      newest =
          Optional.of(
              new Restored.Newest(stamp.text(), checkpoint.madeMillis(), checkpoint.held(), there));
    }
    return newest;
  }

  /// A line for each copy of the key store: where, when, digest.
  private void noteKeys(Map<Stamp, Checkpoint> checkpoints) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Stamp stamp : Shelf.stamps(keysFolder, "keys", KeyShelf.STORE)) {
      Checkpoint checkpoint = checkpoints.get(stamp);
      String digest = checkpoint == null ? "" : HexFormat.of().formatHex(checkpoint.keys());
      Path file = keysFolder.folder().resolve(KeyShelf.path(stamp, KeyShelf.STORE));
      lines.add(stamp.at().toEpochMilli() + "\t" + digest + "\t" + file);
    }
    put(KEY_PLACES, String.join("\n", lines).getBytes(UTF_8));
  }

  /// What [#noteKeys] noted.
  public static List<Backups.KeyPlace> keyPlaces(Path data) throws IOException {
    List<Backups.KeyPlace> places = new ArrayList<>();
    for (String line : Files.readAllLines(data.resolve(KEY_PLACES))) {
      String[] words = line.split("\t", 3);
      if (words.length == 3) {
        places.add(new Backups.KeyPlace(words[2], Long.parseLong(words[0]), words[1]));
      }
    }
    return places;
  }

  /// Where a newer copy of the registry lies, if there is one.
  public static Path newerRegistry(Path data) {
    return data.resolve(NEWER_REGISTRY);
  }

  private static boolean isThere(Shelf snapshots, Stamp stamp, Checkpoint checkpoint)
      throws BackupRefusedException {
    try {
      return Arrays.equals(snapshots.open(stamp).sha256(), checkpoint.snapshot());
    } catch (BackupRefusedException e) {
      throw e;
    } catch (IOException _) {
      return false;
    }
  }

  /// Destroys what was destroyed later, and lets the log tell of everything that happened later.
  private int replay(List<byte[]> all, List<byte[]> known) throws IOException {
    Path folder = order.data().resolve("packs");
    try (KeyStore keys = KeyStore.open(keyFile(), master);
        FileDisk disk = new FileDisk(folder);
        PackLog log = PackLog.open(disk, new SecureRandom(), PackLog.Limits.USUAL)) {
      Events.obey(all, keys);
      keys.destroy(Events.destroyed(all, keys));
      List<byte[]> later = Events.missing(all, known, keys);
      Events.append(later, log);
      return later.size();
    }
  }

  private Path keyFile() {
    return order.data().resolve("keys").resolve("keys.db");
  }

  private void finish(Marker marker, Snapshot snapshot) throws IOException {
    for (Map.Entry<String, byte[]> file : snapshot.files().entrySet()) {
      if (!Set.of(NAME_FILE, RESTORING, UNFINISHED).contains(file.getKey())) {
        put(file.getKey(), file.getValue());
      }
    }
    Files.deleteIfExists(order.data().resolve("partial"));
    put(NAME_FILE, (marker.archive() + "\n").getBytes(UTF_8));
    Files.delete(order.data().resolve(RESTORING));
    Private.sync(order.data());
  }

  private void put(String name, byte[] bytes) throws IOException {
    put(name, bytes.length, () -> new ByteArrayInputStream(bytes));
  }

  /// Puts a file, in place of one that a restore which was cut short left.
  private void put(String name, long bytes, BackupPlace.Content content) throws IOException {
    Files.deleteIfExists(order.data().resolve(name));
    arrived(data.put(name, bytes, content), name);
  }

  private static void arrived(boolean put, String name) throws IOException {
    if (!put) {
      throw new IOException(name + " can't be restored: something else took its place");
    }
  }

  /// Removes the folder [#UNFINISHED].
  public static void finished(Path data) throws IOException {
    Path folder = data.resolve(UNFINISHED);
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path each : all) {
        Files.delete(each);
      }
    }
    Files.delete(folder);
    Private.sync(data);
  }
}
