package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SharesTest {

  @Test
  void theFieldIsTheOneOfAes() {
    assertThat(Shares.times(0x57, 0x83)).isEqualTo(0xc1); // FIPS 197, 4.2
    for (int a = 1; a < 256; a++) {
      assertThat(Shares.times(a, Shares.inverse(a))).isEqualTo(1);
    }
  }

  @Test
  void anyTwoDifferentSharesGiveTheSecretBack() {
    SecureRandom random = new SecureRandom();
    for (int round = 0; round < 50; round++) {
      byte[] secret = new byte[32];
      random.nextBytes(secret);
      byte[][] shares = Shares.split(secret, random);
      for (int one = 1; one <= 3; one++) {
        for (int other = 1; other <= 3; other++) {
          if (one != other) {
            assertThat(Shares.combine(one, shares[one - 1], other, shares[other - 1]))
                .isEqualTo(secret);
          }
        }
      }
    }
  }

  @Test
  void oneShareSaysNothing() {
    // Whatever a share is, each value of the secret is as likely: over all slopes a share of one
    // byte takes every value once.
    for (int number = 1; number <= 3; number++) {
      Set<Integer> seen = new HashSet<>();
      for (int slope = 0; slope < 256; slope++) {
        seen.add(0x42 ^ Shares.times(slope, number));
      }
      assertThat(seen).hasSize(256);
    }
  }

  @Test
  void theSameShareTwiceIsRefused() {
    assertThatThrownBy(() -> Shares.combine(2, new byte[32], 2, new byte[32]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
