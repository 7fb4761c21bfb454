package leadglass.app.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences;

/// Pages that are filled from above, one after the other; each ends in the sheet's line.
final class PdfPages implements AutoCloseable {
  private static final float MARGIN = 36;
  private static final float FOOT = 22;
  private static final float FOOT_SIZE = 7;
  private static final float BOLD_STROKE = 0.25f;

  private final PDDocument document;
  private final PdfText text;
  private final String line;
  private final List<PDPage> pages = new ArrayList<>();
  private PDPageContentStream content;
  private float y;

  PdfPages(PDDocument document, PdfText text, Sheet sheet) throws IOException {
    this.document = document;
    this.text = text;
    this.line = text.shown(sheet.line());
    document.getDocumentInformation().setTitle(sheet.title());
    document.getDocumentCatalog().setLanguage("en");
    PDViewerPreferences preferences =
        new PDViewerPreferences(document.getDocumentCatalog().getCOSObject());
    preferences.setDisplayDocTitle(true);
    document.getDocumentCatalog().setViewerPreferences(preferences);
    this.content = begin();
  }

  private PDPageContentStream begin() throws IOException {
    PDPage page = new PDPage(PDRectangle.A4);
    document.addPage(page);
    pages.add(page);
    y = PDRectangle.A4.getHeight() - MARGIN;
    return new PDPageContentStream(document, page);
  }

  float left() {
    return MARGIN;
  }

  float width() {
    return PDRectangle.A4.getWidth() - 2 * MARGIN;
  }

  float rest() {
    return y - MARGIN - FOOT;
  }

  boolean has(float height) {
    return rest() >= height;
  }

  /// Another page, unless this one is empty still.
  ///
  /// @return whether there is another one
  boolean next() throws IOException {
    if (y == PDRectangle.A4.getHeight() - MARGIN) {
      return false;
    }
    content.close();
    content = begin();
    return true;
  }

  /// Another page if there is no room for so much.
  void need(float height) throws IOException {
    if (!has(height)) {
      next();
    }
  }

  /// The next part of the page is drawn on, from its lower edge.
  void take(float height) throws IOException {
    need(height);
    y -= height;
  }

  void skip(float height) {
    y -= Math.min(height, Math.max(0, rest()));
  }

  /// @param up from the lower edge of what was taken last
  void draw(float x, float up, float size, Ink ink, boolean bold, String words) throws IOException {
    draw(content, x, y + up, size, ink, bold, words);
  }

  private void draw(
      PDPageContentStream to, float x, float at, float size, Ink ink, boolean bold, String words)
      throws IOException {
    if (words.isEmpty()) {
      return;
    }
    to.beginText();
    to.setFont(text.font(), size);
    to.setNonStrokingColor(ink.red(), ink.green(), ink.blue());
    to.setStrokingColor(ink.red(), ink.green(), ink.blue());
    to.setLineWidth(BOLD_STROKE);
    to.setRenderingMode(bold ? RenderingMode.FILL_STROKE : RenderingMode.FILL);
    to.newLineAtOffset(x, at);
    to.showText(text.shown(words));
    to.endText();
  }

  void box(float x, float width, float height) throws IOException {
    box(x, width, height, 0);
  }

  /// @param up from the lower edge of what was taken last
  void box(float x, float width, float height, float up) throws IOException {
    content.setStrokingColor(0.75f, 0.78f, 0.82f);
    content.setLineWidth(0.5f);
    content.addRect(x, y + up, width, height);
    content.stroke();
  }

  /// Writes the line under every page, once their number is known.
  ///
  /// @return how many there are
  int finish() throws IOException {
    for (int i = 0; i < pages.size(); i++) {
      try (PDPageContentStream foot =
          new PDPageContentStream(document, pages.get(i), AppendMode.APPEND, true, true)) {
        String number = (i + 1) + " / " + pages.size();
        draw(foot, MARGIN, MARGIN, FOOT_SIZE, Ink.GREY, false, line);
        float x = PDRectangle.A4.getWidth() - MARGIN - text.width(number, FOOT_SIZE);
        draw(foot, x, MARGIN, FOOT_SIZE, Ink.GREY, false, number);
      }
    }
    return pages.size();
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
