package leadglass.app.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import leadglass.store.BackupPlace;
import leadglass.store.BackupPlace.Held;
import org.junit.jupiter.api.Test;

/// What any place of backups does.
interface BackupPlaceContract {

  /// One that is empty.
  BackupPlace place() throws IOException;

  /// Whether whoever made a file may take it away again.
  default boolean letsGo() {
    return true;
  }

  static boolean put(BackupPlace place, String name, byte[] bytes) throws IOException {
    return place.put(name, bytes.length, () -> new ByteArrayInputStream(bytes));
  }

  static byte[] all(BackupPlace place, String name, long offset) throws IOException {
    try (InputStream in = place.read(name, offset)) {
      return in.readAllBytes();
    }
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @Test
  default void whatIsPutIsReadFromWhereOneLikes() throws IOException {
    try (BackupPlace place = place()) {
      byte[] bytes = bytes(100_000);
      assertThat(put(place, "packs/ab/x.pack", bytes)).isTrue();
      assertThat(all(place, "packs/ab/x.pack", 0)).isEqualTo(bytes);
      assertThat(all(place, "packs/ab/x.pack", 99_000))
          .isEqualTo(java.util.Arrays.copyOfRange(bytes, 99_000, 100_000));
      assertThat(all(place, "packs/ab/x.pack", 100_000)).isEmpty();
      try (InputStream part = place.read("packs/ab/x.pack", 1)) {
        assertThat(part.readNBytes(10)).isEqualTo(java.util.Arrays.copyOfRange(bytes, 1, 11));
      }
      assertThat(put(place, "empty", new byte[0])).isTrue();
      assertThat(all(place, "empty", 0)).isEmpty();
    }
  }

  @Test
  default void aLargeFileComesBackAsItWas() throws IOException {
    try (BackupPlace place = place()) {
      byte[] bytes = bytes(2 * Upload.PART_BYTES + 12_345);
      assertThat(put(place, "large", bytes)).isTrue();
      assertThat(put(place, "large", bytes)).isFalse();
      assertThat(place.list("large")).containsExactly(new Held("large", bytes.length));
      assertThat(all(place, "large", Upload.PART_BYTES - 1))
          .isEqualTo(java.util.Arrays.copyOfRange(bytes, Upload.PART_BYTES - 1, bytes.length));
    }
  }

  @Test
  default void nothingIsPutTwice() throws IOException {
    try (BackupPlace place = place()) {
      assertThat(put(place, "a/b", "first".getBytes(UTF_8))).isTrue();
      assertThat(put(place, "a/b", "other".getBytes(UTF_8))).isFalse();
      assertThat(all(place, "a/b", 0)).asString(UTF_8).isEqualTo("first");
    }
  }

  @Test
  default void contentThatIsTooShortOrTooLongOrBreaksLeavesNothing() throws IOException {
    try (BackupPlace place = place()) {
      for (int length : new int[] {10, Upload.PART_BYTES + 10}) {
        byte[] bytes = bytes(length);
        for (long claimed : new long[] {length - 1, length + 1}) {
          assertThatThrownBy(() -> place.put("x", claimed, () -> new ByteArrayInputStream(bytes)))
              .isInstanceOf(IOException.class)
              .hasMessageContaining("instead of");
        }
        InputStream broken =
            new SequenceInputStream(new ByteArrayInputStream(new byte[length / 2]), new Broken());
        assertThatThrownBy(() -> place.put("x", length, () -> broken)).hasMessage("it broke");
      }
      assertThat(place.list("")).isEmpty();
      assertThatThrownBy(() -> all(place, "x", 0)).isInstanceOf(NoSuchFileException.class);
      assertThat(put(place, "x", bytes(5))).isTrue();
    }
  }

  /// Breaks at once.
  final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("it broke");
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      throw new IOException("it broke");
    }
  }

  @Test
  default void filesAreListedByTheBeginningOfTheirNames() throws IOException {
    try (BackupPlace place = place()) {
      List<Held> expected = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        String name = "packs/0" + i % 3 + "/" + i + ".pack";
        assertThat(put(place, name, bytes(i))).as(name).isTrue();
        expected.add(new Held(name, i));
      }
      assertThat(put(place, "packs.txt", bytes(1))).isTrue();
      assertThat(place.list("packs/")).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(place.list("packs/01/")).hasSize(4);
      assertThat(place.list("packs")).hasSize(13);
      assertThat(place.list("none/")).isEmpty();
      place.sweep(Instant.now());
      assertThat(place.list("")).hasSize(13);
    }
  }

  @Test
  default void whatIsNotThereIsSaidToBeMissing() throws IOException {
    try (BackupPlace place = place()) {
      assertThatThrownBy(() -> all(place, "no", 0)).isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> place.delete("no")).isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> place.tryOverwrite("no", new byte[1]))
          .isInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  default void deletingAndOverwritingTellTheTruth() throws IOException {
    try (BackupPlace place = place()) {
      byte[] first = bytes(20);
      byte[] other = bytes(21);
      assertThat(put(place, "canary", first)).isTrue();
      boolean overwritten = place.tryOverwrite("canary", other);
      assertThat(all(place, "canary", 0)).isEqualTo(overwritten ? other : first);
      assertThat(place.delete("canary")).isEqualTo(letsGo());
      assertThat(place.list("canary")).hasSize(letsGo() ? 0 : 1);
      if (letsGo()) {
        assertThat(put(place, "canary", first)).isTrue();
      }
      assertThat(all(place, "canary", 0)).isEqualTo(first);
    }
  }

  @Test
  default void oddNamesAreRefused() throws IOException {
    try (BackupPlace place = place()) {
      for (String odd :
          List.of("", "/a", "a/", "../a", "a/../b", "a//b", ".a", "a b", "ä", "a\\b", "a\nb")) {
        assertThatThrownBy(() -> put(place, odd, new byte[1]))
            .as(odd)
            .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> place.read(odd, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> place.delete(odd)).isInstanceOf(IllegalArgumentException.class);
      }
    }
  }
}
