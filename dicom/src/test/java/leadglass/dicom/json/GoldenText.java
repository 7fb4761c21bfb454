package leadglass.dicom.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// DICOM JSON as the goldens' digests were taken of it: keys sorted, no white space, and numbers as
/// Python prints those of DCMTK, which gives floats nine digits.
final class GoldenText {
  private GoldenText() {}

  static String sha256(@Nullable Object json) {
    StringBuilder text = new StringBuilder();
    value(text, json);
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static void value(StringBuilder text, @Nullable Object json) {
    switch (json) {
      case null -> text.append("null");
      case Map<?, ?> map -> object(text, map);
      case List<?> list -> {
        String between = "[";
        for (Object member : list) {
          text.append(between);
          value(text, member);
          between = ",";
        }
        text.append(list.isEmpty() ? "[]" : "]");
      }
      case Json.Digits number -> text.append(number(number.text()));
      default -> string(text, json.toString());
    }
  }

  private static void object(StringBuilder text, Map<?, ?> map) {
    String between = "{";
    Map<String, @Nullable Object> sorted = new TreeMap<>();
    map.forEach((name, member) -> sorted.put(String.valueOf(name), member));
    for (Map.Entry<String, @Nullable Object> member : sorted.entrySet()) {
      text.append(between);
      string(text, member.getKey());
      text.append(':');
      value(text, member.getValue());
      between = ",";
    }
    text.append(map.isEmpty() ? "{}" : "}");
  }

  private static void string(StringBuilder text, String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case '\f' -> text.append("\\f");
        case '\b' -> text.append("\\b");
        default -> {
          if (c < ' ') {
            text.append(String.format("\\u%04x", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }

  /// Python: what has a point or an exponent is a float, shown with as few digits as tell it.
  private static String number(String number) {
    boolean isReal = number.matches(".*[.eE].*");
    return isReal ? real(Double.parseDouble(number)) : new BigInteger(number).toString();
  }

  private static String real(double number) {
    String java = Double.toString(number);
    int e = java.indexOf('E');
    if (e < 0 && (number == 0 || Math.abs(number) >= 1e-3)) {
      return java;
    }
    BigDecimal digits = new BigDecimal(java).stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      String plain = digits.toPlainString();
      return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
    String unscaled = digits.unscaledValue().toString();
    int sign = unscaled.startsWith("-") ? 1 : 0;
    String mantissa =
        unscaled.length() - sign > 1
            ? unscaled.substring(0, sign + 1) + "." + unscaled.substring(sign + 1)
            : unscaled;
    return mantissa + String.format("e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
  }
}
