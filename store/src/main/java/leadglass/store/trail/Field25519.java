package leadglass.store.trail;

import java.math.BigInteger;

/// Numbers modulo 2^255 - 19, as five limbs of 51 bits each. What is done and how long it takes
/// does not depend on the numbers. Limbs of a product are below 2^51 and a little; a sum or
/// difference of two such may be multiplied as it is.
final class Field25519 {
  static final int LIMBS = 5;
  static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  private static final int BITS = 51;
  private static final long MASK = (1L << BITS) - 1;

  /// Twice the prime: added to differences, so that no limb is negative.
  private static final long TWICE_FIRST = 2 * (MASK - 18);

  private static final long TWICE = 2 * MASK;

  private Field25519() {}

  static long[] of(BigInteger number) {
    long[] limbs = new long[LIMBS];
    BigInteger left = number.mod(PRIME);
    for (int i = 0; i < LIMBS; i++) {
      limbs[i] = left.longValue() & MASK;
      left = left.shiftRight(BITS);
    }
    return limbs;
  }

  static void add(long[] sum, long[] a, long[] b) {
    for (int i = 0; i < LIMBS; i++) {
      sum[i] = a[i] + b[i];
    }
  }

  static void subtract(long[] difference, long[] a, long[] b) {
    difference[0] = a[0] + TWICE_FIRST - b[0];
    for (int i = 1; i < LIMBS; i++) {
      difference[i] = a[i] + TWICE - b[i];
    }
  }

  /// What a product of two limbs adds to its own limb of the result.
  private static long low(long a, long b) {
    return a * b & MASK;
  }

  /// What it adds to the next one.
  private static long high(long a, long b) {
    return (Math.multiplyHigh(a, b) << 13) | ((a * b) >>> BITS);
  }

  static void multiply(long[] product, long[] a, long[] b) {
    long a0 = a[0];
    long a1 = a[1];
    long a2 = a[2];
    long a3 = a[3];
    long a4 = a[4];
    long b0 = b[0];
    long b1 = b[1];
    long b2 = b[2];
    long b3 = b[3];
    long b4 = b[4];
    // 2^255 is 19: what passes the fifth limb comes back 19 times.
    long c1 = 19 * b1;
    long c2 = 19 * b2;
    long c3 = 19 * b3;
    long c4 = 19 * b4;
    long l0 = low(a0, b0) + low(a1, c4) + low(a2, c3) + low(a3, c2) + low(a4, c1);
    long h0 = high(a0, b0) + high(a1, c4) + high(a2, c3) + high(a3, c2) + high(a4, c1);
    long l1 = low(a0, b1) + low(a1, b0) + low(a2, c4) + low(a3, c3) + low(a4, c2);
    long h1 = high(a0, b1) + high(a1, b0) + high(a2, c4) + high(a3, c3) + high(a4, c2);
    long l2 = low(a0, b2) + low(a1, b1) + low(a2, b0) + low(a3, c4) + low(a4, c3);
    long h2 = high(a0, b2) + high(a1, b1) + high(a2, b0) + high(a3, c4) + high(a4, c3);
    long l3 = low(a0, b3) + low(a1, b2) + low(a2, b1) + low(a3, b0) + low(a4, c4);
    long h3 = high(a0, b3) + high(a1, b2) + high(a2, b1) + high(a3, b0) + high(a4, c4);
    long l4 = low(a0, b4) + low(a1, b3) + low(a2, b2) + low(a3, b1) + low(a4, b0);
    long h4 = high(a0, b4) + high(a1, b3) + high(a2, b2) + high(a3, b1) + high(a4, b0);
    carry(product, l0 + 19 * h4, l1 + h0, l2 + h1, l3 + h2, l4 + h3);
  }

  private static void carry(long[] to, long t0, long t1, long t2, long t3, long t4) {
    long u1 = t1 + (t0 >>> BITS);
    long u2 = t2 + (u1 >>> BITS);
    long u3 = t3 + (u2 >>> BITS);
    long u4 = t4 + (u3 >>> BITS);
    long u0 = (t0 & MASK) + 19 * (u4 >>> BITS);
    to[0] = u0 & MASK;
    to[1] = (u1 & MASK) + (u0 >>> BITS);
    to[2] = u2 & MASK;
    to[3] = u3 & MASK;
    to[4] = u4 & MASK;
  }

  private static void square(long[] number, int times) {
    for (int i = 0; i < times; i++) {
      multiply(number, number, number);
    }
  }

  /// The power 2^255 - 21, which is the inverse.
  static long[] invert(long[] number) {
    long[] power2 = number.clone();
    square(power2, 1);
    long[] power9 = power2.clone();
    square(power9, 2);
    multiply(power9, power9, number);
    long[] power11 = new long[LIMBS];
    multiply(power11, power9, power2);
    long[] ones5 = power11.clone(); // the power of five binary ones, and so on
    square(ones5, 1);
    multiply(ones5, ones5, power9);
    long[] ones10 = ones(ones5, 5, ones5);
    long[] ones20 = ones(ones10, 10, ones10);
    long[] ones40 = ones(ones20, 20, ones20);
    long[] ones50 = ones(ones40, 10, ones10);
    long[] ones100 = ones(ones50, 50, ones50);
    long[] ones200 = ones(ones100, 100, ones100);
    long[] ones250 = ones(ones200, 50, ones50);
    return ones(ones250, 5, power11);
  }

  private static long[] ones(long[] from, int shift, long[] by) {
    long[] power = from.clone();
    square(power, shift);
    multiply(power, power, by);
    return power;
  }

  /// The number below the prime, little endian.
  static byte[] bytes(long[] number) {
    long[] t = number.clone();
    carry(t, t[0], t[1], t[2], t[3], t[4]);
    carry(t, t[0], t[1], t[2], t[3], t[4]);
    long over = (t[0] + 19) >>> BITS; // 1 if it is the prime or more
    for (int i = 1; i < LIMBS; i++) {
      over = (t[i] + over) >>> BITS;
    }
    long carried = 19 * over;
    for (int i = 0; i < LIMBS; i++) {
      t[i] += carried;
      carried = t[i] >>> BITS;
      t[i] &= MASK;
    }
    byte[] bytes = new byte[32];
    for (int bit = 0; bit < 255; bit++) {
      long one = (t[bit / BITS] >>> (bit % BITS)) & 1;
      bytes[bit / 8] |= (byte) (one << (bit % 8));
    }
    return bytes;
  }
}
