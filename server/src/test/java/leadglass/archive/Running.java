package leadglass.archive;

import java.io.IOException;
import java.time.Duration;

/// Lets an archive run for a while in no time: what it does by itself once a minute is nobody's to
/// call, so this stands in its package.
public final class Running {
  private Running() {}

  /// The master key's place of an archive that is not moved to another.
  public static KeyHome keyHome() {
    return KeyHome.fixed();
  }

  public static void on(Archive archive, Duration elapsed) throws IOException {
    archive.aftercare().sweep(elapsed);
  }
}
