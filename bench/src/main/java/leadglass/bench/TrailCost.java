package leadglass.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What the tree over the audit trail costs: the same is sent to two servers by turns, one that
/// keeps a tree and one that does not, so that both have the same machine.
///
/// @param with the program as it is
/// @param without it, no tree kept
/// @param threads whether to tell what each thread used
record TrailCost(
    Program with, Program without, Holdings holdings, boolean threads, PrintWriter out) {
  static final String HEADING =
      "%-6s %5s %6s %6s %9s %9s %7s %16s %8s %8s %7s %8s %8s %7s %8s"
          .formatted(
              "case",
              "conns",
              "turns",
              "count",
              "with /s",
              "without",
              "share %",
              "median, quarts",
              "CPU ms",
              "without",
              "share %",
              "user ms",
              "without",
              "share %",
              "others %");

  /// The usual warm-up is over before the compilers are, and what they still do is in no relation
  /// to what comes in. So many small instances fill the index of the trail once, too.
  private static final int SMALL_WARM_UPS = 4;

  private static final int WARM_UPS = 2;

  /// Once before all cases.
  void warmUp(Case small) throws IOException, InterruptedException {
    warmUp(small, 1, SMALL_WARM_UPS);
    settle(Quiet.INDEX_MILLIS);
  }

  private void warmUp(Case each, int connections, int times)
      throws IOException, InterruptedException {
    for (int i = 0; i < times; i++) {
      each.warmUp(with, holdings, connections);
      each.warmUp(without, holdings, connections);
    }
  }

  /// @param turns pairs of runs
  void measure(Case each, int connections, int count, int turns)
      throws IOException, InterruptedException {
    warmUp(each, connections, WARM_UPS);
    settle(Quiet.INDEX_MILLIS);
    Meter.Cpu kept = Meter.cpu(with.pid());
    Meter.Cpu bare = Meter.cpu(without.pid());
    List<Row> ones = new ArrayList<>();
    List<Row> others = new ArrayList<>();
    for (int turn = 0; turn < turns; turn++) {
      boolean first = turn % 2 == 0; // whoever comes second gains nothing by it
      for (boolean one : new boolean[] {first, !first}) {
        Program program = one ? with : without;
        (one ? ones : others).add(each.run(program, holdings, connections, count));
        settle(0);
      }
    }
    settle(Quiet.INDEX_MILLIS);
    print(
        each,
        connections,
        ones,
        others,
        Meter.cpu(with.pid()).since(kept),
        Meter.cpu(without.pid()).since(bare));
  }

  private void settle(long millis) throws IOException, InterruptedException {
    Quiet.wait(List.of(with, without), millis);
  }

  private void print(
      Case each,
      int connections,
      List<Row> ones,
      List<Row> others,
      Meter.Cpu kept,
      Meter.Cpu bare) {
    List<Double> shares = new ArrayList<>();
    for (int i = 0; i < ones.size(); i++) {
      shares.add(100 * (1 - ones.get(i).rate() / others.get(i).rate()));
    }
    shares.sort(null);
    double items = ones.stream().mapToInt(Row::count).sum();
    out.printf(
        Locale.ROOT,
        "%-6s %5d %6d %6d %9.1f %9.1f %7.1f %16s %8.3f %8.3f %7.1f %8.3f %8.3f %7.1f %8.0f%n",
        each.name(),
        connections,
        ones.size(),
        ones.getFirst().count(),
        rate(ones),
        rate(others),
        100 * (1 - rate(ones) / rate(others)),
        String.format(
            Locale.ROOT,
            "%.1f, %.1f to %.1f",
            quartile(shares, 2),
            quartile(shares, 1),
            quartile(shares, 3)),
        1000 * kept.seconds() / items,
        1000 * bare.seconds() / items,
        100 * (1 - bare.seconds() / kept.seconds()),
        1000 * kept.user() / items,
        1000 * bare.user() / items,
        100 * (kept.user() - bare.user()) / kept.seconds(),
        othersPercent(ones, others));
    if (threads) {
      out.println(Row.threads(ones, others));
    }
    out.flush();
  }

  /// Of all turns together: what is done once in a thousand entries is in it too.
  private static double rate(List<Row> rows) {
    return rows.stream().mapToInt(Row::count).sum()
        / rows.stream().mapToDouble(row -> row.spent().seconds()).sum();
  }

  private static double othersPercent(List<Row> ones, List<Row> others) {
    return Stream.concat(ones.stream(), others.stream())
        .mapToDouble(row -> row.spent().othersPercent())
        .average()
        .orElse(0);
  }

  private static double quartile(List<Double> sorted, int which) {
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * which / 4));
  }
}
