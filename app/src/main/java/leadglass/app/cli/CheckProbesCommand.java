package leadglass.app.cli;

import java.io.PrintWriter;
import leadglass.survey.Probes;
import leadglass.survey.list.ProbeTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "probes",
    description = "Every question that a check asks, and every decision that it can come to.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Levels: 4 open, 3 nominal, 2 exposed, 1 note, 0 closed; what can't be told has none.",
      "",
      "Example:",
      "  leadglass check probes --json"
    })
@SuppressWarnings("NullAway.Init")
final class CheckProbesCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  CheckProbesCommand() {}

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(ProbeTable.json(Probes.own()));
    } else {
      ProbeTable.lines(Probes.own()).forEach(out::println);
    }
  }
}
