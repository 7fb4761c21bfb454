package leadglass.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// The command.
@Command(
    name = "bench/run",
    description = "Measures Leadglass from outside: TLS, sealing, access control and audit on.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Server and sender share this machine. A row is only good where \"others %%\" is low.",
      "",
      "Examples:",
      "  bench/run                                     1,000 CT over one and four associations",
      "  bench/run --cases ct,mr,tiny --runs 3 --json  medians of three, a JSON line a row",
      "  bench/run --cases xa --connections 1          131 MB each",
      "  bench/run --cases stow,frame,metadata --connections 4",
      "  bench/run --cases qido-key,qido-name,qido-newest,qido-half --studies 100000",
      "  bench/run --tree --cases ct,mr,tiny           what the tree over the audit trail costs",
      "  bench/run --trail --cases ct,mr,tiny --runs 20   the same by two servers, one without it",
      "  bench/run --strangers 200 --runs 5            what strangers at the DICOM port cost",
      "  bench/run --jvm=-XX:StartFlightRecording=filename=/tmp/ct.jfr"
    })
@SuppressWarnings("NullAway.Init")
public final class Bench implements Callable<Integer> {
  private static final List<String> FLAGS =
      List.of(
          "-Xmx512m",
          "-XX:+UseSerialGC",
          "-Xlog:aot=off",
          "-Xlog:cds=off",
          "--enable-native-access=ALL-UNNAMED");

  private static final List<String> STORING = List.of("ct", "mr", "tiny", "xa");

  /// Associations of the device beside strangers, and instances a turn.
  private static final int STRANGERS_BESIDE = 2;

  private static final int STRANGERS_COUNT = 400;

  @Spec private CommandSpec spec;

  @Option(
      names = "--cases",
      split = ",",
      paramLabel = "CASE",
      defaultValue = "ct",
      description =
          "Of ct, mr, tiny, xa, stow, qido-key, qido-name, qido-month, qido-newest, qido-half,"
              + " frame, metadata. Default: ct")
  private List<Case> cases;

  @Option(
      names = "--connections",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,4",
      description = "Associations or HTTP connections at a time. Default: 1,4")
  private List<Integer> connections;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many instances or answers. Default: as the case has it, 1000 CT.")
  private Optional<Integer> count;

