package leadglass.server.ui;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import leadglass.server.http.Response;

/// Lines of RFC 4180, safe to open in a spreadsheet: what would be taken for a formula begins with
/// an apostrophe.
final class Csv {
  private static final String FORMULA = "=+-@\t\r\n";

  private Csv() {}

  /// Writes lines.
  @FunctionalInterface
  interface Lines {
    void to(Sheet sheet) throws IOException;
  }

  /// Takes lines.
  @FunctionalInterface
  interface Sheet {
    void line(Object... cells) throws IOException;
  }

  /// A file to save, made while it leaves.
  static Response file(String name, Lines lines) {
    return Response.of(200)
        .with("Content-Type", "text/csv; charset=utf-8")
        .with("Content-Disposition", "attachment; filename=\"" + name + "\"")
        .with("Cache-Control", "no-store")
        .with(-1, out -> write(out, lines));
  }

  private static void write(OutputStream out, Lines lines) throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    lines.to(cells -> writer.write(line(cells)));
    writer.flush();
  }

  static String line(Object... cells) {
    return Arrays.stream(cells).map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String cell(Object value) {
    String text = String.valueOf(value);
    boolean number = value instanceof Number;
    boolean formula = !number && !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
    return "\"" + (formula ? "'" : "") + text.replace("\"", "\"\"") + "\"";
  }
}
