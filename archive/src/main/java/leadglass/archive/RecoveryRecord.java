package leadglass.archive;

import org.jspecify.annotations.Nullable;

/// A recovery that waits for somebody or for its time, as it is kept in the registry.
///
/// @param account its name
/// @param askedBy who sat at the console
/// @param loneSince from when on nobody was there to confirm it; null while there is somebody
/// @param confirmedBy an administrator; null until then
/// @param confirmed milliseconds since 1970-01-01T00:00Z, as all times
record RecoveryRecord(
    String account,
    String askedBy,
    long asked,
    @Nullable Long loneSince,
    @Nullable String confirmedBy,
    @Nullable Long confirmed) {
  static final String KIND = "recovery";

  RecoveryRecord lone(@Nullable Long since) {
    return new RecoveryRecord(account, askedBy, asked, since, confirmedBy, confirmed);
  }

  RecoveryRecord confirmed(String by, long at) {
    return new RecoveryRecord(account, askedBy, asked, loneSince, by, at);
  }

  @Override
  public String toString() {
    return "RecoveryRecord[]";
  }
}
