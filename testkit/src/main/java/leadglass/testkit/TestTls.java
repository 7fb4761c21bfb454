package leadglass.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// TLS contexts and key managers from test certificates or PEM files.
public final class TestTls {
  private static final char[] PASSWORD = "test".toCharArray();

  private TestTls() {}

  /// A client that trusts `authorities` and shows `own`, if it has one.
  public static SSLContext client(@Nullable TestCertificate own, TestCertificate... authorities) {
    try {
      List<Certificate> trusted = new ArrayList<>();
      for (TestCertificate each : authorities) {
        trusted.add(each.certificate());
      }
      KeyManager[] keys = own == null ? new KeyManager[0] : keyManagers(own);
      return context(keys, trusted);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A client from the files that `leadglass device add` writes.
  ///
  /// @param key PKCS#8
  /// @param certificate the client's own first, then those above it
  /// @param authorities whom it trusts
  public static SSLContext client(Path key, Path certificate, Path authorities) throws IOException {
    try {
      Certificate[] chain = certificates(certificate).toArray(Certificate[]::new);
      KeyManager[] keys = keyManagers(List.of(privateKey(key)), List.<Certificate[]>of(chain));
      return context(keys, certificates(authorities));
    } catch (GeneralSecurityException e) {
      throw new IOException("not usable for TLS", e);
    }
  }

  /// A client that shows nothing.
  ///
  /// @param authorities a PEM file of whom it trusts
  public static SSLContext trusting(Path authorities) throws IOException {
    try {
      return context(new KeyManager[0], certificates(authorities));
    } catch (GeneralSecurityException e) {
      throw new IOException("not usable for TLS", e);
    }
  }

  /// [#client(Path, Path, Path)], as if it were another time, at which certificates hold or don't.
  public static SSLContext client(Path key, Path certificate, Path authorities, Instant at)
      throws IOException {
    try {
      Certificate[] chain = certificates(certificate).toArray(Certificate[]::new);
      KeyManager[] keys = keyManagers(List.of(privateKey(key)), List.<Certificate[]>of(chain));
      return context(keys, certificates(authorities), at);
    } catch (GeneralSecurityException e) {
      throw new IOException("not usable for TLS", e);
    }
  }

  /// [#trusting(Path)], as if it were another time.
  public static SSLContext trusting(Path authorities, Instant at) throws IOException {
    try {
      return context(new KeyManager[0], certificates(authorities), at);
    } catch (GeneralSecurityException e) {
      throw new IOException("not usable for TLS", e);
    }
  }

  /// A client that believes whatever server it meets, and shows what a device was given.
  ///
  /// @param key PKCS#8; null: it shows nothing
  /// @param certificate the client's own first, then those above it
  public static SSLContext believing(@Nullable Path key, @Nullable Path certificate)
      throws IOException {
    try {
      KeyManager[] keys =
          key == null || certificate == null
              ? new KeyManager[0]
              : keyManagers(
                  List.of(privateKey(key)),
                  List.<Certificate[]>of(certificates(certificate).toArray(Certificate[]::new)));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, new TrustManager[] {new Believing()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("not usable for TLS", e);
    }
  }

  /// Checks nothing, not even a name.
  private static final class Believing extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  /// For a server or a client that shows one of these, as the peer can take it.
  public static KeyManager[] keyManagers(TestCertificate... owned) {
    List<PrivateKey> keys = new ArrayList<>();
    List<Certificate[]> chains = new ArrayList<>();
    for (TestCertificate each : owned) {
      keys.add(each.key());
      chains.add(each.chain());
    }
    try {
      return keyManagers(keys, chains);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyManager[] keyManagers(List<PrivateKey> keys, List<Certificate[]> chains)
      throws GeneralSecurityException {
    KeyStore store = empty();
    for (int i = 0; i < keys.size(); i++) {
      store.setKeyEntry("key" + i, keys.get(i), PASSWORD, chains.get(i));
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, PASSWORD);
    return factory.getKeyManagers();
  }

  private static SSLContext context(KeyManager[] keys, List<? extends Certificate> trusted)
      throws GeneralSecurityException {
    KeyStore store = empty();
    for (int i = 0; i < trusted.size(); i++) {
      store.setCertificateEntry("trusted" + i, trusted.get(i));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, factory.getTrustManagers(), null);
    return context;
  }

  private static SSLContext context(
      KeyManager[] keys, List<? extends Certificate> trusted, Instant at)
      throws GeneralSecurityException {
    Set<TrustAnchor> anchors = new HashSet<>();
    for (Certificate each : trusted) {
      anchors.add(new TrustAnchor((X509Certificate) each, null));
    }
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(at));
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(new CertPathTrustManagerParameters(parameters));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, factory.getTrustManagers(), null);
    return context;
  }

  private static KeyStore empty() throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new IllegalStateException(e); // nothing is read
    }
    return store;
  }

  private static List<Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    return List.copyOf(
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file))));
  }

  private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
    Matcher pem =
        Pattern.compile("-----BEGIN PRIVATE KEY-----(.*?)-----END", Pattern.DOTALL)
            .matcher(Files.readString(file));
    if (!pem.find()) {
      throw new IOException("no PKCS#8 key in " + file);
    }
    PKCS8EncodedKeySpec spec =
        new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
    for (String algorithm : List.of("EC", "RSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (java.security.spec.InvalidKeySpecException _) {
        // The next one, then.
      }
    }
    return KeyFactory.getInstance("EdDSA").generatePrivate(spec);
  }
}
