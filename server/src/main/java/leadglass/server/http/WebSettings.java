package leadglass.server.http;

import java.time.Duration;
import java.util.List;

/// Where the web server listens, and its bounds.
///
/// @param listen IP address
/// @param port 0 for any free one
/// @param names host names and addresses it answers under, beside localhost, without ports
/// @param requestsMax requests of known callers served at a time; strangers have a quarter of it of
///   their own
/// @param connectionsMax open connections
/// @param perAddressMax open connections from one address
/// @param idle wait for the next byte, either way
/// @param firstRequest wait for the whole head of a connection's first request
/// @param slowGrace a body may stand still for this long before its rate counts
/// @param bytesPerSecondMin a body slower than this is given up, either way
/// @param permitWait a request waits this long for its turn
/// @param stopGrace running requests may go on for this long when the server stops
public record WebSettings(
    String listen,
    int port,
    List<String> names,
    int requestsMax,
    int connectionsMax,
    int perAddressMax,
    Duration idle,
    Duration firstRequest,
    Duration slowGrace,
    int bytesPerSecondMin,
    Duration permitWait,
    Duration stopGrace) {

  public WebSettings {
    names = List.copyOf(names);
  }

  /// With bounds that suit a clinic.
  public static WebSettings of(String listen, int port, List<String> names, int requestsMax) {
    return new WebSettings(
        listen,
        port,
        names,
        requestsMax,
        4096,
        256,
        Duration.ofSeconds(60),
        Duration.ofSeconds(20),
        Duration.ofSeconds(20),
        1024,
        Duration.ofSeconds(5),
        Duration.ofSeconds(30));
  }
}
