package leadglass.server.ui;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.function.Supplier;

/// Where and when the pages are served.
///
/// @param banner a line on every page; empty for none
/// @param fingerprint gives that of the server's certificate, as the console prints it
/// @param clock the archive's; its zone says when a day begins
/// @param outside host, and port, that links for people outside are opened at; empty: where they
///   were made
public record Place(String banner, Supplier<String> fingerprint, Clock clock, String outside) {

  public Place(String banner, String fingerprint, Clock clock) {
    this(banner, () -> fingerprint, clock, "");
  }

  /// Of a site that people outside have no door to.
  public Place inside() {
    return new Place(banner, fingerprint, clock, "");
  }

  LocalDate today() {
    return LocalDate.now(clock);
  }

  ZoneId zone() {
    return clock.getZone();
  }
}
