package leadglass.dicom.json;

import java.math.BigDecimal;
import java.math.MathContext;

/// Numbers as PS3.5 §6.2 writes them, turned to numbers as JSON writes them (RFC 8259 §6), digit by
/// digit.
final class NumberText {
  private static final int DECIMAL_CHARS_MAX = 16;
  private static final int SAFE_DIGITS = 15;
  private static final MathContext NINE = new MathContext(9);

  private NumberText() {}

  /// The JSON number that a DS value is; empty if it breaks the rules of DS or is out of the range
  /// of a double.
  static String decimal(String text) {
    if (text.length() > DECIMAL_CHARS_MAX) {
      return "";
    }
    int exponent = Math.max(text.indexOf('e'), text.indexOf('E'));
    String mantissa = exponent < 0 ? text : text.substring(0, exponent);
    String power = exponent < 0 ? "" : text.substring(exponent + 1);
    int point = mantissa.indexOf('.');
    String whole = unsigned(point < 0 ? mantissa : mantissa.substring(0, point));
    String fraction = point < 0 ? "" : mantissa.substring(point + 1);
    boolean sound =
        areDigits(whole)
            && areDigits(fraction)
            && whole.length() + fraction.length() > 0
            && (exponent < 0 || (areDigits(unsigned(power)) && !unsigned(power).isEmpty()));
    if (!sound) {
      return "";
    }
    String number =
        (mantissa.startsWith("-") ? "-" : "")
            + withoutZeros(whole)
            + (fraction.isEmpty() ? "" : "." + fraction)
            + (exponent < 0 ? "" : "E" + power);
    return Double.isFinite(Double.parseDouble(number)) ? number : "";
  }

  /// The JSON number that an IS value is; empty if it is none of 32 bits.
  static String integer(String text) {
    String digits = unsigned(text);
    if (digits.isEmpty() || !areDigits(digits) || text.length() > 12) {
      return "";
    }
    long number = Long.parseLong(digits) * (text.startsWith("-") ? -1 : 1);
    return number == (int) number ? Long.toString(number) : "";
  }

  /// Whether every reader of JSON understands the integer exactly.
  static boolean isSafe(String integer) {
    return unsigned(integer).length() <= SAFE_DIGITS;
  }

  /// A float in as many digits as tell it from every other (IEEE 754 §5.12.2), so that readers that
  /// make a double of it come as near as they can.
  static String nineDigits(float number) {
    return number == 0
        ? shorter(Float.toString(number))
        : new BigDecimal(number).round(NINE).stripTrailingZeros().toString();
  }

  /// A double as Java writes it, without a fraction of nothing.
  static String shorter(String number) {
    return number.endsWith(".0") && !number.equals("-0.0")
        ? number.substring(0, number.length() - 2)
        : number;
  }

  private static String unsigned(String text) {
    return text.startsWith("+") || text.startsWith("-") ? text.substring(1) : text;
  }

  private static boolean areDigits(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static String withoutZeros(String digits) {
    int from = 0;
    while (from < digits.length() - 1 && digits.charAt(from) == '0') {
      from++;
    }
    return digits.isEmpty() ? "0" : digits.substring(from);
  }
}
