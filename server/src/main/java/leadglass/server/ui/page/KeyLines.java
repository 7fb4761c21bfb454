package leadglass.server.ui.page;

import java.time.ZoneId;
import leadglass.archive.KeyCustody;
import leadglass.server.ui.page.StatusPage.Level;
import leadglass.server.ui.page.StatusPage.Line;

/// What the status page says of the master key.
final class KeyLines {
  private KeyLines() {}

  static Line place(KeyCustody.State keys, ZoneId zone) {
    String since =
        keys.history().isEmpty()
            ? ""
            : ", since " + Moment.day(keys.history().getLast().sinceMillis(), zone);
    return new Line(
        keys.beside() ? Level.WARN : Level.OK,
        "Place of the master key",
        Shown.text(keys.place()) + since + ".",
        keys.beside() ? "Lay it elsewhere: ./leadglass key rotate --to WHERE --data DIR" : "");
  }

  static Line sheets(KeyCustody.State keys, ZoneId zone) {
    if (keys.sheetsMadeMillis().isEmpty()) {
      return new Line(
          Level.WARN,
          "Recovery sheets",
          "No three sheets of the present master key were made, of which two open the archive.",
          "At the console: ./leadglass key escrow --data DIR");
    }
    String made = "Made " + Moment.day(keys.sheetsMadeMillis().get(), zone) + ". ";
    return keys.rehearsedMillis()
        .map(at ->
            new Line(
                Level.OK,
                "Recovery sheets",
                made + "Two of them last tried " + Moment.day(at, zone) + ".",
                ""))
        .orElse(
            new Line(
                Level.WARN,
                "Recovery sheets",
                made + "Nobody has tried yet whether two of them open the archive.",
                "At the console: ./leadglass key rehearse --data DIR"));
  }
}
