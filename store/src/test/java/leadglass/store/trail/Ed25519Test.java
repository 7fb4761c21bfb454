package leadglass.store.trail;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import leadglass.store.seal.SecretBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Signatures equal to everybody else's.
class Ed25519Test {
  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  /// RFC 8032 §7.1.
  @ParameterizedTest
  @CsvSource({
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
        + " d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, '',"
        + " e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
        + " 3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c, 72,"
        + " 92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
        + " fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025, af82,"
        + " 6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
  })
  void theVectorsOfTheRfcHold(String seed, String key, String message, String signature) {
    Ed25519 signing = new Ed25519(new SecretBytes(hex(seed)), hex(key));

    assertThat(signing.sign(hex(message))).isEqualTo(hex(signature));
  }

  @Test
  void everySignatureIsTheOneTheJdkMakes() throws GeneralSecurityException {
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      byte[] seed = new byte[32];
      random.nextBytes(seed);
      if (i < 2) {
        Arrays.fill(seed, (byte) -i);
      }
      byte[] message = new byte[random.nextInt(200)];
      random.nextBytes(message);
      Signature theirs = Signature.getInstance("Ed25519");
      theirs.initSign(
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)));
      theirs.update(message);
      TrailKeys.Pair pair = TrailKeys.pair("Ed25519", new SecretBytes(seed));

      assertThat(pair.fast(new SecretBytes(seed)).sign(message)).isEqualTo(theirs.sign());
    }
  }

  @Test
  void numbersAtTheEdgesAreTheSameAsThoseOfTheLibrary() {
    java.math.BigInteger p = Field25519.PRIME;
    java.math.BigInteger[] edges = {
      java.math.BigInteger.ZERO,
      java.math.BigInteger.ONE,
      java.math.BigInteger.valueOf(18),
      java.math.BigInteger.valueOf(19),
      java.math.BigInteger.TWO.pow(51).subtract(java.math.BigInteger.ONE),
      java.math.BigInteger.TWO.pow(204),
      java.math.BigInteger.TWO.pow(254),
      p.subtract(java.math.BigInteger.ONE),
      p.subtract(java.math.BigInteger.TWO)
    };
    for (java.math.BigInteger a : edges) {
      for (java.math.BigInteger b : edges) {
        long[] sum = new long[5];
        long[] difference = new long[5];
        Field25519.add(sum, Field25519.of(a), Field25519.of(b));
        Field25519.subtract(difference, Field25519.of(a), Field25519.of(b));
        long[] product = new long[5];
        Field25519.multiply(product, sum, difference);
        java.math.BigInteger expected = a.add(b).multiply(a.subtract(b)).mod(p);
        assertThat(Field25519.bytes(product)).isEqualTo(little(expected));
      }
      if (a.signum() > 0) {
        assertThat(Field25519.bytes(Field25519.invert(Field25519.of(a))))
            .isEqualTo(little(a.modInverse(p)));
      }
    }
  }

  private static byte[] little(java.math.BigInteger number) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < 32; i++) {
      bytes[i] = number.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }
}
