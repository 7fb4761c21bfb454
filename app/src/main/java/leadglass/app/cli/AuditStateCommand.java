package leadglass.app.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import leadglass.app.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "state",
    description = "How it was at a moment: people, roles, factors, devices, key place, version.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "--at is a moment here (of a day its end), and --site names a further site.",
      "The archive writes into the trail who may do what, within a minute of each change. What was",
      "done between that and the moment is listed below it.",
      "",
      "Examples:",
      "  leadglass audit state --at 2026-03-01T08:00:00Z --data /srv/images",
      "  leadglass audit state --at 2026-03-01 --json --data /srv/images"
    })
@SuppressWarnings("NullAway.Init")
final class AuditStateCommand implements Callable<Integer> {
  @Mixin private DataOption data;

  @Option(names = "--site", paramLabel = "SITE", description = "A further site of the archive.")
  private Optional<String> site = Optional.empty();

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws Failure {
    Map<String, String> words = new HashMap<>();
    Optional<String> at = data.moment();
    if (at.isEmpty()) {
      throw new Failure(
          Failure.USAGE, "--at wants a moment here", "such as --at 2026-03-01T08:00:00Z");
    }
    site.ifPresent(data::at);
    words.put("at", "" + (AuditOutput.moment("--at", at.get(), true) - 1));
    words.put("format", json ? "json" : "text");
    new AuditOutput(data, "", "").write("audit state", words, Optional.empty(), true);
    return 0;
  }
}
