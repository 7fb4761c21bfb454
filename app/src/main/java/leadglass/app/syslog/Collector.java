package leadglass.app.syslog;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import leadglass.app.Failure;
import leadglass.app.config.AuditConfig;
import leadglass.app.outbound.OutboundDoor;
import leadglass.archive.Authority;
import org.jspecify.annotations.Nullable;

/// Where messages go, and how it proves that it is that.
///
/// @param tls whom to trust, and who we are
record Collector(String host, int port, SSLContext tls) {
  static final int SEND_BUFFER_BYTES = 256 << 10;

  private static final int PEM_BYTES_MAX = 256 << 10;
  private static final int HANDSHAKE_MILLIS = 10_000;

  /// @throws Failure if a file that the configuration names can't be used
  static Collector of(AuditConfig config) throws Failure {
    try {
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(own(config), trusted(config), null);
      return new Collector(config.host(), config.port(), tls);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no TLS", e);
    }
  }

  private static TrustManager @Nullable [] trusted(AuditConfig config)
      throws Failure, GeneralSecurityException {
    if (config.authority().isEmpty()) {
      return null;
    }
    Path file = config.authority().get();
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int number = 0;
      for (Certificate each :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem(file)))) {
        trusted.setCertificateEntry("authority-" + number++, each);
      }
      if (number == 0) {
        throw unusable("audit.syslog-ca-file", file);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      return trust.getTrustManagers();
    } catch (IOException | CertificateException _) {
      throw unusable("audit.syslog-ca-file", file);
    }
  }

  private static KeyManager @Nullable [] own(AuditConfig config)
      throws Failure, GeneralSecurityException {
    if (config.certificate().isEmpty() || config.key().isEmpty()) {
      return null;
    }
    Path file = config.certificate().get();
    try {
      byte[] secret = pem(config.key().get());
      try {
        Authority.Identity identity = Authority.given(pem(file), secret);
        KeyManagerFactory keys =
            KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(identity.keys(), identity.password());
        return keys.getKeyManagers();
      } finally {
        Arrays.fill(secret, (byte) 0);
      }
    } catch (IOException | IllegalArgumentException _) {
      throw unusable("audit.syslog-certificate-file and audit.syslog-key-file", file);
    }
  }

  private static byte[] pem(Path file) throws IOException {
    if (Files.size(file) > PEM_BYTES_MAX) {
      throw new IOException("too long");
    }
    return Files.readAllBytes(file);
  }

  private static Failure unusable(String key, Path file) {
    return new Failure(
        Failure.CONFIGURATION,
        file + " can't be read as PEM",
        "check " + key + "; docs/operating/audit-forwarding.md says what belongs there");
  }

  /// Connects to what the name leads to now, and makes sure that it is the collector.
  ///
  /// @param raw for whoever has to end it while something waits for it
  SSLSocket connect(Consumer<Socket> raw) throws IOException {
    Socket socket = new OutboundDoor(host).connect(host, port, SEND_BUFFER_BYTES);
    try {
      raw.accept(socket);
      socket.setSoTimeout(HANDSHAKE_MILLIS);
      SSLSocket over = (SSLSocket) tls.getSocketFactory().createSocket(socket, host, port, true);
      SSLParameters parameters = over.getSSLParameters();
      parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
      parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the certificate's names, RFC 6125
      over.setSSLParameters(parameters);
      over.startHandshake();
      return over;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /// As the configuration has it.
  String name() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
