package leadglass.archive;

import java.security.cert.X509Certificate;
import java.util.List;

/// The authority of the pages as it is kept in the registry: certificates in DER, the
/// intermediate's key in PKCS #8. There is no key of the root.
///
/// @param names it may sign for
record WebAuthorityRecord(
    List<String> names, byte[] rootCertificate, byte[] certificate, byte[] key) {
  WebAuthorityRecord {
    names = List.copyOf(names);
  }

  static WebAuthorityRecord of(List<String> names, X509Certificate root, Issuer intermediate) {
    return new WebAuthorityRecord(
        names, Pem.der(root), Pem.der(intermediate.certificate()), intermediate.key().getEncoded());
  }

  Issuer intermediate() {
    return new Issuer(KeyPairs.certificate(certificate), KeyPairs.key("EC", key));
  }

  @Override
  public String toString() {
    return "WebAuthorityRecord[]";
  }
}
