package leadglass.app.dicom;

import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import leadglass.net.tls.PeerTrust;

/// Whether a server is the one that was meant: by an authority's signature, for servers, and under
/// the name that was typed; or by one certificate. Confined to one connection.
public final class ServerTrust implements PeerTrust {
  private static final int DNS_NAME = 2; // RFC 5280 §4.2.1.6
  private static final int IP_ADDRESS = 7;

  private final List<X509Certificate> known;
  private final boolean authorities;
  private final String host;
  private volatile String objection = "";

  private ServerTrust(List<X509Certificate> known, boolean authorities, String host) {
    this.known = List.copyOf(known);
    this.authorities = authorities;
    this.host = host;
  }

  /// @param host as it was typed
  public static ServerTrust signedBy(List<X509Certificate> authorities, String host) {
    return new ServerTrust(authorities, true, host);
  }

  /// Exactly that one, whatever it is called.
  public static ServerTrust only(X509Certificate certificate) {
    return new ServerTrust(List.of(certificate), false, "");
  }

  @Override
  public boolean accepts(List<X509Certificate> chain) {
    if (!authorities) {
      boolean same = chain.getFirst().equals(known.getFirst());
      objection = same ? "" : "it shows another certificate than the one in the file";
      return same;
    }
    if (!isSigned(chain)) {
      objection = "its certificate is not signed by the authority in the file, or not for servers";
      return false;
    }
    List<String> names = names(chain.getFirst());
    boolean named = names.stream().anyMatch(this::isHost);
    objection = named ? "" : "its certificate is for " + String.join(", ", names);
    return named;
  }

  /// Why the last one was not accepted; empty if it was.
  public String objection() {
    return objection;
  }

  private boolean isSigned(List<X509Certificate> chain) {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (X509Certificate each : known) {
        trusted.setCertificateEntry(String.valueOf(trusted.size()), each);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      String algorithm = chain.getFirst().getPublicKey().getAlgorithm();
      String exchange = "ECDHE_" + (algorithm.equals("EC") ? "ECDSA" : "RSA");
      for (TrustManager each : factory.getTrustManagers()) {
        if (each instanceof X509TrustManager manager) {
          manager.checkServerTrusted(chain.toArray(X509Certificate[]::new), exchange);
          return true;
        }
      }
      return false;
    } catch (CertificateException _) {
      return false;
    } catch (GeneralSecurityException | java.io.IOException e) {
      throw new IllegalStateException("no trust manager", e);
    }
  }

  private static List<String> names(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      for (List<?> each : all == null ? List.<List<?>>of() : all) {
        int kind = (Integer) each.getFirst();
        if (kind == DNS_NAME || kind == IP_ADDRESS) {
          names.add(String.valueOf(each.getLast()));
        }
      }
    } catch (CertificateParsingException _) {
      return List.of("nobody");
    }
    return names.isEmpty() ? List.of("nobody") : names;
  }

  private boolean isHost(String name) {
    if (name.equalsIgnoreCase(host)) {
      return true;
    }
    try {
      return Arrays.equals(
          InetAddress.ofLiteral(name).getAddress(), InetAddress.ofLiteral(host).getAddress());
    } catch (IllegalArgumentException _) {
      return false; // one of them is no address
    }
  }
}
