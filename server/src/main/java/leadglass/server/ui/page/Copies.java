package leadglass.server.ui.page;

import java.time.Duration;
import java.util.List;
import leadglass.archive.Concern;
import leadglass.archive.Safekeeping;
import leadglass.server.ui.page.StatusPage.Level;
import leadglass.server.ui.page.StatusPage.Line;

/// What the status page says of copies in other places.
final class Copies {
  private Copies() {}

  static Line backup(Safekeeping.Last copies) {
    List<Concern> concerns = copies.concerns();
    for (Concern none : List.of(Concern.NO_BACKUP, Concern.BACKUP_ON_SAME_DEVICE)) {
      if (concerns.contains(none)) {
        return new Line(
            Level.BAD,
            "No backup yet",
            none.words(),
            "On this machine: leadglass backup TO --keys TO2, on two other devices.");
      }
    }
    String age =
        "The last backup is " + copies.lastMillis().map(at -> age(copies, at)).orElse("") + " old.";
    if (concerns.contains(Concern.BACKUP_OLD)) {
      return new Line(Level.BAD, "Backup", age, "Make one now, then let it be made every night.");
    }
    return concerns.contains(Concern.BACKUP_DESTROYABLE)
        ? new Line(
            Level.WARN,
            "Backup",
            age + " " + Concern.BACKUP_DESTROYABLE.words(),
            "Keep a copy where this machine can add but not delete.")
        : new Line(Level.OK, "Backup", age, "");
  }

  static Line rehearsal(Safekeeping.Last copies) {
    List<Concern> concerns = copies.concerns();
    if (concerns.contains(Concern.NEVER_REHEARSED)) {
      return new Line(
          Level.WARN,
          "Restore rehearsed",
          "Never. " + Concern.NEVER_REHEARSED.words(),
          "On this machine: leadglass backup rehearse FROM --keys TO2.");
    }
    String age = copies.rehearsedMillis().map(at -> age(copies, at)).orElse("");
    if (concerns.contains(Concern.REHEARSAL_FAILED)) {
      return new Line(
          Level.BAD,
          "Restore rehearsed",
          "The last rehearsal, " + age + " ago, did not bring everything back.",
          "Make a backup to another place, and rehearse again.");
    }
    return concerns.contains(Concern.REHEARSAL_OLD)
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
