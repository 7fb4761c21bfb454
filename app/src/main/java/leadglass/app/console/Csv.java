package leadglass.app.console;

import java.util.Collection;
import java.util.stream.Collectors;

/// Lines of CSV (RFC 4180) that a spreadsheet takes for values and never for formulas.
final class Csv {
  private static final String FORMULA = "=+-@\t\r";

  private Csv() {}

  static String line(Collection<?> cells) {
    return cells.stream().map(cell -> cell(String.valueOf(cell))).collect(Collectors.joining(","))
        + "\r\n";
  }

  private static String cell(String text) {
    String plain = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return plain.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? '"' + plain.replace("\"", "\"\"") + '"'
        : plain;
  }
}
