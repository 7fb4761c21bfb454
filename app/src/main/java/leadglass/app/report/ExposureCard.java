package leadglass.app.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import leadglass.app.report.Sheet.Block;
import leadglass.app.report.Sheet.Cell;
import leadglass.app.report.Sheet.Heading;
import leadglass.app.report.Sheet.Paragraph;
import leadglass.app.report.Sheet.Table;
import leadglass.app.report.Sheet.Tile;
import leadglass.survey.list.Account;
import leadglass.survey.list.Changes;
import leadglass.survey.list.Result;
import leadglass.survey.list.Result.DoorResult;
import leadglass.survey.list.Result.FindingResult;
import leadglass.survey.list.Totals;

/// The report card of a check, of one host or of many.
final class ExposureCard {
  private static final int HOSTS_MAX = 2_000;
  private static final int DETAILED_MAX = 50;
  private static final int CHANGES_MAX = 200;
  private final Account account;
  private final Map<String, String> titles;
  private final String signer;
  private final List<Block> blocks = new ArrayList<>();

  ExposureCard(Account account, Map<String, String> titles, String signer) {
    this.account = account;
    this.titles = titles;
    this.signer = signer;
  }

  Sheet sheet() {
    String when = Days.moment(account.at().toEpochMilli());
    blocks.add(
        new Tile(
            ExposureWords.grade(account.grade()),
            ExposureWords.says(account),
            "Seen at " + when + " from " + account.vantage() + "." + distribution(),
            ExposureWords.counts(account)));
    boolean many = account.results().size() > 1;
    if (many) {
      totals();
      hosts();
    }
    doors(many);
    ExposureMending mending = new ExposureMending(account);
    blocks.addAll(mending.blocks());
    account.changes().ifPresent(this::changes);
    blocks.addAll(new ExposureGaps(account).blocks());
    responsible();
    meaning(when);
    String line = String.join(" · ", when, "from " + account.vantage(), account.tool());
    return new Sheet("What a stranger can see", line, false, blocks);
  }

  private String distribution() {
    return account.results().size() > 1
        ? " Grades: " + ExposureWords.grades(account.grades()) + ". The tile shows the worst one."
        : "";
  }

  private void totals() {
    Totals all = Totals.of("all", account.results());
    blocks.add(new Heading(2, "Systems, data sets and images"));
    table("Per country", Totals.byCountry(account.results()), all);
    List<Totals> owners = Totals.byOwner(account.results());
    if (owners.size() > 1 || !owners.getFirst().name().isEmpty()) {
      table("Per owner", owners, all);
    }
    if (all.uncounted() > 0) {
      blocks.add(
          new Paragraph(
              all.uncounted() + " open systems could not be counted; they add nothing above."));
    }
    if (all.atLeast()) {
      blocks.add(new Paragraph("Some counting was stopped early: the sums are at least that."));
    }
    if (all.estimated()) {
      blocks.add(new Paragraph("Images that nobody told are estimated at 30 a study."));
    }
  }

  private void table(String caption, List<Totals> lines, Totals all) {
    List<List<Cell>> rows = new ArrayList<>();
    lines.stream().limit(HOSTS_MAX).forEach(each -> rows.add(row(each)));
    rows.add(row(all));
    blocks.add(
        new Table(
            caption,
            List.of(
                caption.substring(4),
                "systems examined",
                "open",
                "data sets",
                "images",
                "images accessible",
                "can't tell",
                "not asked"),
            List.of(26, 10, 8, 13, 14, 13, 8, 8),
            rows));
  }

  private static List<Cell> row(Totals each) {
    return List.of(
        Cell.of(each.name().isEmpty() ? "(not said)" : each.name()),
        Cell.of(ExposureWords.number(each.examined())),
        Cell.of(ExposureWords.number(each.open())),
        Cell.of(ExposureWords.number(each, each.dataSets())),
        Cell.of(ExposureWords.number(each, each.images())),
        Cell.of(ExposureWords.number(each, each.accessible())),
        Cell.of(ExposureWords.number(each.untold())),
        Cell.of(ExposureWords.number(each.notAsked())));
  }

  private void hosts() {
    List<List<Cell>> rows = new ArrayList<>();
    Map<String, Integer> numbers = account.numbers();
    account.asked().stream()
        .limit(HOSTS_MAX)
        .forEach(each ->
            rows.add(
                List.of(
                    Cell.of(
                        account.forOthers()
                            ? each.host()
                            : numbers.get(each.host()) + ". " + account.name(each)),
                    Cell.of(each.owner()),
                    Cell.of(each.country()),
                    Cell.of(ExposureWords.grade(each.grade())),
                    Cell.of(ExposureWords.host(each)),
                    Cell.of(ExposureWords.number(each, each.counts().studies())))));
    if (rows.isEmpty()) {
      return;
    }
    blocks.add(new Heading(2, "Systems, the worst first"));
    blocks.add(
        new Table(
            "Systems and their grades",
            List.of("system", "owner", "country", "grade", "what it is", "studies listed"),
            List.of(30, 22, 9, 8, 19, 12),
            rows));
    if (account.asked().size() > HOSTS_MAX) {
      blocks.add(
          new Paragraph(
              (account.asked().size() - HOSTS_MAX) + " more are in the CSV and JSON files."));
    }
  }

