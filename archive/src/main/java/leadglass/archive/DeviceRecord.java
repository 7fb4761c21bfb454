package leadglass.archive;

/// A device as it is kept in the registry.
///
/// @param aeTitle without spaces around it
/// @param key SHA-256 of the SubjectPublicKeyInfo of its certificate
/// @param ends when the certificate issued with it ends, milliseconds since 1970-01-01T00:00Z
record DeviceRecord(String aeTitle, byte[] key, long made, long ends) {
  @Override
  public String toString() {
    return "DeviceRecord[]";
  }
}
