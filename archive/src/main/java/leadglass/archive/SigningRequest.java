package leadglass.archive;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/// A certification request (RFC 2986). Only the public key is taken from it, and only if whoever
/// made it holds the private one. Names, extensions and attributes are not looked at.
final class SigningRequest {
  private static final int RSA_BITS_MIN = 2048;
  private static final int RSA_BITS_MAX = 8192;
  private static final String ED25519 = "Ed25519";
  private static final Set<ASN1ObjectIdentifier> CURVES =
      Set.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp384r1);

  static final String NO_REQUEST = "That is no certificate request (PKCS #10, PEM or DER).";
  static final String WEAK =
      "The key is of a kind that is not taken: ECDSA P-256 or P-384, Ed25519, or RSA of 2048 to"
          + " 8192 bits.";
  static final String NOT_SIGNED = "The request is not signed by its own key.";

  private SigningRequest() {}

  /// What came of reading one.
  sealed interface Read {
    record Key(PublicKey key) implements Read {}

    /// @param rule a sentence
    record Wrong(String rule) implements Read {}
  }

  static Read read(byte[] text) {
    Optional<byte[]> der = Der.read(text, "CERTIFICATE REQUEST");
    if (der.isEmpty()) {
      return new Read.Wrong(NO_REQUEST);
    }
    try {
      JcaPKCS10CertificationRequest request = new JcaPKCS10CertificationRequest(der.get());
      if (!namesItsCurve(request.getSubjectPublicKeyInfo())) {
        return new Read.Wrong(WEAK);
      }
      PublicKey key = request.getPublicKey();
      if (!isStrong(key)) {
        return new Read.Wrong(WEAK);
      }
      boolean signed = request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key));
      return signed ? new Read.Key(key) : new Read.Wrong(NOT_SIGNED);
    } catch (OperatorCreationException | PKCSException _) {
      return new Read.Wrong(NOT_SIGNED);
    } catch (IOException | GeneralSecurityException | RuntimeException _) {
      // The parser throws what it likes; without its message, which may quote the request.
      return new Read.Wrong(NO_REQUEST);
    }
  }

  /// Curves spelt out by their parameters can be made to look like another.
  private static boolean namesItsCurve(SubjectPublicKeyInfo info) {
    return !info.getAlgorithm().getAlgorithm().getId().equals("1.2.840.10045.2.1")
        || (info.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier curve
            && CURVES.contains(curve));
  }

  /// Whether a device may prove itself by such a key.
  static boolean isStrong(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa -> {
        int bits = rsa.getModulus().bitLength();
        yield bits >= RSA_BITS_MIN && bits <= RSA_BITS_MAX;
      }
      case ECPublicKey ec -> namesItsCurve(SubjectPublicKeyInfo.getInstance(ec.getEncoded()));
      case EdECPublicKey ed -> ed.getParams().getName().equals(ED25519);
      default -> false;
    };
  }
}
