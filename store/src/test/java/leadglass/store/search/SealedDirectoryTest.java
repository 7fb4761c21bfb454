package leadglass.store.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import leadglass.store.seal.SecretBytes;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A Lucene directory whose files are sealed.
class SealedDirectoryTest {
  private static final SecretBytes KEY = new SecretBytes(new byte[32]);

  @TempDir Path folder;

  private SealedDirectory directory() throws IOException {
    return new SealedDirectory(folder, KEY, 1 << 20);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static void write(SealedDirectory directory, String name, byte[] bytes)
      throws IOException {
    try (IndexOutput out = directory.createOutput(name, IOContext.DEFAULT)) {
      out.writeBytes(bytes, 0, bytes.length);
    }
  }

  private static byte[] read(SealedDirectory directory, String name) throws IOException {
    try (IndexInput in = directory.openInput(name, IOContext.DEFAULT)) {
      byte[] bytes = new byte[(int) in.length()];
      in.readBytes(bytes, 0, bytes.length);
      return bytes;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16_383, 16_384, 16_385, 32_768, 100_000})
  void aFileOfAnyLengthComesBack(int length) throws IOException {
    try (SealedDirectory directory = directory()) {
      write(directory, "_0.cfs", bytes(length));

      assertThat(directory.fileLength("_0.cfs")).isEqualTo(length);
      assertThat(read(directory, "_0.cfs")).isEqualTo(bytes(length));
    }
  }

  @Test
  void clonesAndSlicesReadAnywhereByThemselves() throws IOException {
    byte[] all = bytes(100_000);
    try (SealedDirectory directory = directory()) {
      write(directory, "_0.cfs", all);
      try (IndexInput in = directory.openInput("_0.cfs", IOContext.DEFAULT)) {
        in.seek(50_000);
        IndexInput clone = in.clone();
        IndexInput slice = in.slice("part", 16_000, 1_000);
        clone.seek(99_999);
        slice.seek(500);

        assertThat(in.readByte()).isEqualTo(all[50_000]);
        assertThat(clone.readByte()).isEqualTo(all[99_999]);
        assertThat(slice.readByte()).isEqualTo(all[16_500]);
        assertThatThrownBy(clone::readByte).isInstanceOf(EOFException.class);
      }
    }
  }

  @Test
  void aRenamedCommitStillOpensButNoOtherNameDoes() throws IOException {
    try (SealedDirectory directory = directory()) {
      write(directory, "pending_segments_1", bytes(100));
      directory.rename("pending_segments_1", "segments_1");
      assertThat(read(directory, "segments_1")).isEqualTo(bytes(100));

      Files.copy(folder.resolve("segments_1"), folder.resolve("segments_2"));
      assertThatThrownBy(() -> read(directory, "segments_2"))
          .isInstanceOf(CorruptIndexException.class);
    }
  }

  @Test
  void aChangedSwappedOrMissingChunkIsNoticed() throws IOException {
    byte[] all = bytes(3 * SealedFile.PLAIN_BYTES);
    try (SealedDirectory directory = directory()) {
      write(directory, "_0.cfs", all);
      Path file = folder.resolve("_0.cfs");
      byte[] whole = Files.readAllBytes(file);
      byte[] changed = whole.clone();
      changed[20_000] ^= 1;
      byte[] swapped = whole.clone();
      int first = SealedFile.SALT_BYTES;
      int second = first + SealedFile.SEALED_BYTES;
      System.arraycopy(whole, first, swapped, second, SealedFile.SEALED_BYTES);
      System.arraycopy(whole, second, swapped, first, SealedFile.SEALED_BYTES);
      byte[] cut = java.util.Arrays.copyOf(whole, whole.length - SealedFile.SEALED_BYTES);
      for (byte[] bad : List.of(changed, swapped, cut)) {
        Files.write(file, bad);
        assertThatThrownBy(() -> read(directory, "_0.cfs"))
            .isInstanceOf(CorruptIndexException.class);
      }
    }
  }
}
