package leadglass.archive;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that a test turns by hand.
final class HandClock implements InstantSource {
  private volatile Instant now = Instant.parse("2026-03-02T09:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  /// To the machine's own time: the JDK's TLS knows no other.
  void setToNow() {
    now = InstantSource.system().instant();
  }

  void turn(Duration by) {
    now = now.plus(by);
  }
}
