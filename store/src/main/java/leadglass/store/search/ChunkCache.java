package leadglass.store.search;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Chunks unsealed lately, a bounded number of them. Safe for use by several threads: each of a few
/// parts has a lock of its own.
final class ChunkCache {
  private static final int PARTS = 16;

  private final Part[] parts = new Part[PARTS];

  private record Key(long file, long index) {}

  private static final class Part {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, byte[]> chunks = new LinkedHashMap<>(16, 0.75f, true);
  }

  private final int perPart;

  /// @param bytesMax of plain chunks in all
  ChunkCache(long bytesMax) {
    this.perPart = (int) Math.max(4, bytesMax / SealedFile.PLAIN_BYTES / PARTS);
    for (int i = 0; i < PARTS; i++) {
      parts[i] = new Part();
    }
  }

  private Part part(long file, long index) {
    return parts[(int) Math.floorMod(file * 31 + index, (long) PARTS)];
  }

  byte @Nullable [] find(long file, long index) {
    Part part = part(file, index);
    part.lock.lock();
    try {
      return part.chunks.get(new Key(file, index));
    } finally {
      part.lock.unlock();
    }
  }

  void keep(long file, long index, byte[] chunk) {
    Part part = part(file, index);
    part.lock.lock();
    try {
      part.chunks.put(new Key(file, index), chunk);
      if (part.chunks.size() > perPart) {
        part.chunks.remove(part.chunks.keySet().iterator().next());
      }
    } finally {
      part.lock.unlock();
    }
  }

  void forget(long file) {
    for (Part part : parts) {
      part.lock.lock();
      try {
        part.chunks.keySet().removeIf(key -> key.file() == file);
      } finally {
        part.lock.unlock();
      }
    }
  }
}