  private void doors(boolean many) {
    List<Result> shown =
        account.asked().stream()
            .filter(each -> !many || each.worst() >= 2)
            .limit(DETAILED_MAX)
            .toList();
    if (shown.isEmpty()) {
      return;
    }
    blocks.add(new Heading(2, "Doors that were tried"));
    for (Result each : shown) {
      if (many) {
        blocks.add(new Heading(3, account.name(each) + ": grade " + each.grade()));
      }
      List<List<Cell>> rows = new ArrayList<>();
      for (DoorResult door : each.doors()) {
        door.findings().stream()
            .filter(finding -> door.named() || !finding.probe().equals("door"))
            .forEach(finding -> rows.add(row(door, finding)));
      }
      if (rows.isEmpty()) {
        blocks.add(new Paragraph("No door answered in a way that could be asked."));
      } else {
        blocks.add(
            new Table(
                "Doors of " + account.name(each),
                List.of("door", "we did", "we got", "result"),
                List.of(17, 29, 41, 13),
                rows));
      }
    }
    long open = account.asked().stream().filter(each -> each.worst() >= 2).count();
    if (many && open > DETAILED_MAX) {
      blocks.add(
          new Paragraph(
              "The doors of the " + DETAILED_MAX + " worst systems; all are in the JSON file."));
    }
  }

  private List<Cell> row(DoorResult door, FindingResult finding) {
    String did =
        finding.probe().equals("door")
            ? "Knocked"
            : titles.getOrDefault(finding.probe(), finding.probe());
    return List.of(
        Cell.of(door.service() + ", port " + door.port()),
        Cell.of(did),
        Cell.of(finding.words()),
        Cell.of(ExposureWords.result(finding)));
  }

  private void changes(Changes changes) {
    blocks.add(new Heading(2, "Since the earlier run"));
    List<List<Cell>> rows = new ArrayList<>();
    changed(rows, "opened", changes.opened());
    changed(rows, "closed", changes.closed());
    changed(rows, "new", changes.added());
    changed(rows, "gone", changes.gone());
    blocks.add(
        new Table(
            "What changed", List.of("what", "how many", "systems"), List.of(12, 12, 76), rows));
  }

  private static void changed(List<List<Cell>> rows, String what, List<String> keys) {
    String names = String.join("; ", keys.stream().limit(CHANGES_MAX).map(String::strip).toList());
    rows.add(
        List.of(
            Cell.of(what),
            Cell.of("" + keys.size()),
            Cell.of(keys.size() > CHANGES_MAX ? names + "; and more" : names)));
  }

  private void responsible() {
    if (account.forOthers()) {
      return;
    }
    List<List<Cell>> rows = new ArrayList<>();
    account.asked().stream()
        .limit(DETAILED_MAX)
        .forEach(each ->
            rows.add(
                List.of(
                    Cell.of(account.name(each)),
                    Cell.of(each.owner().isEmpty() ? "not said" : each.owner()),
                    Cell.of(each.responsible().isEmpty() ? "not said" : each.responsible()),
                    Cell.of(each.ground()))));
    if (!rows.isEmpty()) {
      blocks.add(new Heading(2, "Who is responsible"));
      blocks.add(
          new Table(
              "Owners, whom to tell, and why each system might be asked",
              List.of("system", "owner", "whom to tell", "why it might be asked"),
              List.of(24, 22, 22, 32),
              rows));
    }
  }

  private void meaning(String when) {
    blocks.add(new Heading(2, "How the grade works"));
    List<List<Cell>> rows = new ArrayList<>();
    meaning(rows, "F", "Patients, studies, images or other data without signing in.");
    meaning(
        rows,
        "D",
        "Only a name (an AE title, a default account) in the way, or data in clear text.");
    meaning(rows, "C", "DICOM answers a stranger at all, TLS below 1.2, an expired certificate.");
    meaning(rows, "B", "A product's version is revealed, a web protection is missing.");
    meaning(rows, "A", "None of these at the doors that were tried.");
    meaning(rows, "?", "Nothing bad was seen, and something that was asked could not be told.");
    blocks.add(new Table("Grades", List.of("grade", "the worst finding"), List.of(10, 90), rows));
    blocks.add(
        new Paragraph(
            "One finding sets the grade; there are no points. A grade is what a stranger could see"
                + " from "
                + account.vantage()
                + " at "
                + when
                + ", no statement about anything else. The check counts, and keeps nobody's data;"
                + " it tried no password, guessed no AE title and stored nothing."));
    String probes = account.probes().isEmpty() ? "not said" : account.probes();
    blocks.add(new Paragraph("Made by " + account.tool() + " with the probes " + probes + "."));
    if (!signer.isEmpty()) {
      blocks.add(
          new Paragraph(
              "The file beside this one that ends in .sig is its signature, by the key "
                  + signer
                  + ". leadglass check verify FILE tells whether the two belong together."));
    }
  }

  private static void meaning(List<List<Cell>> rows, String letter, String words) {
    rows.add(List.of(Cell.of(ExposureWords.grade(letter)), Cell.of(words)));
  }
}
