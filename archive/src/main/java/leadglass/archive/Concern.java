package leadglass.archive;

import java.util.Locale;

/// What an administrator has to see to before a thief, a fire or a dead disk comes. The worst
/// first.
public enum Concern {
  NO_BACKUP("There is no backup yet. A dead disk would take every image."),
  BACKUP_ON_SAME_DEVICE(
      "The only backup shares a device with data or keys. A thief or a dead disk takes both."),
  BACKUP_OLD("The last backup is older than " + Safekeeping.BACKUP_DAYS_MAX + " days."),
  REHEARSAL_FAILED("The last rehearsal did not bring everything back."),
  BACKUP_DESTROYABLE("Whoever takes this machine over can destroy the last backup too."),
  NEVER_REHEARSED("Nobody has tried yet whether a backup brings everything back."),
  REHEARSAL_OLD(
      "The last rehearsal of a backup is older than " + Safekeeping.REHEARSAL_DAYS_MAX + " days."),
  STOLEN_DISK_READABLE(
      "Stolen disk: readable. The master key lies on the disk that holds the data.");

  private final String words;

  Concern(String words) {
    this.words = words;
  }

  /// For people: a sentence or two.
  public String words() {
    return words;
  }

  /// For programs, such as `no-backup`.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
