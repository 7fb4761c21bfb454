package leadglass.archive;

/// A password as it is kept: Argon2id (RFC 9106) and what it was made with.
///
/// @param memoryKib memory in KiB
/// @param passes over that memory
record PasswordHash(byte[] salt, byte[] hash, int memoryKib, int passes) {
  @Override
  public String toString() {
    return "PasswordHash[]";
  }
}
