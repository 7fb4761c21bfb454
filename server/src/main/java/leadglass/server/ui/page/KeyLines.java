package leadglass.server.ui.page;

import java.time.ZoneId;
import leadglass.archive.KeyCustody;
import leadglass.server.ui.page.StatusPage.Level;
import leadglass.server.ui.page.StatusPage.Line;

/// What the status page says of the master key.
final class KeyLines {
  private KeyLines() {}

  /// What a thief of the disk has.
  static Line disk(KeyCustody.State keys) {
    if (keys.beside()) {
      return new Line(
          Level.BAD,
          "Stolen disk: readable",
          "A thief of this PC reads everything: the master key lies on the disk that holds the"
              + " data.",
          "Lay it elsewhere: ./leadglass key rotate --to WHERE --data DIR");
    }
    return switch (keys.kind()) {
      case FILE ->
          new Line(
              Level.OK,
              "Stolen disk: noise",
              "A thief of the data disk reads nothing: the master key lies on another disk.",
              "");
      case PASSPHRASE ->
          new Line(
              Level.OK,
              "Stolen disk: noise",
              "A thief of the disk reads nothing without the passphrase: the master key is sealed"
                  + " under it.",
              "A passphrase that can be guessed protects nothing: 20 characters or more.");
      case TOKEN ->
          new Line(
              Level.OK,
              "Stolen disk: noise",
              "A thief of the disk reads nothing without the token and its PIN: the master key is"
                  + " sealed by a key that never leaves the token.",
              "Take the token out at night, or a thief of this PC has it too.");
      case SERVICE ->
          new Line(
              Level.OK,
              "Stolen disk: noise once its access key is revoked",
              "The master key is sealed by a key that never leaves the key service. A thief of the"
                  + " disk has the archive's access to that service until you revoke it.",
              "After a theft, revoke the access key at the service first.");
    };
  }

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
