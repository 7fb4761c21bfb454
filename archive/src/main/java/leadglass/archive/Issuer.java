package leadglass.archive;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate of an authority and its key, which signs others (RFC 5280). Subjects are random
/// words: a certificate is seen by whoever listens.
///
/// @param key a P-256 key
record Issuer(X509Certificate certificate, PrivateKey key) {
  static final Period ROOT_LIFE = Period.ofYears(10);
  static final Period INTERMEDIATE_LIFE = Period.ofYears(5);

  /// The longest that browsers take is 398 days.
  static final Period SERVER_LIFE = Period.ofDays(397);

  static final Period DEVICE_LIFE = Period.ofYears(1);

  /// Clocks of devices are late at times.
  private static final Duration BACKDATE = Duration.ofHours(1);

  private static final int SERIAL_BITS = 126;
  private static final int WORD_BYTES = 4;

  static Issuer root(Instant now, SecureRandom random) {
    return signedByItself(rootDraft(now, random), random);
  }

  /// A root of the web: it may sign for some names only.
  static Issuer root(NameConstraints names, Instant now, SecureRandom random) {
    RootDraft root = rootDraft(now, random);
    root.draft().extend(Extension.nameConstraints, true, names);
    return signedByItself(root, random);
  }

  private record RootDraft(Draft draft, KeyPair pair) {}

