package leadglass.app.check;

import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import leadglass.survey.Counts;
import leadglass.survey.list.Changes;
import leadglass.survey.list.Result;
import leadglass.survey.list.Result.DoorResult;
import leadglass.survey.list.Result.FindingResult;
import leadglass.survey.list.Totals;

/// A check on a terminal.
public final class Told {
  private static final int CHANGES_MAX = 20;
  private final PrintWriter out;
  private final String vantage;

  public Told(PrintWriter out, String vantage) {
    this.out = out;
    this.vantage = vantage;
  }

  /// One host, door by door.
  public void host(Result result) {
    out.println();
    if (!result.asked()) {
      out.println(result.host() + ": NOT ASKED: " + result.ground());
      return;
    }
    out.printf(
        Locale.ROOT,
        "%s: grade %s at %s from %s%n",
        name(result),
        result.grade(),
        result.at().truncatedTo(ChronoUnit.SECONDS),
        vantage);
    counts(result);
    for (DoorResult door : result.doors()) {
      if (door.named() || door.findings().stream().anyMatch(Told::worthIt)) {
        door(door);
      }
    }
    int quiet =
        (int)
            result.doors().stream()
                .filter(door -> !door.named() && door.findings().stream().noneMatch(Told::worthIt))
                .count();
    if (quiet > 0) {
      out.printf(Locale.ROOT, "  %d other usual ports: nothing there%n", quiet);
    }
    out.printf(
        Locale.ROOT,
        "  %d bytes received over %d connections in %.1f s%n",
        result.bytesReceived(),
        result.connections(),
        result.tookMillis() / 1000.0);
  }

  private static boolean worthIt(FindingResult each) {
    return !each.probe().equals("door");
  }

  private static String name(Result result) {
    String product = result.product().isEmpty() ? "" : " (" + result.product() + ")";
    return result.host()
        + (result.host().equals(result.address()) ? "" : " [" + result.address() + "]")
        + product;
  }

  private void counts(Result result) {
    Counts counts = result.counts();
    if (!counts.any()) {
      return;
    }
    String least = counts.atLeast() ? "at least " : "";
    List<String> parts = new ArrayList<>();
    counts.patients().ifPresent(number -> parts.add(number + " patients"));
    counts.studies().ifPresent(number -> parts.add(number + " studies"));
    counts.images().ifPresent(number -> parts.add(number + " images"));
    counts.accessible().ifPresent(number -> parts.add(number + " of them to be had"));
    out.println(
        "  a stranger sees "
            + least
            + String.join(", ", parts)
            + " ("
            + counts.source().words()
            + ")");
  }

  private void door(DoorResult door) {
    out.printf(Locale.ROOT, "  port %d, %s%n", door.port(), door.service());
    for (FindingResult each : door.findings()) {
      out.printf(
          Locale.ROOT,
          "    %-10s %s  %s: %s%n",
          each.verdict(),
          each.verdict().startsWith("CAN'T") ? "-" : Integer.toString(each.level()),
          each.probe(),
          each.words());
    }
  }

  /// One host on one line, as it comes.
  public static String line(Result result) {
    String counts =
        result.counts().studies().isPresent()
            ? " " + result.counts().studies().getAsLong() + " studies"
            : "";
    String bytes = result.open() ? ", " + result.bytesReceived() + " bytes received" : "";
    return "%-10s %s  %s %s%s%s"
        .formatted(
            result.outcome().toUpperCase(Locale.ROOT),
            result.grade(),
            result.host(),
            result.country(),
            counts,
            bytes)
        .stripTrailing();
  }

  /// The table of the 2019 report.
  public void table(String first, List<Totals> lines, Totals all) {
    out.println();
    out.printf(
        Locale.ROOT,
        "%-28s %8s %6s %14s %16s %18s %7s %6s %10s %9s%n",
        first,
        "examined",
        "open",
        "data sets",
        "images",
        "images accessible",
        "closed",
        "other",
        "can't tell",
        "not asked");
    lines.forEach(this::totals);
    totals(
        new Totals(
            "all",
            all.examined(),
            all.open(),
            all.dataSets(),
            all.images(),
            all.accessible(),
            all.closed(),
            all.other(),
            all.untold(),
            all.notAsked(),
            all.uncounted(),
            all.atLeast(),
            all.estimated()));
    if (all.uncounted() > 0) {
      out.println(all.uncounted() + " open systems could not be counted; they add nothing above.");
    }
    if (all.atLeast()) {
      out.println("Some counting was stopped early: the sums are at least that.");
    }
    if (all.estimated()) {
      out.println("Images that nobody told are estimated at 30 a study.");
    }
  }

  private void totals(Totals line) {
    String name = line.name().isEmpty() ? "(not said)" : line.name();
    out.printf(
        Locale.ROOT,
        "%-28s %8d %6d %14d %16d %18d %7d %6d %10d %9d%n",
        name.length() > 28 ? name.substring(0, 27) + "…" : name,
        line.examined(),
        line.open(),
        line.dataSets(),
        line.images(),
        line.accessible(),
        line.closed(),
        line.other(),
        line.untold(),
        line.notAsked());
  }

  /// What is unlike an earlier run.
  public void changes(Changes changes) {
    out.println();
    changed("opened since", changes.opened());
    changed("closed since", changes.closed());
    changed("new", changes.added());
    changed("gone", changes.gone());
  }

  private void changed(String what, List<String> hosts) {
    out.println(hosts.size() + " " + what);
    hosts.stream().limit(CHANGES_MAX).forEach(each -> out.println("  " + each));
    if (hosts.size() > CHANGES_MAX) {
      out.println("  and " + (hosts.size() - CHANGES_MAX) + " more");
    }
  }
}
