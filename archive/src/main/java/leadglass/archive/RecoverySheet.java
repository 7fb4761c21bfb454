package leadglass.archive;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// The master key on paper: 18 groups of four characters in Crockford's alphabet. The fourth
/// character of each group checks the other three and the group's place, so that a mistyped group
/// is told by its number; what is left over checks the whole key. See
/// `docs/formats/recovery-sheet.md`.
public final class RecoverySheet {
  public static final int GROUPS = 18;
  public static final int GROUP_CHARS = 4;
  public static final int KEY_BYTES = 32;

  private static final int GROUP_BITS = 15;
  private static final int CHAR_BITS = 5;
  private static final int SUM_BITS = GROUPS * GROUP_BITS - KEY_BYTES * 8;

  /// More than anybody would type with group numbers and spaces between.
  private static final int TYPED_CHARS_MAX = 1000;

  private RecoverySheet() {}

  /// What a typed sheet says.
  public sealed interface Reading {
    record Key(byte[] key) implements Reading {
      @Override
      public String toString() {
        return "Key[]";
      }
    }

    /// @param rule a sentence that says which group to look at
    record Wrong(String rule) implements Reading {}
  }

  /// The groups of a key, the first first.
  ///
  /// @param key 32 bytes
  public static List<String> groups(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("a master key has " + KEY_BYTES + " bytes");
    }
    BigInteger all = new BigInteger(1, key).shiftLeft(SUM_BITS).or(BigInteger.valueOf(sum(key)));
    List<String> groups = new ArrayList<>();
    for (int number = 1; number <= GROUPS; number++) {
      int bits =
          all.shiftRight((GROUPS - number) * GROUP_BITS).intValue() & ((1 << GROUP_BITS) - 1);
      groups.add(group(bits, number));
    }
    return groups;
  }

  private static String group(int bits, int number) {
    StringBuilder group = new StringBuilder();
    for (int at = 2; at >= 0; at--) {
      group.append(Encodings.CROCKFORD.charAt((bits >> (at * CHAR_BITS)) & 31));
    }
    return group.append(Encodings.CROCKFORD.charAt(check(bits, number))).toString();
  }

  /// Reads what somebody typed: any case, O for 0, I or L for 1, spaces, dashes and numbers with a
  /// dot or colon before the groups.
  public static Reading parse(String typed) {
    if (typed.length() > TYPED_CHARS_MAX) {
      return wrongCount();
    }
    String text = Encodings.typed(typed.replaceAll("\\b\\d{1,2}[.:)]", " "));
    if (text.length() != GROUPS * GROUP_CHARS) {
      return wrongCount();
    }
    BigInteger all = BigInteger.ZERO;
    for (int number = 1; number <= GROUPS; number++) {
      int bits = bits(text.substring((number - 1) * GROUP_CHARS, number * GROUP_CHARS), number);
      if (bits < 0) {
        return new Reading.Wrong("Group " + number + " is not right. Compare it with the sheet.");
      }
      all = all.shiftLeft(GROUP_BITS).or(BigInteger.valueOf(bits));
    }
    byte[] key = bytes(all.shiftRight(SUM_BITS));
    boolean whole = (all.intValue() & ((1 << SUM_BITS) - 1)) == sum(key);
    return whole
        ? new Reading.Key(key)
        : new Reading.Wrong("The groups do not belong to one sheet. Compare all of them.");
  }

  private static Reading wrongCount() {
    return new Reading.Wrong(
        "A recovery sheet has " + GROUPS + " groups of " + GROUP_CHARS + " characters.");
  }

  /// -1 if it is no group, or not this one.
  private static int bits(String group, int number) {
    int bits = 0;
    for (int at = 0; at < GROUP_CHARS; at++) {
      int digit = Encodings.CROCKFORD.indexOf(group.charAt(at));
      if (digit < 0) {
        return -1;
      }
      if (at == GROUP_CHARS - 1) {
        return digit == check(bits, number) ? bits : -1;
      }
      bits = bits << CHAR_BITS | digit;
    }
    return -1;
  }

  /// Tells any one wrong character and any two that changed places (factors in GF(32) differ from
  /// each other and from 1), and any group at the place of another (the number is added).
  private static int check(int bits, int number) {
    int check = number;
    for (int at = 0; at < 3; at++) {
      int digit = (bits >> ((2 - at) * CHAR_BITS)) & 31;
      check ^= times(2 << at, digit);
    }
    return check;
  }

  /// In GF(2^5) with x^5 + x^2 + 1.
  private static int times(int a, int b) {
    int product = 0;
    for (int i = 0; i < CHAR_BITS; i++) {
      product ^= (b >> i & 1) == 0 ? 0 : a << i;
    }
    for (int i = 2 * CHAR_BITS - 2; i >= CHAR_BITS; i--) {
      product ^= (product >> i & 1) == 0 ? 0 : 0b100101 << (i - CHAR_BITS);
    }
    return product;
  }

  private static int sum(byte[] key) {
    byte[] hash = Encodings.sha256(key);
    return ((hash[0] & 0xff) << 8 | (hash[1] & 0xff)) >> (16 - SUM_BITS);
  }

  private static byte[] bytes(BigInteger number) {
    byte[] signed = number.toByteArray();
    byte[] bytes = new byte[KEY_BYTES];
    int count = Math.min(signed.length, KEY_BYTES);
    System.arraycopy(signed, signed.length - count, bytes, KEY_BYTES - count, count);
    return bytes;
  }
}
