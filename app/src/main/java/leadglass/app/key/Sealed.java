package leadglass.app.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// A master key sealed under another 32 bytes: nonce, ciphertext, tag (AES-256-GCM), bound to the
/// words of its place.
final class Sealed {
  static final String LINE = "sealed";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private Sealed() {}

  static byte[] about(String place) {
    return ("leadglass master key, " + place).getBytes(StandardCharsets.UTF_8);
  }

  static String seal(byte[] sealing, String place, byte[] key) {
    byte[] nonce = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(nonce);
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(sealing, "AES"),
          new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(about(place));
      return HexFormat.of().formatHex(nonce) + HexFormat.of().formatHex(cipher.doFinal(key));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is part of every Java", e);
    }
  }

  /// Empty if it was sealed under something else, or changed.
  static Optional<byte[]> open(byte[] sealing, String place, Laid laid) throws IOException {
    byte[] sealed = bytes(laid, LINE);
    if (sealed.length < NONCE_BYTES) {
      throw Laid.damaged();
    }
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(sealing, "AES"),
          new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE_BYTES));
      cipher.updateAAD(about(place));
      return Optional.of(cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
    } catch (AEADBadTagException _) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is part of every Java", e);
    }
  }

  static byte[] bytes(Laid laid, String line) throws IOException {
    try {
      return HexFormat.of().parseHex(laid.line(line).orElseThrow(Laid::damaged));
    } catch (IllegalArgumentException _) {
      throw Laid.damaged();
    }
  }
}
