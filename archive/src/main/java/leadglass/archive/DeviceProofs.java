package leadglass.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Makes or reads what a device is going to prove itself by.
final class DeviceProofs {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final String USED =
      "That key or certificate belongs, or belonged, to a device here. Make a new one.";

  private final DeviceBook book;
  private final Revocations revocations;
  private final Authority authority;
  private final InstantSource clock;
  private final SecureRandom random;

  DeviceProofs(
      DeviceBook book,
      Revocations revocations,
      Authority authority,
      InstantSource clock,
      SecureRandom random) {
    this.book = book;
    this.revocations = revocations;
    this.authority = authority;
    this.clock = clock;
    this.random = random;
  }

  sealed interface Outcome {
    /// @param key PEM; empty if it was not made here
    /// @param certificate PEM, and the one that signed it; empty if it is of another authority
    record Ready(DeviceRecord.Proof proof, String key, String certificate) implements Outcome {
      @Override
      public String toString() {
        return "Ready[]";
      }
    }

    record Refused(String rule) implements Outcome {}
  }

  Outcome of(DeviceKey wanted) throws IOException {
    return switch (wanted) {
      case DeviceKey.Made _ -> {
        KeyPair pair = KeyPairs.p256(random);
        yield issued(pair.getPublic(), Pem.key(pair.getPrivate()));
      }
      case DeviceKey.Request(byte[] request) ->
          switch (SigningRequest.read(request)) {
            case SigningRequest.Read.Key(PublicKey key) -> unused(key);
            case SigningRequest.Read.Wrong(String rule) -> new Outcome.Refused(rule);
          };
      case DeviceKey.Foreign(byte[] certificate) -> foreign(certificate);
      case DeviceKey.Fingerprint(String sha256) -> fingerprint(sha256);
    };
  }

  private Outcome unused(PublicKey key) throws IOException {
    byte[] pinned = Encodings.sha256(key.getEncoded());
    return isUsed(new DeviceRecord.Proof(pinned, 0, null, null))
        ? new Outcome.Refused(USED)
        : issued(key, "");
  }

  private boolean isUsed(DeviceRecord.Proof proof) {
    return book.uses(proof) || revocations.hasKey(proof.key());
  }

  private Outcome issued(PublicKey key, String pem) throws IOException {
    Authority.Issued issued = authority.device(key);
    DeviceRecord.Proof proof =
        new DeviceRecord.Proof(
            DeviceBook.pinned(issued.certificate()),
            issued.certificate().getNotAfter().toInstant().toEpochMilli(),
            null,
            issued.named());
    return new Outcome.Ready(proof, pem, Pem.certificates(issued.certificate(), issued.issuer()));
  }

  private Outcome foreign(byte[] text) {
    Optional<X509Certificate> certificate = Der.read(text, "CERTIFICATE").flatMap(this::parsed);
    if (certificate.isEmpty()) {
      return new Outcome.Refused("That is no certificate (X.509, PEM or DER).");
    }
    if (!SigningRequest.isStrong(certificate.get().getPublicKey())) {
      return new Outcome.Refused(SigningRequest.WEAK);
    }
    DeviceRecord.Proof proof = foreign(certificate.get());
    if (proof.ends() <= clock.millis()) {
      return new Outcome.Refused("That certificate has ended.");
    }
    return isUsed(proof) ? new Outcome.Refused(USED) : new Outcome.Ready(proof, "", "");
  }

  /// What a certificate of another authority proves a device by: itself, and no other one of its
  /// key.
  static DeviceRecord.Proof foreign(X509Certificate certificate) {
    return new DeviceRecord.Proof(
        DeviceBook.pinned(certificate),
        certificate.getNotAfter().toInstant().toEpochMilli(),
        DeviceBook.fingerprint(certificate),
        null);
  }

  private Optional<X509Certificate> parsed(byte[] der) {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      return Optional.of(
          (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
    } catch (CertificateException | RuntimeException _) {
      return Optional.empty(); // without its message, which may quote it
    }
  }

  private Outcome fingerprint(String typed) {
    String plain = typed.replaceAll("[:\\s]", "").toLowerCase(Locale.ROOT);
    if (!SHA256.matcher(plain).matches()) {
      return new Outcome.Refused("A fingerprint is SHA-256: 64 hexadecimal digits.");
    }
    DeviceRecord.Proof proof = new DeviceRecord.Proof(new byte[0], 0, plain, null);
    return isUsed(proof) ? new Outcome.Refused(USED) : new Outcome.Ready(proof, "", "");
  }
}
