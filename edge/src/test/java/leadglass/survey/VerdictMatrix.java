package leadglass.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// The rows of "Verdicts on real software" in docs/check.md: what tests saw is what is written.
public final class VerdictMatrix {
  private VerdictMatrix() {}

  /// Such as `| Orthanc | as Debian ships it | F | dicom-echo OPEN 2 answers; ... |`.
  public static String row(String software, String configuration, HostReport report) {
    String findings =
        report.doors().stream()
            .flatMap(door -> door.findings().stream())
            .map(VerdictMatrix::finding)
            .collect(Collectors.joining("; "));
    return "| %s | %s | %s | %s |"
        .formatted(software, configuration, report.grade().letter(), findings);
  }

  private static String finding(Finding each) {
    Decision decision = each.decision();
    String level = decision.verdict() == Verdict.CANT_TELL ? "" : " " + decision.level().number();
    return each.probe() + " " + decision.verdict().words() + level + " (" + decision.id() + ")";
  }

  /// Fails, and shows the row, unless docs/check.md has it. With `-Dleadglass.verdicts=write` it is
  /// written there instead.
  public static synchronized void assertDocumented(String row) throws IOException {
    Path docs = Path.of(System.getProperty("leadglass.root", "..")).resolve("docs/check.md");
    List<String> lines = new ArrayList<>(Files.readAllLines(docs));
    if (System.getProperty("leadglass.verdicts", "").equals("write")) {
      String start = row.substring(0, row.indexOf('|', row.indexOf('|', 1) + 1) + 1);
      int end = lines.indexOf("<!-- end of verdicts -->");
      int head = lines.indexOf("<!-- verdicts -->") + 3;
      List<String> rows = new ArrayList<>(lines.subList(head, end));
      rows.removeIf(each -> each.startsWith(start));
      rows.add(row);
      rows.sort(Comparator.naturalOrder());
      lines.subList(head, end).clear();
      lines.addAll(head, rows);
      Files.write(docs, lines);
    }
    assertThat(lines).as("docs/check.md").contains(row);
  }
}
