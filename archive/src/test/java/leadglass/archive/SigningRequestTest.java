package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigningRequestTest {

  private static KeyPair pair(String algorithm, String size) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    switch (algorithm) {
      case "EC" -> generator.initialize(new ECGenParameterSpec(size));
      case "RSA" -> generator.initialize(Integer.parseInt(size));
      default -> {
        // One size.
      }
    }
    return generator.generateKeyPair();
  }

  private static byte[] request(KeyPair pair, KeyPair signer, String signature) throws Exception {
    return new JcaPKCS10CertificationRequestBuilder(
            new X500Name("CN=root,O=Leadglass"), pair.getPublic())
        .build(new JcaContentSignerBuilder(signature).build(signer.getPrivate()))
        .getEncoded();
  }

  private static String rule(byte[] text) {
    return switch (SigningRequest.read(text)) {
      case SigningRequest.Read.Key _ -> "";
      case SigningRequest.Read.Wrong(String rule) -> rule;
    };
  }

  @ParameterizedTest
  @CsvSource({
    "EC, secp256r1, SHA256withECDSA",
    "EC, secp384r1, SHA384withECDSA",
    "Ed25519, '', Ed25519",
    "RSA, 2048, SHA256withRSA"
  })
  void strongKeysAreTaken(String algorithm, String size, String signature) throws Exception {
    KeyPair pair = pair(algorithm, size);
    byte[] der = request(pair, pair, signature);
    for (byte[] text : new byte[][] {der, Pem.request(der).getBytes(StandardCharsets.US_ASCII)}) {
      assertThat(SigningRequest.read(text))
          .isEqualTo(new SigningRequest.Read.Key(pair.getPublic()));
    }
    assertThat(rule(request(pair, pair(algorithm, size), signature)))
        .as("signed by another")
        .isEqualTo(SigningRequest.NOT_SIGNED);
  }

  @ParameterizedTest
  @CsvSource({"EC, secp521r1, SHA256withECDSA", "Ed448, '', Ed448", "RSA, 1024, SHA256withRSA"})
  void otherKeysAreNot(String algorithm, String size, String signature) throws Exception {
    KeyPair pair = pair(algorithm, size);
    assertThat(rule(request(pair, pair, signature))).isEqualTo(SigningRequest.WEAK);
  }

  @Test
  void whatIsNoRequestIsRefusedWhateverItIs() throws Exception {
    KeyPair pair = pair("EC", "secp256r1");
    byte[] der = request(pair, pair, "SHA256withECDSA");
    assertThat(rule(new byte[0])).isEqualTo(SigningRequest.NO_REQUEST);
    assertThat(rule("-----BEGIN CERTIFICATE REQUEST-----".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(SigningRequest.NO_REQUEST);
    assertThat(rule(Arrays.copyOf(der, der.length + 1))).isEqualTo(SigningRequest.NO_REQUEST);
    for (int length = 0; length < der.length; length++) {
      assertThat(rule(Arrays.copyOf(der, length))).isEqualTo(SigningRequest.NO_REQUEST);
    }
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      byte[] broken = der.clone();
      broken[random.nextInt(broken.length)] ^= (byte) (1 + random.nextInt(255));
      assertThat(rule(broken)).isNotEmpty();
    }
  }

  @Test
  void whatIsNestedDeeplyNeverReachesTheParser() {
    byte[] definite = new byte[Der.BYTES_MAX];
    for (int i = 0; i + 4 <= definite.length; i += 4) {
      int left = definite.length - i - 4;
      definite[i] = 0x30;
      definite[i + 1] = (byte) 0x82;
      definite[i + 2] = (byte) (left >> 8);
      definite[i + 3] = (byte) left;
    }
    byte[] indefinite = new byte[Der.BYTES_MAX];
    for (int i = 0; i < indefinite.length; i += 2) {
      indefinite[i] = 0x30;
      indefinite[i + 1] = (byte) 0x80;
    }
    for (byte[] text : new byte[][] {definite, indefinite, new byte[Der.BYTES_MAX + 1]}) {
      assertThat(Der.read(text, "CERTIFICATE REQUEST")).isEmpty();
    }
  }
}
