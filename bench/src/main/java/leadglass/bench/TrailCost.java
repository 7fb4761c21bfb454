package leadglass.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What the tree over the audit trail costs: the same is sent to two servers by turns, one that
/// keeps a tree and one that does not, so that both have the same machine.
///
/// @param with the program as it is
/// @param without it, no tree kept
record TrailCost(Program with, Program without, Holdings holdings, PrintWriter out) {
  static final String HEADING =
      "%-14s %5s %6s %7s %10s %10s %9s %9s %9s %9s %9s  %s"
          .formatted(
              "case",
              "conns",
              "turns",
              "count",
              "with /s",
              "without /s",
              "entries/s",
              "share %",
              "CPU ms",
              "without",
              "share %",
              "others %, quartiles of the share");

  /// @param turns pairs of runs
  void measure(Case each, int connections, int count, int turns)
      throws IOException, InterruptedException {
    each.warmUp(with, holdings, connections);
    each.warmUp(without, holdings, connections);
    List<Row> kept = new ArrayList<>();
    List<Row> bare = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    for (int turn = 0; turn < turns; turn++) {
      if (turn % 2 == 0) { // whoever comes second gains nothing by it
        kept.add(each.run(with, holdings, connections, count));
        bare.add(each.run(without, holdings, connections, count));
      } else {
        bare.add(each.run(without, holdings, connections, count));
        kept.add(each.run(with, holdings, connections, count));
      }
      shares.add(100 * (1 - kept.getLast().rate() / bare.getLast().rate()));
    }
    shares.sort(null);
    Row first = Row.median(kept);
    Row second = Row.median(bare);
    double cpu = kept.stream().mapToDouble(Row::cpuMillis).average().orElseThrow();
    double bareCpu = bare.stream().mapToDouble(Row::cpuMillis).average().orElseThrow();
    out.printf(
        Locale.ROOT,
        "%-14s %5d %6d %7d %10.1f %10.1f %9.1f %9.1f %9.3f %9.3f %9.1f  %.0f, %.1f to %.1f%n",
        each.name(),
        connections,
        turns,
        count,
        first.rate(),
        second.rate(),
        first.rate(), // of what is stored there is one entry each
        quartile(shares, 2),
        cpu,
        bareCpu,
        100 * (1 - bareCpu / cpu),
        first.spent().othersPercent(),
        quartile(shares, 1),
        quartile(shares, 3));
    out.flush();
  }

  private static double quartile(List<Double> sorted, int which) {
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * which / 4));
  }
}
