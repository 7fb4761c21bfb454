package leadglass.store.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A pack that takes another one's place can be read by whoever is told of either, at any moment.
class PackSetTest {
  private static final PackHeader OLD = new PackHeader("11".repeat(16), 7, false);
  private static final PackHeader FRESH = OLD.anew("22".repeat(16));

  @TempDir Path folder;

  private static void write(Disk disk, PackHeader header) throws IOException {
    try (Disk.Tail tail = disk.create(header.name())) {
      tail.append(header.encode());
      tail.append(ByteBuffer.wrap(new byte[100]));
    }
  }

  private static boolean canBeHeld(PackSet packs, PackHeader pack) throws IOException {
    try (PackSet.Hold hold = packs.hold()) {
      return hold.add(pack.name());
    }
  }

  @Test
  void theNewOneCanBeHeldBeforeItCountsAndTheOldOneStaysUntilItIsRemoved() throws IOException {
    try (Disk disk = new FileDisk(folder)) {
      write(disk, OLD);
      PackSet packs = PackSet.read(disk);
      write(disk, FRESH);
      assertThat(canBeHeld(packs, FRESH)).isFalse();

      packs.announce(FRESH.name());
      assertThat(canBeHeld(packs, FRESH)).isTrue();
      assertThat(packs.names()).containsExactly(OLD.name());

      packs.replace(FRESH, List.of());
      assertThat(canBeHeld(packs, FRESH)).isTrue();
      assertThat(packs.names()).containsExactly(FRESH.name());
      assertThat(disk.packs()).contains(OLD.name());

      packs.remove(OLD.name());
      assertThat(disk.packs()).containsExactly(FRESH.name());
    }
  }

  @Test
  void oneThatWasGivenUpIsGoneOnceNobodyHoldsIt() throws IOException {
    try (Disk disk = new FileDisk(folder)) {
      write(disk, OLD);
      PackSet packs = PackSet.read(disk);
      write(disk, FRESH);
      packs.announce(FRESH.name());
      try (PackSet.Hold hold = packs.hold()) {
        assertThat(hold.add(FRESH.name())).isTrue();
        packs.remove(FRESH.name());
        assertThat(disk.packs()).contains(FRESH.name());
      }
      assertThat(disk.packs()).containsExactly(OLD.name());
      assertThat(canBeHeld(packs, FRESH)).isFalse();
    }
  }
}
