package leadglass.net.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
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

  private static final int HEADER_BYTES = 5;
  private static final int HANDSHAKE = 22;
  private static final int PLAINTEXT_BYTES_MAX = 1 << 14;

  private final SSLSocketFactory sockets;
  private final PeerTrustManager trustManager;

  private SecureTransport(SSLSocketFactory sockets, PeerTrustManager trustManager) {
    this.sockets = sockets;
    this.trustManager = trustManager;
  }

  /// Versions of TLS that are spoken, ours first.
  public static List<String> protocols() {
    return List.of(PROTOCOLS);
  }

  /// Cipher suites that are spoken, ours first.
  public static List<String> cipherSuites() {
    return List.of(CIPHER_SUITES);
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
    InputStream hello = new ByteArrayInputStream(firstRecord(socket.getInputStream()));
    SSLSocket secured = (SSLSocket) sockets.createSocket(socket, hello, true);
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

  /// All of the first record (RFC 8446 §5.1), so that whoever trickles a ClientHello costs no
  /// handshake until it is whole. Of what is no such record as much as tells that; the handshake
  /// says what is wrong with it.
  private static byte[] firstRecord(InputStream in) throws IOException {
    byte[] header = in.readNBytes(HEADER_BYTES);
    if (header.length < HEADER_BYTES || header[0] != HANDSHAKE) {
      return header;
    }
    int length = ((header[3] & 0xFF) << 8) | (header[4] & 0xFF);
    if (length > PLAINTEXT_BYTES_MAX) {
      return header;
    }
    byte[] fragment = in.readNBytes(length);
    byte[] record = Arrays.copyOf(header, HEADER_BYTES + fragment.length);
    System.arraycopy(fragment, 0, record, HEADER_BYTES, fragment.length);
    return record;
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
