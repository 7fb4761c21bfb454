package leadglass.survey.list;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Comma-separated values (RFC 4180).
public final class Csv {
  private Csv() {}

  /// All records of a text; each with the number of the line it begins in.
  ///
  /// @throws IllegalArgumentException if a quote is never closed
  static List<Row> parse(String text) {
    List<Row> rows = new ArrayList<>();
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    int line = 1;
    int began = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        line++;
      }
      if (quoted) {
        if (c != '"') {
          field.append(c);
        } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
          field.append('"');
          i++;
        } else {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == ',') {
        fields.add(field.toString());
        field.setLength(0);
      } else if (c == '\n') {
        fields.add(field.toString());
        field.setLength(0);
        add(rows, began, fields);
        fields = new ArrayList<>();
        began = line;
      } else if (c != '\r') {
        field.append(c);
      }
    }
    if (quoted) {
      throw new IllegalArgumentException("the quote that opens in line " + began + " never closes");
    }
    fields.add(field.toString());
    add(rows, began, fields);
    return rows;
  }

  private static void add(List<Row> rows, int line, List<String> fields) {
    boolean empty = fields.size() == 1 && fields.getFirst().isBlank();
    boolean comment = fields.getFirst().startsWith("#");
    if (!empty && !comment) {
      rows.add(new Row(line, List.copyOf(fields)));
    }
  }

  /// One record.
  record Row(int line, List<String> fields) {}

  /// One line, without its end. What a spreadsheet would take for a formula is made text.
  public static String line(List<String> fields) {
    return fields.stream().map(Csv::field).collect(Collectors.joining(","));
  }

  private static String field(String text) {
    String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    boolean quotes = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quotes ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
