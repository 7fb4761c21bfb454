package leadglass.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import leadglass.app.config.S3Config;
import leadglass.app.key.KeyFiles;
import leadglass.app.key.KeyPlace;
import leadglass.app.key.Keyring;
import leadglass.app.key.Secrets;
import leadglass.app.key.Services;
import leadglass.app.s3.S3Places;
import leadglass.archive.Archive;
import leadglass.archive.Brakes;
import leadglass.archive.Caller;
import leadglass.archive.KeyHome.RefusedException;
import leadglass.archive.Origin;
import leadglass.store.BackupPlace;
import leadglass.store.Backups;
import leadglass.store.KeysMissingException;
import leadglass.store.MasterKey;
import leadglass.store.Private;
import leadglass.store.Registry;
import leadglass.store.Store;
import leadglass.store.StoreInUseException;
import leadglass.store.Stores;
import leadglass.store.WrongKeyException;

/// A data directory, and the master key that lies elsewhere.
///
/// The archive has a random name of its own, kept in the directory, and its key is found by it: a
/// directory may be moved.
public final class Home {
  private static final String NAME_FILE = "archive.id";
  private static final String HINT = "docs/operating/keys.md tells of every place of a master key";

  /// Another program has it open.
  public static final class InUseException extends Failure {
    private static final long serialVersionUID = 1L;

    InUseException(Path data) {
      super(
          Failure.FAILED,
          "another leadglass has " + data + " open, and it answers no command",
          "wait until it has ended, or end it");
    }
  }

  /// The archive is there, and what opens it is not: nothing is wrong that its key would not mend.
  public static final class LockedException extends Failure {
    private static final long serialVersionUID = 1L;

    LockedException(String error, String hint) {
      super(Failure.CONFIGURATION, error, hint);
    }
  }

  private final Path data;
  private final KeyFiles files;
  private final Services services;
  private final Keyring keyring;
  private final Optional<KeyPlace> madeAt;
  private final S3Config s3;
  private final Brakes.Limits limits;
  private final Clock clock;

  /// @param configuredKey where the master key lies, if `leadglass.toml` says so
  public Home(Path data, Optional<Path> configuredKey) {
    this(
        data,
        configuredKey,
        Secrets.none(),
        new Services(Optional.empty(), Optional.empty(), Clock.systemUTC()),
        Optional.empty(),
        S3Config.defaults(),
        Brakes.Limits.USUAL);
  }

  /// @param secrets asked for what opens a sealed master key
  /// @param madeAt where the key of a new archive is laid, if not as configured or beside the data
  /// @param s3 how buckets are reached
  /// @param limits budgets of a day
  public Home(
      Path data,
      Optional<Path> configuredKey,
      Secrets secrets,
      Services services,
      Optional<KeyPlace> madeAt,
      S3Config s3,
      Brakes.Limits limits) {
    this(
        data,
        configuredKey,
        secrets,
        services,
        madeAt,
        s3,
        limits,
        Clock.system(ZoneId.systemDefault()));
  }

  /// @param clock of all that is opened here; its zone says when a day begins
  public Home(
      Path data,
      Optional<Path> configuredKey,
      Secrets secrets,
      Services services,
      Optional<KeyPlace> madeAt,
      S3Config s3,
      Brakes.Limits limits,
      Clock clock) {
    this.data = data.toAbsolutePath().normalize();
    this.files =
        new KeyFiles(
            this.data, configuredKey.map(p -> p.toAbsolutePath().normalize()), former(this.data));
    this.services = services;
    this.keyring = new Keyring(this.data, files, secrets, services);
    this.madeAt = madeAt;
    this.s3 = s3;
    this.limits = limits;
    this.clock = clock;
  }

  private Home(Home locked, Keyring offered) {
    this.data = locked.data;
    this.files = locked.files;
    this.services = locked.services;
    this.keyring = offered;
    this.madeAt = locked.madeAt;
    this.s3 = locked.s3;
    this.limits = locked.limits;
    this.clock = locked.clock;
  }

  /// Where archives keep their key that were made before places were written: in the user's own
  /// configuration folder, under the archive's name.
  private static Path former(Path data) {
    String name = "archive";
    try {
      name = Files.readString(data.resolve(NAME_FILE)).strip();
    } catch (IOException _) {
      // There is no archive yet.
    }
    return configurationFolder().resolve(name + ".key");
  }

  public Path data() {
    return data;
  }

  /// What time it is for all that is opened here.
  Clock clock() {
    return clock;
  }

  /// Whether an archive has been made here.
  public boolean exists() {
    return Files.exists(data.resolve(NAME_FILE));
  }

  /// The archive's own name, once it exists.
  public String name() throws IOException {
    return Files.readString(data.resolve(NAME_FILE)).strip();
  }

  /// The file with the master key, if it lies in one.
  public Optional<Path> masterKeyFile() throws IOException {
    return keyring.file();
  }

  /// What says where the master key lies, and holds it when it is sealed by something else.
  public Path keyPlaceFile() {
    return data.resolve("keys").resolve("place");
  }

  /// Where copies are kept: a folder, or `s3://BUCKET[/PREFIX]`. To be closed.
  public BackupPlace backupPlace(String where) throws IOException {
    return S3Places.isFor(where) ? S3Places.open(where, s3, clock) : Backups.folder(Path.of(where));
  }

  /// The master key's places.
  public Keyring keyring() {
    return keyring;
  }

