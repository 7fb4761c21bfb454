package leadglass.server.ui.page;

import java.time.Duration;
import leadglass.archive.Safekeeping;
import leadglass.server.ui.page.StatusPage.Level;
import leadglass.server.ui.page.StatusPage.Line;

/// What the status page says of copies in other places.
final class Copies {
  private Copies() {}

  static Line backup(Safekeeping.Last copies) {
    if (copies.lastMillis().isEmpty()) {
      String state =
          copies.sameDeviceMillis().isPresent()
              ? "No backup yet: the only copy shares a device with data or keys. A thief or a dead"
                  + " disk takes both."
              : "No backup yet. A dead disk would take every image.";
      return new Line(
          Level.BAD,
          "Backup",
          state,
          "On this machine: leadglass backup TO --keys TO2, on two other devices.");
    }
    String age = "The last backup is " + age(copies, copies.lastMillis().get()) + " old.";
    if (copies.isOld()) {
      return new Line(Level.BAD, "Backup", age, "Make one now, then let it be made every night.");
    }
    return copies.destroyable()
        ? new Line(
            Level.WARN,
            "Backup",
            age + " Whoever takes this machine over can destroy that copy too.",
            "Keep a copy where this machine can add but not delete.")
        : new Line(Level.OK, "Backup", age, "");
  }

  static Line rehearsal(Safekeeping.Last copies) {
    if (copies.rehearsedMillis().isEmpty()) {
      return new Line(
          Level.WARN,
          "Restore rehearsed",
          "Never. Nobody knows yet whether the backup brings everything back.",
          "On this machine: leadglass backup rehearse FROM --keys TO2.");
    }
    String age = age(copies, copies.rehearsedMillis().get());
    if (!copies.rehearsedWell()) {
      return new Line(
          Level.BAD,
          "Restore rehearsed",
          "The last rehearsal, " + age + " ago, did not bring everything back.",
          "Make a backup to another place, and rehearse again.");
    }
    return copies.isRehearsalOld()
        ? new Line(
            Level.WARN, "Restore rehearsed", "The last time " + age + " ago.", "Rehearse again.")
        : new Line(Level.OK, "Restore rehearsed", "Everything came back, " + age + " ago.", "");
  }

  private static String age(Safekeeping.Last copies, long millis) {
    Duration age = Duration.ofMillis(Math.max(0, copies.nowMillis() - millis));
    if (age.toDays() >= 2) {
      return age.toDays() + " days";
    }
    return age.toHours() == 1 ? "1 hour" : age.toHours() + " hours";
  }
}
