package leadglass.net.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/// A peer's certificate was not taken. The message tells nothing of it.
final class CertificateRefused extends CertificateException {
  private static final long serialVersionUID = 1L;

  private final transient HandshakeFault.Rule rule;
  private final X509Certificate certificate;

  CertificateRefused(HandshakeFault.Rule rule, X509Certificate certificate) {
    super("certificate not accepted");
    this.rule = rule;
    this.certificate = certificate;
  }

  HandshakeFault fault() {
    return new HandshakeFault(rule, java.util.Optional.of(certificate));
  }
}