  private static Path configurationFolder() {
    String named = System.getenv("XDG_CONFIG_HOME");
    Path base =
        named == null || named.isBlank()
            ? Path.of(System.getProperty("user.home"), ".config")
            : Path.of(named);
    return base.resolve("leadglass");
  }

  /// An open archive. Closing it closes the store.
  public Archive open(Consumer<Object> events) throws Failure {
    try {
      if (!exists()) {
        return open(create(), events);
      }
      return reopen(events);
    } catch (StoreInUseException _) {
      throw new InUseException(data);
    } catch (KeysMissingException _) {
      throw new Failure(
          Failure.CONFIGURATION,
          "the key store is not in " + data + ", and without it the packs can't be read",
          "bring the folder keys/ back from its backup");
    } catch (RefusedException e) {
      throw new Failure(Failure.CONFIGURATION, String.valueOf(e.getMessage()), HINT);
    } catch (FileSystemException e) {
      throw new Failure(
          Failure.FAILED,
          "can't use "
              + e.getFile()
              + ": "
              + Optional.ofNullable(e.getReason()).orElse("no access"),
          "check that this user may write there");
    } catch (IOException e) {
      throw new Failure(Failure.FAILED, "the archive can't be opened: " + e.getMessage(), "");
    }
  }

  /// Nobody gets in before what a restore left was seen to.
  private void finishRestore(Store store, MasterKey key) throws IOException {
    if (!Backups.isUnfinished(data)) {
      return;
    }
    try {
      Caller by =
          new Caller.Console(
              System.getProperty("user.name"), new Origin(Origin.Door.CONSOLE, "console"));
      Optional<Path> newer = Backups.newerRegistry(data);
      if (newer.isEmpty()) {
        Archive.afterRestore(store, Optional.empty(), Backups.keyPlaces(data), by, clock);
      } else {
        try (Backups.RegistryCopy copy = Backups.registry(newer.get(), data, key)) {
          Optional<Registry> newest = Optional.of(copy.registry());
          Archive.afterRestore(store, newest, Backups.keyPlaces(data), by, clock);
        }
      }
      Backups.finished(data);
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private Archive open(MasterKey key, Consumer<Object> events) throws IOException {
    Store store = Stores.open(data, key, clock, events);
    finishRestore(store, key);
    return Archive.open(store, key, keyring, limits, clock, events);
  }

  /// A change of the master key may have been cut off: then either the key that lies where it
  /// should opens the archive, or the one that was to take its place does.
  private Archive reopen(Consumer<Object> events) throws IOException, Failure {
    LockedException locked;
    try {
      Archive archive = open(key(), events);
      keyring.settle();
      return archive;
    } catch (LockedException e) {
      locked = e;
    } catch (WrongKeyException _) {
      locked =
          new LockedException(
              "the master key found is not the one this archive was sealed with",
              "put the right one there; leadglass key restore makes it anew from recovery sheets");
    }
    Optional<MasterKey> waiting = waiting();
    if (waiting.isEmpty()) {
      throw locked;
    }
    try {
      Archive archive = open(waiting.get(), events);
      keyring.promote();
      return archive;
    } catch (WrongKeyException _) {
      throw locked;
    }
  }

  private MasterKey key() throws IOException, LockedException {
    try {
      return keyring.open();
    } catch (NoSuchFileException e) {
      throw new LockedException(
          "the master key is not at " + e.getFile() + "; nothing can be read without it",
          "put it back, or make it anew from the recovery sheet: leadglass key restore --data "
              + data);
    } catch (RefusedException e) {
      throw new LockedException(String.valueOf(e.getMessage()), HINT);
    } catch (Failure e) {
      throw new LockedException(e.error(), e.hint());
    }
  }

  private Optional<MasterKey> waiting() throws IOException {
    try {
      return keyring.waiting();
    } catch (RefusedException | Failure | NoSuchFileException _) {
      return Optional.empty(); // then what is said of the key in its place is what counts
    }
  }

  /// An archive that was locked, tried once more.
  ///
  /// @param offered asked for what opens the key
  /// @throws LockedException if it stays so
  public Archive unlock(Secrets offered, Consumer<Object> events) throws Failure {
    return new Home(this, new Keyring(data, files, offered, services)).open(events);
  }

  /// Whether it is worth trying now and then, while nobody does anything: a file may come back, a
  /// service may answer again, but a token counts wrong PINs.
  public boolean mayUnlockItself() {
    try {
      return switch (keyring.place()) {
        case KeyPlace.Beside _, KeyPlace.InFile _, KeyPlace.Service _ -> true;
        case KeyPlace.Passphrase _, KeyPlace.Token _ -> false;
      };
    } catch (IOException _) {
      return false;
    }
  }

  /// Key first, then the name by which the archive exists: cut off in between, the next start
  /// begins anew.
  private MasterKey create() throws IOException, RefusedException, Failure {
    Private.folder(data);
    Private.folder(data.resolve("keys"));
    byte[] id = new byte[8];
    new SecureRandom().nextBytes(id);
    String name = HexFormat.of().formatHex(id);
    MasterKey key = keyring.create(place(name));
    Private.file(data.resolve(NAME_FILE), (name + "\n").getBytes(US_ASCII));
    return key;
  }

  private Optional<KeyPlace> place(String name) throws IOException {
    if (madeAt.isPresent() || files.configured().isPresent() || files.besideCanBeMade()) {
      return madeAt;
    }
    Path folder = configurationFolder();
    Private.folder(folder);
    return Optional.of(new KeyPlace.InFile(folder.resolve(name + ".key").toAbsolutePath()));
  }
}
