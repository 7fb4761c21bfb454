package leadglass.app.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import leadglass.store.Private;

/// The newest checkpoint that the witness has cosigned: `trail/witnessed`.
final class WitnessedFile {
  static final String NAME = "witnessed";
  private static final int BYTES_MAX = 64 << 10;

  private final Path folder;

  /// @param folder `trail` of the archive's data
  WitnessedFile(Path folder) {
    this.folder = folder;
  }

  Optional<String> read() throws IOException {
    try (InputStream in = Files.newInputStream(folder.resolve(NAME))) {
      return Optional.of(new String(in.readNBytes(BYTES_MAX), UTF_8));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /// On stable storage when it returns.
  void write(String note) throws IOException {
    Path fresh = folder.resolve(NAME + ".new");
    Files.deleteIfExists(fresh);
    Private.file(fresh);
    try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(note.getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(
        fresh,
        folder.resolve(NAME),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    Private.sync(folder);
  }
}
