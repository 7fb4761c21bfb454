package leadglass.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What the tree over the audit trail takes in the program as it is: how long the methods run that
/// make it, in one server. Two servers by turns differ by more than that (ADR 133).
record TreeTime(Program program, Timings timings, Holdings holdings, PrintWriter out) {
  static final String HEADING =
      "%-6s %5s %7s %9s %8s %9s %7s %8s %8s %8s %8s %7s"
          .formatted(
              "case",
              "conns",
              "count",
              "per s",
              "ms each",
              "a batch",
              "tree us",
              "share %",
              "note us",
              "index us",
              "CPU ms",
              "share %");

  private static final String APPEND = "TrailLog.append";
  private static final String WRITE = "PackLog.appendBatch";
  private static final String INDEX = "TrailIndex.fill";

  private static final int SMALL_WARM_UPS = 4;
  private static final int WARM_UPS = 2;

  static List<String> flags(List<String> more) {
    List<String> flags = new ArrayList<>(more);
    flags.add(Meter.COMPILERS_STAY);
    flags.addAll(
        Timings.flag(
            List.of(
                "leadglass.store.trail.TrailLog::append",
                "leadglass.store.pack.PackLog::appendBatch",
                "leadglass.store.trail.TrailIndex::fill")));
    return flags;
  }

  static TreeTime of(Program program, Path folder, Holdings holdings, PrintWriter out) {
    return new TreeTime(program, new Timings(program.pid(), folder), holdings, out);
  }

  /// Once before all cases.
  void warmUp(Case small) throws IOException, InterruptedException {
    for (int i = 0; i < SMALL_WARM_UPS; i++) {
      small.warmUp(program, holdings, 1);
    }
  }

  private record Moment(Map<String, Timings.Time> methods, Map<String, Double> threads) {
    Timings.Time of(String method, Moment before) {
      return methods
          .getOrDefault(method, Timings.Time.NONE)
          .since(before.methods.getOrDefault(method, Timings.Time.NONE));
    }

    /// CPU seconds.
    double of(Moment before, String thread) {
      return threads.getOrDefault(thread, 0.0) - before.threads.getOrDefault(thread, 0.0);
    }

    /// CPU seconds of all threads but Java's compilers.
    double seconds() {
      return Meter.withoutCompilers(threads);
    }
  }

  private Moment now() throws IOException, InterruptedException {
    Quiet.wait(List.of(program), Quiet.INDEX_MILLIS);
    return new Moment(timings.all(), Meter.threadSeconds(program.pid()));
  }

  void measure(Case each, int connections, int count, int runs)
      throws IOException, InterruptedException {
    for (int i = 0; i < WARM_UPS; i++) {
      each.warmUp(program, holdings, connections);
    }
    Moment before = now();
    double seconds = 0;
    for (int run = 0; run < runs; run++) {
      seconds += each.run(program, holdings, connections, count).spent().seconds();
    }
    print(each.name(), connections, count * runs, seconds, before, now());
  }

  private void print(
      String name, int connections, int count, double seconds, Moment before, Moment after) {
    Timings.Time append = after.of(APPEND, before);
    double tree = (append.nanos() - after.of(WRITE, before).nanos()) / 1e3 / count;
    double note = 1e6 * after.of(before, "store-trail") / count;
    double index = after.of(INDEX, before).nanos() / 1e3 / count;
    double cpu = 1e3 * (after.seconds() - before.seconds()) / count;
    out.printf(
        Locale.ROOT,
        "%-6s %5d %7d %9.1f %8.3f %9.2f %7.1f %8.1f %8.1f %8.1f %8.3f %7.1f%n",
        name,
        connections,
        count,
        count / seconds,
        1e3 * seconds / count,
        count / (double) append.calls(),
        tree,
        100 * tree / (1e6 * seconds / count),
        note,
        index,
        cpu,
        100 * (tree + note + index) / 1e3 / cpu);
    out.flush();
  }
}
