package leadglass.store.trail;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import leadglass.store.Private;

/// Writes files that are there as a whole or not at all when the program ends, and makes them last.
/// Confined to one thread at a time.
final class Lasting {
  private final Set<Path> files = new LinkedHashSet<>();
  private final Set<Path> folders = new LinkedHashSet<>();

  /// Writes a file beside and gives it its name; it survives power loss once [#settle] returns.
  void put(Path file, byte[] bytes) throws IOException {
    write(file, bytes, false);
    files.add(file);
  }

  /// Writes a file that survives power loss when this returns.
  void putNow(Path file, byte[] bytes) throws IOException {
    write(file, bytes, true);
    Private.sync(folder(file));
  }

  private void write(Path file, byte[] bytes, boolean synced) throws IOException {
    Path folder = folder(file);
    if (!Files.isDirectory(folder)) {
      Private.folder(folder);
    }
    Path beside = folder.resolve(name(file) + ".new");
    Files.deleteIfExists(beside);
    Private.file(beside);
    // Not through a channel, which an interruption of the thread would close.
    try (RandomAccessFile out = new RandomAccessFile(beside.toFile(), "rw")) {
      out.write(bytes);
      if (synced) {
        out.getFD().sync();
      }
    }
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    folders.add(folder);
  }

  /// Makes all that was written last.
  void settle() throws IOException {
    for (Path each : files) {
      if (Files.exists(each)) {
        try (RandomAccessFile file = new RandomAccessFile(each.toFile(), "rw")) {
          file.getFD().sync();
        }
      }
    }
    for (Path each : folders) {
      if (Files.exists(each)) {
        Private.sync(each);
      }
    }
    files.clear();
    folders.clear();
  }

  private static String name(Path file) {
    Path name = file.getFileName();
    return name == null ? "" : name.toString();
  }

  private static Path folder(Path file) {
    Path folder = file.getParent();
    if (folder == null) {
      throw new IllegalArgumentException("a file lies in a folder");
    }
    return folder;
  }

  /// What is in a file; empty if it is not there, or longer than it can honestly be.
  static Optional<byte[]> read(Path file, int bytesMax) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > bytesMax) {
      return Optional.empty();
    }
    return Optional.of(Files.readAllBytes(file));
  }
}
