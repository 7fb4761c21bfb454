package leadglass.net.tls;

import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/// Why a TLS handshake came to nothing, for our side's eyes.
///
/// @param certificate the peer's, if it was that; whether the peer holds its key was not seen
public record HandshakeFault(Rule rule, Optional<X509Certificate> certificate) {

  /// Which rule it was.
  public enum Rule {
    /// What came is not TLS.
    NOT_TLS,
    /// No common version or cipher suite.
    NOTHING_IN_COMMON,
    /// The peer showed none.
    NO_CERTIFICATE,
    /// Ended, or not begun.
    DATES,
    WEAK,
    NOT_KNOWN,
    /// The peer did not take ours, or broke off for another reason of its own.
    PEER_REFUSED,
    OTHER
  }

  /// What a handshake's exception says. Beside our own it has nothing but words to go by; tests
  /// hold them against this Java.
  public static HandshakeFault of(SSLException thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (each instanceof CertificateRefused refused) {
        return refused.fault();
      }
    }
    return new HandshakeFault(rule(String.valueOf(thrown.getMessage())), Optional.empty());
  }

  private static Rule rule(String message) {
    String words = message.toLowerCase(Locale.ROOT);
    if (words.contains("received fatal alert")) {
      return words.contains("certificate") || words.contains("unknown_ca")
          ? Rule.PEER_REFUSED
          : Rule.OTHER;
    }
    if (words.contains("unrecognized ssl message") || words.contains("plaintext")) {
      return Rule.NOT_TLS;
    }
    if (words.contains("empty client certificate")) {
      return Rule.NO_CERTIFICATE;
    }
    return words.contains("protocol") || words.contains("in common")
        ? Rule.NOTHING_IN_COMMON
        : Rule.OTHER;
  }

  @Override
  public String toString() {
    return "HandshakeFault[" + rule + "]";
  }
}
