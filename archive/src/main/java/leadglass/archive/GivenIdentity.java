package leadglass.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Reads a certificate that another authority made, and its key.
final class GivenIdentity {
  private static final int CHAIN_MAX = 10;

  private GivenIdentity() {}

  static Authority.Identity of(byte[] certificates, byte[] key) {
    List<X509Certificate> chain = chain(certificates);
    X509Certificate own = chain.getFirst();
    String algorithm = own.getPublicKey().getAlgorithm();
    PrivateKey secret = key(key, algorithm);
    if (!belong(own, secret)) {
      throw new IllegalArgumentException("the key is not that of the first certificate");
    }
    char[] password = new Secrets(new SecureRandom()).fresh().toCharArray();
    try {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, null);
      keys.setKeyEntry(
          Authority.Identity.kind(algorithm), secret, password, chain.toArray(Certificate[]::new));
      String fingerprint =
          HexFormat.ofDelimiter(":").withUpperCase().formatHex(Encodings.sha256(own.getEncoded()));
      return new Authority.Identity(
          keys, password, fingerprint, own.getNotAfter().toInstant().toEpochMilli());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("no key store in memory", e);
    }
  }

  private static List<X509Certificate> chain(byte[] pem) {
    List<X509Certificate> chain = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Certificate each : factory.generateCertificates(new ByteArrayInputStream(pem))) {
        chain.add((X509Certificate) each);
      }
    } catch (CertificateException _) {
      chain.clear(); // without its message, which may quote the file
    }
    if (chain.isEmpty() || chain.size() > CHAIN_MAX) {
      throw new IllegalArgumentException("no certificates (X.509, PEM)");
    }
    return chain;
  }

  private static PrivateKey key(byte[] pem, String algorithm) {
    try {
      byte[] der = Der.read(pem, "PRIVATE KEY").orElseThrow(GivenIdentity::noKey);
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (GeneralSecurityException _) {
      throw noKey();
    }
  }

  private static IllegalArgumentException noKey() {
    return new IllegalArgumentException("no private key of that certificate (PKCS #8, PEM)");
  }

  private static boolean belong(X509Certificate certificate, PrivateKey key) {
    String signing = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
    byte[] probe = {1, 2, 3};
    try {
      Signature made = Signature.getInstance(signing);
      made.initSign(key);
      made.update(probe);
      Signature verified = Signature.getInstance(signing);
      verified.initVerify(certificate.getPublicKey());
      verified.update(probe);
      return verified.verify(made.sign());
    } catch (GeneralSecurityException _) {
      return false;
    }
  }
}
