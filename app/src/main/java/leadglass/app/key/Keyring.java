package leadglass.app.key;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import leadglass.app.Failure;
import leadglass.archive.KeyHome;
import leadglass.store.MasterKey;

/// Lays, finds and replaces an archive's master key.
///
/// A key that is replaced goes this way, so that whatever cuts it off the next start opens the
/// archive: the new one is laid beside the old and read back; `keys/place.new` says where; the
/// archive is sealed by it; it takes the old one's place; the old one is overwritten and removed.
public final class Keyring implements KeyHome {
  private static final String RETIRE = "retire";
  private static final String WAITING = ".new";

  private final Path data;
  private final KeyFiles files;
  private final Secrets secrets;
  private final Services services;

  /// @param secrets what to ask whoever started this
  public Keyring(Path data, KeyFiles files, Secrets secrets, Services services) {
    this.data = data;
    this.files = files;
    this.secrets = secrets;
    this.services = services;
  }

  private Path laidFile() {
    return data.resolve("keys").resolve("place");
  }

  private Path waitingFile() {
    return data.resolve("keys").resolve("place" + WAITING);
  }

  /// Where the key lies now.
  public KeyPlace place() throws IOException {
    return laid().place();
  }

  /// The file it lies in now, if it is a file.
  public Optional<Path> file() throws IOException {
    return files.of(place());
  }

  /// Where it is expected, for people.
  public String expected() throws IOException {
    KeyPlace place = place();
    return files.of(place).map(Path::toString).orElseGet(place::words);
  }

  private Laid laid() throws IOException {
    Optional<Laid> written = Laid.read(laidFile());
    boolean file = written.isEmpty() || files.of(written.get().place()).isPresent();
    if (file && files.configured().isPresent()) {
      KeyPlace configured = new KeyPlace.InFile(files.configured().get());
      return new Laid(configured, written.map(Laid::lines).orElse(java.util.Map.of()));
    }
    return written.orElseGet(() -> Laid.of(new KeyPlace.Beside()));
  }

  /// Makes a key for an archive that holds nothing.
  ///
  /// @param where empty: as configured, else beside the data directory
  public MasterKey create(Optional<KeyPlace> where) throws IOException, RefusedException, Failure {
    KeyPlace place =
        where.orElseGet(() ->
            files.configured().<KeyPlace>map(KeyPlace.InFile::new).orElseGet(KeyPlace.Beside::new));
    Optional<Path> file = files.of(place);
    if (file.isPresent() && Files.exists(file.get())) {
      MasterKey left = read(place, file.get()); // of a start that was cut off before it said so
      Laid.of(place).write(laidFile());
      return left;
    }
    byte[] key = MasterKey.fresh();
    Laid laid = lay(place, file, key, Optional.empty());
    laid.write(laidFile());
    return MasterKey.of(key, at(place, file));
  }

  /// Reads the key where it lies.
  ///
  /// @throws NoSuchFileException if its file is not there
  public MasterKey open() throws IOException, RefusedException, Failure {
    Laid laid = laid();
    return read(laid, files.of(laid.place()), Optional.empty());
  }

  /// A key that was to replace it when something cut that off.
  public Optional<MasterKey> waiting() throws IOException, RefusedException, Failure {
    Optional<Laid> waiting = Laid.read(waitingFile());
    if (waiting.isEmpty()) {
      return Optional.empty();
    }
    Optional<Path> file = files.of(waiting.get().place()).map(this::waitingOr);
    return Optional.of(read(waiting.get(), file, Optional.empty()));
  }

  private Path waitingOr(Path file) {
    Path waiting = waiting(file);
    return Files.exists(waiting) ? waiting : file;
  }

  private static Path waiting(Path file) {
    return file.resolveSibling(file.getFileName() + WAITING);
  }

  private static MasterKey read(KeyPlace place, Path file) throws IOException {
    return MasterKey.of(MasterKey.read(file).forRecoverySheet(), at(place, Optional.of(file)));
  }

  /// @param typed a passphrase that was given already
  private MasterKey read(Laid laid, Optional<Path> file, Optional<char[]> typed)
      throws IOException, RefusedException, Failure {
    KeyPlace place = laid.place();
    return switch (place) {
      case KeyPlace.Beside _ -> read(place, present(file));
      case KeyPlace.InFile _ -> read(place, present(file));
      case KeyPlace.Passphrase _ -> {
        char[] passphrase = typed.isPresent() ? typed.get().clone() : secrets.passphrase(false);
        try {
          yield MasterKey.of(PassphraseSeal.open(laid, passphrase), at(place, file));
        } finally {
          Arrays.fill(passphrase, '\0');
        }
      }
      case KeyPlace.Token token ->
          MasterKey.of(TokenSeal.open(token, secrets).unseal(laid), at(place, file));
      case KeyPlace.Service service ->
          MasterKey.of(ServiceSeal.open(service, services).unseal(laid), at(place, file));
    };
  }

