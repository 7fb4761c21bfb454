package leadglass.archive;

import org.jspecify.annotations.Nullable;

/// That a study holds something that came over a lane, as it is kept in the registry under the name
/// of the study's key.
///
/// @param lane AE title of the device that sent the first such instance
/// @param at when the first such instance came, milliseconds since 1970-01-01T00:00Z
/// @param confirmedBy who says that it is what it says; null: nobody yet
record UnverifiedRecord(String lane, long at, @Nullable String confirmedBy, long confirmedAt) {
  static final String KIND = "unverified";

  UnverifiedRecord confirmed(String by, long now) {
    return new UnverifiedRecord(lane, at, by, now);
  }

  boolean isOpen() {
    return confirmedBy == null;
  }
}
