package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import leadglass.survey.HostReport.Outcome;
import leadglass.survey.list.Ledger;
import leadglass.survey.list.Result;
import leadglass.testkit.Canaries;
import leadglass.testkit.world.Census;
import leadglass.testkit.world.TruthLine;
import leadglass.testkit.world.Verdict;
import leadglass.testkit.world.VisitLine;
import leadglass.testkit.world.WorldProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The table of the report of 2019. `-Dleadglass.world=SEED` takes a world of as many servers:
/// 2,300 examined in 52 countries, 590 open, 187 of them in the US; without it a quarter of that.
class SurveyWorldTest {
  private static final long SEED = Long.getLong("leadglass.world", 2019);
  private static final Census CENSUS =
      System.getProperty("leadglass.world") == null
          ? new Census(SEED, 575, 148, 47, 52, Set.of())
          : Census.usual(SEED);

  @TempDir Path folder;

  @Test
  void theReportsTableComesOut() throws IOException {
    try (WorldProcess world = WorldProcess.start(CENSUS, folder.resolve("world"))) {
      Path out = Files.createDirectory(folder.resolve("out"));
      long began = System.nanoTime();
      Command check =
          Command.run(
              "check",
              "--targets",
              world.targets(),
              "--out",
              out.resolve("results.jsonl"),
              "--csv",
              out.resolve("results.csv"),
              "--count-by-query",
              "--vantage",
              "the same machine");
      double seconds = (System.nanoTime() - began) / 1e9;
      assertThat(check.exit()).as(check.err()).isEqualTo(1);
      Path dump = dumped(folder.resolve("heap.hprof"));
      Files.writeString(out.resolve("out.txt"), check.out() + check.err());

      List<Result> results = Ledger.read(out.resolve("results.jsonl"));
      List<TruthLine> truth = world.truth();
      List<String> wrong = wrong(results, truth);
      System.out.printf(
          "world %d: %d hosts in %.1f s, %d open, %d false verdicts, %d not told%n",
          SEED,
          results.size(),
          seconds,
          results.stream().filter(Result::open).count(),
          wrong.size(),
          results.stream().filter(Result::untold).count());
      assertThat(wrong).isEmpty();
      assertSums(results, truth);
      assertThat(check.out().lines().filter(line -> line.startsWith("US ")).findFirst())
          .hasValueSatisfying(
              line -> assertThat(line).containsPattern("^US +\\d+ +" + CENSUS.openUs() + " "));
      assertThat(Files.readAllLines(out.resolve("results.csv"))).hasSize(CENSUS.hosts() + 1);
      assertThat(results.stream().filter(Result::open)).allMatch(each -> each.bytesReceived() > 0);

      assertMannerly(world.end());
      Canaries canaries = new Canaries();
      world.canaryRoots().forEach(each -> canaries.with(each, StandardCharsets.UTF_8));
      assertThat(canaries.below(out)).isEmpty();
      assertThat(canaries.below(dump)).isEmpty();
    }
  }

  /// What lives when all is closed.
  private static Path dumped(Path file) throws IOException {
    ManagementFactory.newPlatformMXBeanProxy(
            ManagementFactory.getPlatformMBeanServer(),
            "com.sun.management:type=HotSpotDiagnostic",
            HotSpotDiagnosticMXBean.class)
        .dumpHeap(file.toString(), true);
    assertThat(Files.size(file)).isGreaterThan(1 << 20);
    return file;
  }

  /// A verdict is right, or it is honestly none.
  private static List<String> wrong(List<Result> results, List<TruthLine> truth) {
    Map<String, Result> byHost =
        results.stream().collect(Collectors.toMap(Result::host, Function.identity()));
    List<String> wrong = new ArrayList<>();
    for (TruthLine each : truth) {
      Result result = byHost.get(each.host());
      Verdict said = result == null ? null : said(result);
      boolean right = said == each.verdict() || each.allowed().contains(said);
      if (!right) {
        wrong.add(each.kind() + " " + each.host() + ": " + said);
      }
    }
    return wrong;
  }

  private static Verdict said(Result result) {
    for (Outcome each : Outcome.values()) {
      if (each.words().equals(result.outcome())) {
        return Verdict.valueOf(each.name());
      }
    }
    throw new AssertionError(result.outcome());
  }

  private static void assertSums(List<Result> results, List<TruthLine> truth) {
    List<Result> open = results.stream().filter(Result::open).toList();
    List<TruthLine> truly = truth.stream().filter(each -> each.verdict() == Verdict.OPEN).toList();
    assertThat(open).hasSize(CENSUS.open()).hasSameSizeAs(truly);
    assertThat(open.stream().filter(each -> each.country().equals("US"))).hasSize(CENSUS.openUs());
    assertThat(results.stream().map(Result::country).distinct()).hasSize(52);
    assertThat(open.stream().mapToLong(each -> each.counts().studies().orElse(0)).sum())
        .isEqualTo(truly.stream().mapToLong(TruthLine::studies).sum());
    assertThat(open.stream().mapToLong(each -> each.counts().images().orElse(0)).sum())
        .isEqualTo(truly.stream().mapToLong(TruthLine::images).sum());
    assertThat(open.stream().mapToLong(each -> each.counts().accessible().orElse(0)).sum())
        .isEqualTo(truly.stream().mapToLong(TruthLine::imagesAccessible).sum());
  }

  private static void assertMannerly(List<VisitLine> visits) {
    assertThat(visits.stream().filter(each -> !each.mannerly())).isEmpty();
    assertThat(visits.stream().mapToInt(VisitLine::connections).sum())
        .isGreaterThan(CENSUS.hosts() * 2);
  }
}
