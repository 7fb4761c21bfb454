package leadglass.app.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.app.Failure;
import leadglass.app.console.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "exposure",
    description = "What a stranger sees of this archive's own doors.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A running archive looks once a day, from inside, at everything it listens on, and keeps what",
      "it found. From outside somebody has to look: the ticket is for that. docs/operating/exposure.md",
      "",
      "Example:",
      "  leadglass exposure show --data /srv/images"
    })
@SuppressWarnings("NullAway.Init")
final class ExposureCommand implements Runnable {
  @Spec private CommandSpec spec;

  ExposureCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Looks now; the archive must run. Exit 1: something is open, 4: can't tell.",
      footer = {"", "Example:", "  leadglass exposure check --data /srv/images"})
  int check(
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    Map<String, Object> check = data.ask(Request.of("exposure check", Map.of())).values();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Print.json(out, check);
    } else {
      tell(out, check);
    }
    boolean open = check.get("worst") instanceof Number worst && worst.intValue() >= 2;
    return open ? Failure.NO : "?".equals(check.get("grade")) ? Failure.FAILED : 0;
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows what the last check found, and the 60 days before.",
      footer = {"", "Example:", "  leadglass exposure show --data /srv/images --json"})
  int show(
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    Map<String, Object> now = data.ask(Request.of("exposure show", Map.of())).values();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Print.json(out, now);
      return 0;
    }
    if ("".equals(now.get("at"))) {
      out.println("?: nobody has looked yet. leadglass exposure check");
      return 0;
    }
    tell(out, now);
    if (now.get("dropped") instanceof Map<?, ?> drop) {
      out.println("It is worse than it was: " + drop.get("from") + " before.");
    }
    if (Boolean.TRUE.equals(now.get("old"))) {
      out.println("That is old: " + now.get("words") + ".");
    }
    StringBuilder days = new StringBuilder();
    for (Object each : now.get("days") instanceof List<?> list ? list : List.of()) {
      Object grade = each instanceof Map<?, ?> day ? day.get("grade") : "";
      days.append("".equals(grade) ? "." : grade);
    }
    out.println("60 days, the last one is today: " + days);
    out.println("Not checked from outside. For that: leadglass exposure ticket");
    return 0;
  }

  @Command(
      name = "ticket",
      mixinStandardHelpOptions = true,
      description = "Prints what to type on another network, with a ticket that ends in 24 hours.",
      footer = {
        "",
        "Run what it prints on a machine that is on a phone's hotspot, not here: what counts is what",
        "a stranger sees from there. The ticket lets nobody in; it proves that the address is yours.",
        "",
        "Example:",
        "  leadglass exposure ticket --host images.example.org --data /srv/images"
      })
  int ticket(
      @Option(
              names = "--host",
              paramLabel = "NAME",
              description = "Name or address by which the archive is reached from there.")
          Optional<String> host,
      @Mixin DataOption data)
      throws Failure {
    Map<String, Object> reply =
        data.ask(Request.of("exposure ticket", Map.of("host", host.orElse("")))).values();
    spec.commandLine().getOut().println(reply.get("command"));
    return 0;
  }

  private static void tell(PrintWriter out, Map<String, Object> check) {
    out.println(
        "Grade " + check.get("grade") + " at " + check.get("at") + " from " + check.get("vantage"));
    for (Object each : check.get("doors") instanceof List<?> list ? list : List.of()) {
      if (each instanceof Map<?, ?> door) {
        out.println("  " + door.get("name") + ", port " + door.get("port"));
        for (Object one : door.get("findings") instanceof List<?> list ? list : List.of()) {
          if (one instanceof Map<?, ?> finding) {
            out.println("    " + finding.get("verdict") + "  " + finding.get("words"));
          }
        }
      }
    }
  }
}
