package leadglass.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import leadglass.app.Failure;
import leadglass.survey.Probes;
import leadglass.survey.list.Account;
import leadglass.survey.list.Changes;
import leadglass.survey.list.Ledger;
import leadglass.survey.list.Result;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "report",
    description = "Writes the report of an earlier check, from what it wrote with --out.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Nobody is asked anything. The results don't say where they were looked at from: say it as",
      "it was then. The time is that of the last result.",
      "",
      "Exit codes: as of leadglass check.",
      "",
      "Examples:",
      "  leadglass check report results.jsonl --vantage \"guest network\" --html report.html",
      "  leadglass check report results.jsonl --vantage \"guest network\" --pdf card.pdf --for-others"
    })
@SuppressWarnings("NullAway.Init")
final class CheckReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RESULTS.jsonl", description = "What an earlier run wrote with --out.")
  private Path file;

  @Option(
      names = "--vantage",
      required = true,
      paramLabel = "WORDS",
      description = "Where it was looked at from.")
  private String vantage;

  @Option(
      names = "--compare",
      paramLabel = "FILE.jsonl",
      description = "What changed since a run before that.")
  private Optional<Path> compare = Optional.empty();

  @Mixin private CheckPapers papers;

  CheckReportCommand() {}

  @Override
  public Integer call() throws Failure {
    if (!papers.any()) {
      throw new ParameterException(
          spec.commandLine(), "Name a file: --html, --pdf, --csv or --report");
    }
    papers.see();
    List<Result> results = CheckCommand.earlier(file);
    Instant last =
        results.stream()
            .map(Result::at)
            .max(Comparator.naturalOrder())
            .orElseThrow(
                () -> new Failure(Failure.USAGE, file + " has no results", "run the check again"));
    Optional<Changes> changes = Optional.empty();
    if (compare.isPresent()) {
      changes = Optional.of(Changes.between(CheckCommand.earlier(compare.get()), results));
    }
    Account account =
        Account.of(results, changes, vantage, last, new Version().getVersion()[0], hash());
    papers.write(account, Probes.own(), spec.commandLine().getErr());
    return CheckCommand.exit(results, false);
  }

  private String hash() throws Failure {
    try {
      return Ledger.probes(file);
    } catch (IOException _) {
      throw new Failure(Failure.USAGE, file + " can't be read", "name what --out wrote");
    }
  }
}
