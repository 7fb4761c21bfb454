package leadglass.store.trail;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// Where the hashes of the tree lie (C2SP tlog-tiles): up to 256 of one level of every eight in a
/// file.
final class Tiles {
  static final int WIDTH = 256;

  /// Levels of tiles that a tree of any size has.
  static final int LEVELS = 8;

  private final Path folder;

  /// @param folder `trail`
  Tiles(Path folder) {
    this.folder = folder;
  }

  /// The file of a tile.
  ///
  /// @param width how many hashes are in it; 256 if it is full
  Path file(int level, long index, int width) {
    StringBuilder path = new StringBuilder(String.format("%03d", index % 1000));
    for (long left = index / 1000; left > 0; left /= 1000) {
      path.insert(0, String.format("x%03d/", left % 1000));
    }
    Path full = folder.resolve("tile").resolve(Integer.toString(level)).resolve(path.toString());
    return width == WIDTH
        ? full
        : full.resolveSibling(full.getFileName() + ".p").resolve(Integer.toString(width));
  }

  /// How many hashes a tile has in a tree of so many entries; 0 if it has no such tile.
  static int width(int level, long index, long size) {
    long hashes = level * 8 >= Long.SIZE ? 0 : size >> (8 * level);
    return Math.clamp(hashes - index * WIDTH, 0, WIDTH);
  }

  /// So many hashes of a tile, or more; empty if no file has them.
  Optional<byte[]> read(int level, long index, int width) throws IOException {
    int bytes = WIDTH * TreeHash.BYTES;
    Optional<byte[]> exact = Lasting.read(file(level, index, width), bytes);
    Optional<byte[]> found =
        exact.isPresent() ? exact : Lasting.read(file(level, index, WIDTH), bytes);
    if (found.isEmpty()) { // the tree went on, and what it was is part of what it is
      found = Lasting.read(file(level, index, Math.max(width, widest(level, index))), bytes);
    }
    return found.filter(each -> each.length >= width * TreeHash.BYTES);
  }

  /// How many hashes the widest file of a tile that is not full has; 0 if there is none.
  int widest(int level, long index) throws IOException {
    Path folder = file(level, index, 1).getParent();
    int widest = 0;
    if (folder != null && Files.isDirectory(folder)) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "[0-9]*")) {
        for (Path each : all) {
          String name = String.valueOf(each.getFileName());
          widest = name.matches("[0-9]{1,3}") ? Math.max(widest, Integer.parseInt(name)) : widest;
        }
      }
    }
    return widest;
  }

  /// The root of a complete subtree of 2^`level` entries, out of the tiles of a tree of some size.
  ///
  /// @throws IOException if the tile is not there
  byte[] subtree(TreeHash hash, int level, long index, long size) throws IOException {
    int tileLevel = level / 8;
    int count = 1 << level % 8;
    long first = index * count;
    long tile = first / WIDTH;
    byte[] hashes =
        read(tileLevel, tile, width(tileLevel, tile, size))
            .orElseThrow(() -> new IOException("a tile of the audit trail is missing"));
    int from = (int) (first % WIDTH);
    if (hashes.length < (from + count) * TreeHash.BYTES) {
      throw new IOException("a tile of the audit trail is too short");
    }
    return count == 1
        ? Arrays.copyOfRange(hashes, from * TreeHash.BYTES, (from + 1) * TreeHash.BYTES)
        : hash.subtree(hashes, from, count);
  }
}
