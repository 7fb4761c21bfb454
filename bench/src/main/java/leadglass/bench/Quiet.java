package leadglass.bench;

import java.io.IOException;
import java.util.List;

/// Waits until servers have nothing left to do: a server whose turn is over would take it from the
/// other's, and what it does behind a measurement belongs to that.
final class Quiet {
  private static final double QUIET_SECONDS = 0.02;
  private static final long LOOK_MILLIS = 250;
  private static final int LOOKS_MAX = 80;

  /// The index of the trail is filled once nothing came for two of its looks, ten seconds apart.
  static final long INDEX_MILLIS = 22_000;

  private Quiet() {}

  /// @param millis to wait at least
  static void wait(List<Program> servers, long millis) throws IOException, InterruptedException {
    Thread.sleep(millis);
    for (int look = 0; look < LOOKS_MAX; look++) {
      double before = seconds(servers);
      Thread.sleep(LOOK_MILLIS);
      if (seconds(servers) - before <= QUIET_SECONDS) {
        return;
      }
    }
  }

  private static double seconds(List<Program> servers) throws IOException {
    double seconds = 0;
    for (Program each : servers) {
      seconds += Meter.cpu(each.pid()).seconds();
    }
    return seconds;
  }
}
