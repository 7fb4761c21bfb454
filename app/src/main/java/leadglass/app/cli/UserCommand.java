package leadglass.app.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    name = "user",
    description = "People: add, list, sign-out, disable, reset.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Roles: administrator (no images), radiologist, technologist, frontdesk, referrer, auditor,",
      "witness (confirms what needs a second person; no images).",
      "",
      "Examples:",
      "  leadglass user add ito --role radiologist --data /srv/images",
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

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Adds a person; prints the second factor's URI and recovery codes once.",
      footer = {
        "",
        "Without --password-file a random password is made and printed too.",
        "",
        "Example:",
        "  leadglass user add ito --role radiologist --data /srv/images"
      })
  int add(
      @Parameters(paramLabel = "NAME", description = "Letters, digits and . - _ @") String name,
      @Option(
              names = "--role",
              required = true,
              paramLabel = "ROLE[,ROLE]",
              description = "What the person may do.")
          String role,
      @Option(names = "--password-file", paramLabel = "F") Optional<Path> passwordFile,
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    String password = PasswordFile.from(passwordFile);
    Map<String, String> words = Map.of("name", name, "role", role, "password", password);
    Reply reply = data.ask(Request.of("user add", words));
    show(reply, passwordFile.isPresent() ? "" : password, json);
    return 0;
  }

  private void show(Reply reply, String password, boolean json) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> document = new java.util.LinkedHashMap<>(reply.values());
      if (!password.isEmpty()) {
        document.put("password", password);
      }
      Print.json(out, document);
    } else {
      Print.enrolment(out, reply.values(), password);
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists people, their roles and what they sign in with.",
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
    for (Object each :
        reply.values().get("people") instanceof List<?> people ? people : List.of()) {
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
    return 0;
  }

  @Command(
      name = "sign-out",
      mixinStandardHelpOptions = true,
      description = "Ends every session of a person; nothing else changes.",
      footer = {"", "Example:", "  leadglass user sign-out ito --data /srv/images"})
  int signOut(@Parameters(paramLabel = "NAME") String name, @Mixin DataOption data) throws Failure {
    data.ask(Request.of("user sign-out", Map.of("name", name)));
    spec.commandLine().getErr().println("Every session of " + name + " has ended.");
    return 0;
  }

  @Command(
      name = "disable",
      mixinStandardHelpOptions = true,
      description = "Ends a person's sessions and tokens and lets them in no more.",
      footer = {"", "Example:", "  leadglass user disable ito --data /srv/images"})
  int disable(@Parameters(paramLabel = "NAME") String name, @Mixin DataOption data) throws Failure {
    data.ask(Request.of("user disable", Map.of("name", name)));
    spec.commandLine().getErr().println(name + " is disabled.");
    return 0;
  }

  @Command(
      name = "reset",
      mixinStandardHelpOptions = true,
      description = "Gives a person a new password and second factor; the old ones end.",
      footer = {"", "Example:", "  leadglass user reset ito --data /srv/images"})
  int reset(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--password-file", paramLabel = "F") Optional<Path> passwordFile,
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    String password = PasswordFile.from(passwordFile);
    Reply reply = data.ask(Request.of("user reset", Map.of("name", name, "password", password)));
    show(reply, passwordFile.isPresent() ? "" : password, json);
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
