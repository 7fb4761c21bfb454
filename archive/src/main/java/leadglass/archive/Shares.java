package leadglass.archive;

import java.security.SecureRandom;

/// A secret in three shares, any two of which give it back and one of which says nothing (Shamir).
/// Each byte is the value at 0 of a line over GF(2^8) with x^8 + x^4 + x^3 + x + 1; share `n` has
/// the values at `n`.
final class Shares {
  static final int COUNT = 3;

  private static final int POLYNOMIAL = 0x11b;

  private Shares() {}

  /// Share 1, 2 and 3.
  static byte[][] split(byte[] secret, SecureRandom random) {
    byte[] slope = new byte[secret.length];
    random.nextBytes(slope);
    byte[][] shares = new byte[COUNT][secret.length];
    for (int n = 1; n <= COUNT; n++) {
      for (int i = 0; i < secret.length; i++) {
        shares[n - 1][i] = (byte) (secret[i] ^ times(slope[i] & 0xff, n));
      }
    }
    return shares;
  }

  /// The secret, from two different shares.
  static byte[] combine(int firstNumber, byte[] first, int secondNumber, byte[] second) {
    if (firstNumber == secondNumber || first.length != second.length) {
      throw new IllegalArgumentException("two different shares of one secret");
    }
    int over = inverse(firstNumber ^ secondNumber);
    int ofFirst = times(secondNumber, over);
    int ofSecond = times(firstNumber, over);
    byte[] secret = new byte[first.length];
    for (int i = 0; i < secret.length; i++) {
      secret[i] = (byte) (times(first[i] & 0xff, ofFirst) ^ times(second[i] & 0xff, ofSecond));
    }
    return secret;
  }

  /// The same steps whatever the values are.
  static int times(int a, int b) {
    int product = 0;
    for (int bit = 0; bit < 8; bit++) {
      product ^= -(b >> bit & 1) & (a << bit);
    }
    for (int bit = 14; bit >= 8; bit--) {
      product ^= -(product >> bit & 1) & (POLYNOMIAL << (bit - 8));
    }
    return product;
  }

  /// a^254.
  static int inverse(int a) {
    int result = 1;
    int power = a;
    for (int exponent = 254; exponent > 0; exponent >>= 1) {
      if ((exponent & 1) == 1) {
        result = times(result, power);
      }
      power = times(power, power);
    }
    return result;
  }
}
