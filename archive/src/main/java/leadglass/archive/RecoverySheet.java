package leadglass.archive;

import java.math.BigInteger;
import java.util.List;

/// The master key on paper: 18 groups of four characters in Crockford's alphabet. The fourth
/// character of each group checks the other three and the group's place, so that a mistyped group
/// is told by its number; what is left over checks the whole key. See
/// `docs/formats/recovery-sheet.md`.
public final class RecoverySheet {
  public static final int GROUPS = 18;
  public static final int GROUP_CHARS = SheetGroups.GROUP_CHARS;
  public static final int KEY_BYTES = 32;

  private static final int SUM_BITS = GROUPS * SheetGroups.GROUP_BITS - KEY_BYTES * 8;

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
    return SheetGroups.write(all, GROUPS);
  }

  /// Reads what somebody typed: any case, O for 0, I or L for 1, spaces, dashes and numbers with a
  /// dot or colon before the groups.
  public static Reading parse(String typed) {
    return switch (SheetGroups.read(typed, GROUPS)) {
      case SheetGroups.Reading.WrongCount _ -> wrongCount();
      case SheetGroups.Reading.WrongGroup(int number) ->
          new Reading.Wrong("Group " + number + " is not right. Compare it with the sheet.");
      case SheetGroups.Reading.Bits(BigInteger bits) -> {
        byte[] key = SheetGroups.bytes(bits.shiftRight(SUM_BITS), KEY_BYTES);
        boolean whole = (bits.intValue() & ((1 << SUM_BITS) - 1)) == sum(key);
        yield whole
            ? new Reading.Key(key)
            : new Reading.Wrong("The groups do not belong to one sheet. Compare all of them.");
      }
    };
  }

  private static Reading wrongCount() {
    return new Reading.Wrong(
        "A recovery sheet has " + GROUPS + " groups of " + GROUP_CHARS + " characters.");
  }

  private static int sum(byte[] key) {
    byte[] hash = Encodings.sha256(key);
    return ((hash[0] & 0xff) << 8 | (hash[1] & 0xff)) >> (16 - SUM_BITS);
  }
}
