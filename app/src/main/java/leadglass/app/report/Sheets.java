package leadglass.app.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import leadglass.app.report.Sheet.Block;
import leadglass.app.report.Sheet.Cell;
import leadglass.app.report.Sheet.Heading;
import leadglass.app.report.Sheet.Mark;
import leadglass.app.report.Sheet.Paragraph;
import leadglass.app.report.Sheet.Part;
import leadglass.app.report.Sheet.Table;
import leadglass.archive.SecurityFacts;

/// Reports as sheets: all of it for the house, two pages for an insurer.
final class Sheets {
  private static final int OPEN_MAX = 18;
  private static final String MEANING =
      "\"Supported\" means that the archive's own records speak for it at this moment. It says"
          + " nothing about the rest of the organization, and whether it is enough is for the site"
          + " to judge. \"Attach\" is where papers of the site's own belong; \"not known\" is what"
          + " nothing inside the archive can tell; \"open\" is something to be done.";

  private Sheets() {}

  /// Without names, addresses and places.
  static Sheet insurer(Report report) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Paragraph("Site: ______________________________"));
    blocks.add(new Heading(2, "Open risks"));
    blocks.addAll(open(report.open(), OPEN_MAX));
    blocks.add(new Heading(2, "What is asked, and what the archive found"));
    List<List<Cell>> rows = new ArrayList<>();
    for (Report.Answer answer : report.answers()) {
      rows.add(
          List.of(
              Cell.of(answer.question()),
              Cell.of(answer.state(), grave(answer.findings())),
              findings(answer.findings(), answer.state() != State.OPEN)));
    }
    blocks.add(
        new Table(
            "Questions and findings",
            List.of("Question", "State", "Found"),
            List.of(24, 11, 65),
            rows));
    blocks.add(new Paragraph(MEANING));
    return new Sheet("Summary for an insurer", report.head().line(), true, blocks);
  }

  /// All of it.
  static Sheet whole(Report report, SecurityFacts facts) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Paragraph(subtitle(report.head().site())));
    blocks.add(new Paragraph(MEANING));
    blocks.add(new Heading(2, "Open risks"));
    blocks.addAll(open(report.open(), Integer.MAX_VALUE));
    for (SecurityRule.Section section : SecurityRule.SECTIONS) {
      blocks.add(new Heading(2, "45 CFR " + section.citation() + " " + section.title()));
      blocks.add(rule(section, report.rows()));
    }
    blocks.add(new Heading(2, "Draft risk analysis"));
    blocks.add(
        new Paragraph(
            "A draft, made by the archive of what it knows of itself, for the site to correct, to"
                + " complete with what is outside of the archive, and to sign. Likelihood and harm"
                + " are the site's to judge."));
    blocks.add(threats(report.threats()));
    blocks.add(new Paragraph("Judged by: ______________________    Date: ______________"));
    blocks.add(new Heading(2, "Annex: names, for the house alone"));
    blocks.addAll(Annexes.of(facts));
    return new Sheet("Security report", report.head().line(), false, blocks);
  }

  private static String subtitle(String site) {
    return "HIPAA Security Rule, 45 CFR 164.308, 164.310 and 164.312, item by item"
        + (site.isEmpty() ? "." : ". Site: " + site + ".");
  }

  private static boolean grave(List<Finding> findings) {
    return findings.stream().anyMatch(Finding::grave);
  }

  private static List<Block> open(List<Finding> open, int most) {
    if (open.isEmpty()) {
      return List.of(
          new Paragraph(
              "None that the archive knows of. What it can't know is marked \"not known\" and"
                  + " \"attach\" below."));
    }
    List<List<Cell>> rows =
        open.stream()
            .limit(most)
            .map(each ->
                List.of(
                    Cell.of(State.OPEN, each.grave()), Cell.of(each.says()), Cell.of(each.todo())))
            .toList();
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Table(
            "Open risks, the worst first",
            List.of("State", "Risk", "What to do"),
            List.of(11, 51, 38),
            rows));
    if (open.size() > most) {
      blocks.add(new Paragraph((open.size() - most) + " more are in the full report."));
    }
    return blocks;
  }

  /// @param doing whether it says what is to be done
  private static Cell findings(List<Finding> findings, boolean doing) {
    return new Cell(
        findings.stream()
            .flatMap(each ->
                Stream.concat(
                    Stream.of(
                        new Part(Optional.of(Mark.of(each.state(), each.grave())), each.says())),
                    doing && !each.todo().isEmpty()
                        ? Stream.of(new Part(Optional.empty(), "→ " + each.todo()))
                        : Stream.empty()))
            .toList());
  }

  private static Table rule(SecurityRule.Section section, List<Report.Row> all) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Report.Row row : all) {
      if (section.has(row.clause())) {
        rows.add(
            List.of(
                Cell.of(row.clause().citation()),
                Cell.of(row.clause().title() + " (" + row.clause().kind().words() + ")"),
                Cell.of(row.state(), grave(row.findings())),
                findings(row.findings(), true)));
      }
    }
    return new Table(
        "Items of 45 CFR " + section.citation(),
        List.of("Item", "Standard and specification", "State", "Evidence"),
        List.of(17, 20, 11, 52),
        rows);
  }

  private static Table threats(List<Threat> threats) {
    return new Table(
        "Draft risk analysis",
        List.of("What might happen", "Harm", "Draft level", "What stands against it"),
        List.of(20, 18, 14, 48),
        threats.stream()
            .map(each ->
                List.of(
                    Cell.of(each.threat()),
                    Cell.of(each.harm()),
                    Cell.of(each.level()),
                    findings(each.findings(), false)))
            .toList());
  }
}
