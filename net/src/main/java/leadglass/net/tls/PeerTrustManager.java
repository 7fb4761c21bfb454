package leadglass.net.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Takes the certificates that [PeerTrust] knows, while they are valid, of the one side that the
/// peer may be. Messages tell nothing of a certificate.
final class PeerTrustManager extends X509ExtendedTrustManager {
  private static final int RSA_BITS_MIN = 2048; // RFC 9325 §4.5
  private static final int EC_BITS_MIN = 256;

  private final PeerTrust trust;
  private final InstantSource clock;
  private final boolean servers;

  /// @param servers whether peers are servers, and this side their client
  PeerTrustManager(PeerTrust trust, InstantSource clock, boolean servers) {
    this.trust = trust;
    this.clock = clock;
    this.servers = servers;
  }

  void check(X509Certificate[] chain) throws CertificateException {
    if (chain == null || chain.length == 0) {
      throw new CertificateException("no certificate");
    }
    Instant now = clock.instant();
    try {
      chain[0].checkValidity(Date.from(latest(chain[0], now)));
    } catch (CertificateExpiredException | CertificateNotYetValidException _) {
      throw new CertificateRefused(HandshakeFault.Rule.DATES, chain[0]);
    }
    boolean weak =
        switch (chain[0].getPublicKey()) {
          case RSAPublicKey rsa -> rsa.getModulus().bitLength() < RSA_BITS_MIN;
          case ECPublicKey ec -> ec.getParams().getOrder().bitLength() < EC_BITS_MIN;
          default -> false; // Ed25519 and Ed448 have one size
        };
    if (weak) {
      throw new CertificateRefused(HandshakeFault.Rule.WEAK, chain[0]);
    }
    if (!trust.accepts(List.of(chain))) {
      throw new CertificateRefused(HandshakeFault.Rule.NOT_KNOWN, chain[0]);
    }
  }

  /// The moment its dates are held against: one that ended lately counts as at its last.
  private Instant latest(X509Certificate certificate, Instant now) {
    Instant end = certificate.getNotAfter().toInstant();
    return now.isAfter(end) && !now.isAfter(end.plus(trust.endedMax())) ? end : now;
  }

  private void checkClient(X509Certificate[] chain) throws CertificateException {
    if (servers) {
      throw new CertificateException("this side is no server");
    }
    check(chain);
  }

  private void checkServer(X509Certificate[] chain) throws CertificateException {
    if (!servers) {
      throw new CertificateException("this side is no client");
    }
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    checkClient(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkClient(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkClient(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    checkServer(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkServer(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkServer(chain);
  }

  /// None: a list of names would tell a stranger who is expected.
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
