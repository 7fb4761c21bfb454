package leadglass.testkit.world;

import java.util.List;
import java.util.SplittableRandom;

/// What stands on one host and nowhere else. Every text has the host's token in it, every UID its
/// root.
///
/// @param token ten characters
/// @param uidRoot all but the last six digits of its UIDs
record Names(String token, String uidRoot) {
  private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789";

  static Names of(SplittableRandom random) {
    StringBuilder token = new StringBuilder(10);
    while (token.length() < 10) {
      token.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return new Names(
        token.toString(), "2.25." + random.nextLong(1_000_000_000_000_000_000L, Long.MAX_VALUE));
  }

  String aeTitle() {
    return token + "_AE";
  }

  /// Implementation version name.
  String version() {
    return token + "_V1";
  }

  /// Where it says what it is: an SSH banner, the name of a system.
  String banner() {
    return token + "-banner";
  }

  /// The value of an HTTP header.
  String header() {
    return token + "-header";
  }

  String cookie() {
    return token + "-cookie";
  }

  String fileName() {
    return token + "-file.dcm";
  }

  /// An error comment; of an even number of characters.
  String comment() {
    return token + " comment";
  }

  /// What a hostile host says again and again.
  String noise() {
    return token + "-noise";
  }

  List<String> all() {
    return List.of(
        aeTitle(), version(), banner(), header(), cookie(), fileName(), comment(), noise());
  }
}
