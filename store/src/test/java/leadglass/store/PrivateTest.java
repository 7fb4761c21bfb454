package leadglass.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateTest {
  private static final int ROUNDS = 10_000;

  @TempDir Path place;

  private static String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void aFolderIsMadeWithThoseAboveItAndOnlyItsOwnerMayEnter() throws IOException {
    Path folder = place.resolve("a/b/c");
    Private.folder(folder);
    assertThat(rights(folder)).isEqualTo("rwx------");
    assertThat(rights(place.resolve("a"))).isEqualTo("rwx------");
    Private.folder(folder); // that it is there is no fault
  }

  @Test
  void aFolderThatIsThereLosesTheRightsOfOthersAndThoseAboveKeepTheirs() throws IOException {
    Path above = Files.createDirectory(place.resolve("above"));
    Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path folder = Files.createDirectory(above.resolve("folder"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Private.folder(folder);
    assertThat(rights(folder)).isEqualTo("rwx------");
    assertThat(rights(above)).isEqualTo("rwxr-xr-x");
  }

  @Test
  void noFolderIsMadeWhereAFileIs() throws IOException {
    Path file = Files.createFile(place.resolve("file"));
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> Private.folder(file));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Private.folder(file.resolve("below")));
  }

  @Test
  void severalThreadsMayWantTheSameFolderAtOnce(@TempDir(factory = InMemory.class) Path memory)
      throws Exception {
    try (Together two = new Together()) {
      for (int round = 0; round < ROUNDS; round++) {
        Path folder = memory.resolve(round + "/below");
        Callable<Boolean> making =
            () -> {
              Private.folder(folder);
              return Files.isDirectory(folder);
            };
        assertThat(two.at(making, making)).containsExactly(true, true);
      }
    }
  }

  @Test
  void aFileIsWrittenOnceAndOnlyItsOwnerMayReadIt() throws IOException {
    Path file = place.resolve("file");
    Private.file(file, "first".getBytes(UTF_8));
    assertThat(rights(file)).isEqualTo("rw-------");
    assertThatExceptionOfType(FileAlreadyExistsException.class)
        .isThrownBy(() -> Private.file(file, "second".getBytes(UTF_8)));
    assertThat(file).hasContent("first");
  }
}
