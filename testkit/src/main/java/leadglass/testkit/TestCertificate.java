package leadglass.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A fresh key with an X.509 certificate for `localhost` and 127.0.0.1, self-signed or issued by
/// another, put together byte by byte (RFC 5280 §4.1): tests need odd ones that no tool makes.
///
/// @param issuer null if it is its own
public record TestCertificate(
    X509Certificate certificate, PrivateKey key, @Nullable TestCertificate issuer) {

  /// What the key is.
  public enum Kind {
    RSA("RSA", 2048, "SHA256withRSA", "300d06092a864886f70d01010b0500"),
    RSA_1024("RSA", 1024, "SHA256withRSA", "300d06092a864886f70d01010b0500"),
    EC("EC", 256, "SHA256withECDSA", "300a06082a8648ce3d040302");

    private final String algorithm;
    private final int bits;
    private final String signature;
    private final String identifier; // the signature's AlgorithmIdentifier, in hexadecimal

    Kind(String algorithm, int bits, String signature, String identifier) {
      this.algorithm = algorithm;
      this.bits = bits;
      this.signature = signature;
      this.identifier = identifier;
    }

    private byte[] identifierBytes() {
      return HexFormat.of().parseHex(identifier);
    }

    private static Kind of(PrivateKey key) {
      return key.getAlgorithm().equals("EC") ? EC : RSA;
    }
  }

  /// Valid from an hour ago to tomorrow, and able to issue others.
  public static TestCertificate selfSigned(String name, Kind kind) {
    Instant now = Instant.now();
    return make(name, kind, null, now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)));
  }

  /// One that `issuer` signed, valid from an hour ago to tomorrow.
  public static TestCertificate issued(String name, Kind kind, TestCertificate issuer) {
    Instant now = Instant.now();
    return make(name, kind, issuer, now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)));
  }

  public static TestCertificate make(
      String name, Kind kind, @Nullable TestCertificate issuer, Instant from, Instant to) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.algorithm);
      generator.initialize(kind.bits);
      KeyPair pair = generator.generateKeyPair();
      PrivateKey signer = issuer == null ? pair.getPrivate() : issuer.key;
      Kind signerKind = Kind.of(signer);
      byte[] subject = commonName(name);
      byte[] issuerName =
          issuer == null ? subject : issuer.certificate.getSubjectX500Principal().getEncoded();
      byte[] signed =
          der(
              0x30,
              der(0xA0, integer(BigInteger.TWO)),
              integer(new BigInteger(100, new SecureRandom()).setBit(90)),
              signerKind.identifierBytes(),
              issuerName,
              der(0x30, time(from), time(to)),
              subject,
              pair.getPublic().getEncoded(),
              der(0xA3, der(0x30, basicConstraints(issuer == null), alternativeNames())));
      Signature signature = Signature.getInstance(signerKind.signature);
      signature.initSign(signer);
      signature.update(signed);
      byte[] whole =
          der(
              0x30,
              signed,
              signerKind.identifierBytes(),
              der(0x03, new byte[] {0}, signature.sign()));
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new java.io.ByteArrayInputStream(whole));
      return new TestCertificate(certificate, pair.getPrivate(), issuer);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] basicConstraints(boolean authority) {
    byte[] value = authority ? der(0x30, der(0x01, new byte[] {-1})) : der(0x30);
    return der(
        0x30, HexFormat.of().parseHex("0603551d13"), der(0x01, new byte[] {-1}), der(0x04, value));
  }

  private static byte[] alternativeNames() {
    byte[] names =
        der(
            0x30,
            der(0x82, "localhost".getBytes(StandardCharsets.US_ASCII)),
            der(0x87, new byte[] {127, 0, 0, 1}));
    return der(0x30, HexFormat.of().parseHex("0603551d11"), der(0x04, names));
  }

  private static byte[] commonName(String name) {
    byte[] text = der(0x0C, name.getBytes(StandardCharsets.UTF_8));
    return der(0x30, der(0x31, der(0x30, HexFormat.of().parseHex("0603550403"), text)));
  }

  private static byte[] time(Instant at) {
    String text =
        DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC).format(at);
    boolean utc = text.compareTo("2050") < 0; // RFC 5280 §4.1.2.5
    return der(utc ? 0x17 : 0x18, text.substring(utc ? 2 : 0).getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] integer(BigInteger value) {
    return der(0x02, value.toByteArray());
  }

  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(tag);
    int length = content.size();
    if (length >= 0x100) {
      whole.write(0x82);
      whole.write(length >>> 8);
    } else if (length >= 0x80) {
      whole.write(0x81);
    }
    whole.write(length);
    whole.writeBytes(content.toByteArray());
    return whole.toByteArray();
  }

  /// It and those above it, its own first.
  public X509Certificate[] chain() {
    java.util.List<X509Certificate> chain = new java.util.ArrayList<>();
    for (TestCertificate each = this; each != null; each = each.issuer) {
      chain.add(each.certificate);
    }
    return chain.toArray(X509Certificate[]::new);
  }

  /// Writes the key (PKCS#8) and the certificate as PEM files.
  public void write(Path keyFile, Path certificateFile) {
    try {
      Files.writeString(keyFile, pem("PRIVATE KEY", key.getEncoded()));
      Files.writeString(certificateFile, pem("CERTIFICATE", certificate.getEncoded()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String what, byte[] bytes) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
  }
}
