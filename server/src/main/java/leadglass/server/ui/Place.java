package leadglass.server.ui;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;

/// Where and when the pages are served.
///
/// @param banner a line on every page; empty for none
/// @param fingerprint of the server's certificate, as the console prints it
/// @param clock the archive's; its zone says when a day begins
public record Place(String banner, String fingerprint, Clock clock) {

  LocalDate today() {
    return LocalDate.now(clock);
  }

  ZoneId zone() {
    return clock.getZone();
  }
}
