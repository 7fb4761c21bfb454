package leadglass.survey.wire;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// TLS as a stranger speaks it: without a certificate of its own, and taking whichever the server
/// shows. Nothing secret is said over it, and the certificate is looked at, not trusted.
public final class Tls {

  /// What a handshake showed.
  ///
  /// @param protocol such as `TLSv1.3`
  /// @param suite the cipher suite's IANA name
  /// @param chain the server's certificates, its own first
  /// @param clientCertificateAsked whether it sent a CertificateRequest
  public record Seen(
      String protocol, String suite, List<X509Certificate> chain, boolean clientCertificateAsked) {
    public Seen {
      chain = List.copyOf(chain);
    }

    @Override
    public String toString() {
      return "Seen[" + protocol + ", " + suite + "]";
    }
  }

  record Secured(SSLSocket socket, Seen seen) {}

  private Tls() {}

  /// @param name for the server name indication; null where only an address is known
  /// @param endNanos when the line's time is over
  static Secured secure(Socket socket, @Nullable String name, long endNanos, Meter meter)
      throws IOException {
    Stranger stranger = new Stranger();
    try {
      Paced paced = new Paced(socket, endNanos, meter);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {stranger}, new TrustManager[] {new Onlooker()}, null);
      SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(paced, null, 0, true);
      SSLParameters parameters = secured.getSSLParameters();
      if (name != null) {
        parameters.setServerNames(List.of(new SNIHostName(name)));
      }
      secured.setSSLParameters(parameters);
      secured.setUseClientMode(true);
      secured.startHandshake();
      paced.handshakeIsOver();
      List<X509Certificate> chain = new ArrayList<>();
      for (Certificate each : secured.getSession().getPeerCertificates()) {
        if (each instanceof X509Certificate x509) {
          chain.add(x509);
        }
      }
      return new Secured(
          secured,
          new Seen(
              secured.getSession().getProtocol(),
              secured.getSession().getCipherSuite(),
              chain,
              stranger.asked.get()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    } catch (IOException e) {
      WireFault fault = Line.fault(e);
      // Before TLS 1.3 a server that misses a certificate just gives up.
      boolean demanded = stranger.asked.get() && fault.kind() != WireFault.Kind.SILENT;
      throw demanded ? new WireFault(WireFault.Kind.TLS_CLIENT_CERTIFICATE) : fault;
    }
  }

  /// Has no certificate, and notes that one was asked for.
  private static final class Stranger extends X509ExtendedKeyManager {
    private final AtomicBoolean asked = new AtomicBoolean();

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
      asked.set(true);
      return null;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
        String[] keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
      asked.set(true);
      return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseServerAlias(
        String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
      return null;
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
      return null;
    }
  }

  /// Looks at certificates instead of trusting them.
  private static final class Onlooker extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket) {}

    @Override
    public void checkClientTrusted(
        X509Certificate[] chain, String type, @Nullable SSLEngine engine) {}

    @Override
    public void checkServerTrusted(
        X509Certificate[] chain, String type, @Nullable SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
