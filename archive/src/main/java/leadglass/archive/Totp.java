package leadglass.archive;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// One-time codes from time (RFC 6238), as every authenticator understands them: HMAC-SHA-1, six
/// digits, 30 seconds.
final class Totp {
  static final int SECRET_BYTES = 20;
  static final int DIGITS = 6;
  private static final int CODES = 1_000_000;
  private static final long STEP_MILLIS = 30_000;

  /// A phone's clock may be off by this many steps.
  private static final int DRIFT_STEPS = 1;

  /// As far as a clock may be off and still be named as the cause: ten minutes.
  private static final int FARTHER_STEPS = 20;

  private static final Pattern SECRET_OF_URI = Pattern.compile("[?&]secret=([A-Z2-7]+)");

  private Totp() {}

  static byte[] secret(SecureRandom random) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return secret;
  }

  static long step(long millis) {
    return Math.floorDiv(millis, STEP_MILLIS);
  }

  static String code(byte[] secret, long step) {
    byte[] mac;
    try {
      Mac hmac = Mac.getInstance("HmacSHA1");
      hmac.init(new SecretKeySpec(secret, "HmacSHA1"));
      mac = hmac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
    int offset = mac[mac.length - 1] & 0xf; // RFC 4226 §5.3
    int number = ByteBuffer.wrap(mac).getInt(offset) & Integer.MAX_VALUE;
    return String.format(Locale.ROOT, "%06d", number % CODES);
  }

  /// The step that `code` belongs to, if it is one of now and none up to `lastStep`: each works
  /// once. Takes the same time whatever is wrong.
  static OptionalLong verify(byte[] secret, String code, long millis, long lastStep) {
    byte[] given = Encodings.utf8(code);
    OptionalLong found = OptionalLong.empty();
    for (long step = step(millis) - DRIFT_STEPS; step <= step(millis) + DRIFT_STEPS; step++) {
      boolean same = MessageDigest.isEqual(Encodings.utf8(code(secret, step)), given);
      if (same && step > lastStep) {
        found = OptionalLong.of(step);
      }
    }
    return found;
  }

  /// The step within ten minutes that `code` belongs to, if it is none of now and none up to
  /// `lastStep`: then a clock is off. The same time whatever is wrong.
  static OptionalLong farther(byte[] secret, String code, long millis, long lastStep) {
    byte[] given = Encodings.utf8(code);
    long now = step(millis);
    OptionalLong found = OptionalLong.empty();
    for (long step = now - FARTHER_STEPS; step <= now + FARTHER_STEPS; step++) {
      boolean same = MessageDigest.isEqual(Encodings.utf8(code(secret, step)), given);
      if (same && step > lastStep && Math.abs(step - now) > DRIFT_STEPS) {
        found = OptionalLong.of(step);
      }
    }
    return found;
  }

  /// How far ahead of ours the clock is that is at `step`; behind if negative.
  static long secondsAhead(long step, long millis) {
    return (step - step(millis)) * (STEP_MILLIS / 1000);
  }

  /// What an authenticator reads from a QR code.
  ///
  /// @param issuer the site's name; stands above the code on the phone
  static String uri(String issuer, String account, byte[] secret) {
    return "otpauth://totp/"
        + escaped(issuer)
        + ":"
        + escaped(account)
        + "?secret="
        + Encodings.encode(secret, Encodings.BASE32)
        + "&issuer="
        + escaped(issuer)
        + "&algorithm=SHA1&digits=6&period=30";
  }

  /// The secret of what [#uri] made.
  static byte[] secret(String uri) {
    Matcher secret = SECRET_OF_URI.matcher(uri);
    if (!secret.find()) {
      throw new IllegalArgumentException("no otpauth URI with a secret");
    }
    return Encodings.decode(secret.group(1), Encodings.BASE32);
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
