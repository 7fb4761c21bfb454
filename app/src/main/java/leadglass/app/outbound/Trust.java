package leadglass.app.outbound;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/// Whom a server that Leadglass calls has to be vouched for by.
public final class Trust {
  private static final int PEM_BYTES_MAX = 256 << 10;

  private Trust() {}

  /// @param authority PEM file; empty: whoever the Java platform trusts
  /// @throws IOException if there is no certificate in it
  public static SSLSocketFactory sockets(Optional<Path> authority)
      throws IOException, GeneralSecurityException {
    if (authority.isEmpty()) {
      return (SSLSocketFactory) SSLSocketFactory.getDefault();
    }
    if (Files.size(authority.get()) > PEM_BYTES_MAX) {
      throw new IOException("too long");
    }
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    int number = 0;
    for (Certificate each :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(authority.get())))) {
      trusted.setCertificateEntry("authority-" + number++, each);
    }
    if (number == 0) {
      throw new IOException("no certificate");
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context.getSocketFactory();
  }
}
