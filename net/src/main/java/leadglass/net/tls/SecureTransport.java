package leadglass.net.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import leadglass.net.association.Transport;

/// The BCP 195 RFC 8996, 9325 TLS profile (PS3.15 §B.12), server side: TLS 1.3 preferred, 1.2
/// allowed, nothing else; forward secrecy and AES-GCM or ChaCha20-Poly1305 only; a client
/// certificate demanded; no renegotiation. Safe for any thread.
public final class SecureTransport implements Transport {
  static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  /// Ours first. Those of TLS 1.2 are RFC 9325 §4.2's.
  static final String[] CIPHER_SUITES = {
    "TLS_AES_256_GCM_SHA384",
    "TLS_AES_128_GCM_SHA256",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
  };

  private final SSLSocketFactory sockets;
  private final PeerTrustManager trustManager;

  private SecureTransport(SSLSocketFactory sockets, PeerTrustManager trustManager) {
    this.sockets = sockets;
    this.trustManager = trustManager;
  }

  /// @param keys our certificates, an ECDSA and an RSA one: some clients can only do the latter
  /// @param trust which clients we know
  /// @throws GeneralSecurityException if the platform has no TLS, or the keys are of no use to it
  public static SecureTransport of(KeyManager[] keys, PeerTrust trust, InstantSource clock)
      throws GeneralSecurityException {
    PeerTrustManager trustManager = new PeerTrustManager(trust, clock, false);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, new TrustManager[] {trustManager}, null);
    return new SecureTransport(context.getSocketFactory(), trustManager);
  }

  @Override
  public Link secure(Socket socket) throws IOException {
    SSLSocket secured = (SSLSocket) sockets.createSocket(socket, null, true);
    try {
      SSLParameters parameters = new SSLParameters(CIPHER_SUITES, PROTOCOLS);
      parameters.setNeedClientAuth(true);
      parameters.setUseCipherSuitesOrder(true);
      secured.setSSLParameters(parameters);
      secured.setUseClientMode(false);
      secured.startHandshake();
      // A TLS 1.2 client that asks to renegotiate finds no version to agree on.
      secured.setEnabledProtocols(new String[] {"TLSv1.3"});
      List<X509Certificate> chain = chain(secured);
      return new Link(secured.getInputStream(), secured.getOutputStream(), chain, secured);
    } catch (IOException e) {
      secured.close();
      throw e;
    }
  }

  /// Checked again, because a resumed session was checked when it was new.
  private List<X509Certificate> chain(SSLSocket secured) throws IOException {
    List<X509Certificate> chain = new ArrayList<>();
    for (var each : secured.getSession().getPeerCertificates()) {
      chain.add((X509Certificate) each);
    }
    try {
      trustManager.check(chain.toArray(X509Certificate[]::new));
    } catch (CertificateException e) {
      throw new SSLHandshakeException("client certificate not accepted any more", e);
    }
    return chain;
  }
}
