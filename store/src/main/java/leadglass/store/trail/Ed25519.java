package leadglass.store.trail;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import leadglass.store.seal.SecretBytes;

/// Signs by RFC 8032 §5.1.6 with a table of multiples of the base point: the same signatures as the
/// JDK's, in a fraction of the time, since a signature is made for every batch. Whoever uses it
/// compares one with the JDK's first ([TrailKeys]). Which entries of the table are read does not
/// depend on the secret. Safe for use by several threads.
final class Ed25519 {
  static final int BYTES = 32;

  private static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
  private static final int DIGITS = 64;
  private static final int RADIX = 16;

  private final BigInteger scalar;
  private final byte[] prefix;
  private final byte[] key;

  /// @param key the public key
  Ed25519(SecretBytes seed, byte[] key) {
    byte[] expanded = sha512().digest(seed.copy());
    byte[] low = Arrays.copyOf(expanded, BYTES);
    low[0] &= (byte) 0xF8;
    low[31] &= 0x7F;
    low[31] |= 0x40;
    this.scalar = number(low);
    this.prefix = Arrays.copyOfRange(expanded, BYTES, 2 * BYTES);
    this.key = key.clone();
  }

  private static MessageDigest sha512() {
    try {
      return MessageDigest.getInstance("SHA-512");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-512 is part of every Java", e);
    }
  }

  private static BigInteger number(byte[] little) {
    byte[] big = new byte[little.length];
    for (int i = 0; i < little.length; i++) {
      big[i] = little[little.length - 1 - i];
    }
    return new BigInteger(1, big);
  }

  private static byte[] bytes(BigInteger number) {
    byte[] big = number.toByteArray();
    byte[] little = new byte[BYTES];
    for (int i = 0; i < big.length && i < BYTES; i++) {
      little[i] = big[big.length - 1 - i];
    }
    return little;
  }

  byte[] sign(byte[] message) {
    MessageDigest sha = sha512();
    sha.update(prefix);
    BigInteger once = number(sha.digest(message)).mod(ORDER);
    byte[] point = multiple(bytes(once));
    sha.update(point);
    sha.update(key);
    BigInteger challenge = number(sha.digest(message)).mod(ORDER);
    byte[] signature = Arrays.copyOf(point, 2 * BYTES);
    byte[] answer = bytes(challenge.multiply(scalar).add(once).mod(ORDER));
    System.arraycopy(answer, 0, signature, BYTES, BYTES);
    return signature;
  }

  /// The base point so many times, encoded. A point is X, Y, Z and T = XY/Z.
  private static byte[] multiple(byte[] times) {
    long[] x = new long[Field25519.LIMBS];
    long[] y = Field25519.of(BigInteger.ONE);
    long[] z = Field25519.of(BigInteger.ONE);
    long[] t = new long[Field25519.LIMBS];
    long[] entry = new long[Table.ENTRY];
    long[][] free = new long[8][Field25519.LIMBS];
    for (int i = 0; i < DIGITS; i++) {
      int digit = (times[i / 2] >> (4 * (i % 2))) & 0xF;
      Table.select(entry, i, digit);
      add(x, y, z, t, entry, free);
    }
    long[] inverse = Field25519.invert(z);
    Field25519.multiply(x, x, inverse);
    Field25519.multiply(y, y, inverse);
    byte[] encoded = Field25519.bytes(y);
    encoded[31] |= (byte) (Field25519.bytes(x)[0] << 7);
    return encoded;
  }

