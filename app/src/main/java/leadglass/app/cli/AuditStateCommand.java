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

  @Option(
      names = "--at",
      required = true,
      paramLabel = "T",
      description = "A moment; of a day its end.")
  private String at;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws Failure {
    Map<String, String> words = new HashMap<>();
    words.put("at", "" + (AuditOutput.moment("--at", at, true) - 1));
    words.put("format", json ? "json" : "text");
    new AuditOutput(data, "", "").write("audit state", words, Optional.empty(), true);
    return 0;
  }
}
