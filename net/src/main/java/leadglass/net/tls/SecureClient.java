package leadglass.net.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import leadglass.net.association.Transport;

/// The BCP 195 RFC 8996, 9325 TLS profile (PS3.15 §B.12), client side, as [SecureTransport] is the
/// server's. Whom we speak with is said by the certificate, not by a host name. Safe for any
/// thread.
public final class SecureClient implements Transport {
  private final SSLSocketFactory sockets;

  private SecureClient(SSLSocketFactory sockets) {
    this.sockets = sockets;
  }

  /// @param keys our certificates; empty to show none
  /// @param trust which servers we know
  /// @throws GeneralSecurityException if the platform has no TLS, or the keys are of no use to it
  public static SecureClient of(KeyManager[] keys, PeerTrust trust, InstantSource clock)
      throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    // A resumed session would be one that was checked when it was new.
    context.getClientSessionContext().setSessionCacheSize(1);
    context.init(keys, new TrustManager[] {new PeerTrustManager(trust, clock, true)}, null);
    return new SecureClient(context.getSocketFactory());
  }

  @Override
  public Link secure(Socket socket) throws IOException {
    SSLSocket secured = (SSLSocket) sockets.createSocket(socket, null, 0, true);
    try {
      secured.setSSLParameters(
          new SSLParameters(SecureTransport.CIPHER_SUITES, SecureTransport.PROTOCOLS));
      secured.setUseClientMode(true);
      secured.startHandshake();
      List<X509Certificate> chain = new ArrayList<>();
      for (var each : secured.getSession().getPeerCertificates()) {
        chain.add((X509Certificate) each);
      }
      return new Link(secured.getInputStream(), secured.getOutputStream(), chain, secured);
    } catch (IOException e) {
      secured.close();
      throw e;
    }
  }
}