  /// Adds an entry of the table to a point.
  private static void add(long[] x, long[] y, long[] z, long[] t, long[] entry, long[][] free) {
    long[] a = free[0];
    long[] b = free[1];
    long[] c = free[2];
    long[] part = free[3];
    Field25519.subtract(a, y, x);
    System.arraycopy(entry, Field25519.LIMBS, part, 0, Field25519.LIMBS);
    Field25519.multiply(a, a, part);
    Field25519.add(b, y, x);
    System.arraycopy(entry, 0, part, 0, Field25519.LIMBS);
    Field25519.multiply(b, b, part);
    System.arraycopy(entry, 2 * Field25519.LIMBS, part, 0, Field25519.LIMBS);
    Field25519.multiply(c, t, part);
    Field25519.add(z, z, z);
    long[] e = free[4];
    long[] f = free[5];
    long[] g = free[6];
    long[] h = free[7];
    Field25519.subtract(e, b, a);
    Field25519.subtract(f, z, c);
    Field25519.add(g, z, c);
    Field25519.add(h, b, a);
    Field25519.multiply(x, e, f);
    Field25519.multiply(y, g, h);
    Field25519.multiply(t, e, h);
    Field25519.multiply(z, f, g);
  }

  /// Makes the table unless it is made; takes a moment.
  static void prepare() {
    Table.select(new long[Table.ENTRY], 0, 0);
  }

  /// `digit` times 16^`i` times the base point, for every digit: y + x, y - x and 2dxy of each.
  private static final class Table {
    static final int ENTRY = 3 * Field25519.LIMBS;

    private static final BigInteger P = Field25519.PRIME;
    private static final BigInteger D =
        BigInteger.valueOf(-121_665).multiply(BigInteger.valueOf(121_666).modInverse(P)).mod(P);
    private static final long[] ENTRIES = entries();

    private Table() {}

    /// A point by its two coordinates.
    private record Point(BigInteger x, BigInteger y) {
      Point plus(Point other) {
        BigInteger xx = x.multiply(other.x).mod(P);
        BigInteger yy = y.multiply(other.y).mod(P);
        BigInteger dxy = D.multiply(xx).multiply(yy).mod(P);
        BigInteger above = x.multiply(other.y).add(y.multiply(other.x));
        BigInteger below = BigInteger.ONE.add(dxy).modInverse(P);
        BigInteger otherBelow = BigInteger.ONE.subtract(dxy).mod(P).modInverse(P);
        return new Point(above.multiply(below).mod(P), yy.add(xx).multiply(otherBelow).mod(P));
      }
    }

    /// y is 4/5, x the even root of (y² - 1) / (dy² + 1).
    private static Point base() {
      BigInteger y = BigInteger.valueOf(4).multiply(BigInteger.valueOf(5).modInverse(P)).mod(P);
      BigInteger yy = y.multiply(y).mod(P);
      BigInteger xx =
          yy.subtract(BigInteger.ONE)
              .multiply(D.multiply(yy).add(BigInteger.ONE).modInverse(P))
              .mod(P);
      BigInteger x = xx.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
      if (!x.multiply(x).mod(P).equals(xx)) {
        x = x.multiply(BigInteger.TWO.modPow(P.shiftRight(2), P)).mod(P);
      }
      return new Point(x.testBit(0) ? P.subtract(x) : x, y);
    }

    private static long[] entries() {
      long[] all = new long[DIGITS * RADIX * ENTRY];
      Point row = base();
      for (int i = 0; i < DIGITS; i++) {
        Point each = new Point(BigInteger.ZERO, BigInteger.ONE);
        for (int digit = 0; digit < RADIX; digit++) {
          int at = (i * RADIX + digit) * ENTRY;
          put(all, at, each.y().add(each.x()));
          put(all, at + Field25519.LIMBS, each.y().subtract(each.x()));
          put(all, at + 2 * Field25519.LIMBS, D.add(D).multiply(each.x()).multiply(each.y()));
          each = each.plus(row);
        }
        row = each; // 16 times the one before
      }
      return all;
    }

    private static void put(long[] all, int at, BigInteger number) {
      System.arraycopy(Field25519.of(number), 0, all, at, Field25519.LIMBS);
    }

    /// Reads every entry of a row and keeps one.
    static void select(long[] into, int row, int digit) {
      Arrays.fill(into, 0);
      int at = row * RADIX * ENTRY;
      for (int i = 0; i < RADIX; i++) {
        long mask = (long) ((i ^ digit) - 1) >> 63;
        for (int j = 0; j < ENTRY; j++) {
          into[j] |= ENTRIES[at++] & mask;
        }
      }
    }
  }
}
