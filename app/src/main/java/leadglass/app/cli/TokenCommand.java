package leadglass.app.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    name = "token",
    description = "Bearer tokens for programs.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  leadglass token create --user ito --scope read --ttl 90d --data /srv/images"
    })
@SuppressWarnings("NullAway.Init")
final class TokenCommand implements Runnable {
  private static final Pattern TTL = Pattern.compile("(\\d{1,5})([dhm])");

  @Spec private CommandSpec spec;

  TokenCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists tokens by their public part, and whose they are.",
      footer = {"", "Example:", "  leadglass token list --data /srv/images"})
  int list(
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    Reply reply = data.ask(Request.of("token list", Map.of()));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Print.json(out, reply.values());
    } else {
      Tables.print(
          out, reply.values().get("tokens"), List.of("id", "user", "scopes", "ends", "state"));
    }
    return 0;
  }

  @Command(
      name = "revoke",
      mixinStandardHelpOptions = true,
      description = "Ends a token at once.",
      footer = {
        "",
        "A token reads lg1_ID_…: the ID is its public part, as token list shows it.",
        "",
        "Example:",
        "  leadglass token revoke k3qv7x2mta --data /srv/images"
      })
  int revoke(@Parameters(paramLabel = "ID") String id, @Mixin DataOption data) throws Failure {
    data.ask(Request.of("token revoke", Map.of("id", id)));
    spec.commandLine().getErr().println("The token opens nothing any more.");
    return 0;
  }

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Makes a token that can do no more than its owner; prints only it on stdout.",
      footer = {
        "",
        "It works at once, and for 24 hours; for longer its owner confirms it on the page of their",
        "account, with a factor of their own.",
        "",
        "Example:",
        "  TOKEN=$(leadglass token create --user ito --scope read --ttl 90d --data /srv/images)",
        "  curl --cacert ca.pem -H \"Authorization: Bearer $TOKEN\" \\",
        "    'https://localhost:8443/dicomweb/studies?limit=5'"
      })
  int create(
      @Option(names = "--user", required = true, paramLabel = "NAME") String user,
      @Option(
              names = "--scope",
              required = true,
              paramLabel = "read|write|audit|read,write|witness",
              description = "What it may do. witness: another archive's checkpoints, and no more.")
          String scope,
      @Option(
              names = "--ttl",
              required = true,
              paramLabel = "TTL",
              description = "How long it lives: 90d, 12h or 30m; at most 366d.")
          String ttl,
      @Option(
              names = "--patient",
              paramLabel = "ID",
              description =
                  "It reaches the patient of this ID and no other; may be repeated. For reading.")
          @Nullable List<String> patients,
      @Option(
              names = "--issuer",
              defaultValue = "",
              paramLabel = "ISSUER",
              description = "Issuer of those Patient IDs, where there is one.")
          String issuer,
      @Mixin DataOption data)
      throws Failure {
    Matcher matcher = TTL.matcher(ttl);
    if (!matcher.matches()) {
      throw new Failure(Failure.USAGE, "--ttl is not a time", "write 90d, 12h or 30m");
    }
    long count = Long.parseLong(matcher.group(1));
    Duration lives =
        switch (matcher.group(2)) {
          case "d" -> Duration.ofDays(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofMinutes(count);
        };
    Map<String, String> words =
        Map.of(
            "user",
            user,
            "scope",
            scope,
            "ttl-seconds",
            "" + lives.toSeconds(),
            "patients",
            patients == null ? "" : String.join("\n", patients),
            "issuer",
            issuer);
    Reply reply = data.ask(Request.of("token create", words));
    spec.commandLine().getOut().println(reply.values().get("token"));
    String until = "It ends " + reply.values().get("ends");
    boolean confirm = Boolean.TRUE.equals(reply.values().get("toConfirm"));
    spec.commandLine()
        .getErr()
        .println(
            until
                + (confirm
                    ? ", unless " + user + " confirms it on the page of their account."
                    : "."));
    return 0;
  }
}
