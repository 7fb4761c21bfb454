package leadglass.archive;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which passwords are refused. What everybody tries first is told by rule, without a list from the
/// network: common words, names, rows of the keyboard, repeats and years are crossed out, whatever
/// digits stand in for their letters, and what is left must be long enough to be a secret.
final class PasswordRules {
  private static final int LEFT_CHARS_MIN = 6;
  private static final int LEFT_DISTINCT_MIN = 4;
  private static final int NAME_CHARS_MIN = 3;
  private static final int PART_CHARS_MIN = 4;
  private static final int RUN_CHARS_MIN = 3;

  private static final List<String> ROWS =
      List.of(
          "1234567890",
          "qwertyuiop",
          "qwertzuiop",
          "azertyuiop",
          "asdfghjkl",
          "qsdfghjklm",
          "zxcvbnm",
          "yxcvbnm",
          "wxcvbn",
          "1qaz2wsx3edc4rfv5tgb6yhn7ujm");

  private static final List<String> WORDS =
      List.of(
          "leadglass password passwort passwd passphrase kennwort contrasena motdepasse losenord",
          "secret secure security letmein letme access login logon signin welcome changeme change",
          "default temporary temp test testing guest user admin administrator root master system",
          "server archive archiv pacs dicom orthanc radiology radiologist radiologie imaging image",
          "xray scan scanner hospital clinic clinique klinik medical medicine doctor doktor nurse",
          "patient health praxis office practice company computer internet windows google apple",
          "summer winter spring autumn sommer herbst monday tuesday wednesday thursday friday",
          "saturday sunday january february march april june july august september october",
          "november december monkey dragon tiger football baseball soccer hockey superman batman",
          "pokemon starwars princess sunshine shadow iloveyou love hello hallo freedom whatever",
          "trustno jesus flower cheese chocolate killer ninja mustang ferrari london paris berlin");

  private PasswordRules() {}

  /// Why `password` won't do; empty: it will.
  ///
  /// @param name of the account
  /// @param site its name, empty if there is none
  static Optional<String> refusal(char[] password, String name, String site) {
    int chars = Character.codePointCount(password, 0, password.length);
    if (chars < People.PASSWORD_CHARS_MIN) {
      return Optional.of("Take at least " + People.PASSWORD_CHARS_MIN + " characters.");
    }
    if (chars > People.PASSWORD_CHARS_MAX) {
      return Optional.of("Take at most " + People.PASSWORD_CHARS_MAX + " characters.");
    }
    char[] folded = folded(password);
    boolean[] crossed = new boolean[folded.length];
    try {
      boolean named = name.length() >= NAME_CHARS_MIN && cross(folded, crossed, fold(name));
      if (named) {
        return Optional.of("Leave the account's name out of the password.");
      }
      crossWords(folded, crossed, name + " " + site);
      for (String words : WORDS) {
        crossWords(folded, crossed, words);
      }
      crossRuns(password, crossed);
      crossRepeats(folded, crossed);
      return enough(folded, crossed)
          ? Optional.empty()
          : Optional.of(
              "That password is easy to guess: it is made of common words, names, rows of keys,"
                  + " repeats or years. Take four words that have nothing to do with each other.");
    } finally {
      Arrays.fill(folded, ' ');
    }
  }

  private static boolean enough(char[] folded, boolean[] crossed) {
    int left = 0;
    int distinct = 0;
    for (int i = 0; i < folded.length; i++) {
      if (crossed[i]) {
        continue;
      }
      left++;
      boolean seen = false;
      for (int j = 0; j < i; j++) {
        seen |= !crossed[j] && folded[j] == folded[i];
      }
      distinct += seen ? 0 : 1;
    }
    return left >= LEFT_CHARS_MIN && distinct >= LEFT_DISTINCT_MIN;
  }

  private static void crossWords(char[] folded, boolean[] crossed, String words) {
    for (String word : words.split("[^\\p{L}\\p{Nd}]+", -1)) {
      if (word.length() >= PART_CHARS_MIN) {
        cross(folded, crossed, fold(word));
      }
    }
  }

