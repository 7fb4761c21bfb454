package leadglass.app.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// Reports as they are read.
class PapersTest {
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "(?i)\\b(compliant|compliance|complies|certified|certification|secure|secured|guarantee[ds]?"
              + "|unhackable|safe)\\b");
  private static final Pattern ADDRESS =
      Pattern.compile(
          "\\d+\\.\\d+\\.\\d+\\.\\d+|::|https?:|[a-z]+:/|(?<![\\w.])/\\w+/|localhost"
              + "|\\b[a-z0-9-]+\\.(example|org|com|net|local)\\b");

  private static String text(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
    }
  }

  private static int pages(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return document.getNumberOfPages();
    }
  }

  private static String html(Papers papers) {
    return new String(papers.html(), UTF_8);
  }

  private static String json(Papers papers) {
    return JsonMapper.builder().build().writeValueAsString(papers.report());
  }

  private static List<Papers> all() {
    return Stream.of(SampleFacts.good(), SampleFacts.bad())
        .flatMap(facts -> Stream.of(Papers.whole(facts), Papers.insurer(facts)))
        .toList();
  }

  @Test
  void noFormOfItSaysMoreThanThatSomethingSupports() throws IOException {
    for (Papers each : all()) {
      assertThat(text(each.pdf())).doesNotContainPattern(FORBIDDEN).contains("supported");
      assertThat(html(each)).doesNotContainPattern(FORBIDDEN).contains("supported");
      assertThat(json(each)).doesNotContainPattern(FORBIDDEN);
    }
  }

  @Test
  void everyPageSaysWhenFromWhereByWhatAndThatItIsNoAdvice() throws IOException {
    for (Papers each : all()) {
      try (PDDocument document = Loader.loadPDF(each.pdf())) {
        for (int page = 1; page <= document.getNumberOfPages(); page++) {
          PDFTextStripper stripper = new PDFTextStripper();
          stripper.setStartPage(page);
          stripper.setEndPage(page);
          assertThat(stripper.getText(document))
              .contains("2025-11-24 16:00 UTC")
              .contains("seen from inside, by the archive itself")
              .contains("Leadglass 0.1.0")
              .contains("not legal advice")
              .contains(page + " / " + document.getNumberOfPages());
        }
      }
      assertThat(html(each)).contains("seen from inside, by the archive itself");
    }
  }

  @Test
  void theInsurersFitsTwoPagesAndHasNoNameAndNoAddress() throws IOException {
    for (ReportFacts facts : List.of(SampleFacts.good(), SampleFacts.bad())) {
      Papers papers = Papers.insurer(facts);
      String text = text(papers.pdf());
      assertThat(pages(papers.pdf())).isLessThanOrEqualTo(2);
      assertThat(text).contains("Open risks");
      assertThat(text.indexOf("Open risks")).isLessThan(text.indexOf("What is asked"));
      for (String form : List.of(text, html(papers), json(papers))) {
        assertThat(form).doesNotContain(SampleFacts.NAMES).doesNotContain("Łuczak");
      }
      assertThat(text).doesNotContainPattern(ADDRESS);
      assertThat(json(papers)).doesNotContainPattern(ADDRESS);
    }
  }

  @Test
  void theHousesHasEveryItemAndEveryName() throws IOException {
    Papers papers = Papers.whole(SampleFacts.bad());
    String text = text(papers.pdf());
    String html = html(papers);
    assertThat(text).contains(SampleFacts.NAMES).contains("Draft risk analysis").contains("Łuczak");
    assertThat(html).contains(SampleFacts.NAMES).contains("Draft risk analysis").contains("Łuczak");
    for (Clause clause : SecurityRule.clauses()) {
      assertThat(text.replace(" ", "")).contains(clause.citation());
      assertThat(html).contains(clause.citation());
    }
  }

  @Test
  void theHtmlNeedsNothingElseAndTakesNamesForWords() {
    String html = html(Papers.whole(SampleFacts.bad()));
    assertThat(html)
        .doesNotContainPattern(
            "(?i)https?:|//|<script|<link|<img|<iframe|url\\(|@import|src=|href=")
        .contains("default-src 'none'")
        .contains("&lt;b&gt;")
        .doesNotContain("<b>")
        .contains("<html lang=\"en\">")
        .contains("<th scope=\"col\">")
        .contains("<th scope=\"row\">")
        .contains("<caption>");
  }

  @Test
  void aStateIsWrittenOutAndNeverColourAlone() {
    String html = html(Papers.whole(SampleFacts.bad()));
    Pattern mark = Pattern.compile("<span class=\"mark ([a-z-]+)\">([^<]+)</span>");
    assertThat(mark.matcher(html).results())
        .isNotEmpty()
        .allSatisfy(found ->
            assertThat(found.group(2))
                .isEqualTo(
                    found.group(1).equals("grave")
                        ? "open, now"
                        : found.group(1).replace('-', ' ')));
  }

  @Test
  void whatTheFontDoesNotHaveIsAQuestionMarkAndALongNameGoesOverSeveralLines() throws IOException {
    Sheet sheet =
        new Sheet(
            "Title",
            "line",
            false,
            List.of(
                new Sheet.Table(
                    "names",
                    List.of("A", "B"),
                    List.of(5, 95),
                    List.of(
                        List.of(
                            Sheet.Cell.of("x".repeat(3_000)), Sheet.Cell.of("山田\n太郎\0|end"))))));
    String text = text(PdfSheet.of(sheet));
    assertThat(text).contains("?? ?? |end");
    assertThat(text.chars().filter(each -> each == 'x')).hasSize(3_000);
    assertThat(pages(PdfSheet.of(sheet))).isGreaterThan(1);
  }
}
