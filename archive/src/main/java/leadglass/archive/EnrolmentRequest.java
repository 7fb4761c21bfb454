package leadglass.archive;

import java.io.IOException;
import java.security.KeyPair;
import java.security.SecureRandom;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// What a device asks for a certificate with: a key made on it, and a certification request (RFC
/// 2986) that holds nothing but its public half.
///
/// @param key PEM; stays where it is made
/// @param request PEM
public record EnrolmentRequest(String key, String request) {

  public static EnrolmentRequest fresh() {
    SecureRandom random = new SecureRandom();
    KeyPair pair = KeyPairs.p256(random);
    try {
      byte[] der =
          new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=device"), pair.getPublic())
              .build(
                  new JcaContentSignerBuilder("SHA256withECDSA")
                      .setSecureRandom(random)
                      .build(pair.getPrivate()))
              .getEncoded();
      return new EnrolmentRequest(Pem.key(pair.getPrivate()), Pem.request(der));
    } catch (OperatorCreationException | IOException e) {
      throw new IllegalStateException("a request can't be made", e);
    }
  }

  @Override
  public String toString() {
    return "EnrolmentRequest[]";
  }
}
