package leadglass.archive;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Reads what [Pem] writes, by the JDK's own means.
final class PemText {
  private PemText() {}

  static List<X509Certificate> certificates(String pem) throws GeneralSecurityException {
    List<X509Certificate> certificates = new ArrayList<>();
    byte[] text = pem.getBytes(StandardCharsets.US_ASCII);
    for (var certificate :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(text))) {
      certificates.add((X509Certificate) certificate);
    }
    return certificates;
  }

  static PrivateKey key(String pem) {
    String base64 = pem.replaceAll("-----[A-Z ]+-----", "");
    return KeyPairs.key("EC", Base64.getMimeDecoder().decode(base64));
  }
}