  private static RootDraft rootDraft(Instant now, SecureRandom random) {
    KeyPair pair = KeyPairs.p256(random);
    X500Name name = name("Leadglass root " + word(random));
    Draft draft = new Draft(name, name, pair.getPublic(), now, later(now, ROOT_LIFE));
    draft.extend(Extension.basicConstraints, true, new BasicConstraints(true));
    draft.extend(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    return new RootDraft(draft, pair);
  }

  private static Issuer signedByItself(RootDraft root, SecureRandom random) {
    KeyPair pair = root.pair();
    return new Issuer(
        root.draft().signed(pair.getPrivate(), pair.getPublic(), random), pair.getPrivate());
  }

  Issuer intermediate(Instant now, SecureRandom random) {
    KeyPair pair = KeyPairs.p256(random);
    Draft draft =
        intermediateDraft(
            pair,
            now,
            INTERMEDIATE_LIFE,
            random,
            KeyPurposeId.id_kp_serverAuth,
            KeyPurposeId.id_kp_clientAuth);
    return new Issuer(signed(draft, random), pair.getPrivate());
  }

  /// One that may sign servers of some names only, for as long as its root lasts.
  Issuer intermediate(NameConstraints names, Instant now, SecureRandom random) {
    KeyPair pair = KeyPairs.p256(random);
    Draft draft = intermediateDraft(pair, now, ROOT_LIFE, random, KeyPurposeId.id_kp_serverAuth);
    draft.extend(Extension.nameConstraints, true, names);
    return new Issuer(signed(draft, random), pair.getPrivate());
  }

  private Draft intermediateDraft(
      KeyPair pair, Instant now, Period life, SecureRandom random, KeyPurposeId... purposes) {
    Draft draft = draft("Leadglass authority " + word(random), pair.getPublic(), now, life);
    draft.extend(Extension.basicConstraints, true, new BasicConstraints(0));
    draft.extend(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    draft.extend(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
    return draft;
  }

  /// One that proves itself by it to others that it calls, too, if this may sign clients.
  X509Certificate server(PublicKey key, List<GeneralName> names, Instant now, SecureRandom random) {
    Draft draft = draft("Leadglass server " + word(random), key, now, SERVER_LIFE);
    if (isForClients(certificate)) {
      leaf(draft, KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth);
    } else {
      leaf(draft, KeyPurposeId.id_kp_serverAuth);
    }
    draft.extend(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(names.toArray(new GeneralName[0])));
    return signed(draft, random);
  }

  X509Certificate device(PublicKey key, Instant now, SecureRandom random) {
    Draft draft = draft("Leadglass device " + word(random), key, now, DEVICE_LIFE);
    leaf(draft, KeyPurposeId.id_kp_clientAuth);
    return signed(draft, random);
  }

  /// Whether a certificate says that it is for clients, or those who sign them.
  static boolean isForClients(X509Certificate certificate) {
    try {
      List<String> purposes = certificate.getExtendedKeyUsage();
      return purposes != null && purposes.contains(KeyPurposeId.id_kp_clientAuth.getId());
    } catch (CertificateParsingException e) {
      throw new IllegalStateException("a certificate that was made here can't be read", e);
    }
  }

  /// A list of revoked certificates, DER.
  byte[] revocations(
      List<RevocationRecord> records,
      BigInteger number,
      Instant now,
      Instant next,
      SecureRandom random) {
    X500Name name = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    X509v2CRLBuilder builder = new X509v2CRLBuilder(name, Date.from(now));
    builder.setNextUpdate(Date.from(next));
    for (RevocationRecord record : records) {
      builder.addCRLEntry(
          new BigInteger(record.serial(), 16),
          Date.from(Instant.ofEpochMilli(record.at())),
          record.superseded() ? CRLReason.superseded : CRLReason.cessationOfOperation);
    }
    try {
      builder.addExtension(Extension.cRLNumber, false, new CRLNumber(number));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate.getPublicKey()));
      return builder
          .build(new JcaContentSignerBuilder("SHA256withECDSA").setSecureRandom(random).build(key))
          .getEncoded();
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("a list of revoked certificates can't be made", e);
    }
  }

  Instant ends() {
    return certificate.getNotAfter().toInstant();
  }

  @Override
  public String toString() {
    return "Issuer[]";
  }

  private static void leaf(Draft draft, KeyPurposeId... purposes) {
    draft.extend(Extension.basicConstraints, true, new BasicConstraints(false));
    draft.extend(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    draft.extend(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
  }

  /// Ends with its issuer at the latest.
  private Draft draft(String subject, PublicKey key, Instant now, Period life) {
    Instant end = later(now, life);
    X500Name issuer = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    return new Draft(issuer, name(subject), key, now, end.isAfter(ends()) ? ends() : end);
  }

  private X509Certificate signed(Draft draft, SecureRandom random) {
    return draft.signed(key, certificate.getPublicKey(), random);
  }

  private static Instant later(Instant now, Period life) {
    return now.atZone(ZoneOffset.UTC).plus(life).toInstant();
  }

  private static X500Name name(String common) {
    return new X500Name("O=Leadglass,CN=" + common);
  }

  private static String word(SecureRandom random) {
    byte[] bytes = new byte[WORD_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /// A certificate in the making.
  private record Draft(X500Name issuer, PublicKey subjectKey, X509v3CertificateBuilder builder) {

    Draft(X500Name issuer, X500Name subject, PublicKey key, Instant now, Instant end) {
      this(
          issuer,
          key,
          new X509v3CertificateBuilder(
              issuer,
              serial(),
              Date.from(now.minus(BACKDATE)),
              Date.from(end),
              subject,
              SubjectPublicKeyInfo.getInstance(key.getEncoded())));
    }

    private static BigInteger serial() {
      return new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS);
    }

    void extend(
        org.bouncycastle.asn1.ASN1ObjectIdentifier oid,
        boolean critical,
        org.bouncycastle.asn1.ASN1Encodable value) {
      try {
        builder.addExtension(oid, critical, value);
      } catch (CertIOException e) {
        throw new IllegalStateException("an extension can't be encoded", e);
      }
    }

    X509Certificate signed(PrivateKey issuerKey, PublicKey issuerPublic, SecureRandom random) {
      try {
        JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
        extend(Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(subjectKey));
        extend(
            Extension.authorityKeyIdentifier,
            false,
            ids.createAuthorityKeyIdentifier(issuerPublic));
        return new JcaX509CertificateConverter()
            .getCertificate(
                builder.build(
                    new JcaContentSignerBuilder("SHA256withECDSA")
                        .setSecureRandom(random)
                        .build(issuerKey)));
      } catch (GeneralSecurityException | OperatorCreationException e) {
        throw new IllegalStateException("a certificate can't be made", e);
      }
    }
  }
}
