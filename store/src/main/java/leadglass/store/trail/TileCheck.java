package leadglass.store.trail;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Compares the tiles that are there with the tree that the packs make. Confined to one thread.
final class TileCheck {
  private static final int BYTES_MAX = Tiles.WIDTH * TreeHash.BYTES;

  private final Tiles tiles;
  private final Findings findings;
  private final TreeHash hash = new TreeHash();
  private final byte[][] open = new byte[Tiles.LEVELS][BYTES_MAX];
  private long size;
  private long missing;

  TileCheck(Tiles tiles, Findings findings) {
    this.tiles = tiles;
    this.findings = findings;
  }

  void add(byte[] leaf) throws IOException {
    byte[] last = leaf;
    for (int level = 0; level < Tiles.LEVELS; level++) {
      int at = (int) (size >> (8 * level)) & (Tiles.WIDTH - 1);
      System.arraycopy(last, 0, open[level], at * TreeHash.BYTES, TreeHash.BYTES);
      if (at < Tiles.WIDTH - 1) {
        break;
      }
      compare(level, size >> (8 * level) >> 8, Tiles.WIDTH);
      last = hash.subtree(open[level], 0, Tiles.WIDTH);
    }
    size++;
  }

  /// Compares what is there of the tiles that are not full.
  ///
  /// @param written so many entries the tiles should have
  /// @return full tiles that are not there
  long finish(long written) throws IOException {
    for (int level = 0; level < Tiles.LEVELS; level++) {
      int width = (int) (size >> (8 * level)) & (Tiles.WIDTH - 1);
      if (width > 0) {
        compare(level, size >> (8 * level) >> 8, width);
      }
    }
    return written >= Tiles.WIDTH ? missing : 0;
  }

  private void compare(int level, long index, int width) throws IOException {
    Path full = tiles.file(level, index, Tiles.WIDTH);
    if (Files.exists(full)) {
      if (width == Tiles.WIDTH) {
        compare(full, level, index, width, width);
      }
    } else if (width == Tiles.WIDTH) {
      missing++;
    }
    Path parts = tiles.file(level, index, 1).getParent();
    if (parts == null || !Files.isDirectory(parts)) {
      return;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(parts, "[0-9]*")) {
      for (Path each : all) {
        String name = String.valueOf(each.getFileName());
        if (name.matches("[0-9]{1,3}")) {
          int its = Integer.parseInt(name);
          compare(each, level, index, its, Math.min(its, width));
        }
      }
    }
  }

  private void compare(Path file, int level, long index, int has, int known) throws IOException {
    byte[] found = Lasting.read(file, BYTES_MAX).orElse(new byte[0]);
    int bytes = Math.min(known * TreeHash.BYTES, found.length);
    int differs = Arrays.mismatch(found, 0, bytes, open[level], 0, bytes);
    if (found.length != has * TreeHash.BYTES || differs >= 0) {
      long hashes = index * Tiles.WIDTH + Math.max(0, differs) / TreeHash.BYTES;
      findings.problem(
          "a tile of level " + level + " says something else than the packs",
          hashes << (8 * level));
    }
  }
}
