package leadglass.store.pack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// A pack of one data set's own. Confined to one thread.
public final class SidePack implements AutoCloseable {
  private final PackLog log;
  private final String name;
  private final Disk.Tail tail;
  private final Staging pieces = new Staging();
  private long size = PackHeader.BYTES;

  SidePack(PackLog log, String name, Disk.Tail tail) {
    this.log = log;
    this.name = name;
    this.tail = tail;
  }

  String name() {
    return name;
  }

  public PackLog.Position append(List<ByteBuffer> frames) throws IOException {
    log.check();
    PackLog.Position at = new PackLog.Position(name, size);
    size += PackLog.length(frames);
    try {
      pieces.write(frames, tail);
    } catch (IOException e) {
      throw log.failed(e);
    }
    return at;
  }

  public void force() throws IOException {
    log.check();
    try {
      tail.force();
    } catch (IOException e) {
      throw log.failed(e);
    }
  }

  /// Nothing is appended any more.
  @Override
  public void close() throws IOException {
    tail.close();
    log.ended(this);
  }

  /// Removes the pack: nothing refers to it.
  public void discard() throws IOException {
    close();
    log.packs().remove(name);
  }
}
