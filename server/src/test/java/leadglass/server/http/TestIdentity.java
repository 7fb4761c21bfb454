package leadglass.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import leadglass.archive.Authority;

/// Certificates for tests, made by the JDK's own tool.
final class TestIdentity {
  private static final char[] PASSWORD = "only in tests".toCharArray();

  private TestIdentity() {}

  /// An ECDSA and an RSA certificate for localhost and a name.
  static Authority.Identity fresh() throws IOException {
    Path folder = Files.createTempDirectory("identity");
    Path file = folder.resolve("keys.p12");
    try {
      generate(file, "ecdsa", "EC", List.of("-groupname", "secp256r1"));
      generate(file, "rsa", "RSA", List.of("-keysize", "2048"));
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(file)) {
        keys.load(in, PASSWORD);
      }
      return new Authority.Identity(keys, PASSWORD, "", 0);
    } catch (GeneralSecurityException | InterruptedException e) {
      throw new IOException(e);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private static void generate(Path file, String alias, String algorithm, List<String> more)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                algorithm,
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1,dns:archive.test",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD)));
    command.addAll(more);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    if (process.waitFor() != 0) {
      throw new IOException("keytool failed");
    }
  }

  /// A context that trusts exactly these certificates.
  static SSLContext trusting(Authority.Identity identity) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      for (String alias : List.of("ecdsa", "rsa")) {
        trusted.setCertificateEntry(alias, certificate(identity, alias));
      }
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static X509Certificate certificate(Authority.Identity identity, String alias) {
    try {
      Certificate found = identity.keys().getCertificate(alias);
      return (X509Certificate) found;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
