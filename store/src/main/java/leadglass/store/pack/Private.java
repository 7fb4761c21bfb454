package leadglass.store.pack;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Folders and files that nobody but their owner may read, and their names made to last.
public final class Private {
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER_MODE =
      PosixFilePermissions.asFileAttribute(FOLDER);
  private static final FileAttribute<Set<PosixFilePermission>> FILE_MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private Private() {}

  /// Makes the folder if it is missing, and takes everybody else's rights to it away.
  public static void folder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      if (!Files.getPosixFilePermissions(folder).equals(FOLDER)) {
        Files.setPosixFilePermissions(folder, FOLDER);
      }
      return;
    }
    Files.createDirectories(folder, FOLDER_MODE);
  }

  /// Makes an empty file.
  ///
  /// @throws FileAlreadyExistsException if it is there
  public static void file(Path file) throws IOException {
    Files.createFile(file, FILE_MODE);
  }

  /// Makes an empty file unless there is one, whatever is in it.
  public static void fileIfMissing(Path file) throws IOException {
    if (!Files.exists(file)) {
      file(file);
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
