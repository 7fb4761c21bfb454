package leadglass.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a process and the machine spent between [#start] and [#stop], from Linux's `/proc`.
final class Meter {
  /// Linux counts CPU time in hundredths of a second wherever it tells programs of it.
  private static final double TICKS_A_SECOND = 100;

  /// Compilers that end take the account of their time with them. Of a server that is told this
  /// they stay, so that [#withoutCompilers] can leave them out.
  static final String COMPILERS_STAY = "-XX:-UseDynamicNumberOfCompilerThreads";

  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;

  private final long pid;
  private final Snapshot begin;

  private record Snapshot(
      long nanos, double server, double own, double machine, Map<String, Double> threads) {}

  /// @param seconds by the clock
  /// @param cpuSeconds of the process
  /// @param peakBytes of memory that the process had in use at most
  /// @param othersPercent of the machine's CPUs that neither the process nor this one used
  /// @param threads CPU seconds of the process by the names of its threads; what ended meanwhile is
  ///   not among them
  record Spent(
      double seconds,
      double cpuSeconds,
      long peakBytes,
      double othersPercent,
      Map<String, Double> threads) {}

  private Meter(long pid, Snapshot begin) {
    this.pid = pid;
    this.begin = begin;
  }

  static Meter start(long pid) throws IOException {
    // Peak memory counts from here on.
    Files.writeString(Path.of("/proc", "" + pid, "clear_refs"), "5");
    return new Meter(pid, snapshot(pid));
  }

  Spent stop() throws IOException {
    Snapshot end = snapshot(pid);
    double seconds = (end.nanos - begin.nanos) / 1e9;
    double server = end.server - begin.server;
    double others = end.machine - begin.machine - server - (end.own - begin.own);
    int processors = Runtime.getRuntime().availableProcessors();
    Map<String, Double> threads = new TreeMap<>(end.threads);
    begin.threads.forEach((name, before) -> threads.merge(name, -before, Double::sum));
    return new Spent(
        seconds, server, peakBytes(), Math.max(0, 100 * others / seconds / processors), threads);
  }

  private static Snapshot snapshot(long pid) throws IOException {
    return new Snapshot(
        System.nanoTime(),
        cpuSeconds(pid),
        cpuSeconds(ProcessHandle.current().pid()),
        machineSeconds(),
        threadSeconds(pid));
  }

  /// CPU seconds of a process so far by the names of its threads, of which Linux keeps the first
  /// fifteen letters.
  static Map<String, Double> threadSeconds(long pid) throws IOException {
    Map<String, Double> seconds = new TreeMap<>();
    try (DirectoryStream<Path> tasks =
        Files.newDirectoryStream(Path.of("/proc", "" + pid, "task"))) {
      for (Path task : tasks) {
        try {
          String name = Files.readString(task.resolve("comm")).strip();
          seconds.merge(name, cpuSeconds(task.resolve("stat")), Double::sum);
        } catch (NoSuchFileException _) {
          // It ended just now.
        }
      }
    }
    return seconds;
  }

  /// CPU seconds of all threads but Java's compilers.
  static double withoutCompilers(Map<String, Double> threads) {
    return threads.entrySet().stream()
        .filter(each -> !each.getKey().matches("C[12] Comp.*"))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  private static double cpuSeconds(long pid) throws IOException {
    return cpuSeconds(Path.of("/proc", "" + pid, "stat"));
  }

  private static double cpuSeconds(Path file) throws IOException {
    return cpu(file).seconds();
  }

  /// CPU seconds that a process used so far, in its own code and in the system's.
  record Cpu(double user, double system) {
    double seconds() {
      return user + system;
    }

    Cpu since(Cpu before) {
      return new Cpu(user - before.user, system - before.system);
    }
  }

  static Cpu cpu(long pid) throws IOException {
    return cpu(Path.of("/proc", "" + pid, "stat"));
  }

  private static Cpu cpu(Path file) throws IOException {
    String stat = Files.readString(file);
    // The command's name may hold anything, but what follows it has no bracket.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return new Cpu(
        Long.parseLong(fields[USER_TIME]) / TICKS_A_SECOND,
        Long.parseLong(fields[SYSTEM_TIME]) / TICKS_A_SECOND);
  }

  /// Everything but idling and waiting for disks.
  private static double machineSeconds() throws IOException {
    String[] fields = Files.readAllLines(Path.of("/proc/stat")).getFirst().trim().split(" +", -1);
    long ticks = 0;
    for (int i : new int[] {1, 2, 3, 6, 7, 8}) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks / TICKS_A_SECOND;
  }

  private long peakBytes() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("/proc", "" + pid, "status"));
    for (String line : lines) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    throw new IOException("no VmHWM: has the server ended?");
  }
}
