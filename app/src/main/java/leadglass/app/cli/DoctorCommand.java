package leadglass.app.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import leadglass.app.Failure;
import leadglass.app.console.Reply;
import leadglass.app.console.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "doctor",
    description = "Says why a device was refused or failed, and what to type about it.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Without AET: the last case of each device, and of each address that is no device's. What",
      "is known is in the memory of the running archive: nothing from before its start. The",
      "device itself is told none of it.",
      "",
      "Examples:",
      "  leadglass doctor --data /srv/images",
      "  leadglass doctor CT1 --data /srv/images",
      "  leadglass doctor 192.168.7.20 --data /srv/images --json"
    })
@SuppressWarnings("NullAway.Init")
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "AET",
      arity = "0..1",
      description = "The AE title of a device that is enrolled, or an IP address.")
  private String whom = "";

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Mixin private DataOption data;

  DoctorCommand() {}

  @Override
  public Integer call() throws Failure {
    Reply reply = data.ask(Request.of("doctor", Map.of("whom", whom)));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Print.json(out, reply.values());
      return 0;
    }
    List<?> cases = reply.values().get("cases") instanceof List<?> list ? list : List.of();
    if (whom.isEmpty()) {
      Tables.print(out, cases, List.of("who", "last", "times", "cause", "rule"));
    } else {
      cases.forEach(each -> print(out, each));
    }
    spec.commandLine()
        .getErr()
        .println(
            (cases.isEmpty() ? "Nothing was refused since " : "Since ")
                + reply.values().get("since")
                + ", when the archive was started; what was before is not kept.");
    return 0;
  }

  private static void print(PrintWriter out, Object row) {
    if (!(row instanceof Map<?, ?> met)) {
      return;
    }
    out.println(met.get("last") + "  from " + met.get("address") + times(met));
    out.println("  " + met.get("rule"));
    if (!"".equals(met.get("claims"))) {
      out.println("  " + met.get("claims"));
    }
    if (met.get("offered") instanceof List<?> lines) {
      lines.forEach(line -> out.println("  - " + line));
    }
    if (!"".equals(met.get("ae")) && Boolean.FALSE.equals(met.get("proved"))) {
      out.println("  Nothing proved that it was this device.");
    }
    out.println("  " + met.get("remedy"));
    out.println("    " + met.get("command"));
    out.println();
  }

  private static String times(Map<?, ?> met) {
    return "1".equals(String.valueOf(met.get("times")))
        ? ""
        : ", " + met.get("times") + " times since " + met.get("first");
  }
}
