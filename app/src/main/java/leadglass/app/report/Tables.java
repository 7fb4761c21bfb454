package leadglass.app.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/// Tables that come with the program: a row a line, tabs between columns, `#` before remarks.
final class Tables {
  private Tables() {}

  static List<List<String>> rows(String name, int columns) {
    List<List<String>> rows =
        text(name)
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(line -> List.of(line.split("\t", -1)))
            .toList();
    if (rows.stream().anyMatch(row -> row.size() != columns)) {
      throw new IllegalStateException(name + " has rows of another length");
    }
    return rows;
  }

  static List<String> words(String cell) {
    return List.of(cell.split(","));
  }

  private static String text(String name) {
    try (InputStream in = Tables.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
