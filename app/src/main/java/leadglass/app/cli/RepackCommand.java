package leadglass.app.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import leadglass.app.Failure;
import leadglass.app.console.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "repack",
    description =
        "Writes packs anew of which more than half is dead; a running archive does it each night.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  leadglass repack --data /srv/images"})
@SuppressWarnings("NullAway.Init")
final class RepackCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws Failure {
    Map<String, Object> now = data.ask(Request.of("repack", Map.of()), !json).values();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Print.json(out, now);
    } else {
      String saved = now.get("savedBytes") instanceof Number n ? Print.bytes(n.longValue()) : "";
      out.println("written anew " + now.get("packs") + " packs, " + saved + " less");
    }
    return 0;
  }
}
