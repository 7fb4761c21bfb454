package leadglass.app.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import leadglass.app.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "breach",
    description = "Whose images were delivered to whom between two moments, as CSV.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "One line for a caller, study and visit, with frames and bytes that left the store. That",
      "something was delivered does not prove that anybody looked at it; where the viewer may have",
      "fetched it in advance, the column prefetch says possible. Empty counts: the visit has not",
      "ended, or the archive was killed meanwhile.",
      "",
      "Examples:",
      "  leadglass audit breach --from 2026-03-01T08:00:00Z --to 2026-03-02T06:00:00Z --data /srv/images",
      "  leadglass audit breach --from 2026-03-01 --to 2026-03-01 --caller rita --out rita.csv --data /srv/images"
    })
@SuppressWarnings("NullAway.Init")
final class AuditBreachCommand implements Callable<Integer> {
  @Mixin private DataOption data;

  @Option(names = "--from", required = true, paramLabel = "T", description = "Not before.")
  private String from;

  @Option(names = "--to", required = true, paramLabel = "T", description = "Not after.")
  private String to;

  @Option(
      names = "--caller",
      paramLabel = "C",
      description = "An account, a token (account/id), an AE title or a link's id; else anybody.")
  private Optional<String> caller = Optional.empty();

  @Option(names = "--json", description = "One JSON object a line instead of CSV.")
  private boolean json;

  @Option(names = "--out", paramLabel = "FILE", description = "A new file; else standard output.")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--quiet", description = "No progress bar.")
  private boolean quiet;

  @Override
  public Integer call() throws Failure {
    Map<String, String> words = new HashMap<>();
    words.put("from", "" + AuditOutput.moment("--from", from, false));
    words.put("until", "" + AuditOutput.moment("--to", to, true));
    words.put("format", json ? "json" : "csv");
    caller.ifPresent(name -> words.put("caller", name));
    new AuditOutput(data, "", "").write("audit breach", words, out, quiet);
    return 0;
  }
}
