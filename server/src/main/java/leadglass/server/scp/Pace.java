package leadglass.server.scp;

import java.time.Duration;
import java.time.InstantSource;

/// How often the peer hears how far an operation is, and how long a sub-operation may take.
///
/// @param patience for the response to one C-STORE
/// @param every sub-operations at most, or `interval`, whichever comes first
record Pace(InstantSource clock, Duration patience, int every, Duration interval) {
  private static final int EVERY = 32;

  /// A pending response each second, or each 32 sub-operations.
  static Pace of(InstantSource clock, Duration patience) {
    return new Pace(clock, patience, EVERY, Duration.ofSeconds(1));
  }
}
