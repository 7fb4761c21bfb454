package leadglass.dicom.charset;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The defined terms of PS3.3 Tables C.12-2 to C.12-5 and the JDK's tables behind them.
final class Repertoires {
  static final Charset JIS_X_0201 = Charset.forName("JIS_X0201");

  private static final Map<String, Charset> SINGLE_BYTE =
      Map.ofEntries(
          Map.entry("6", StandardCharsets.US_ASCII),
          Map.entry("13", JIS_X_0201),
          Map.entry("100", StandardCharsets.ISO_8859_1),
          Map.entry("101", Charset.forName("ISO-8859-2")),
          Map.entry("109", Charset.forName("ISO-8859-3")),
          Map.entry("110", Charset.forName("ISO-8859-4")),
          Map.entry("126", Charset.forName("ISO-8859-7")),
          Map.entry("127", Charset.forName("ISO-8859-6")),
          Map.entry("138", Charset.forName("ISO-8859-8")),
          Map.entry("144", Charset.forName("ISO-8859-5")),
          Map.entry("148", Charset.forName("ISO-8859-9")),
          Map.entry("166", Charset.forName("TIS-620")),
          Map.entry("203", Charset.forName("ISO-8859-15")));

  private static final Map<String, Charset> WITHOUT_EXTENSIONS =
      Map.of(
          "ISO_IR 192", StandardCharsets.UTF_8,
          "GB18030", Charset.forName("GB18030"),
          "GBK", Charset.forName("GBK"));

  private Repertoires() {}

  /// Character sets that stand alone and know no escape sequences.
  static @Nullable Charset withoutExtensions(String term) {
    return WITHOUT_EXTENSIONS.get(term);
  }

  /// The single-byte set of a term; the multi-byte ones begin in ASCII.
  static @Nullable Charset singleByte(String term) {
    String number = number(term);
    if (term.isEmpty() || isMultiByte(number)) {
      return StandardCharsets.US_ASCII;
    }
    return SINGLE_BYTE.get(number);
  }

  static boolean isKnown(String term) {
    return term.isEmpty() || SINGLE_BYTE.containsKey(number(term)) || isMultiByte(number(term));
  }

  private static boolean isMultiByte(String number) {
    return switch (number) {
      case "87", "159", "149", "58" -> true;
      default -> false;
    };
  }

  private static String number(String term) {
    if (term.startsWith("ISO_IR ")) {
      return term.substring(7);
    }
    return term.startsWith("ISO 2022 IR ") ? term.substring(12) : "";
  }

  /// The two places of JIS X 0201 that differ from ASCII, which the JDK reads as ASCII.
  static String romaji(String text) {
    return text.replace('\\', '¥').replace('~', '‾');
  }

  /// Splits decoded text where the bytes had 5CH, which is the yen sign of JIS X 0201.
  static List<String> split(String text, char delimiter) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int to = text.indexOf(delimiter); to >= 0; to = text.indexOf(delimiter, from)) {
      parts.add(text.substring(from, to));
      from = to + 1;
    }
    parts.add(text.substring(from));
    return parts;
  }
}
