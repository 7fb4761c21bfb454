package leadglass.archive;

import java.util.OptionalLong;

/// Codes that people type: of the authenticator app, or from the paper.
final class FactorCodes {
  private static final int CHARS_MAX = 64;

  private FactorCodes() {}

  /// What a code came to.
  sealed interface Result {
    /// @param step last one-time code used, from now on
    /// @param left recovery codes, from now on
    /// @param kind in words, for the trail
    record Right(long step, RecoveryCodes left, String kind) implements Result {}

    /// It would have been right at another time, and was never used.
    ///
    /// @param seconds how far ahead of us the clock is that made it
    record OfAnotherTime(long seconds) implements Result {}

    record Wrong() implements Result {}
  }

  /// Tries `code` both as a one-time and as a recovery code; the same work whatever is wrong.
  static Result check(AccountRecord record, String code, long now) {
    String typed = code.length() > CHARS_MAX ? "" : code.replace(" ", "");
    OptionalLong step = Totp.verify(record.totp(), typed, now, record.lastStep());
    OptionalLong other = Totp.farther(record.totp(), typed, now, record.lastStep());
    RecoveryCodes recovery = record.recovery();
    int used = recovery.find(typed);
    if (step.isPresent()) {
      return new Result.Right(step.getAsLong(), recovery, "a code");
    }
    if (used >= 0) {
      RecoveryCodes left = recovery.without(used);
      return new Result.Right(
          record.lastStep(), left, "a recovery code, " + left.hashes().size() + " left");
    }
    return other.isPresent()
        ? new Result.OfAnotherTime(Totp.secondsAhead(other.getAsLong(), now))
        : new Result.Wrong();
  }
}
