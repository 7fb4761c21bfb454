package leadglass.archive;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;

/// The code that the console prints: 8 characters that can't be mistaken for each other.
///
/// @param endsMillis it is of no use from then on
/// @param triesLeft wrong ones that may still follow
record SetUpCode(String letters, long madeMillis, long endsMillis, int triesLeft) {
  static final int TRIES = 5;
  private static final int CHARS = 8;
  private static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

  static SetUpCode fresh(SecureRandom random, long now, Duration life) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < CHARS; i++) {
      letters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new SetUpCode(letters.toString(), now, now + life.toMillis(), TRIES);
  }

  /// As it is printed: `K7QF-2M9X`.
  String shown() {
    return Encodings.grouped(letters, CHARS / 2);
  }

  boolean alive(long now) {
    return triesLeft > 0 && now >= madeMillis && now < endsMillis;
  }

  boolean is(String typed) {
    String given = typed.length() > 64 ? "" : Encodings.typed(typed);
    return MessageDigest.isEqual(Encodings.utf8(letters), Encodings.utf8(given));
  }

  SetUpCode tried() {
    return new SetUpCode(letters, madeMillis, endsMillis, triesLeft - 1);
  }

  @Override
  public String toString() {
    return "SetUpCode[]";
  }
}
