package leadglass.net.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/// Whether a peer's certificate is one we know. Called from the associations' threads.
@FunctionalInterface
public interface PeerTrust {

  /// @param chain as the peer sent it, its own certificate first; at least one. That it holds the
  ///   private key is proved apart; dates and key sizes are checked apart
  boolean accepts(List<X509Certificate> chain);

  /// How long after its end a certificate is still asked about; what that is worth is for whoever
  /// admits the peer to say.
  default Duration endedMax() {
    return Duration.ZERO;
  }
}
