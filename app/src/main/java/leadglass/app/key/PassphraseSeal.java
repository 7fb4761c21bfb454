package leadglass.app.key;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import leadglass.archive.KeyHome.RefusedException;
import leadglass.archive.Passphrase;

/// Seals a master key under a passphrase: `argon2id = memory in KiB, passes, lanes, salt` and
/// `sealed`.
final class PassphraseSeal {
  private static final String COST = "argon2id";
  private static final int SALT_BYTES = 16;

  /// What a damaged or planted file may make this machine do.
  private static final int MEMORY_KIB_MAX = 1 << 20;

  private static final int PASSES_MAX = 100;

  private PassphraseSeal() {}

  /// @throws RefusedException if the passphrase is too short
  static Laid seal(byte[] key, char[] passphrase) throws RefusedException {
    if (passphrase.length < Passphrase.CHARS_MIN) {
      throw new RefusedException(
          "A passphrase for the master key has at least "
              + Passphrase.CHARS_MIN
              + " characters: five or more words that nobody would guess together.");
    }
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    byte[] sealing = Passphrase.stretch(passphrase, salt, Passphrase.MEMORY_KIB, Passphrase.PASSES);
    String cost =
        Passphrase.MEMORY_KIB + " " + Passphrase.PASSES + " 1 " + HexFormat.of().formatHex(salt);
    Laid laid = new Laid(new KeyPlace.Passphrase(), Map.of(COST, cost));
    Laid sealed = laid.with(Sealed.LINE, Sealed.seal(sealing, laid.place().words(), key));
    Arrays.fill(sealing, (byte) 0);
    return sealed;
  }

  /// @throws RefusedException if it is another passphrase
  static byte[] open(Laid laid, char[] passphrase) throws IOException, RefusedException {
    String[] cost = laid.line(COST).orElseThrow(Laid::damaged).split(" ", -1);
    byte[] salt;
    int memory;
    int passes;
    try {
      memory = Integer.parseInt(cost[0]);
      passes = Integer.parseInt(cost[1]);
      salt = HexFormat.of().parseHex(cost[cost.length - 1]);
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException _) {
      throw Laid.damaged();
    }
    boolean sane =
        cost.length == 4
            && cost[2].equals("1")
            && memory >= 8
            && memory <= MEMORY_KIB_MAX
            && passes >= 1
            && passes <= PASSES_MAX
            && salt.length == SALT_BYTES;
    if (!sane) {
      throw Laid.damaged();
    }
    byte[] sealing = Passphrase.stretch(passphrase, salt, memory, passes);
    try {
      return Sealed.open(sealing, laid.place().words(), laid)
          .orElseThrow(() -> new RefusedException("That is not the passphrase."));
    } finally {
      Arrays.fill(sealing, (byte) 0);
    }
  }
}
