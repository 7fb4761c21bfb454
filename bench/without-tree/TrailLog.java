package leadglass.store.trail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import leadglass.store.StoreEvent;
import leadglass.store.pack.PackLog;
import leadglass.store.pack.PackLog.Position;

/// Stands before the class of this name while the bench asks what that one costs: hashes nothing,
/// signs nothing, writes no head and no tile, and says that there is no entry, so that nobody fills
/// an index. Entries are sealed and forced as ever. No part of the program: nothing ships it, and an
/// archive that it wrote fails `audit verify`.
public final class TrailLog {
  private final PackLog log;
  private final TrailKeys keys;

  private TrailLog(PackLog log, TrailKeys keys) {
    this.log = log;
    this.keys = keys;
  }

  public static TrailLog open(
      Path folder,
      PackLog log,
      TrailKeys keys,
      InstantSource clock,
      Consumer<? super StoreEvent> events) {
    return new TrailLog(log, keys);
  }

  public TrailKeys keys() {
    return keys;
  }

  public long size() {
    return 0;
  }

  public long behind() {
    return 0;
  }

  public List<Position> append(List<List<ByteBuffer>> frames) throws IOException {
    return log.appendBatch(frames);
  }

  public Optional<String> checkpoint(boolean lasting) {
    return Optional.empty();
  }

  public String note() {
    return "";
  }

  public List<byte[]> consistency(long old, long to) {
    throw new IllegalArgumentException("there is no tree");
  }

  public List<byte[]> inclusion(long number, long of) {
    throw new IllegalArgumentException("there is no tree");
  }
}
