package leadglass.app.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import leadglass.store.Private;

/// Where sending begins after a restart: one number, for one collector. The queue is the trail;
/// this is all that has to be remembered of it.
final class Cursor {
  static final String NAME = "syslog.cursor";
  private static final String FORM = "leadglass syslog cursor 1";
  private static final int BYTES_MAX = 1024;

  private final Path folder;
  private final Path file;
  private final String collector;

  /// @param folder of the archive's data
  Cursor(Path folder, String collector) {
    this.folder = folder;
    this.file = folder.resolve(NAME);
    this.collector = collector;
  }

  /// 0 for a collector that was not sent to before, and where what is there can't be read: it is
  /// better to send twice.
  long read() throws IOException {
    try {
      if (Files.size(file) > BYTES_MAX) {
        return 0;
      }
      List<String> lines = Files.readAllLines(file, UTF_8);
      boolean fits =
          lines.size() == 3
              && lines.get(0).equals(FORM)
              && lines.get(1).equals(collector)
              && lines.get(2).matches("\\d{1,18}");
      return fits ? Long.parseLong(lines.get(2)) : 0;
    } catch (NoSuchFileException | CharacterCodingException _) {
      return 0;
    }
  }

  /// On stable storage when it returns.
  void write(long number) throws IOException {
    Path fresh = file.resolveSibling(NAME + ".new");
    Files.deleteIfExists(fresh);
    Private.file(fresh);
    try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      ByteBuffer bytes =
          ByteBuffer.wrap((FORM + "\n" + collector + "\n" + number + "\n").getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Private.sync(folder);
  }
}
