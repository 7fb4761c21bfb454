package leadglass.dicom.dict;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads a resource of rows parted by `|`; lines that begin with `#` explain.
final class Rows {
  private Rows() {}

  static List<String[]> read(String resource) {
    try (InputStream in = Rows.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("resource " + resource + " is missing");
      }
      List<String[]> rows = new ArrayList<>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(line -> rows.add(line.split("\\|", 6)));
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
