package leadglass.archive;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Bits on paper: groups of four characters in Crockford's alphabet, the fourth of which checks the
/// other three and the group's place; `docs/formats/recovery-sheet.md`.
final class SheetGroups {
  static final int GROUP_CHARS = 4;
  static final int GROUP_BITS = 15;

  private static final int CHAR_BITS = 5;

  /// More than anybody would type with group numbers and spaces between, and room for the words of
  /// a printed sheet.
  private static final int TYPED_CHARS_MAX = 4000;

  private static final Pattern NUMBER = Pattern.compile("\\b\\d{1,2}[.:)]");
  private static final Pattern LINE =
      Pattern.compile("\\s*(\\d{1,2}[.:)]\\s*[0-9A-Za-z]{4}\\s*){1,8}");

  private SheetGroups() {}

  /// What was typed.
  sealed interface Reading {
    record Bits(BigInteger bits) implements Reading {
      @Override
      public String toString() {
        return "Bits[]";
      }
    }

    /// @param number of the first group that is not right
    record WrongGroup(int number) implements Reading {}

    /// Not so many groups.
    record WrongCount() implements Reading {}
  }

  static List<String> write(BigInteger bits, int count) {
    List<String> groups = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      int group = bits.shiftRight((count - number) * GROUP_BITS).intValue();
      groups.add(group(group & ((1 << GROUP_BITS) - 1), number));
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
  /// dot or colon before the groups; or the whole text of a printed sheet.
  static Reading read(String typed, int count) {
    if (typed.length() > TYPED_CHARS_MAX) {
      return new Reading.WrongCount();
    }
    String numbered =
        typed
            .lines()
            .filter(line -> LINE.matcher(line).matches())
            .reduce("", (all, line) -> all + line + "\n");
    String text =
        Encodings.typed(NUMBER.matcher(numbered.isEmpty() ? typed : numbered).replaceAll(" "));
    if (text.length() != count * GROUP_CHARS) {
      return new Reading.WrongCount();
    }
    BigInteger all = BigInteger.ZERO;
    for (int number = 1; number <= count; number++) {
      int bits = bits(text.substring((number - 1) * GROUP_CHARS, number * GROUP_CHARS), number);
      if (bits < 0) {
        return new Reading.WrongGroup(number);
      }
      all = all.shiftLeft(GROUP_BITS).or(BigInteger.valueOf(bits));
    }
    return new Reading.Bits(all);
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

  /// The last bits of a number as so many bytes.
  static byte[] bytes(BigInteger number, int length) {
    byte[] signed = number.toByteArray();
    byte[] bytes = new byte[length];
    int count = Math.min(signed.length, length);
    System.arraycopy(signed, signed.length - count, bytes, length - count, count);
    return bytes;
  }
}
