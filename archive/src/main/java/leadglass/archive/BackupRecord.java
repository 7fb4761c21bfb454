package leadglass.archive;

import java.util.List;

/// A backup as it is kept in the registry.
///
/// @param at when it was begun, milliseconds since 1970-01-01T00:00Z
/// @param place where it went
/// @param destroyable whether the copy could be overwritten or deleted from here
/// @param sameDevice whether what takes one of data, copy and keys takes another one too
record BackupRecord(
    String snapshot,
    long at,
    String place,
    long packs,
    long bytes,
    long instances,
    boolean destroyable,
    boolean sameDevice) {

  /// A copy of the key store as it is kept in the registry, for the certificates of erasures.
  ///
  /// @param place folder and file
  /// @param date when it was made, milliseconds since 1970-01-01T00:00Z
  /// @param digest SHA-256
  /// @param state `present`, `removed`, `ticked` or `expired`
  record KeyCopy(String place, long date, String digest, String state) {
    static final String KIND = "key-backup";
    static final String PRESENT = "present";
    static final String REMOVED = "removed";
  }

  /// A rehearsal as it is kept in the registry.
  ///
  /// @param at when it was begun, milliseconds since 1970-01-01T00:00Z
  /// @param good whether everything came back as it is here
  record Rehearsed(String snapshot, long at, String place, boolean good, List<String> lines) {
    Rehearsed {
      lines = List.copyOf(lines);
    }
  }
}