  /// Crosses out `word` wherever it stands.
  private static boolean cross(char[] text, boolean[] crossed, char[] word) {
    boolean found = false;
    for (int at = 0; at + word.length <= text.length; at++) {
      if (Arrays.equals(text, at, at + word.length, word, 0, word.length)) {
        Arrays.fill(crossed, at, at + word.length, true);
        found = true;
      }
    }
    return found;
  }

  /// `abcd`, `4321`, `aaaa`, `qwert` and years.
  private static void crossRuns(char[] password, boolean[] crossed) {
    int start = 0;
    for (int i = 1; i <= password.length; i++) {
      boolean goesOn =
          i < password.length
              && (i - start < 2
                  ? follows(password[i - 1], password[i])
                  : sameStep(password[i - 2], password[i - 1], password[i]));
      if (!goesOn) {
        if (i - start >= RUN_CHARS_MIN) {
          Arrays.fill(crossed, start, i, true);
        }
        // Two neighbours that end one run may begin the next.
        start =
            i < password.length && i - start >= 2 && follows(password[i - 1], password[i])
                ? i - 1
                : i;
      }
    }
    for (int i = 0; i + 4 <= password.length; i++) {
      if (isYear(password, i)) {
        Arrays.fill(crossed, i, i + 4, true);
      }
    }
  }

  /// From 1900 to 2099.
  private static boolean isYear(char[] text, int at) {
    int century = (text[at] - '0') * 10 + text[at + 1] - '0';
    return (century == 19 || century == 20) && isDigit(text[at + 2]) && isDigit(text[at + 3]);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean follows(char first, char second) {
    char a = Character.toLowerCase(first);
    char b = Character.toLowerCase(second);
    return Math.abs(a - b) <= 1 || inRow(a, b) != 0;
  }

  private static boolean sameStep(char first, char second, char third) {
    char a = Character.toLowerCase(first);
    char b = Character.toLowerCase(second);
    char c = Character.toLowerCase(third);
    boolean byCode = Math.abs(a - b) <= 1 && c - b == b - a;
    return byCode || (inRow(a, b) != 0 && inRow(a, b) == inRow(b, c));
  }

  /// 1 if `b` stands right of `a` on a keyboard, -1 left of it, else 0.
  private static int inRow(char a, char b) {
    for (String row : ROWS) {
      int at = row.indexOf(a);
      int other = row.indexOf(b);
      if (at >= 0 && other >= 0 && Math.abs(at - other) == 1) {
        return other - at;
      }
    }
    return 0;
  }

  /// Crosses out what stood there before, three characters or more.
  private static void crossRepeats(char[] text, boolean[] crossed) {
    for (int at = 1; at + RUN_CHARS_MIN <= text.length; at++) {
      for (int before = 0; before < at; before++) {
        if (Arrays.equals(text, at, at + RUN_CHARS_MIN, text, before, before + RUN_CHARS_MIN)) {
          Arrays.fill(crossed, at, at + RUN_CHARS_MIN, true);
        }
      }
    }
  }

  private static char[] fold(String word) {
    return folded(word.toLowerCase(Locale.ROOT).toCharArray());
  }

  /// Lower case, and one sign for all that stand for the same letter.
  private static char[] folded(char[] text) {
    char[] folded = new char[text.length];
    for (int i = 0; i < text.length; i++) {
      char c = Character.toLowerCase(text[i]);
      folded[i] =
          switch (c) {
            case '0' -> 'o';
            case '1', '!', '|', 'l' -> 'i';
            case '2' -> 'z';
            case '3', '€' -> 'e';
            case '4', '@' -> 'a';
            case '5', '$' -> 's';
            case '7', '+' -> 't';
            case '8' -> 'b';
            case '9' -> 'g';
            default -> c;
          };
    }
    return folded;
  }
}
