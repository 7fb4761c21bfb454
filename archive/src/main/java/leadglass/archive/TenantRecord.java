package leadglass.archive;

/// A further site of an archive, as it is kept in the registry of the first one.
///
/// @param id of the site's keys, 32 hex digits
/// @param host name that browsers reach it under
/// @param aeTitle that devices call it by
/// @param made milliseconds since 1970-01-01T00:00Z
record TenantRecord(String id, String name, String host, String aeTitle, long made) {}
