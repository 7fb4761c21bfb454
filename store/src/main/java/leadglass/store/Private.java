package leadglass.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/// Folders and files that nobody but their owner may read, and their names made to last.
///
/// A name lasts when the folder it stands in is synced, and not before: what is synced inside a new
/// folder is lost with the folder's own name. So whatever is made here is on stable storage, with
/// every folder made on the way, when its method returns.
public final class Private {
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER_MODE =
      PosixFilePermissions.asFileAttribute(FOLDER);
  private static final FileAttribute<Set<PosixFilePermission>> FILE_MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private Private() {}

  /// Makes the folder, and those above it that are missing, and takes everybody else's rights to it
  /// away. Those above keep the rights they have. Several threads may want the same one at once.
  public static void folder(Path folder) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    Path each = folder.toAbsolutePath().normalize();
    while (each != null && !Files.exists(each)) {
      missing.push(each);
      each = each.getParent();
    }
    for (Path made : missing) {
      try {
        Files.createDirectory(made, FOLDER_MODE);
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(made)) { // else another thread was quicker
          throw e;
        }
      }
      sync(parent(made));
    }
    // Asked only now: what was not there a moment ago may be another thread's by now.
    if (!Files.isDirectory(folder)) {
      throw new FileAlreadyExistsException(folder.toString());
    }
    if (!Files.getPosixFilePermissions(folder).equals(FOLDER)) {
      Files.setPosixFilePermissions(folder, FOLDER);
    }
  }

  private static Path parent(Path path) {
    Path parent = path.toAbsolutePath().normalize().getParent();
    return parent == null ? path : parent;
  }

  /// Makes an empty file. Its name lasts once [#sync] was called for its folder.
  ///
  /// @throws FileAlreadyExistsException if it is there
  public static void file(Path file) throws IOException {
    Files.createFile(file, FILE_MODE);
  }

  /// Makes a file with some bytes.
  ///
  /// @throws FileAlreadyExistsException if it is there
  public static void file(Path file, byte[] bytes) throws IOException {
    file(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
    sync(parent(file));
  }

  /// Makes an empty file unless there is one, whatever is in it.
  public static void fileIfMissing(Path file) throws IOException {
    if (!Files.exists(file)) {
      file(file);
      sync(parent(file));
    }
  }

  /// Makes the names in a folder survive power loss, whether the thread is interrupted or not: a
  /// sync that fails makes the store read-only, and somebody's wish to stop must not.
  public static void sync(Path folder) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (!synced(folder)) {
        interrupted |= Thread.interrupted();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean synced(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
      return true;
    } catch (ClosedByInterruptException _) {
      return false;
    }
  }
}
