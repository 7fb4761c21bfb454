package leadglass.app.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;

/// A report in every form it can have.
public final class Papers {
  private final Report report;
  private final Sheet sheet;

  private Papers(Report report, Sheet sheet) {
    this.report = report;
    this.sheet = sheet;
  }

  /// All of it, with names, for the house.
  public static Papers whole(ReportFacts facts) {
    Report report = Report.of(facts);
    return new Papers(report, Sheets.whole(report, facts.security()));
  }

  /// Two pages without names and addresses.
  public static Papers insurer(ReportFacts facts) {
    Report report = Report.of(facts);
    Report.Head head = new Report.Head("", report.head().atMillis(), report.head().version());
    Report told =
        new Report(head, report.open(), report.rows(), report.answers(), report.threats());
    return new Papers(told, Sheets.insurer(told));
  }

  /// For programs; of the full report without the annex.
  public Report report() {
    return report;
  }

  public byte[] html() {
    return HtmlSheet.of(sheet).getBytes(UTF_8);
  }

  public byte[] pdf() throws IOException {
    return PdfSheet.of(sheet);
  }
}
