package leadglass.app.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.app.Failure;
import leadglass.app.config.WebConfig;
import leadglass.app.console.Reply;
import leadglass.app.console.Request;
import leadglass.archive.EscrowSheet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "user",
    description = "People: invite, list, give, take, sign-out, disable, recover.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Roles: administrator (no images), radiologist, technologist, frontdesk, referrer, auditor,",
      "witness (confirms what needs a second person; no images).",
      "",
      "Examples:",
      "  leadglass user invite ito --role radiologist --data /srv/images",
      "  leadglass user list --data /srv/images"
    })
@SuppressWarnings("NullAway.Init")
final class UserCommand implements Runnable {
  @Spec private CommandSpec spec;

  UserCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private void say(String words) {
    spec.commandLine().getErr().println(words);
  }

  @Command(
      name = "invite",
      mixinStandardHelpOptions = true,
      description = "Makes a link by which a person joins; prints only it on stdout.",
      footer = {
        "",
        "It is good once and for 72 hours. Whoever opens it chooses a password and a second factor,",
        "or a passkey; nobody else knows them.",
        "",
        "Example:",
        "  leadglass user invite ito --role radiologist --data /srv/images"
      })
  int invite(
      @Parameters(paramLabel = "NAME", description = "Letters, digits and . - _ @") String name,
      @Option(
              names = "--role",
              required = true,
              paramLabel = "ROLE[,ROLE]",
              description = "What the person may do.")
          String role,
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    Reply reply = data.ask(Request.of("user invite", Map.of("name", name, "role", role)));
    show(reply, json, data);
    return 0;
  }

