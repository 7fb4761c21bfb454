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
    name = "site",
    description = "Further sites in one archive, each with people, devices, keys of its own.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Nobody of one site sees or learns anything of another. The first site runs the archive.",
      "",
      "Examples:",
      "  leadglass site add north --name 'Clinic North' --host north.example.org --aet NORTH \\",
      "    --admin mara --data /srv/images",
      "  leadglass user list --at north --data /srv/images"
    })
@SuppressWarnings("NullAway.Init")
final class SiteCommand implements Runnable {
  @Spec private CommandSpec spec;

  SiteCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Makes a site and its first administrator.",
      footer = {
        "",
        "Browsers reach it under --host, which must lead to this machine, devices call it --aet.",
        "",
        "Example:",
        "  leadglass site add north --name 'Clinic North' --host north.example.org --aet NORTH \\",
        "    --admin mara --data /srv/images"
      })
  int add(
      @Parameters(paramLabel = "SITE", description = "A short word for commands.") String word,
      @Option(names = "--name", required = true, paramLabel = "NAME") String name,
      @Option(
              names = "--host",
              required = true,
              paramLabel = "HOST",
              description = "The host name of its pages.")
          String host,
      @Option(
              names = "--aet",
              required = true,
              paramLabel = "AET",
              description = "The AE title its devices call.")
          String aeTitle,
      @Option(
              names = "--admin",
              required = true,
              paramLabel = "USER",
              description = "Its first administrator, who sees no images.")
          String admin,
      @Option(
              names = "--password-file",
              paramLabel = "F",
              description = "A file whose first line is the password; else one is made.")
          Optional<Path> passwordFile,
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    String password = PasswordFile.from(passwordFile);
    Map<String, String> words =
        Map.of(
            "word",
            word,
            "name",
            name,
            "host",
            host,
            "aet",
            aeTitle,
            "admin",
            admin,
            "password",
            password);
    Reply reply = data.ask(Request.of("site add", words));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Print.json(out, reply.values());
      return 0;
    }
    if (reply.values().get("people") instanceof List<?> people) {
      for (Object person : people) {
        Print.enrolment(out, (Map<?, ?>) person, passwordFile.isPresent() ? "" : password);
      }
    }
    spec.commandLine()
        .getErr()
        .println("Its pages are at https://" + host + ", its devices call " + aeTitle + ".");
    return 0;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the further sites.",
      footer = {"", "Example:", "  leadglass site list --data /srv/images"})
  int list(
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    Reply reply = data.ask(Request.of("site list", Map.of()));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Print.json(out, reply.values());
    } else {
      Tables.print(out, reply.values().get("sites"), List.of("site", "name", "host", "aeTitle"));
    }
    return 0;
  }
}
