package leadglass.survey.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// What is to be said of a certificate without saying anything that stands in it.
public final class Papers {
  private static final Duration SOON = Duration.ofDays(30);
  private static final int RSA_BITS_MIN = 2048;
  private static final int EC_BITS_MIN = 224;
  private static final int DNS_NAME = 2;

  /// A certificate's time.
  public enum Time {
    EXPIRED,
    NOT_YET,
    ENDS_SOON,
    VALID
  }

  private Papers() {}

  public static Time time(X509Certificate certificate, Instant now) {
    if (!certificate.getNotAfter().toInstant().isAfter(now)) {
      return Time.EXPIRED;
    }
    if (certificate.getNotBefore().toInstant().isAfter(now)) {
      return Time.NOT_YET;
    }
    // One that never lives long is renewed as a matter of course.
    Duration life =
        Duration.between(
            certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant());
    boolean soon = certificate.getNotAfter().toInstant().isBefore(now.plus(SOON));
    return soon && life.compareTo(SOON.multipliedBy(2)) > 0 ? Time.ENDS_SOON : Time.VALID;
  }

  /// A key or a signature that RFC 9325 §4.5 no longer lets pass.
  public static boolean weak(X509Certificate certificate) {
    String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
    if (signature.startsWith("SHA1") || signature.startsWith("MD")) {
      return true;
    }
    return switch (certificate.getPublicKey()) {
      case RSAPublicKey rsa -> rsa.getModulus().bitLength() < RSA_BITS_MIN;
      case ECPublicKey ec -> ec.getParams().getOrder().bitLength() < EC_BITS_MIN;
      default -> false;
    };
  }

  /// Whether it is for a host of that name (RFC 9525 §6.3).
  public static boolean names(X509Certificate certificate, String host) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names != null
          && names.stream()
              .filter(each -> each.getFirst() instanceof Integer kind && kind == DNS_NAME)
              .anyMatch(each -> matches(String.valueOf(each.get(1)), host));
    } catch (CertificateParsingException _) {
      return false;
    }
  }

  private static boolean matches(String pattern, String host) {
    if (pattern.equalsIgnoreCase(host)) {
      return true;
    }
    int dot = host.indexOf('.');
    return pattern.startsWith("*.")
        && dot > 0
        && pattern.substring(1).equalsIgnoreCase(host.substring(dot));
  }
}
