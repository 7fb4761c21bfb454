package leadglass.app.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lists for people: a line of headings, then a line for each.
final class Tables {
  private Tables() {}

  /// @param rows maps, as a reply has them
  /// @param columns names of their values
  static void print(PrintWriter out, @Nullable Object rows, List<String> columns) {
    List<?> all = rows instanceof List<?> list ? list : List.of();
    int[] widths = columns.stream().mapToInt(String::length).toArray();
    for (Object row : all) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], cell(row, columns.get(i)).length());
      }
    }
    StringBuilder heading = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      append(heading, columns.get(i).toUpperCase(java.util.Locale.ROOT), widths[i]);
    }
    out.println(heading.toString().stripTrailing());
    for (Object row : all) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        append(line, cell(row, columns.get(i)), widths[i]);
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private static void append(StringBuilder line, String cell, int width) {
    line.append(cell).append(" ".repeat(width - cell.length() + 2));
  }

  private static String cell(Object row, String column) {
    Object value = row instanceof Map<?, ?> map ? map.get(column) : null;
    return switch (value) {
      case null -> "";
      case List<?> list -> Print.joined(list, "; ");
      default -> value.toString();
    };
  }
}
