package leadglass.archive;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;

/// Random words of 256 bits that are handed out, and the hashes that are kept of them.
///
/// Safe for use by several threads.
final class Secrets {
  private static final int BYTES = 32;
  private static final int CHARS_MAX = 128;

  private final SecureRandom random;

  Secrets(SecureRandom random) {
    this.random = random;
  }

  String fresh() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// What a secret is looked up by: a map of hashes tells nothing by how long it takes.
  static ByteBuffer hash(String secret) {
    String bounded = secret.length() > CHARS_MAX ? "" : secret;
    return ByteBuffer.wrap(Encodings.sha256(Encodings.utf8(bounded)));
  }
}
