package leadglass.store.trail;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The tiles that are not full yet, and who writes them all. Confined to one thread.
final class OpenTiles {
  private final Tiles tiles;
  private final Lasting files;
  private final TreeHash hash = new TreeHash();
  private final byte[][] open = new byte[Tiles.LEVELS][Tiles.WIDTH * TreeHash.BYTES];
  private long size;
  private long written;
  private Set<Path> partial = new HashSet<>();
  private Set<Path> lasting = new HashSet<>();

  OpenTiles(Tiles tiles, Lasting files) {
    this.tiles = tiles;
    this.files = files;
  }

  long size() {
    return size;
  }

  private static int width(int level, long size) {
    return (int) (size >> (8 * level)) & (Tiles.WIDTH - 1);
  }

  /// Takes what lies there of a tree of some size.
  ///
  /// @return the tree, or empty if a tile is missing
  Optional<Frontier> load(long of) throws IOException {
    List<byte[]> subtrees = new ArrayList<>();
    for (int level = Tiles.LEVELS - 1; level >= 0; level--) {
      int width = width(level, of);
      if (width > 0) {
        long index = of >> (8 * level) >> 8;
        Optional<byte[]> found = tiles.read(level, index, width);
        if (found.isEmpty()) {
          return Optional.empty();
        }
        int bytes = width * TreeHash.BYTES;
        System.arraycopy(found.get(), 0, open[level], 0, bytes);
        subtrees(open[level], width, subtrees);
        partial.add(tiles.file(level, index, width));
      }
    }
    size = of;
    written = of;
    lasting = Set.copyOf(partial);
    return Optional.of(new Frontier(of, subtrees));
  }

  /// Roots of the largest complete subtrees over some hashes of one level.
  private void subtrees(byte[] hashes, int width, List<byte[]> into) {
    int from = 0;
    for (int count = Tiles.WIDTH / 2; count > 0; count /= 2) {
      if ((width & count) != 0) {
        into.add(hash.subtree(hashes, from, count));
        from += count;
      }
    }
  }

  /// Takes entries; writes the tiles that are full now.
  ///
  /// @param leaves one hash behind the other
  void add(byte[] leaves, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      byte[] last = Arrays.copyOfRange(leaves, i * TreeHash.BYTES, (i + 1) * TreeHash.BYTES);
      for (int level = 0; level < Tiles.LEVELS; level++) {
        int at = width(level, size);
        System.arraycopy(last, 0, open[level], at * TreeHash.BYTES, TreeHash.BYTES);
        if (at < Tiles.WIDTH - 1) {
          break;
        }
        files.put(tiles.file(level, size >> (8 * level) >> 8, Tiles.WIDTH), open[level]);
        last = hash.subtree(open[level], 0, Tiles.WIDTH);
      }
      size++;
    }
  }

  /// Writes those that are not full.
  void write() throws IOException {
    Set<Path> now = new HashSet<>();
    for (int level = 0; level < Tiles.LEVELS; level++) {
      int width = width(level, size);
      Path file = tiles.file(level, size >> (8 * level) >> 8, Math.max(1, width));
      if (width > 0) {
        if (written >> (8 * level) != size >> (8 * level)) {
          files.put(file, Arrays.copyOf(open[level], width * TreeHash.BYTES));
        }
        now.add(file);
      }
    }
    written = size;
    remove(partial, now, lasting);
    partial = now;
  }

  /// Makes all that was written last.
  void settle() throws IOException {
    files.settle();
  }

  /// Whoever starts anew begins here: what was kept for that before is not needed any more.
  void settled() throws IOException {
    remove(lasting, partial, partial);
    lasting = partial;
  }

  private static void remove(Set<Path> old, Set<Path> but, Set<Path> andBut) throws IOException {
    for (Path each : old) {
      if (!but.contains(each) && !andBut.contains(each)) {
        remove(each);
      }
    }
  }

  /// What is left of a tile that has more by now.
  private static void remove(Path file) throws IOException {
    Files.deleteIfExists(file);
    Path folder = file.getParent();
    if (folder != null && Files.exists(folder)) {
      try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
        if (!left.iterator().hasNext()) {
          Files.delete(folder);
        }
      }
    }
  }
}
