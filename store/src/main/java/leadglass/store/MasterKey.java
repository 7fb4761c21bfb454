package leadglass.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import leadglass.store.seal.SecretBytes;

/// The key above all keys, and where it lies outside the data directory.
///
/// Whoever loses it and the recovery sheets has lost the archive.
public final class MasterKey {
  private static final String FIRST_LINE = "leadglass master key 1";

  private final SecretBytes key;
  private final Place place;

  /// Where a master key lies.
  public interface Place {

    /// In words, such as `file:/media/key/leadglass.key`; no secret stands in them.
    String words();

    /// Whether a thief who takes the device with the data has the key too.
    boolean liesBeside(Path dataDirectory) throws IOException;
  }

  private MasterKey(SecretBytes key, Place place) {
    this.key = key;
    this.place = place;
  }

  /// A key that comes from somewhere else than a file of its own.
  ///
  /// @param key 32 bytes; a copy is taken
  public static MasterKey of(byte[] key, Place place) {
    return new MasterKey(new SecretBytes(key), place);
  }

  /// 32 random bytes.
  public static byte[] fresh() {
    return SecretBytes.random(new SecureRandom()).copy();
  }

  private record InFile(Path file) implements Place {
    @Override
    public String words() {
      return "file:" + file;
    }

    @Override
    public boolean liesBeside(Path dataDirectory) throws IOException {
      return Files.getFileStore(dataDirectory).equals(Files.getFileStore(file));
    }
  }

  /// A place that is a file.
  public static Place inFile(Path file) {
    return new InFile(file);
  }

  /// Reads the key, or makes it if `fresh` says that nothing has been sealed yet.
  ///
  /// @throws NoSuchFileException if it is not there and something has been sealed with it
  public static MasterKey open(Path file, boolean fresh) throws IOException {
    if (Files.exists(file)) {
      return read(file);
    }
    if (!fresh) {
      throw new NoSuchFileException(
          file.toString(), null, "the master key is not where it should be");
    }
    SecretBytes made = SecretBytes.random(new SecureRandom());
    write(file, made);
    return new MasterKey(made, inFile(file));
  }

  /// Writes a key to a new file (mode 0600), on stable storage when this returns.
  public static void restore(Path file, byte[] key) throws IOException {
    write(file, new SecretBytes(key));
  }

  /// Reads the key in a file.
  public static MasterKey read(Path file) throws IOException {
    String[] lines = Files.readString(file).split("\n", -1);
    if (lines.length < 2 || !lines[0].equals(FIRST_LINE) || !lines[1].matches("[0-9a-f]{64}")) {
      throw new IOException("not a master key file");
    }
    return new MasterKey(new SecretBytes(HexFormat.of().parseHex(lines[1])), inFile(file));
  }

  private static void write(Path file, SecretBytes key) throws IOException {
    Path at = file.toAbsolutePath().normalize();
    Path folder = at.getParent();
    if (folder != null && !Files.exists(folder)) {
      Private.folder(folder);
    }
    String text = FIRST_LINE + "\n" + HexFormat.of().formatHex(key.copy()) + "\n";
    Private.file(at, text.getBytes(US_ASCII));
  }

  SecretBytes key() {
    return key;
  }

  /// The 32 bytes, for recovery sheets and for sealing it at another place.
  public byte[] forRecoverySheet() {
    return key.copy();
  }

  public Place place() {
    return place;
  }

  @Override
  public String toString() {
    return "MasterKey[]";
  }
}
