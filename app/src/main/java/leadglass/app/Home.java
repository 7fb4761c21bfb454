package leadglass.app;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Origin;
import leadglass.store.Backups;
import leadglass.store.KeysMissingException;
import leadglass.store.MasterKey;
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

  private final Path data;
  private final Optional<Path> configuredKey;

  /// @param configuredKey where the master key lies, if not in the user's configuration folder
  public Home(Path data, Optional<Path> configuredKey) {
    this.data = data.toAbsolutePath().normalize();
    this.configuredKey = configuredKey;
  }

  public Path data() {
    return data;
  }

  /// Whether an archive has been made here.
  public boolean exists() {
    return Files.exists(data.resolve(NAME_FILE));
  }

  /// The archive's own name, once it exists.
  public String name() throws IOException {
    return Files.readString(data.resolve(NAME_FILE)).strip();
  }

  /// Where the master key is expected, once the archive exists.
  public Path keyFile() throws IOException {
    return keyFile(name());
  }

  /// Where the master key of an archive of that name is expected.
  public Path keyFile(String name) {
    return configuredKey.orElseGet(() -> configurationFolder().resolve(name + ".key"));
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
      MasterKey key = exists() ? MasterKey.open(keyFile(), false) : create();
      Store store = Stores.open(data, key, Clock.systemUTC(), events);
      finishRestore(store, key);
      return Archive.open(store, key, Clock.system(ZoneId.systemDefault()), events);
    } catch (StoreInUseException _) {
      throw new InUseException(data);
    } catch (WrongKeyException _) {
      throw new Failure(
          Failure.CONFIGURATION,
          "the master key found is not the one this archive was sealed with",
          "put the right one there; docs/operating/configuration.md says where it is looked for");
    } catch (KeysMissingException _) {
      throw new Failure(
          Failure.CONFIGURATION,
          "the key store is not in " + data + ", and without it the packs can't be read",
          "bring the folder keys/ back from its backup");
    } catch (NoSuchFileException e) {
      throw new Failure(
          Failure.CONFIGURATION,
          "the master key is not at " + e.getFile() + "; nothing can be read without it",
          "put it back, or make it anew from the recovery sheet: leadglass key restore --data "
              + data);
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
      Clock clock = Clock.system(ZoneId.systemDefault());
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

  /// Key first, then the name that leads to it: cut off in between, the next start begins anew.
  private MasterKey create() throws IOException {
    Files.createDirectories(data);
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    byte[] id = new byte[8];
    new SecureRandom().nextBytes(id);
    String name = HexFormat.of().formatHex(id);
    MasterKey key = MasterKey.open(keyFile(name), true);
    Files.writeString(data.resolve(NAME_FILE), name + "\n");
    return key;
  }
}
