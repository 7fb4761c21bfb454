package leadglass.server.http;

import java.security.SecureRandom;
import java.util.Base64;

/// Random texts.
final class Secrets {
  private static final String LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

  private final SecureRandom random = new SecureRandom();

  /// 128 bits that nobody guesses.
  String nonce() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  /// Eight letters to read out on the telephone.
  String reference() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.insert(4, '-').toString();
  }
}
