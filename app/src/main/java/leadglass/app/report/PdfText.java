package leadglass.app.report;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/// Words in the one font that goes into a document with it.
final class PdfText {
  private static final String FONT =
      "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf"; // SIL Open Font License

  private final PDType0Font font;
  private final Map<Integer, Boolean> known = new HashMap<>();

  private PdfText(PDType0Font font) {
    this.font = font;
  }

  static PdfText of(PDDocument document) throws IOException {
    try (InputStream in = PDDocument.class.getResourceAsStream(FONT)) {
      if (in == null) {
        throw new IOException("the font is missing");
      }
      return new PdfText(PDType0Font.load(document, in, true));
    }
  }

  PDType0Font font() {
    return font;
  }

  float width(String words, float size) throws IOException {
    return words.isEmpty() ? 0 : font.getStringWidth(words) / 1000 * size;
  }

  /// What the font has, and `?` for what it has not.
  String shown(String words) {
    StringBuilder shown = new StringBuilder();
    words
        .codePoints()
        .map(each -> Character.isWhitespace(each) || Character.isISOControl(each) ? ' ' : each)
        .forEach(
            each -> shown.appendCodePoint(known.computeIfAbsent(each, this::has) ? each : '?'));
    return shown.toString();
  }

  private boolean has(int codePoint) {
    try {
      return font.encode(Character.toString(codePoint)).length > 0;
    } catch (IllegalArgumentException | IOException _) {
      return false;
    }
  }

  /// In lines no wider than `width`, at spaces where there are some.
  List<String> wrapped(String words, float size, float width) throws IOException {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : shown(words).split(" +", -1)) {
      String joined = line.isEmpty() ? word : line + " " + word;
      if (width(joined, size) <= width) {
        line.setLength(0);
        line.append(joined);
        continue;
      }
      if (!line.isEmpty()) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(broken(word, size, width, lines));
    }
    lines.add(line.toString());
    return lines;
  }

  /// A word too wide for a line goes over several; its last part is left.
  private String broken(String word, float size, float width, List<String> lines)
      throws IOException {
    StringBuilder part = new StringBuilder();
    for (int each : word.codePoints().toArray()) {
      String next = Character.toString(each);
      if (!part.isEmpty() && width(part + next, size) > width) {
        lines.add(part.toString());
        part.setLength(0);
      }
      part.append(next);
    }
    return part.toString();
  }
}
