package leadglass.app.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import leadglass.app.report.Sheet.Cell;
import leadglass.app.report.Sheet.Heading;
import leadglass.app.report.Sheet.Paragraph;
import leadglass.app.report.Sheet.Part;
import leadglass.app.report.Sheet.Steps;
import leadglass.app.report.Sheet.Table;
import leadglass.app.report.Sheet.Tile;
import org.apache.pdfbox.pdmodel.PDDocument;

/// A sheet as PDF, A4.
final class PdfSheet {
  private static final float SIZE = 9;
  private static final float SMALLEST = 6;
  private static final float STEP = 0.25f;
  private static final int COMPACT_PAGES = 2;
  private static final float PADDING = 3;

  private final PdfPages pages;
  private final PdfText text;
  private final float size;
  private final float leading;

  private PdfSheet(PdfPages pages, PdfText text, float size) {
    this.pages = pages;
    this.text = text;
    this.size = size;
    this.leading = size * 1.25f;
  }

  /// @throws IllegalStateException if it has to fit two pages and does not
  static byte[] of(Sheet sheet) throws IOException {
    float size = SIZE;
    while (true) {
      try (PDDocument document = new PDDocument()) {
        int count = write(document, sheet, size);
        if (!sheet.compact() || count <= COMPACT_PAGES) {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          document.save(bytes);
          return bytes.toByteArray();
        }
      }
      size -= STEP;
      if (size < SMALLEST) {
        throw new IllegalStateException("it does not fit two pages");
      }
    }
  }

  private static int write(PDDocument document, Sheet sheet, float size) throws IOException {
    PdfText text = PdfText.of(document);
    PdfPages pages = new PdfPages(document, text, sheet);
    try (pages) {
      new PdfSheet(pages, text, size).all(sheet);
    }
    return pages.finish();
  }

  private void all(Sheet sheet) throws IOException {
    float title = size * 1.7f;
    pages.take(title * 1.3f);
    pages.draw(pages.left(), title * 0.3f, title, Ink.BLACK, true, sheet.title());
    for (Sheet.Block block : sheet.blocks()) {
      switch (block) {
        case Heading(int level, String words) -> heading(level, words);
        case Paragraph(String words) -> paragraph(words);
        case Steps(List<String> steps) -> steps(steps);
        case Tile tile -> tile(tile);
        case Table table -> table(table);
      }
    }
  }

  private void heading(int level, String words) throws IOException {
    float large = level == 2 ? size * 1.3f : size * 1.1f;
    pages.need(large * 2.2f + 4 * leading);
    pages.take(large * 1.9f);
    pages.draw(pages.left(), large * 0.5f, large, Ink.BLACK, true, words);
  }

  private void paragraph(String words) throws IOException {
    for (String line : text.wrapped(words, size, pages.width())) {
      pages.take(leading);
      pages.draw(pages.left(), size * 0.3f, size, Ink.BLACK, false, line);
    }
    pages.skip(leading * 0.4f);
  }

  private void steps(List<String> steps) throws IOException {
    float indent = size * 2;
    for (int i = 0; i < steps.size(); i++) {
      boolean first = true;
      for (String line : text.wrapped(steps.get(i), size, pages.width() - indent)) {
        pages.take(leading);
        if (first) {
          pages.draw(pages.left(), size * 0.3f, size, Ink.GREY, true, (i + 1) + ".");
        }
        pages.draw(pages.left() + indent, size * 0.3f, size, Ink.BLACK, false, line);
        first = false;
      }
      pages.skip(leading * 0.2f);
    }
    pages.skip(leading * 0.3f);
  }

