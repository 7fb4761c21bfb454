package leadglass.app.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import leadglass.app.Failure;
import leadglass.app.console.Reply;
import leadglass.app.console.Request;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "erase",
    description = "Asks for a patient's erasure: all studies, for ever, here and in data backups.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "This destroys nothing yet. A second person confirms it on their own page, and then it can be",
      "taken back for some days (7 by default). A legal hold or retention refuses it.",
      "Reasons: request, court-order, end-of-purpose, wrongly-held, other.",
      "",
      "Examples:",
      "  leadglass erase --patient - --reason request --note 'file 12/7' --data /srv/images",
      "  leadglass erase list --data /srv/images",
      "  leadglass erase take-back 3f2a… --data /srv/images"
    })
@SuppressWarnings("NullAway.Init")
final class EraseCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ArgGroup(exclusive = false, multiplicity = "0..1")
  private @Nullable Asked asked;

  EraseCommand() {}

  /// What asks for it; absent where a subcommand is meant.
  static final class Asked {
    @ArgGroup(multiplicity = "1")
    private HoldCommand.Whom whom;

    @Option(names = "--reason", required = true, paramLabel = "REASON", description = "See below.")
    private String reason;

    @Option(
        names = "--note",
        paramLabel = "WORDS",
        description = "Such as a file number; must not name the patient.")
    private String note = "";

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @ArgGroup(exclusive = false, multiplicity = "1")
    private DataOption data;
  }

  @Override
  public Integer call() throws Failure {
    if (asked == null) {
      spec.commandLine().usage(spec.commandLine().getOut());
      return 0;
    }
    Map<String, String> words = asked.whom.words();
    words.put("reason", asked.reason);
    words.put("note", asked.note);
    Reply reply = asked.data.ask(Request.of("erase", words));
    PrintWriter out = spec.commandLine().getOut();
    if (asked.json) {
      Print.json(out, reply.values());
      return 0;
    }
    out.println(reply.values().get("name"));
    spec.commandLine()
        .getErr()
        .println(
            "Asked for: "
                + ("1".equals(String.valueOf(reply.values().get("studies")))
                    ? "the only study"
                    : "all " + reply.values().get("studies") + " studies")
                + " of one patient. Nothing is destroyed before a second person has"
                + " confirmed it on their page, and "
                + reply.values().get("graceDays")
                + " days have passed.");
    return 0;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists erasures and how far they are.",
      footer = {"", "Example:", "  leadglass erase list --data /srv/images --json"})
  int list(
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    Reply reply = data.ask(Request.of("erase list", Map.of()));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Print.json(out, reply.values());
    } else {
      Tables.print(
          out,
          reply.values().get("erasures"),
          List.of("name", "state", "studies", "reason", "askedBy", "confirmedBy", "due", "kept"));
    }
    return 0;
  }

  @Command(
      name = "confirm",
      mixinStandardHelpOptions = true,
      description = "Says where an erasure is confirmed: not here.",
      footer = {
        "",
        "Whoever sits at the console could be the one who asked. The second person signs in with a",
        "factor of their own and confirms on the page Erasures.",
        "",
        "Example:",
        "  leadglass erase confirm 3f2a… --data /srv/images"
      })
  int confirm(@Parameters(paramLabel = "NAME") String name, @Mixin DataOption data) throws Failure {
    data.ask(Request.of("erase confirm", Map.of("name", name)));
    return 0;
  }

  @Command(
      name = "take-back",
      mixinStandardHelpOptions = true,
      description = "Takes an erasure back while there is time.",
      footer = {"", "Example:", "  leadglass erase take-back 3f2a… --data /srv/images"})
  int takeBack(@Parameters(paramLabel = "NAME") String name, @Mixin DataOption data)
      throws Failure {
    data.ask(Request.of("erase take-back", Map.of("name", name)));
    spec.commandLine().getErr().println("It is taken back; nothing will be erased.");
    return 0;
  }

  @Command(
      name = "certificate",
      mixinStandardHelpOptions = true,
      description = "Prints the certificate; exits with 1 while older copies of the keys exist.",
      footer = {
        "",
        "Example:",
        "  leadglass erase certificate 3f2a… --data /srv/images > certificate.txt"
      })
  int certificate(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--html", description = "As HTML instead of text.") boolean html,
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    Reply reply = data.ask(Request.of("erase certificate", Map.of("name", name)));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Print.json(out, reply.values());
    } else {
      out.print(reply.values().get(html ? "html" : "text"));
      out.flush();
    }
    return Boolean.TRUE.equals(reply.values().get("complete")) ? 0 : Failure.NO;
  }

  @Command(
      name = "tick",
      mixinStandardHelpOptions = true,
      description = "Says that an older copy of the keys is destroyed; you answer for it.",
      footer = {"", "Example:", "  leadglass erase tick KEY-BACKUP --data /srv/images"})
  int tick(
      @Parameters(paramLabel = "KEY-BACKUP", description = "As the certificate lists it.")
          String name,
      @Mixin DataOption data)
      throws Failure {
    data.ask(Request.of("erase tick", Map.of("name", name)));
    spec.commandLine().getErr().println("It is ticked off under your name.");
    return 0;
  }

  @Command(
      name = "grace",
      mixinStandardHelpOptions = true,
      description = "Sets for how many days an erasure can be taken back: 1 to 30.",
      footer = {"", "Example:", "  leadglass erase grace 14 --data /srv/images"})
  int grace(@Parameters(paramLabel = "DAYS") String days, @Mixin DataOption data) throws Failure {
    data.ask(Request.of("erase grace", Map.of("days", days)));
    spec.commandLine().getErr().println("Of erasures confirmed from now on.");
    return 0;
  }
}
