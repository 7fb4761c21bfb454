package leadglass.server.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A media type with its parameters (RFC 9110 §8.3.1). Values may be quoted or not: many DICOMweb
/// clients write `type=application/dicom`, which should be quoted.
///
/// @param name `type/subtype` in lower case; `*` for either in a range
/// @param parameters by their names in lower case
record MediaType(String name, Map<String, String> parameters) {
  private static final int CHARS_MAX = 8192;
  private static final int COUNT_MAX = 100;

  MediaType {
    parameters = Map.copyOf(parameters);
  }

  /// Empty if `text` is no media type.
  static Optional<MediaType> parse(String text) {
    if (text.length() > CHARS_MAX) {
      return Optional.empty();
    }
    List<String> pieces = split(text, ';');
    String name = pieces.getFirst().strip().toLowerCase(Locale.ROOT);
    if (!name.matches("[a-z0-9!#$&^_.+*-]+/[a-z0-9!#$&^_.+*-]+")) {
      return Optional.empty();
    }
    Map<String, String> parameters = new HashMap<>();
    for (String piece : pieces.subList(1, pieces.size())) {
      int equals = piece.indexOf('=');
      if (equals > 0) {
        parameters.putIfAbsent(
            piece.substring(0, equals).strip().toLowerCase(Locale.ROOT),
            unquoted(piece.substring(equals + 1).strip()));
      }
    }
    return Optional.of(new MediaType(name, parameters));
  }

  /// The media types of a list, such as Accept; what is none is left out.
  static List<MediaType> list(String text) {
    if (text.length() > CHARS_MAX) {
      return List.of();
    }
    return split(text, ',').stream()
        .limit(COUNT_MAX)
        .flatMap(each -> parse(each).stream())
        .toList();
  }

  /// Splits outside quotes.
  private static List<String> split(String text, char at) {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '\\' && i + 1 < text.length()) {
        piece.append(c).append(text.charAt(++i));
      } else if (c == at && !quoted) {
        pieces.add(piece.toString());
        piece.setLength(0);
      } else {
        quoted ^= c == '"';
        piece.append(c);
      }
    }
    pieces.add(piece.toString());
    return pieces;
  }

  private static String unquoted(String value) {
    if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
      return value;
    }
    return value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1");
  }

  Optional<String> parameter(String parameter) {
    return Optional.ofNullable(parameters.get(parameter));
  }

  /// Whether this range covers `type/subtype`.
  boolean covers(String mediaType) {
    return name.equals("*/*")
        || name.equals(mediaType)
        || (name.endsWith("/*") && mediaType.startsWith(name.substring(0, name.length() - 1)));
  }

  /// How much it is wanted, 0 to 1; what is no number is 1.
  double quality() {
    String q = parameters.getOrDefault("q", "1");
    return q.matches("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?") ? Double.parseDouble(q) : 1;
  }
}
