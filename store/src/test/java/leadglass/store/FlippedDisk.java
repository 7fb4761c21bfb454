package leadglass.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import leadglass.store.pack.Disk;

/// Packs in memory, of which one bit at a time is not what was written. Confined to one thread but
/// for reading.
final class FlippedDisk implements Disk {
  private final Map<String, byte[]> packs;

  private FlippedDisk(Map<String, byte[]> packs) {
    this.packs = packs;
  }

  /// All that another disk holds.
  static FlippedDisk of(Disk disk) throws IOException {
    Map<String, byte[]> packs = new TreeMap<>();
    for (String pack : disk.packs()) {
      ByteBuffer bytes = ByteBuffer.allocate((int) disk.size(pack));
      disk.read(pack, 0, bytes);
      packs.put(pack, bytes.array());
    }
    return new FlippedDisk(packs);
  }

  FlippedDisk copy() {
    Map<String, byte[]> copies = new HashMap<>();
    packs.forEach((name, bytes) -> copies.put(name, bytes.clone()));
    return new FlippedDisk(copies);
  }

  /// Without the frame that says that a pack was closed in peace.
  FlippedDisk withoutEnds() {
    FlippedDisk cut = copy();
    cut.packs.replaceAll(
        (_, all) -> all[all.length - 36] == 7 ? Arrays.copyOf(all, all.length - 40) : all);
    return cut;
  }

  /// Changes a bit, or changes it back.
  void flip(String pack, long bit) {
    content(pack)[(int) (bit / 8)] ^= (byte) (1 << bit % 8);
  }

  byte[] content(String pack) {
    byte[] bytes = packs.get(pack);
    if (bytes == null) {
      throw new IllegalArgumentException("no such pack");
    }
    return bytes;
  }

  @Override
  public List<String> packs() {
    return new ArrayList<>(packs.keySet());
  }

  @Override
  public Tail create(String pack) {
    packs.put(pack, new byte[0]);
    return new Tail() {
      @Override
      public void append(ByteBuffer bytes) {
        byte[] old = content(pack);
        byte[] more = Arrays.copyOf(old, old.length + bytes.remaining());
        bytes.get(more, old.length, bytes.remaining());
        packs.put(pack, more);
      }

      @Override
      public void force() {}

      @Override
      public void close() {}
    };
  }

  @Override
  public int read(String pack, long offset, ByteBuffer into) {
    byte[] bytes = content(pack);
    int from = (int) Math.min(offset, bytes.length);
    int length = Math.min(into.remaining(), bytes.length - from);
    into.put(bytes, from, length);
    return length;
  }

  @Override
  public long size(String pack) {
    return content(pack).length;
  }

  @Override
  public void force(String pack) {}

  @Override
  public void remove(String pack) {
    packs.remove(pack);
  }

  @Override
  public void rename(String from, String to) {
    packs.put(to, content(from));
    packs.remove(from);
  }

  @Override
  public void close() {}
}
