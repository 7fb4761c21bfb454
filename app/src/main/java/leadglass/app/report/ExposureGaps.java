package leadglass.app.report;

import java.util.ArrayList;
import java.util.List;
import leadglass.app.report.Sheet.Block;
import leadglass.app.report.Sheet.Cell;
import leadglass.app.report.Sheet.Heading;
import leadglass.app.report.Sheet.Paragraph;
import leadglass.app.report.Sheet.Table;
import leadglass.survey.list.Account;
import leadglass.survey.list.Result;
import leadglass.survey.list.Result.DoorResult;
import leadglass.survey.list.Result.FindingResult;

/// What was not looked at, or could not be told: a report that hid it would say too much.
final class ExposureGaps {
  private static final int ROWS_MAX = 500;
  private final Account account;
  private final List<List<Cell>> rows = new ArrayList<>();

  ExposureGaps(Account account) {
    this.account = account;
  }

  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Heading(2, "What was not looked at"));
    for (Result each : account.notAsked()) {
      add(account.name(each), "not asked", each.ground());
    }
    int quiet = 0;
    for (Result result : account.asked()) {
      for (DoorResult door : result.doors()) {
        for (FindingResult each : door.findings()) {
          if (!each.verdict().startsWith("CAN'T")) {
            continue;
          }
          if (!door.named() && each.probe().equals("door")) {
            quiet++;
            continue;
          }
          String where = account.name(result) + ", port " + door.port();
          add(where, "can't tell", each.probe() + ": " + each.words());
        }
      }
    }
    if (!rows.isEmpty()) {
      blocks.add(
          new Table(
              "Not asked, or not to be told",
              List.of("system", "what", "why"),
              List.of(34, 14, 52),
              rows.subList(0, Math.min(rows.size(), ROWS_MAX))));
    }
    if (rows.size() > ROWS_MAX) {
      blocks.add(new Paragraph((rows.size() - ROWS_MAX) + " more are in the JSON file."));
    }
    if (quiet > 0) {
      blocks.add(
          new Paragraph(quiet + " usual ports that nobody named gave no answer to judge by."));
    }
    blocks.add(
        new Paragraph(
            "Ports that were neither named nor usual, other names of the same machine, what is"
                + " reached with an account or from another network, and anything before or after"
                + " that moment were not looked at."));
    return blocks;
  }

  private void add(String where, String what, String why) {
    rows.add(List.of(Cell.of(where), Cell.of(what), Cell.of(why)));
  }
}