  private static Path present(Optional<Path> file) throws NoSuchFileException {
    Path path = file.orElseThrow();
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString(), null, "the master key is not there");
    }
    return path;
  }

  private static MasterKey.Place at(KeyPlace place, Optional<Path> file) {
    return new MasterKey.Place() {
      @Override
      public String words() {
        return place.words();
      }

      @Override
      public boolean liesBeside(Path dataDirectory) throws IOException {
        return file.isPresent()
            && Files.getFileStore(dataDirectory).equals(Files.getFileStore(file.get()));
      }
    };
  }

  /// Writes a key to its place, if that is a file, or seals it.
  private Laid lay(KeyPlace place, Optional<Path> file, byte[] key, Optional<char[]> typed)
      throws IOException, RefusedException, Failure {
    return switch (place) {
      case KeyPlace.Beside _ -> written(place, file, key);
      case KeyPlace.InFile _ -> written(place, file, key);
      case KeyPlace.Passphrase _ -> {
        char[] passphrase = typed.isPresent() ? typed.get().clone() : secrets.passphrase(true);
        try {
          yield PassphraseSeal.seal(key, passphrase);
        } finally {
          Arrays.fill(passphrase, '\0');
        }
      }
      case KeyPlace.Token token -> TokenSeal.open(token, secrets).seal(key);
      case KeyPlace.Service service -> ServiceSeal.open(service, services).seal(key);
    };
  }

  private Laid written(KeyPlace place, Optional<Path> file, byte[] key)
      throws IOException, RefusedException {
    Path path = file.orElseThrow();
    files.check(path);
    MasterKey.restore(path, key);
    return Laid.of(place);
  }

  @Override
  public MasterKey replace(String where, char[] secret, byte[] key, Sealing sealing)
      throws IOException, RefusedException {
    Laid old = laid();
    KeyPlace place = where.isEmpty() ? old.place() : KeyPlace.parse(where);
    files.checkConfigured(place);
    Optional<Path> oldFile = files.of(old.place());
    Optional<Path> file = files.of(place);
    boolean same = file.isPresent() && file.equals(oldFile);
    Optional<Path> fresh = same ? file.map(Keyring::waiting) : file;
    if (same) {
      Laid.wipe(fresh.orElseThrow()); // of a try that came to nothing
    } else if (file.isPresent() && Files.exists(file.get())) {
      throw new RefusedException("There is a file at " + file.get() + " already. Name another.");
    }
    Optional<char[]> typed = secret.length == 0 ? Optional.empty() : Optional.of(secret);
    MasterKey laid;
    try {
      Laid waiting = lay(place, fresh, key, typed);
      laid = proved(waiting, fresh, key, typed);
      waiting.write(waitingFile());
    } catch (Failure e) {
      throw new RefusedException(e.getMessage() + ".");
    }
    sealing.by(laid);
    promote(place, same ? Optional.empty() : oldFile);
    return MasterKey.of(key, at(place, file));
  }

  private MasterKey proved(Laid laid, Optional<Path> file, byte[] key, Optional<char[]> typed)
      throws IOException, RefusedException, Failure {
    MasterKey read =
        laid.place() instanceof KeyPlace.Passphrase && typed.isEmpty()
            ? MasterKey.of(key, at(laid.place(), file)) // typed twice; not to be asked a third time
            : read(laid, file, typed);
    byte[] back = read.forRecoverySheet();
    boolean whole = Arrays.equals(back, key);
    Arrays.fill(back, (byte) 0);
    if (!whole) {
      throw new RefusedException("The key that was laid there does not come back the same.");
    }
    return read;
  }

  /// The archive is sealed by what waits: it becomes what is.
  private void promote(KeyPlace place, Optional<Path> retire) throws IOException {
    Optional<Path> file = files.of(place);
    if (file.isPresent() && Files.exists(waiting(file.get()))) {
      Laid.move(waiting(file.get()), file.get());
    }
    Laid laid = Laid.read(waitingFile()).orElseThrow(Laid::damaged);
    (retire.isPresent() ? laid.with(RETIRE, retire.get().toString()) : laid).write(laidFile());
    Files.delete(waitingFile());
    Laid.sync(waitingFile());
    retire();
  }

  /// After the archive was opened by what waited.
  public void promote() throws IOException {
    KeyPlace place = Laid.read(waitingFile()).orElseThrow(Laid::damaged).place();
    Optional<Path> old = files.of(laid().place());
    promote(place, old.equals(files.of(place)) ? Optional.empty() : old);
  }

  /// After the archive was opened by what lies where it should: whatever waits came to nothing, and
  /// what is to go goes.
  public void settle() throws IOException {
    Optional<Laid> waiting = Laid.read(waitingFile());
    if (waiting.isPresent()) {
      Optional<Path> file = files.of(waiting.get().place());
      Optional<Path> current = files.of(laid().place());
      if (file.isPresent()) {
        Laid.wipe(file.equals(current) ? waiting(file.get()) : file.get());
      }
      Files.delete(waitingFile());
      Laid.sync(waitingFile());
    }
    retire();
  }

  private void retire() throws IOException {
    Optional<Laid> laid = Laid.read(laidFile());
    Optional<String> old = laid.flatMap(each -> each.line(RETIRE));
    if (old.isPresent()) {
      Laid.wipe(Path.of(old.get()));
      laid.orElseThrow().without(RETIRE).write(laidFile());
    }
  }

  /// Lays a key that comes from recovery sheets, where the lost one lay or at another place.
  ///
  /// @throws java.nio.file.FileAlreadyExistsException if there is a file
  public KeyPlace restore(byte[] key, Optional<KeyPlace> where)
      throws IOException, RefusedException, Failure {
    KeyPlace place = where.isPresent() ? where.get() : place();
    files.checkConfigured(place);
    Laid laid = lay(place, files.of(place), key, Optional.empty());
    laid.write(laidFile());
    return place;
  }
}
