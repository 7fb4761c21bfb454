package leadglass.archive;

import java.util.List;

/// The site as it is kept in the registry. That it is there means that the archive is set up.
///
/// @param made milliseconds since 1970-01-01T00:00Z
/// @param founders accounts that came with it, until they have records of their own: site and first
///   accounts come into being with one write
record SiteRecord(String name, long made, List<AccountRecord> founders) {
  SiteRecord {
    founders = List.copyOf(founders);
  }

  @Override
  public String toString() {
    return "SiteRecord[]";
  }
}
