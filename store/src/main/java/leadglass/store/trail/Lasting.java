package leadglass.store.trail;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.store.Private;

/// Writes files that are there as a whole or not at all, whatever ends the program, and reads them.
/// Their names last once [#settle] returns. Confined to one thread.
final class Lasting {
  private final Set<Path> folders = new LinkedHashSet<>();

  /// Writes a file beside and gives it its name.
  void put(Path file, byte[] bytes) throws IOException {
    Path folder = folder(file);
    Private.folder(folder);
    Path beside = folder.resolve(name(file) + ".new");
    Files.deleteIfExists(beside);
    Private.file(beside);
    // Not through a channel, which an interruption of the thread would close.
    try (RandomAccessFile out = new RandomAccessFile(beside.toFile(), "rw")) {
      out.write(bytes);
      out.getFD().sync();
    }
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    folders.add(folder);
  }

  /// Makes the names of all that was written last.
  void settle() throws IOException {
    List<Path> all = new ArrayList<>(folders);
    folders.clear();
    for (Path each : all) {
      if (Files.exists(each)) {
        Private.sync(each);
      }
    }
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