  /// The letter at the left, what it means beside it, the counts below.
  private void tile(Tile tile) throws IOException {
    float side = size * 7;
    float letter = size * 4.5f;
    float indent = side + size * 1.5f;
    List<String> says = text.wrapped(tile.says(), size * 1.4f, pages.width() - indent);
    List<String> verdict = text.wrapped(tile.verdict(), size, pages.width() - indent);
    float height =
        Math.max(side, says.size() * size * 1.8f + verdict.size() * leading) + size * 0.5f;
    pages.skip(leading * 0.5f);
    pages.take(height);
    pages.box(pages.left(), side, side, height - side);
    String words = tile.grade().words();
    float middle = pages.left() + (side - text.width(words, letter)) / 2;
    Ink ink = tile.grade().tone().ink();
    pages.draw(middle, height - side / 2 - letter * 0.36f, letter, ink, true, words);
    float up = height;
    for (String line : says) {
      up -= size * 1.8f;
      pages.draw(pages.left() + indent, up + size * 0.3f, size * 1.4f, Ink.BLACK, true, line);
    }
    for (String line : verdict) {
      up -= leading;
      pages.draw(pages.left() + indent, up, size, Ink.BLACK, false, line);
    }
    pages.skip(leading * 0.3f);
    for (Sheet.Count each : tile.counts()) {
      pages.take(leading);
      pages.draw(pages.left(), size * 0.3f, size, Ink.BLACK, true, each.number());
      float after = pages.left() + Math.max(size * 9, text.width(each.number(), size) + size);
      pages.draw(after, size * 0.3f, size, Ink.BLACK, false, each.name());
    }
    pages.skip(leading * 0.5f);
  }

  /// A line of a cell.
  ///
  /// @param mark the beginning of `words` that is in colour
  private record Line(String mark, Ink ink, String words, boolean bold) {}

  private void table(Table table) throws IOException {
    List<Float> widths = table.widths().stream().map(share -> share * pages.width() / 100).toList();
    List<List<Line>> head = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      head.add(lines(List.of(table.columns().get(i)), widths.get(i)));
    }
    row(head, widths, List.of());
    for (List<Cell> cells : table.rows()) {
      List<List<Line>> row = new ArrayList<>();
      for (int i = 0; i < cells.size(); i++) {
        row.add(lines(cells.get(i), widths.get(i)));
      }
      row(row, widths, head);
    }
    pages.skip(leading * 0.5f);
  }

  private List<Line> lines(List<String> titles, float width) throws IOException {
    List<Line> lines = new ArrayList<>();
    for (String title : titles) {
      for (String line : text.wrapped(title, size, width - 2 * PADDING)) {
        lines.add(new Line("", Ink.BLACK, line, true));
      }
    }
    return lines;
  }

  private List<Line> lines(Cell cell, float width) throws IOException {
    List<Line> lines = new ArrayList<>();
    for (Part part : cell.parts()) {
      String mark = part.markWords();
      String words = mark.isEmpty() || part.text().isEmpty() ? mark : mark + ": ";
      Ink ink = part.mark().map(each -> each.tone().ink()).orElse(Ink.BLACK);
      boolean first = true;
      for (String line : text.wrapped(words + part.text(), size, width - 2 * PADDING)) {
        boolean marked = first && line.startsWith(mark);
        lines.add(new Line(marked ? mark : "", ink, line, false));
        first = false;
      }
    }
    return lines;
  }

  /// On one page if it fits one; else over as many as it takes, with the head on each.
  private void row(List<List<Line>> row, List<Float> widths, List<List<Line>> head)
      throws IOException {
    int count = height(row);
    if (!pages.has(count * leading + 2 * PADDING)) {
      boolean fresh = pages.next();
      if (fresh && !head.isEmpty()) {
        slice(head, widths, 0, height(head));
      }
    }
    int done = 0;
    while (done < count) {
      int fits = (int) ((pages.rest() - 2 * PADDING) / leading);
      if (fits < 1) {
        pages.next();
        continue;
      }
      int until = Math.min(count, done + fits);
      slice(row, widths, done, until);
      done = until;
    }
  }

  private static int height(List<List<Line>> row) {
    return row.stream().mapToInt(List::size).max().orElse(0);
  }

  private void slice(List<List<Line>> row, List<Float> widths, int from, int until)
      throws IOException {
    pages.take((until - from) * leading + 2 * PADDING);
    float x = pages.left();
    for (int column = 0; column < row.size(); column++) {
      pages.box(x, widths.get(column), (until - from) * leading + 2 * PADDING);
      List<Line> lines = row.get(column);
      for (int i = from; i < Math.min(until, lines.size()); i++) {
        float up = PADDING + (until - i - 1) * leading + size * 0.3f;
        line(lines.get(i), x + PADDING, up);
      }
      x += widths.get(column);
    }
  }

  private void line(Line line, float x, float up) throws IOException {
    String rest = line.words().substring(line.mark().length());
    if (!line.mark().isEmpty()) {
      pages.draw(x, up, size, line.ink(), true, line.mark());
    }
    float after = x + text.width(line.mark(), size);
    pages.draw(after, up, size, Ink.BLACK, line.bold(), rest);
  }
}
