package leadglass.store.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import leadglass.store.InMemory;
import leadglass.store.Together;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// "There is one of that name" is said when there is one, and of nothing else: whoever hears it
/// goes on as if the file were there.
class FolderPlaceTest {
  private static final int ROUNDS = 2_000;

  @TempDir(factory = InMemory.class)
  Path folder;

  private FolderPlace place;

  @BeforeEach
  void make() throws IOException {
    place = new FolderPlace(folder);
  }

  private boolean put(String name) throws IOException {
    return place.put(name, 1, () -> new ByteArrayInputStream(new byte[1]));
  }

  @Test
  void aFileWhereAFolderIsNeededIsAFailure() throws IOException {
    Files.createDirectory(folder.resolve("packs"));
    Files.createFile(folder.resolve("packs/ab"));
    assertThatThrownBy(() -> put("packs/ab/x.pack")).isInstanceOf(IOException.class);
    assertThat(folder.resolve("partial")).isEmptyDirectory();
  }

  @Test
  void aTakenNameThatWhoeverMakesTheFileCameAcrossIsAFailure() {
    assertThatThrownBy(() ->
            place.putMade(
                "keys/x.db",
                part -> {
                  throw new FileAlreadyExistsException("another file");
                }))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(folder.resolve("partial")).isEmptyDirectory();
  }

  @Test
  void twoFilesThatComeToANewFolderAtTheSameMomentAreBothThere() throws Exception {
    try (Together two = new Together()) {
      for (int round = 0; round < ROUNDS; round++) {
        String below = "packs/" + round + "/";
        assertThat(two.at(() -> put(below + "a.pack"), () -> put(below + "b.pack")))
            .containsExactly(true, true);
      }
    }
    assertThat(place.list("packs/")).hasSize(2 * ROUNDS);
  }
}
