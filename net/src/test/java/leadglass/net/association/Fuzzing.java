package leadglass.net.association;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Runs Jazzer on the targets, each in a process of its own, and tells edges, executions and
/// findings. What Jazzer learned and what it found is kept in `net/target/fuzz`.
///
/// `Fuzzing [--minutes N] [--together N] [TARGET ...]`
final class Fuzzing {
  private static final Pattern EDGES = Pattern.compile("cov: (\\d+)");
  private static final Pattern EXECUTIONS =
      Pattern.compile("stat::number_of_executed_units:\\s*(\\d+)");

  /// Longest input: messages of several PDUs, and items, fit.
  private static final int INPUT_BYTES_MAX = 8 << 10;

  private static final int TIMEOUT_SECONDS = 10;

  /// What came of one target.
  ///
  /// @param findings files that make it fail
  record Told(FuzzTarget target, long seconds, long edges, long executions, List<Path> findings) {
    String line() {
      return String.format(
          Locale.ROOT,
          "fuzz: %-12s %5d s %6d edges %10d executions %d findings%s",
          target.word(),
          seconds,
          edges,
          executions,
          findings.size(),
          findings.isEmpty() ? "" : " " + findings);
    }
  }

  private Fuzzing() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Duration each = Duration.ofMinutes(10);
    int together = 1;
    List<FuzzTarget> targets = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--minutes" -> each = Duration.ofMinutes(Integer.parseInt(arguments[++i]));
        case "--seconds" -> each = Duration.ofSeconds(Integer.parseInt(arguments[++i]));
        case "--together" -> together = Integer.parseInt(arguments[++i]);
        default -> targets.add(FuzzTarget.of(arguments[i]));
      }
    }
    List<Told> told =
        run(targets.isEmpty() ? List.of(FuzzTarget.values()) : targets, each, together, System.out);
    System.exit(told.stream().allMatch(one -> one.findings().isEmpty()) ? 0 : 1);
  }

  static List<Told> run(List<FuzzTarget> targets, Duration each, int together, PrintStream out)
      throws IOException, InterruptedException {
    List<Told> told = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(together)) {
      List<Future<Told>> running =
          targets.stream().map(target -> threads.submit(() -> run(target, each))).toList();
      for (Future<Told> one : running) {
        told.add(one.get());
        out.println(told.getLast().line());
      }
    } catch (ExecutionException e) {
      throw new IOException("a fuzzer could not be run", e);
    }
    return told;
  }

  private static Told run(FuzzTarget target, Duration each)
      throws IOException, InterruptedException {
    Path folder =
        Path.of(System.getProperty("leadglass.root", ".."), "net/target/fuzz", target.word())
            .toAbsolutePath()
            .normalize();
    Path learned = Files.createDirectories(folder.resolve("learned"));
    Path found = Files.createDirectories(folder.resolve("found"));
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process jazzer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                path,
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.entry(),
                "--instrumentation_includes=leadglass.**",
                "--reproducer_path=" + folder,
                learned.toString(),
                target.seeds().toAbsolutePath().normalize().toString(),
                "-max_total_time=" + each.toSeconds(),
                "-timeout=" + TIMEOUT_SECONDS,
                "-max_len=" + INPUT_BYTES_MAX,
                "-rss_limit_mb=2048",
                "-print_final_stats=1",
                "-artifact_prefix=" + found + "/")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    long edges = 0;
    long executions = 0;
    List<String> said = new ArrayList<>();
    long began = System.nanoTime();
    try (BufferedReader in = jazzer.inputReader(StandardCharsets.UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        said.add(line);
        Matcher covered = EDGES.matcher(line);
        if (covered.find()) {
          edges = Long.parseLong(covered.group(1));
        }
        Matcher done = EXECUTIONS.matcher(line);
        if (done.find()) {
          executions = Long.parseLong(done.group(1));
        }
      }
    }
    int exit = jazzer.waitFor();
    Files.write(folder.resolve("said.txt"), said);
    List<Path> findings;
    try (Stream<Path> files = Files.list(found)) {
      findings = files.sorted().toList();
    }
    if ((exit != 0 && findings.isEmpty()) || executions == 0) {
      throw new IOException(
          "the fuzzer of " + target.word() + " failed; " + folder.resolve("said.txt"));
    }
    return new Told(
        target,
        Duration.ofNanos(System.nanoTime() - began).toSeconds(),
        edges,
        executions,
        findings);
  }
}
