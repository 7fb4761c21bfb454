package leadglass.dicom.charset;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Text with ISO 2022 code extensions (PS3.5 §6.1.2.5): escape sequences designate sets to G0
/// (bytes below 80H) and G1 (the others); both fall back to the first term's at every delimiter.
final class CodeExtensions {
  private static final Charset EUC_JP = Charset.forName("EUC-JP");
  private static final Charset EUC_KR = Charset.forName("EUC-KR");
  private static final Charset EUC_CN = Charset.forName("GB2312");

  /// A set, how many bytes a character takes, and what goes before them in the JDK's encoding.
  private record Designated(Charset charset, int bytes, boolean supplementary) {}

  private static final Designated ASCII = new Designated(StandardCharsets.US_ASCII, 1, false);

  private final Designated first0;
  private final Designated first1;

  CodeExtensions(String firstTerm) {
    Charset single = Repertoires.singleByte(firstTerm);
    Charset charset = single == null ? StandardCharsets.US_ASCII : single;
    this.first1 = firstOfG1(firstTerm, charset);
    this.first0 = charset.equals(Repertoires.JIS_X_0201) ? first1 : ASCII;
  }

  /// A multi-byte set should never be the first term; where one of G1 is, its files rarely bother
  /// to designate it.
  private static Designated firstOfG1(String firstTerm, Charset charset) {
    return switch (firstTerm) {
      case "ISO 2022 IR 149" -> new Designated(EUC_KR, 2, false);
      case "ISO 2022 IR 58" -> new Designated(EUC_CN, 2, false);
      default -> new Designated(charset, 1, false);
    };
  }

  /// @param personName whether `^` and `=` are delimiters too
  /// @param splits whether a backslash parts values
  List<String> decode(byte[] value, boolean personName, boolean splits) {
    return new Run(value, personName, splits).values();
  }

  /// One pass over one value.
  private final class Run {
    private final byte[] value;
    private final boolean personName;
    private final boolean splits;
    private final List<String> values = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private Designated g0 = first0;
    private Designated g1 = first1;
    private int at;

    Run(byte[] value, boolean personName, boolean splits) {
      this.value = value;
      this.personName = personName;
      this.splits = splits;
    }

    List<String> values() {
      while (at < value.length) {
        int b = value[at] & 0xFF;
        if (b == 0x1B && escape()) {
          continue;
        }
        if (isDelimiter(b)) {
          delimiter(b);
        } else {
          character(b < 0x80 ? g0 : g1, b);
        }
      }
      values.add(text.toString());
      return values;
    }

    private boolean isDelimiter(int b) {
      if (b < 0x20) {
        return true;
      }
      // Within a two-byte set 5CH, 5EH and 3DH may be the first half of a character.
      boolean delimits = (b == '\\' && splits) || (personName && (b == '^' || b == '='));
      return delimits && g0.bytes() == 1;
    }

    private void delimiter(int b) {
      g0 = first0;
      g1 = first1;
      at++;
      if (b == '\\') {
        values.add(text.toString());
        text.setLength(0);
      } else {
        text.append((char) b);
      }
    }

    private void character(Designated set, int b) {
      if (set.bytes() == 1 || b == ' ' || b == 0x7F) {
        text.append(b < 0x80 && set.equals(ASCII) ? String.valueOf((char) b) : one(set));
        at++;
      } else if (at + 1 < value.length && second(b, value[at + 1])) {
        text.append(two(set));
        at += 2;
      } else {
        text.append('\uFFFD');
        at++;
      }
    }

    /// Both halves of a character lie on the same side of 80H, and neither is a control character.
    private static boolean second(int b, byte next) {
      int low = next & 0x7F;
      return (b >= 0x80) == (next < 0) && low > 0x20 && low < 0x7F;
    }

    private String one(Designated set) {
      String character = new String(value, at, 1, set.charset());
      return set.charset().equals(Repertoires.JIS_X_0201)
          ? Repertoires.romaji(character)
          : character;
    }

    private String two(Designated set) {
      byte high = (byte) (value[at] | 0x80);
      byte low = (byte) (value[at + 1] | 0x80);
      byte[] euc =
          set.supplementary() ? new byte[] {(byte) 0x8F, high, low} : new byte[] {high, low};
      return new String(euc, set.charset());
    }

    /// Takes an escape sequence of PS3.3 Tables C.12-3 and C.12-4; an unknown one stays as text.
    private boolean escape() {
      String rest =
          new String(value, at, Math.min(4, value.length - at), StandardCharsets.ISO_8859_1);
      if (rest.startsWith("\u001B$(D")) {
        g0 = new Designated(EUC_JP, 2, true);
        at += 4;
      } else if (rest.startsWith("\u001B$)C")) {
        g1 = new Designated(EUC_KR, 2, false);
        at += 4;
      } else if (rest.startsWith("\u001B$)A")) {
        g1 = new Designated(EUC_CN, 2, false);
        at += 4;
      } else if (rest.startsWith("\u001B$B") || rest.startsWith("\u001B$@")) {
        g0 = new Designated(EUC_JP, 2, false);
        at += 3;
      } else {
        return rest.length() >= 3 && single(rest.charAt(1), rest.charAt(2));
      }
      return true;
    }

    private boolean single(char intermediate, char last) {
      Designated set = designated(intermediate, last);
      if (set == null) {
        return false;
      }
      if (intermediate == '(') {
        g0 = set;
      } else {
        g1 = set;
      }
      at += 3;
      return true;
    }
  }

  private static @Nullable Designated designated(char intermediate, char last) {
    if (intermediate == '(') {
      return switch (last) {
        case 'B' -> ASCII;
        case 'J' -> of("13");
        default -> null;
      };
    }
    if (intermediate == ')') {
      return last == 'I' ? of("13") : null;
    }
    if (intermediate != '-') {
      return null;
    }
    return switch (last) {
      case 'A' -> of("100");
      case 'B' -> of("101");
      case 'C' -> of("109");
      case 'D' -> of("110");
      case 'F' -> of("126");
      case 'G' -> of("127");
      case 'H' -> of("138");
      case 'L' -> of("144");
      case 'M' -> of("148");
      case 'T' -> of("166");
      case 'b' -> of("203");
      default -> null;
    };
  }

  private static Designated of(String number) {
    Charset charset = Repertoires.singleByte("ISO_IR " + number);
    return new Designated(charset == null ? StandardCharsets.US_ASCII : charset, 1, false);
  }
}
