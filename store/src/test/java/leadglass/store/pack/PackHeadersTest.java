package leadglass.store.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which of the packs of one number counts.
class PackHeadersTest {
  private static final PackHeader FIRST = new PackHeader("11".repeat(16), 7, false);
  private static final PackHeader FINISHED = FIRST.anew("22".repeat(16));
  private static final PackHeader UNFINISHED = FIRST.anew("33".repeat(16));

  @TempDir Path folder;

  private static void write(Disk disk, PackHeader header, boolean closed) throws IOException {
    try (Disk.Tail tail = disk.create(header.name())) {
      tail.append(header.encode());
      tail.append(ByteBuffer.wrap(new byte[100]));
      if (closed) {
        ByteBuffer close = ByteBuffer.allocate(Frame.HEADER_BYTES);
        new Frame(Frame.Kind.CLOSE, 0, new byte[16]).put(close);
        tail.append(close.flip());
      }
      tail.force();
    }
  }

  @Test
  void oneThatWasFinishedCountsBeforeOneThatWasNotThoughTheOldOneIsGone() throws IOException {
    try (Disk disk = new FileDisk(folder)) {
      write(disk, FINISHED, true);
      write(disk, UNFINISHED, false);

      PackHeaders found = PackHeaders.read(disk);

      assertThat(found.whole()).containsOnlyKeys(FINISHED.name());
      assertThat(found.replaced()).containsEntry(UNFINISHED.name(), FINISHED.name());
    }
  }

  @Test
  void oneThatWasNotFinishedIsRemovedWhileTheOldOneIsThere() throws IOException {
    try (Disk disk = new FileDisk(folder)) {
      write(disk, FIRST, true);
      write(disk, UNFINISHED, false);

      assertThat(PackHeaders.read(disk).whole()).containsOnlyKeys(FIRST.name());
      assertThat(disk.packs()).containsExactly(FIRST.name());
    }
  }

  @Test
  void oneWhoseLastFrameWasLostCountsWhenThereIsNoOther() throws IOException {
    try (Disk disk = new FileDisk(folder)) {
      write(disk, UNFINISHED, false);

      assertThat(PackHeaders.read(disk).whole()).containsOnlyKeys(UNFINISHED.name());
    }
  }
}