  /// The secret stands behind `#`, where no server and no log sees it.
  private void show(Reply reply, boolean json, DataOption data) throws Failure {
    Map<String, Object> values = reply.values();
    WebConfig web = data.settings().config().web();
    String host = web.names().isEmpty() ? "localhost" : web.names().getFirst();
    String port = web.port() == 443 ? "" : ":" + web.port();
    String link = "https://" + host + port + "/invite#" + values.get("secret");
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> words = new LinkedHashMap<>(values);
      words.remove("secret");
      words.put("link", link);
      Print.json(out, words);
      return;
    }
    out.println(link);
    say("For " + values.get("name") + " alone, good once, until " + values.get("ends") + ".");
  }

  @Command(
      name = "uninvite",
      mixinStandardHelpOptions = true,
      description = "Ends the link of somebody who has not joined.",
      footer = {"", "Example:", "  leadglass user uninvite ito --data /srv/images"})
  int uninvite(@Parameters(paramLabel = "NAME") String name, @Mixin DataOption data)
      throws Failure {
    data.ask(Request.of("user uninvite", Map.of("name", name)));
    say("The link of " + name + " opens nothing any more.");
    return 0;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists people, their roles, what they sign in with, and who is invited.",
      footer = {"", "Example:", "  leadglass user list --data /srv/images --json"})
  int list(
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    Reply reply = data.ask(Request.of("user list", Map.of()));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Print.json(out, reply.values());
      return 0;
    }
    String line = "%-24s %-9s %-28s %-40s %s";
    out.println(String.format(line, "NAME", "STATE", "ROLES", "SIGNS IN WITH", "LAST SIGN-IN"));
    for (Object each : list(reply.values().get("people"))) {
      Map<?, ?> person = (Map<?, ?>) each;
      boolean enabled = Boolean.TRUE.equals(person.get("enabled"));
      out.println(
          String.format(
              line,
              person.get("name"),
              enabled ? "enabled" : "disabled",
              Print.joined(person.get("roles"), ","),
              Print.joined(person.get("factors"), ", "),
              person.get("lastSignIn")));
    }
    for (Object each : list(reply.values().get("invited"))) {
      Map<?, ?> person = (Map<?, ?>) each;
      out.println(
          String.format(
              line,
              person.get("name"),
              "invited",
              Print.joined(person.get("roles"), ","),
              "",
              "link ends " + person.get("ends")));
    }
    return 0;
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> all ? all : List.of();
  }

  @Command(
      name = "give",
      mixinStandardHelpOptions = true,
      description = "Gives a person one more role, for 24 hours unless they confirm it.",
      footer = {
        "",
        "They confirm it on the page of their account, with a factor of their own. Where the person",
        "administers, another administrator has to confirm it first.",
        "",
        "Example:",
        "  leadglass user give ito --role witness --data /srv/images"
      })
  int give(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--role", required = true, paramLabel = "ROLE") String role,
      @Mixin DataOption data)
      throws Failure {
    Reply reply = data.ask(Request.of("user give", Map.of("name", name, "role", role)));
    say(
        "It works now, and ends "
            + reply.values().get("ends")
            + " unless "
            + name
            + " confirms it.");
    return 0;
  }

  @Command(
      name = "take",
      mixinStandardHelpOptions = true,
      description = "Takes a role of a person.",
      footer = {"", "Example:", "  leadglass user take ito --role witness --data /srv/images"})
  int take(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--role", required = true, paramLabel = "ROLE") String role,
      @Mixin DataOption data)
      throws Failure {
    data.ask(Request.of("user take", Map.of("name", name, "role", role)));
    say(name + " has that role no more.");
    return 0;
  }

  @Command(
      name = "sign-out",
      mixinStandardHelpOptions = true,
      description = "Ends every session of a person; nothing else changes.",
      footer = {"", "Example:", "  leadglass user sign-out ito --data /srv/images"})
  int signOut(@Parameters(paramLabel = "NAME") String name, @Mixin DataOption data) throws Failure {
    data.ask(Request.of("user sign-out", Map.of("name", name)));
    say("Every session of " + name + " has ended.");
    return 0;
  }

  @Command(
      name = "disable",
      mixinStandardHelpOptions = true,
      description = "Ends a person's sessions and tokens and lets them in no more.",
      footer = {"", "Example:", "  leadglass user disable ito --data /srv/images"})
  int disable(@Parameters(paramLabel = "NAME") String name, @Mixin DataOption data) throws Failure {
    data.ask(Request.of("user disable", Map.of("name", name)));
    say(name + " is disabled.");
    return 0;
  }

  @Command(
      name = "recover",
      mixinStandardHelpOptions = true,
      description = "A link for somebody who lost everything they sign in with.",
      footer = {
        "",
        "With two recovery sheets (--sheet twice, or --sheets to type them) at once. Without them",
        "another administrator confirms it on the page /second-person, or, where there is no other,",
        "24 hours pass; everybody is told. Then the same command prints the link. Only with it the old",
        "factors, sessions and tokens end.",
        "",
        "Examples:",
        "  leadglass user recover ito --data /srv/images",
        "  leadglass user recover mara --sheet one.txt --sheet two.txt --data /srv/images"
      })
  int recover(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--sheet", paramLabel = "F", description = "A file with one sheet; twice.")
          @Nullable List<Path> files,
      @Option(names = "--sheets", description = "Read two sheets from standard input.")
          boolean typed,
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    Map<String, String> words = new HashMap<>();
    words.put("name", name);
    if (typed || files != null) {
      List<String> sheets = TypedSheets.read(Optional.ofNullable(files).orElse(List.of()));
      if (sheets.size() != EscrowSheet.NEEDED) {
        throw new Failure(Failure.USAGE, "it takes two sheets", "--sheet FIRST --sheet SECOND");
      }
      words.put("first", sheets.getFirst());
      words.put("second", sheets.getLast());
    }
    show(data.ask(Request.of("user recover", words)), json, data);
    return 0;
  }

  @Command(
      name = "readmit",
      mixinStandardHelpOptions = true,
      description =
          "Enables an account of an identity provider again and forgets its second factor here.",
      footer = {"", "Example:", "  leadglass user readmit ito@hospital --data /srv/images"})
  int readmit(@Parameters(paramLabel = "NAME") String name, @Mixin DataOption data) throws Failure {
    data.ask(Request.of("user readmit", Map.of("name", name)));
    spec.commandLine()
        .getErr()
        .println(name + " can sign in at the provider again; its factors here are forgotten.");
    return 0;
  }
}
