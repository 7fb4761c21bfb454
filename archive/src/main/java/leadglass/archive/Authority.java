package leadglass.archive;

import java.io.IOException;
import java.security.KeyStore;
import java.util.List;

/// The archive's own certificate authority: a root, an intermediate, and what it issues. Keys are
/// kept sealed in the registry.
///
/// Safe for use by several threads.
public final class Authority {
  Authority() {}

  /// Certificates of this server for `names` (and localhost, 127.0.0.1, ::1), one ECDSA and one
  /// RSA, with their chains; made anew when the names change or 30 days before they end, else the
  /// same as last time.
  public Identity server(List<String> names) throws IOException {
    throw new UnsupportedOperationException(names.toString());
  }

  /// Root and intermediate, PEM.
  public String caPem() {
    throw new UnsupportedOperationException();
  }

  /// @param keys in memory, entries `ecdsa` and `rsa`
  /// @param password of the entries
  /// @param fingerprint SHA-256 of the ECDSA certificate, upper-case hex pairs parted by colons
  /// @param endsMillis when the first of them ends
  public record Identity(KeyStore keys, char[] password, String fingerprint, long endsMillis) {
    @Override
    public String toString() {
      return "Identity[]";
    }
  }
}
