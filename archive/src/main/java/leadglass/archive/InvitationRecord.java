package leadglass.archive;

/// A code by which a device may be enrolled once, as it is kept in the registry.
///
/// @param aeTitle the device's
/// @param hash SHA-256 of the secret part of the code
/// @param device terms, in a record of a device that has no key yet
record InvitationRecord(String aeTitle, byte[] hash, long made, long ends, DeviceRecord device) {
  static final String KIND = "device-invitation";

  @Override
  public String toString() {
    return "InvitationRecord[]";
  }
}
