package leadglass.store.trail;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import leadglass.store.pack.PackLog;
import leadglass.store.pack.PackLog.Placed;
import leadglass.store.pack.PackLog.Start;

/// Reads entries one after the other.
public final class Reading {

  /// The beginning of the trail.
  public static final TrailIndex.Begin START = new TrailIndex.Begin(new Start(0, "", 0), 0, 0);

  private Reading() {}

  /// Takes entries as they lie.
  @FunctionalInterface
  public interface Visitor {
    /// @return false to stop
    boolean visit(long number, Placed entry) throws IOException;
  }

  /// @throws IOException where an entry is missing: a trail with a hole must not look whole
  public static void from(PackLog log, TrailIndex.Begin begin, Visitor visitor) throws IOException {
    log.replay(
        begin.start(),
        TrailIndex.WANTED,
        new Numbered(begin.start(), begin.number(), begin.packFirst()) {
          @Override
          boolean entries(long number, long place, List<Placed> entries, Optional<Head> head)
              throws IOException {
            long at = number;
            for (Placed each : entries) {
              if (!visitor.visit(at++, each)) {
                return false;
              }
            }
            return true;
          }
        });
  }

  /// Number of the first entry of a batch that was written at a time or later.
  public static OptionalLong since(PackLog log, TrailIndex.Begin begin, long millis)
      throws IOException {
    long[] found = {-1};
    log.replay(
        begin.start(),
        TrailIndex.WANTED,
        new Numbered(begin.start(), begin.number(), begin.packFirst()) {
          @Override
          boolean entries(long number, long place, List<Placed> entries, Optional<Head> head) {
            boolean since = head.isPresent() && head.get().millis() >= millis;
            found[0] = since ? number : -1;
            return !since;
          }
        });
    return found[0] < 0 ? OptionalLong.empty() : OptionalLong.of(found[0]);
  }
}
