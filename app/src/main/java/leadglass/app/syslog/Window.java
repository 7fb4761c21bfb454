package leadglass.app.syslog;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// What was sent and may not have arrived. Syslog over TLS has no acknowledgement: what this
/// machine's system and the peer's hold when a connection breaks is lost, and nobody says how much
/// it was. So after a break it goes back by more than both can hold, and by a time in which the
/// collector should have written what it read.
///
/// One thread.
final class Window {

  /// More than a send buffer and the largest receive buffer of a usual system (6 MiB on Linux).
  static final long BYTES = 8L << 20;

  /// What a collector has read for so long is taken to be written.
  static final Duration TIME = Duration.ofMinutes(2);

  private static final long PART_BYTES = 64 << 10;
  private static final long PART_NANOS = 1_000_000_000;

  /// @param from number of its first message
  private record Part(long from, long bytes, long nanos) {}

  private final Deque<Part> parts = new ArrayDeque<>();
  private long bytes;
  private long next;

  /// @param from number of the first message that will be sent
  Window(long from) {
    this.next = from;
  }

  /// A message was handed to the connection.
  ///
  /// @param nanos when, of a clock that is never set back
  void sent(long number, int length, long nanos) {
    Part last = parts.peekLast();
    if (last != null && last.bytes() < PART_BYTES && nanos - last.nanos() < PART_NANOS) {
      parts.removeLast();
      // The later time: none of it is taken to have arrived too early.
      parts.addLast(new Part(last.from(), last.bytes() + length, nanos));
    } else {
      parts.addLast(new Part(number, length, nanos));
    }
    bytes += length;
    next = number + 1;
  }

  /// Number of the first message that may not have arrived.
  long safe(long nanos) {
    while (!parts.isEmpty()
        && bytes - parts.getFirst().bytes() >= BYTES
        && nanos - parts.getFirst().nanos() >= TIME.toNanos()) {
      bytes -= parts.removeFirst().bytes();
    }
    return parts.isEmpty() ? next : parts.getFirst().from();
  }

  /// Number of the next message to send.
  long next() {
    return next;
  }

  /// The connection broke: begins again with what may not have arrived.
  void back(long nanos) {
    next = safe(nanos);
    parts.clear();
    bytes = 0;
  }
}
