package leadglass.store.search;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import leadglass.store.StudySearch.Field;

/// Brings text into the form in which it is compared. The same for what is held and what is asked
/// for.
final class Folding {

  /// Longer values are compared by their beginning.
  static final int CHARS_MAX = 1024;

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern AROUND_CARETS = Pattern.compile(" *\\^ *");
  private static final Pattern TRAILING = Pattern.compile("[\\^= ]+$");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  private Folding() {}

  static boolean isName(Field field) {
    return field == Field.PATIENT_NAME || field == Field.REFERRER;
  }

  /// Without case, accents and spaces around components.
  static String folded(String text) {
    String cut = cut(text);
    String plain = Normalizer.normalize(cut, Normalizer.Form.NFKD);
    StringBuilder letters = new StringBuilder(plain.length());
    MARKS
        .matcher(plain)
        .replaceAll("")
        .toLowerCase(Locale.ROOT)
        .chars()
        .forEach(c -> letters.append(spelled((char) c)));
    return cut(AROUND_CARETS.matcher(letters).replaceAll("^").strip());
  }

  /// Letters that no decomposition takes apart though people type them without.
  private static String spelled(char c) {
    return switch (c) {
      case 'ß' -> "ss";
      case 'ø' -> "o";
      case 'ł' -> "l";
      case 'đ', 'ð' -> "d";
      case 'æ' -> "ae";
      case 'œ' -> "oe";
      case 'ı' -> "i";
      case 'þ' -> "th";
      default -> String.valueOf(c);
    };
  }

  /// The value of a field as it is held. Empty trailing components of a name are left out.
  static String held(Field field, String value) {
    return isName(field) ? TRAILING.matcher(folded(value)).replaceAll("") : cut(value).strip();
  }

  /// A pattern for values of a field.
  static String pattern(Field field, String pattern) {
    return isName(field) ? folded(pattern) : cut(pattern).strip();
  }

  private static String cut(String text) {
    return text.length() <= CHARS_MAX ? text : text.substring(0, CHARS_MAX);
  }

  /// The words of a text.
  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (String word : BETWEEN_WORDS.split(folded(text), -1)) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }
}