  @Option(
      names = "--studies",
      paramLabel = "N",
      defaultValue = "5000",
      description = "How many studies to hold for qido-* cases. Default: 5000")
  private int studies;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "1",
      description = "Runs of each case; the row is that of the median rate. Default: 1")
  private int runs;

  @Option(
      names = "--trail",
      description =
          "Measure two servers by turns, one that keeps a tree over the audit trail and one that"
              + " does not; --runs is how often, --count how many a turn. For ct, mr, tiny and xa.")
  private boolean trail;

  @Option(
      names = "--itself",
      description =
          "With --trail: both servers keep the tree. What a row says then is what two servers that"
              + " are the same differ by.")
  private boolean itself;

  @Option(
      names = "--tree",
      description =
          "Measure in one server how long the methods run that make the tree over the audit trail;"
              + " --runs times --count instances. For ct, mr, tiny and xa.")
  private boolean tree;

  @Option(
      names = "--strangers",
      paramLabel = "N",
      description =
          "Measure what that many connections that trickle bytes cost a device that stores MR, in"
              + " turns with them and without; --runs is how often, --count how many a turn.")
  private Optional<Integer> strangers;

  @Option(
      names = "--without-tree",
      paramLabel = "FILE",
      defaultValue = "${sys:leadglass.without-tree}",
      hidden = true)
  private Path withoutTree;

  @Option(names = "--json", description = "Print a JSON line a row.")
  private boolean json;

  @Option(
      names = "--threads",
      description = "Below each row, CPU ms by thread of the server, its compilers included.")
  private boolean threads;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = "Where to make the folder of the archive. Default: the system's")
  private Optional<Path> work;

  @Option(
      names = "--jar",
      paramLabel = "FILE",
      defaultValue = "${sys:leadglass.jar}",
      description = "The program. Default: the one that was built")
  private Path jar;

  @Option(
      names = "--jvm",
      paramLabel = "FLAG",
      description = "One more flag for the server's Java; may be repeated.")
  private List<String> jvm = new ArrayList<>();

  /// Runs it.
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Bench())
            .setUsageHelpAutoWidth(true)
            .registerConverter(Case.class, Bench::parse)
            .setExecutionExceptionHandler(Bench::failed)
            .execute(arguments));
  }

  private static Case parse(String name) {
    return Case.ALL.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException("no case; there are " + Case.ALL));
  }

  private static int failed(Exception thrown, CommandLine line, ParseResult parsed) {
    line.getErr().println("bench: error: " + thrown.getMessage());
    return 4;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Path folder =
        work.isPresent()
            ? Files.createTempDirectory(Files.createDirectories(work.get()), "bench")
            : Files.createTempDirectory("leadglass-bench");
    try {
      Path java = Path.of(System.getProperty("java.home"), "bin", "java");
      if (trail) {
        measureTrail(folder, java, out);
        return 0;
      }
      if (tree) {
        measureTree(folder, java, out);
        return 0;
      }
      List<String> more = new ArrayList<>(jvm);
      if (strangers.isPresent()) {
        more.add(Meter.COMPILERS_STAY);
      }
      Program.Launch launch = new Program.Launch(jar, Optional.empty(), java, FLAGS, more);
      try (Program program = Program.start(launch, folder)) {
        if (strangers.isPresent()) {
          new StrangersCost(program, new Holdings(program, studies), strangers.get(), threads, out)
              .measure(STRANGERS_BESIDE, count.orElse(STRANGERS_COUNT), runs);
        } else {
          measure(program, out);
        }
      }
    } finally {
      delete(folder);
    }
    return 0;
  }

  private void measureTrail(Path folder, Path java, PrintWriter out)
      throws IOException, InterruptedException {
    onlyStoring("--trail");
    Path nothing = Files.createDirectory(folder.resolve("nothing"));
    Path front = Files.createDirectory(folder.resolve("without-tree"));
    WithoutTree.compile(withoutTree, WithoutTree.classPath(jar), front);
    Path one = Files.createDirectory(folder.resolve("one"));
    Path other = Files.createDirectory(folder.resolve("other"));
    try (Program with =
            Program.start(new Program.Launch(jar, Optional.of(nothing), java, FLAGS, jvm), one);
        Program without =
            Program.start(
                new Program.Launch(jar, Optional.of(itself ? nothing : front), java, FLAGS, jvm),
                other)) {
      out.println(TrailCost.HEADING);
      out.flush();
      TrailCost cost = new TrailCost(with, without, new Holdings(with, studies), threads, out);
      cost.warmUp(parse("tiny"));
      for (Case each : cases) {
        for (int at : connections) {
          cost.measure(each, at, count.orElse(each.usualCount()), runs);
        }
      }
    }
  }

  private void measureTree(Path folder, Path java, PrintWriter out)
      throws IOException, InterruptedException {
    onlyStoring("--tree");
    Path data = Files.createDirectory(folder.resolve("one"));
    Program.Launch launch =
        new Program.Launch(jar, Optional.empty(), java, FLAGS, TreeTime.flags(jvm));
    try (Program program = Program.start(launch, data)) {
      out.println(TreeTime.HEADING);
      out.flush();
      TreeTime time = TreeTime.of(program, folder, new Holdings(program, studies), out);
      time.warmUp(parse("tiny"));
      for (Case each : cases) {
        for (int at : connections) {
          time.measure(each, at, count.orElse(each.usualCount()), runs);
        }
      }
    }
  }

  private void onlyStoring(String option) throws IOException {
    if (!STORING.containsAll(cases.stream().map(Case::name).toList())) {
      throw new IOException(option + " is for " + STORING);
    }
  }

  private void measure(Program program, PrintWriter out) throws IOException, InterruptedException {
    if (!json) {
      out.println(Row.HEADING);
      out.flush();
    }
    Holdings holdings = new Holdings(program, studies);
    for (Case each : cases) {
      for (int at : connections) {
        each.warmUp(program, holdings, at);
        List<Row> rows = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
          rows.add(each.run(program, holdings, at, count.orElse(each.usualCount())));
        }
        Row row = Row.median(rows);
        out.println(json ? row.json() : row.line());
        if (threads && !json) {
          out.println(row.threads());
        }
        out.flush();
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path each, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(each);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
