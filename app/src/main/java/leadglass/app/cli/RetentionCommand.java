package leadglass.app.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import leadglass.app.Failure;
import leadglass.app.console.Reply;
import leadglass.app.console.Request;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "retention",
    description = "How long studies are kept at least; by default there is no rule.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Retention only ever extends: a study stays as long as any rule asked that was in force",
      "since it came.",
      "",
      "Examples:",
      "  leadglass retention set --rule all:10:18+10 --rule MG:15 --data /srv/images",
      "  leadglass retention preset --data /srv/images",
      "  leadglass retention show --data /srv/images"
    })
@SuppressWarnings("NullAway.Init")
final class RetentionCommand implements Runnable {
  private static final String EXAMPLES = "These are examples, not advice: check your law.";

  @Spec private CommandSpec spec;

  RetentionCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows the rules and all that were in force before.",
      footer = {"", "Example:", "  leadglass retention show --data /srv/images --json"})
  int show(
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    Reply reply = data.ask(Request.of("retention show", Map.of()));
    list(reply, "versions", List.of("version", "from", "by", "rules"), json);
    return 0;
  }

  private void list(Reply reply, String name, List<String> columns, boolean json) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Print.json(out, reply.values());
    } else {
      Tables.print(out, reply.values().get(name), columns);
    }
  }

  @Command(
      name = "set",
      mixinStandardHelpOptions = true,
      description = "Sets the rules from now on.",
      footer = {
        "",
        "A rule is WHAT:YEARS or WHAT:YEARS:AGE+MORE. WHAT: all, or modalities with commas between",
        "them. YEARS: after the study. AGE+MORE: patients younger than AGE are kept until MORE",
        "years after the birthday on which they reach it.",
        "",
        "Example:",
        "  leadglass retention set --rule all:10:18+10 --rule MG,CR:15 --data /srv/images"
      })
  int set(
      @Option(names = "--rule", paramLabel = "RULE", description = "As above; may be repeated.")
          @Nullable List<String> rules,
      @Option(names = "--none", description = "Nothing that comes from now on has to be kept.")
          boolean none,
      @Mixin DataOption data)
      throws Failure {
    if (none == (rules != null)) {
      throw new Failure(Failure.USAGE, "no rule", "give one or more --rule, or --none");
    }
    String words = rules == null ? "" : String.join(" ", rules);
    done(data.ask(Request.of("retention set", Map.of("rules", words))));
    return 0;
  }

  private void done(Reply reply) {
    spec.commandLine()
        .getErr()
        .println("Version " + reply.values().get("name") + " of the rules is in force.");
  }

  @Command(
      name = "preset",
      mixinStandardHelpOptions = true,
      description = "Sets a country's example as the rules; without one lists all.",
      footer = {"", EXAMPLES, "", "Example:", "  leadglass retention preset DE --data /srv/images"})
  int preset(
      @Parameters(paramLabel = "COUNTRY", arity = "0..1", defaultValue = "") String country,
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    Reply reply = data.ask(Request.of("retention preset", Map.of("country", country)));
    if (country.isEmpty()) {
      list(reply, "presets", List.of("country", "words", "source"), json);
    } else {
      done(reply);
    }
    spec.commandLine().getErr().println(EXAMPLES);
    return 0;
  }
}
