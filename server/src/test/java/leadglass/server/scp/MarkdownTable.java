package leadglass.server.scp;

import java.util.Arrays;
import java.util.stream.Collectors;
import leadglass.dicom.data.Uid;

/// A table in Markdown.
final class MarkdownTable {
  private final StringBuilder text = new StringBuilder();
  private final int columns;

  MarkdownTable(Object... header) {
    columns = header.length;
    row(header);
    text.append("|").append("---|".repeat(columns)).append("\n");
  }

  MarkdownTable row(Object... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException("a row of " + cells.length + " cells");
    }
    text.append(
        Arrays.stream(cells)
            .map(cell -> cell instanceof Uid uid ? uid.value() : cell.toString())
            .collect(Collectors.joining(" | ", "| ", " |\n")));
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
