package leadglass.app.console;

import java.util.ArrayList;
import java.util.List;

/// Reads lines of CSV (RFC 4180), as spreadsheets write them.
final class CsvReader {
  /// One row and the line of the file it begins on, 1 for the first.
  record Row(int line, List<String> cells) {
    Row {
      cells = List.copyOf(cells);
    }

    @Override
    public String toString() {
      return "Row[line " + line + "]";
    }
  }

  private final String text;
  private final char between;
  private int at;
  private int line = 1;

  private CsvReader(String text) {
    this.text = text;
    int end = text.indexOf('\n');
    String first = end < 0 ? text : text.substring(0, end);
    // Where a comma parts decimals, spreadsheets part cells by semicolons.
    this.between = first.indexOf(';') >= 0 && first.indexOf(',') < 0 ? ';' : ',';
  }

  /// @param text whole file; a byte order mark in front is passed over
  static List<Row> read(String text) {
    CsvReader reader = new CsvReader(text.startsWith("\uFEFF") ? text.substring(1) : text);
    List<Row> rows = new ArrayList<>();
    while (reader.at < reader.text.length()) {
      Row row = reader.row();
      if (row.cells().size() > 1 || !row.cells().getFirst().isBlank()) {
        rows.add(row);
      }
    }
    return rows;
  }

  private Row row() {
    int begins = line;
    List<String> cells = new ArrayList<>();
    boolean more = true;
    while (more) {
      cells.add(isAt('"') ? quoted() : plain());
      more = isAt(between);
      at += more ? 1 : 0;
    }
    if (isAt('\r')) {
      at++;
    }
    if (isAt('\n')) {
      at++;
      line++;
    }
    return new Row(begins, cells);
  }

  private boolean isAt(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private String plain() {
    int from = at;
    while (at < text.length() && !isAt(between) && !isAt('\n') && !isAtLineEnd()) {
      at++;
    }
    return text.substring(from, at);
  }

  /// A carriage return alone ends no line.
  private boolean isAtLineEnd() {
    return isAt('\r') && (at + 1 == text.length() || text.charAt(at + 1) == '\n');
  }

  private String quoted() {
    StringBuilder cell = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"' && !isAt('"')) {
        return cell.append(plain()).toString();
      }
      if (c == '"') {
        at++;
      }
      line += c == '\n' ? 1 : 0;
      cell.append(c);
    }
    return cell.toString();
  }
}
