package leadglass.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import leadglass.store.seal.SecretBytes;

/// The key above all keys, in a file of its own (mode 0600), outside the data directory.
///
/// Whoever loses it and the recovery sheet has lost the archive.
public final class MasterKey {
  private static final String FIRST_LINE = "leadglass master key 1";

  private final Path file;
  private final SecretBytes key;

  private MasterKey(Path file, SecretBytes key) {
    this.file = file;
    this.key = key;
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
    return new MasterKey(file, made);
  }

  /// Writes a key that comes from a recovery sheet.
  public static void restore(Path file, byte[] key) throws IOException {
    write(file, new SecretBytes(key));
  }

  private static MasterKey read(Path file) throws IOException {
    String[] lines = Files.readString(file).split("\n", -1);
    if (lines.length < 2 || !lines[0].equals(FIRST_LINE) || !lines[1].matches("[0-9a-f]{64}")) {
      throw new IOException("not a master key file");
    }
    return new MasterKey(file, new SecretBytes(HexFormat.of().parseHex(lines[1])));
  }

  private static void write(Path file, SecretBytes key) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    String text = FIRST_LINE + "\n" + HexFormat.of().formatHex(key.copy()) + "\n";
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
      channel.force(true);
    }
    try (FileChannel parent = FileChannel.open(folder, StandardOpenOption.READ)) {
      parent.force(true);
    }
  }

  SecretBytes key() {
    return key;
  }

  /// The 32 bytes, for the recovery sheet alone.
  public byte[] forRecoverySheet() {
    return key.copy();
  }

  /// Whether a thief who takes the device with the data has the key too.
  boolean liesBeside(Path dataDirectory) throws IOException {
    FileStore data = Files.getFileStore(dataDirectory);
    return data.equals(Files.getFileStore(file));
  }

  @Override
  public String toString() {
    return "MasterKey[]";
  }
}
