package leadglass.server.ui;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;

/// Where and when the pages are served.
///
/// @param banner a line on every page; empty for none
/// @param fingerprint of the server's certificate, as the console prints it
/// @param zone whose days "today" and "last sign-in" are told in
public record Place(String banner, String fingerprint, InstantSource clock, ZoneId zone) {

  LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), zone);
  }
}
