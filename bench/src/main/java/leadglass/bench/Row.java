package leadglass.bench;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One measurement.
///
/// @param name of the case
/// @param connections at a time
/// @param count of instances or answers
/// @param bytes of all of them together; 0 if that says nothing
/// @param nanos from sending to the answer, of each, in ascending order
record Row(String name, int connections, int count, long bytes, long[] nanos, Meter.Spent spent) {
  private static final int THREADS_SHOWN = 8;

  static final String HEADING =
      "%-24s %5s %7s %9s %9s %9s %9s %9s %9s %8s"
          .formatted(
              "case",
              "conns",
              "count",
              "per s",
              "MB/s",
              "p50 ms",
              "p99 ms",
              "CPU ms",
              "peak MiB",
              "others %");

  Row {
    nanos = nanos.clone();
    Arrays.sort(nanos);
  }

  double rate() {
    return count / spent.seconds();
  }

  double megabytesPerSecond() {
    return bytes / 1e6 / spent.seconds();
  }

  /// The time that so many per cent stayed within.
  double percentileMillis(int percent) {
    return nanos[Math.min(nanos.length - 1, nanos.length * percent / 100)] / 1e6;
  }

  /// The server's, for each.
  double cpuMillis() {
    return 1000 * spent.cpuSeconds() / count;
  }

  double peakMebibytes() {
    return spent.peakBytes() / (double) (1 << 20);
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "%-24s %5d %7d %9.1f %9s %9.2f %9.2f %9.3f %9.0f %8.0f",
        name,
        connections,
        count,
        rate(),
        bytes == 0 ? "" : String.format(Locale.ROOT, "%.1f", megabytesPerSecond()),
        percentileMillis(50),
        percentileMillis(99),
        cpuMillis(),
        peakMebibytes(),
        spent.othersPercent());
  }

  /// CPU milliseconds of the server's threads for each, those that used most first.
  String threads() {
    return threads(spent, count);
  }

  static String threads(Meter.Spent spent, int count) {
    return spent.threads().entrySet().stream()
        .filter(each -> each.getValue() > 0)
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(THREADS_SHOWN)
        .map(each ->
            String.format(Locale.ROOT, "%s %.3f", each.getKey(), 1000 * each.getValue() / count))
        .collect(Collectors.joining(", ", "    ", ""));
  }

  /// CPU milliseconds of a server's threads for each in several runs, and of another's.
  static String threads(List<Row> runs, List<Row> others) {
    Map<String, Double> ones = eachThread(runs);
    Map<String, Double> theirs = eachThread(others);
    return Stream.concat(ones.keySet().stream(), theirs.keySet().stream())
        .distinct()
        .map(name ->
            Map.entry(
                name, new double[] {ones.getOrDefault(name, 0.0), theirs.getOrDefault(name, 0.0)}))
        .filter(each -> Math.max(each.getValue()[0], each.getValue()[1]) >= 0.001)
        .sorted(
            Comparator.comparingDouble(each -> -Math.abs(each.getValue()[0] - each.getValue()[1])))
        .map(each ->
            String.format(
                Locale.ROOT,
                "    %-16s %7.3f %7.3f %+7.3f",
                each.getKey(),
                each.getValue()[0],
                each.getValue()[1],
                each.getValue()[0] - each.getValue()[1]))
        .collect(Collectors.joining("\n"));
  }

  private static Map<String, Double> eachThread(List<Row> runs) {
    int count = runs.stream().mapToInt(Row::count).sum();
    Map<String, Double> all = new TreeMap<>();
    runs.forEach(run ->
        run.spent()
            .threads()
            .forEach((name, seconds) -> all.merge(name, 1000 * seconds / count, Double::sum)));
    return all;
  }

  String json() {
    return String.format(
        Locale.ROOT,
        "{\"case\":\"%s\",\"connections\":%d,\"count\":%d,\"perSecond\":%.3f,"
            + "\"megabytesPerSecond\":%.3f,\"p50Millis\":%.4f,\"p99Millis\":%.4f,"
            + "\"serverCpuMillisEach\":%.4f,\"peakMebibytes\":%.1f,\"othersPercent\":%.1f}",
        name,
        connections,
        count,
        rate(),
        megabytesPerSecond(),
        percentileMillis(50),
        percentileMillis(99),
        cpuMillis(),
        peakMebibytes(),
        spent.othersPercent());
  }

  /// The run whose rate is the middle one.
  static Row median(List<Row> runs) {
    return runs.stream()
        .sorted((a, b) -> Double.compare(a.rate(), b.rate()))
        .toList()
        .get(runs.size() / 2);
  }
}
