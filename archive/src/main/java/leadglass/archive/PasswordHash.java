package leadglass.archive;

/// A password as it is kept: Argon2id (RFC 9106) and what it was made with.
///
/// @param hash empty where there is no password
/// @param memoryKib memory in KiB
/// @param passes over that memory
record PasswordHash(byte[] salt, byte[] hash, int memoryKib, int passes) {

  /// Whether there is no password: then none is right, in the time it takes to see that one isn't.
  boolean absent() {
    return hash.length == 0;
  }

  @Override
  public String toString() {
    return "PasswordHash[]";
  }
}
