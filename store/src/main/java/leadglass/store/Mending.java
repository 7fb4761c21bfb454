package leadglass.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import leadglass.store.pack.Disk;
import leadglass.store.pack.Pace;

/// Puts a whole copy in the place of a damaged pack. The copy is verified to its last byte beside
/// it, with the keys of this archive, before it gets the name.
final class Mending {
  private static final int PIECE_BYTES = 1 << 20;

  private final Disk disk;
  private final SecureRandom random;

  /// Verifies a pack as a disk shows it.
  interface Proof {
    boolean holds(Disk shown) throws IOException;
  }

  Mending(Disk disk, SecureRandom random) {
    this.disk = disk;
    this.random = random;
  }

  /// @return whether the copy was whole and took the place
  boolean mend(String pack, Path copy, Pace pace, Proof proof) throws IOException {
    byte[] id = new byte[16];
    random.nextBytes(id);
    String beside = HexFormat.of().formatHex(id);
    boolean placed = false;
    try (Disk.Tail tail = disk.create(beside);
        InputStream in = Files.newInputStream(copy)) {
      boolean more = true;
      for (byte[] piece = in.readNBytes(PIECE_BYTES); more && piece.length > 0; ) {
        tail.append(ByteBuffer.wrap(piece));
        more = pace.spent(piece.length);
        piece = in.readNBytes(PIECE_BYTES);
      }
      tail.force();
      if (more && proof.holds(new Shown(disk, pack, beside))) {
        disk.rename(beside, pack);
        placed = true;
      }
    } finally {
      if (!placed) {
        disk.remove(beside);
      }
    }
    return placed;
  }

  /// A disk on which one pack is another. For reading only.
  private record Shown(Disk disk, String pack, String beside) implements Disk {
    private String name(String asked) {
      return asked.equals(pack) ? beside : asked;
    }

    @Override
    public List<String> packs() throws IOException {
      return disk.packs();
    }

    @Override
    public int read(String asked, long offset, ByteBuffer into) throws IOException {
      return disk.read(name(asked), offset, into);
    }

    @Override
    public long size(String asked) throws IOException {
      return disk.size(name(asked));
    }

    @Override
    public Tail create(String asked) throws IOException {
      throw readOnly();
    }

    @Override
    public void force(String asked) throws IOException {
      throw readOnly();
    }

    @Override
    public void remove(String asked) throws IOException {
      throw readOnly();
    }

    @Override
    public void rename(String from, String to) throws IOException {
      throw readOnly();
    }

    private static IOException readOnly() {
      return new IOException("a disk for reading only");
    }

    @Override
    public void close() {}
  }
}
