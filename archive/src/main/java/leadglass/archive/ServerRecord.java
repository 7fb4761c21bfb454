package leadglass.archive;

import java.util.List;

/// The server's certificates as they are kept in the registry.
///
/// @param names host names and addresses they are for
/// @param issuer certificate that signed both
/// @param ends when the first of them ends, milliseconds since 1970-01-01T00:00Z
record ServerRecord(
    List<String> names,
    byte[] issuer,
    byte[] ecdsa,
    byte[] ecdsaKey,
    byte[] rsa,
    byte[] rsaKey,
    long ends) {
  ServerRecord {
    names = List.copyOf(names);
  }

  @Override
  public String toString() {
    return "ServerRecord[]";
  }
}
