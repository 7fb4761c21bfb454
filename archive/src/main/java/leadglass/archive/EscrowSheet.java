package leadglass.archive;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// One of three sheets, any two of which give the master key; `docs/formats/recovery-sheet.md`.
///
/// @param set what the three have in common: eight hexadecimal digits
/// @param number 1, 2 or 3
public record EscrowSheet(String set, int number, List<String> groups) {

  /// Groups of four characters on a sheet.
  public static final int GROUPS = 22;

  /// How many sheets there are, and how many it takes.
  public static final int SHEETS = Shares.COUNT;

  public static final int NEEDED = 2;

  private static final int PLAIN_BYTES = 4 + 1 + RecoverySheet.KEY_BYTES;
  private static final int SUM_BITS = GROUPS * SheetGroups.GROUP_BITS - PLAIN_BYTES * 8;

  @Override
  public String toString() {
    return "EscrowSheet[" + set + " " + number + "]";
  }

  /// What two typed sheets say.
  public sealed interface Reading {
    record Key(String set, List<Integer> numbers, byte[] key) implements Reading {
      @Override
      public String toString() {
        return "Key[]";
      }
    }

    /// @param rule a sentence that says which sheet and group to look at
    record Wrong(String rule) implements Reading {}
  }

  /// Three sheets of a key.
  static List<EscrowSheet> of(byte[] key, SecureRandom random) {
    byte[] set = new byte[4];
    random.nextBytes(set);
    byte[][] shares = Shares.split(key, random);
    List<EscrowSheet> sheets = new ArrayList<>();
    for (int n = 1; n <= SHEETS; n++) {
      sheets.add(of(set, n, shares[n - 1]));
      Arrays.fill(shares[n - 1], (byte) 0);
    }
    return sheets;
  }

  static EscrowSheet of(byte[] set, int number, byte[] share) {
    byte[] plain = ByteBuffer.allocate(PLAIN_BYTES).put(set).put((byte) number).put(share).array();
    BigInteger bits = new BigInteger(1, plain).shiftLeft(SUM_BITS).or(sum(plain));
    String name = HexFormat.of().formatHex(set);
    return new EscrowSheet(name, number, SheetGroups.write(bits, GROUPS));
  }

  /// The first bits of the SHA-256 of what stands before them.
  private static BigInteger sum(byte[] plain) {
    byte[] hash = Arrays.copyOf(Encodings.sha256(plain), 8);
    return new BigInteger(1, hash).shiftRight(Long.SIZE - SUM_BITS);
  }

  private record Share(String set, int number, byte[] bytes) {}

  private sealed interface Sheet {
    record Read(Share share) implements Sheet {}

    record Wrong(String rule) implements Sheet {}
  }

  /// Reads two sheets as somebody typed them, or as they were printed.
  public static Reading read(String first, String second) {
    return switch (sheet("first", first)) {
      case Sheet.Wrong(String rule) -> new Reading.Wrong(rule);
      case Sheet.Read(Share one) ->
          switch (sheet("second", second)) {
            case Sheet.Wrong(String rule) -> new Reading.Wrong(rule);
            case Sheet.Read(Share other) -> both(one, other);
          };
    };
  }

  private static Sheet sheet(String which, String typed) {
    return switch (SheetGroups.read(typed, GROUPS)) {
      case SheetGroups.Reading.WrongCount _ ->
          new Sheet.Wrong(
              "The "
                  + which
                  + " sheet: one of three has "
                  + GROUPS
                  + " groups of four characters.");
      case SheetGroups.Reading.WrongGroup(int number) ->
          new Sheet.Wrong(
              "Group " + number + " of the " + which + " sheet is not right. Compare it.");
      case SheetGroups.Reading.Bits(BigInteger bits) -> share(which, bits);
    };
  }

  private static Sheet share(String which, BigInteger bits) {
    byte[] plain = SheetGroups.bytes(bits.shiftRight(SUM_BITS), PLAIN_BYTES);
    BigInteger mask = BigInteger.ONE.shiftLeft(SUM_BITS).subtract(BigInteger.ONE);
    int number = plain[4];
    if (!bits.and(mask).equals(sum(plain)) || number < 1 || number > SHEETS) {
      return new Sheet.Wrong(
          "The groups of the " + which + " sheet do not belong to one sheet. Compare all of them.");
    }
    String set = HexFormat.of().formatHex(plain, 0, 4);
    return new Sheet.Read(new Share(set, number, Arrays.copyOfRange(plain, 5, PLAIN_BYTES)));
  }

  private static Reading both(Share one, Share other) {
    if (!one.set().equals(other.set())) {
      return new Reading.Wrong(
          "The two sheets are of different sets, "
              + one.set()
              + " and "
              + other.set()
              + ". Take two of one set.");
    }
    if (one.number() == other.number()) {
      return new Reading.Wrong("Both are sheet " + one.number() + ". It takes two different ones.");
    }
    byte[] key = Shares.combine(one.number(), one.bytes(), other.number(), other.bytes());
    Arrays.fill(one.bytes(), (byte) 0);
    Arrays.fill(other.bytes(), (byte) 0);
    return new Reading.Key(one.set(), List.of(one.number(), other.number()), key);
  }
}
