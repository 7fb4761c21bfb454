package leadglass.archive;

import org.jspecify.annotations.Nullable;

/// A certificate of this archive that counts no more before its time, as it is kept in the registry
/// until it would have ended.
///
/// @param serial hexadecimal
/// @param issuer tells the intermediate that signed it, hexadecimal
/// @param key SHA-256 of its SubjectPublicKeyInfo; null if that was not kept
/// @param at from when on
/// @param ends when it would have ended
/// @param superseded whether another followed it; else the device was revoked or removed
record RevocationRecord(
    String serial, String issuer, byte @Nullable [] key, long at, long ends, boolean superseded) {
  static final String KIND = "revocation";

  @Override
  public String toString() {
    return "RevocationRecord[]";
  }
}
