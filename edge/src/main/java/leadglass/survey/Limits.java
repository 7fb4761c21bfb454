package leadglass.survey;

import java.time.Duration;

/// How gently a host is asked, and how long anything may take.
///
/// @param connect for a connection to come about
/// @param read for the next bytes
/// @param exchange for one connection as a whole
/// @param counting for one connection that counts rows
/// @param pause between the beginnings of two connections to a host
/// @param connectionsMax to one host
/// @param bytesMax received from one host, but for counting
/// @param rowsMax counted by a query
/// @param resetsMax in succession, after which a host is left alone
public record Limits(
    Duration connect,
    Duration read,
    Duration exchange,
    Duration counting,
    Duration pause,
    int connectionsMax,
    long bytesMax,
    long rowsMax,
    int resetsMax) {

  public static final Limits USUAL =
      new Limits(
          Duration.ofSeconds(3),
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofMinutes(2),
          Duration.ofMillis(100),
          400,
          8 << 20,
          1_000_000,
          3);
}
