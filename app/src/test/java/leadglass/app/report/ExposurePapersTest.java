package leadglass.app.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import leadglass.survey.Counts;
import leadglass.survey.list.Account;
import leadglass.survey.list.Result;
import leadglass.survey.list.Result.DoorResult;
import leadglass.survey.list.Result.FindingResult;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

/// Report cards as they are read.
class ExposurePapersTest {
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

  private static Result host(
      String host, String outcome, String grade, Counts counts, FindingResult... findings) {
    return new Result(
        host,
        "10.0.0.9",
        "104/dicom",
        "Poe Imaging",
        "US",
        "Ada Poe",
        "private address",
        AT,
        5,
        outcome,
        grade,
        "Orthanc",
        counts,
        100,
        3,
        List.of(new DoorResult(104, true, "dicom", List.of(findings))));
  }

  private static FindingResult open() {
    return new FindingResult("dicom-find-study-root", "answers", "OPEN", 4, "lists studies", 9);
  }

  private static ExposurePapers papers(List<Result> results) {
    Account account = Account.of(results, Optional.empty(), "a hotspot", AT, "leadglass 1", "abcd");
    return new ExposurePapers(
        account, Map.of("dicom-find-study-root", "Asked for studies"), "12ab-34cd");
  }

  private static String html(ExposurePapers papers) {
    return new String(papers.html(), UTF_8).replaceAll("\\s+", " ");
  }

  private static String text(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
    }
  }

  @Test
  void oneOpenHostHasItsGradeItsNumbersItsDoorsAndTheStepsOfItsProduct() throws IOException {
    Counts counts =
        Counts.of(
                OptionalLong.empty(),
                OptionalLong.of(61_402),
                OptionalLong.of(70),
                Counts.Source.QUERY)
            .stoppedEarly();
    ExposurePapers papers = papers(List.of(host("pacs", "open", "F", counts, open())));
    for (String each : List.of(html(papers), text(papers.pdf()))) {
      assertThat(each)
          .contains("A stranger gets data without signing in.")
          .contains("Seen at 2026-03-01 10:00 UTC from a hotspot.")
          .contains("at least 61,402", "not counted")
          .contains("Asked for studies", "lists studies", "dicom, port 104")
          .contains("by a certificate each: Orthanc (now)", "DicomAlwaysAllowFind", "port 104")
          .contains("Poe Imaging", "Ada Poe", "12ab-34cd", "abcd");
    }
    assertThat(html(papers)).contains("<span class=\"sr\">Grade </span>F");
  }

  @Test
  void aHostThatGaveNothingIsNotSaidToBeProtected() {
    FindingResult closed =
        new FindingResult("dicom-association", "rejects", "CLOSED", 0, "rejects", 9);
    assertThat(html(papers(List.of(host("pacs", "closed", "A", Counts.NONE, closed)))))
        .contains("A stranger got nothing at the doors that were tried.", "none seen")
        .contains("Nothing that was seen has to be mended.", "were not looked at")
        .doesNotContainPattern("(?i)\\b(secure|secured|safe|compliant|protected)\\b");
  }

  @Test
  void whatCouldNotBeToldStandsUnderWhatWasNotLookedAt() {
    FindingResult untold = new FindingResult("door", "silent", "CAN'T TELL", 0, "says nothing", 0);
    String html = html(papers(List.of(host("pacs", "can't tell", "?", Counts.NONE, untold))));
    String gaps = html.substring(html.indexOf("What was not looked at"));
    assertThat(gaps).contains("door: says nothing", "can't tell");
    assertThat(html).contains("What a stranger gets could not be told.");
  }

  @Test
  void openSystemsThatWereNotCountedAreNotSummedUpToNothing() {
    List<Result> two =
        List.of(
            host("one", "open", "F", Counts.NONE, open()),
            host("two", "open", "F", Counts.NONE, open()));
    assertThat(html(papers(two)))
        .contains("<dt>studies listed</dt><dd>not counted</dd>")
        .contains("2 open systems could not be counted");
  }

  @Test
  void aLargeSurveyIsCutWhereTheOtherFilesGoOn() throws IOException {
    List<Result> many =
        IntStream.range(0, 2_100)
            .mapToObj(i -> host("host-" + i, "open", "F", Counts.NONE, open()))
            .toList();
    assertThat(html(papers(many))).contains("100 more are in the CSV and JSON files.");
    assertThat(text(papers(many).pdf())).contains("2100 of 2100 systems give a stranger data");
  }
}
