package leadglass.store.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import leadglass.store.BackupPlace;
import leadglass.store.Private;

/// A folder, of another disk if it is to be worth anything. A file is written beside and gets its
/// name when it is whole and synced.
public final class FolderPlace implements BackupPlace {
  private static final String PARTS = "partial";
  private static final Duration PARTS_KEPT = Duration.ofDays(1);
  private static final int BUFFER_BYTES = 1 << 20;

  /// Synced so far by the time the rest is written: the disk need not begin at the end.
  private static final long FLUSH_BYTES = 64L << 20;

  private final Path folder;

  /// @param folder made, private to its owner, if it is not there
  public FolderPlace(Path folder) throws IOException {
    this.folder = folder.toAbsolutePath().normalize();
    made(this.folder);
  }

  /// Folders of a stick that knows no owners stay as they are.
  private static void made(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Private.folder(folder);
    }
  }

  private Path path(String name) {
    return folder.resolve(BackupPlace.checked(name));
  }

  private static Path parent(Path file) {
    return Objects.requireNonNull(file.getParent());
  }

  @Override
  public boolean put(String name, long bytes, Content content) throws IOException {
    return putMade(name, part -> write(content, part, bytes));
  }

  /// Makes a file at the path it is given, synced.
  interface Maker {
    void make(Path file) throws IOException;
  }

  /// As [#put], of a file that somebody else writes. That there is one of that name is said of the
  /// file alone: any other name that is taken on the way is a failure.
  boolean putMade(String name, Maker maker) throws IOException {
    Path file = path(name);
    if (Files.exists(file)) {
      return false;
    }
    Path parts = folder.resolve(PARTS);
    made(parts);
    Path part = parts.resolve(UUID.randomUUID().toString());
    try {
      maker.make(part);
      made(parent(file));
      if (!named(part, file)) {
        Files.deleteIfExists(part);
        return false;
      }
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(part);
      throw e;
    }
    for (Path each = parent(file); each.startsWith(folder); each = parent(each)) {
      Private.sync(each);
    }
    return true;
  }

  /// @return false if there is one of that name
  private static boolean named(Path part, Path file) throws IOException {
    try {
      Files.move(part, file);
      return true;
    } catch (FileAlreadyExistsException _) {
      return false;
    }
  }

  /// @param bytes how many there must be; negative: however many there are
  static void write(Content content, Path to, long bytes) throws IOException {
    Private.file(to);
    try (InputStream in = content.open();
        FileChannel out = FileChannel.open(to, StandardOpenOption.WRITE)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      long written = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        ByteBuffer piece = ByteBuffer.wrap(buffer, 0, read);
        while (piece.hasRemaining()) {
          out.write(piece);
        }
        written += read;
        if (written / FLUSH_BYTES != (written - read) / FLUSH_BYTES) {
          out.force(false);
        }
      }
      if (bytes >= 0 && written != bytes) {
        throw new IOException("a copy of " + written + " bytes instead of " + bytes);
      }
      out.force(true);
    }
  }

  @Override
  public void sweep(Instant now) throws IOException {
    Path parts = folder.resolve(PARTS);
    if (!Files.isDirectory(parts)) {
      return;
    }
    for (Path part : files(parts)) {
      Instant touched = Files.getLastModifiedTime(part).toInstant();
      if (touched.isBefore(now.minus(PARTS_KEPT))) {
        Files.deleteIfExists(part);
      }
    }
  }

  private static List<Path> files(Path below) throws IOException {
    try (Stream<Path> all = Files.walk(below)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Override
  public InputStream read(String name, long offset) throws IOException {
    FileChannel channel = FileChannel.open(path(name), StandardOpenOption.READ);
    try {
      channel.position(offset);
      return java.nio.channels.Channels.newInputStream(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public List<Held> list(String prefix) throws IOException {
    List<Held> found = new ArrayList<>();
    Path below = prefix.endsWith("/") ? path(prefix.substring(0, prefix.length() - 1)) : folder;
    if (!Files.isDirectory(below)) {
      return found;
    }
    for (Path file : files(below)) {
      String name = folder.relativize(file).toString().replace('\\', '/');
      if (name.startsWith(prefix) && !name.startsWith(PARTS + "/")) {
        found.add(new Held(name, Files.size(file)));
      }
    }
    return found;
  }

  @Override
  public boolean delete(String name) throws IOException {
    Path file = path(name);
    try {
      Files.delete(file);
      Private.sync(parent(file));
      return true;
    } catch (NoSuchFileException e) {
      throw e;
    } catch (FileSystemException _) {
      return false;
    }
  }

  @Override
  public boolean tryOverwrite(String name, byte[] other) throws IOException {
    Path file = path(name);
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
      out.write(ByteBuffer.wrap(other));
      out.force(true);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (AccessDeniedException _) {
      return false;
    } catch (FileSystemException _) {
      return false;
    }
    return java.util.Arrays.equals(Files.readAllBytes(file), other);
  }

  Path folder() {
    return folder;
  }

  @Override
  public String shown() {
    return folder.toString();
  }
}
