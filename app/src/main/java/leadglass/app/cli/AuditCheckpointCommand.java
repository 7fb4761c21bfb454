package leadglass.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import leadglass.app.Failure;
import leadglass.app.config.Config;
import leadglass.app.console.Request;
import leadglass.app.mail.Mailer;
import leadglass.app.syslog.AuditForwarder;
import leadglass.store.Private;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "checkpoint",
    description = "Prints a signed checkpoint over every entry there is, to be kept elsewhere.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "It says how many entries there are and nothing of any. Whoever has it can tell later whether",
      "one of them was changed or an older state was put back: leadglass audit verify --against.",
      "",
      "Examples:",
      "  leadglass audit checkpoint --data /srv/images",
      "  leadglass audit checkpoint --out /media/stick/checkpoint-2026-11-26 --data /srv/images"
    })
@SuppressWarnings("NullAway.Init")
final class AuditCheckpointCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "A new file for it, instead of standard output.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--mail",
      description = "Send it to the address of audit.mail, instead of printing it.")
  private boolean mail;

  AuditCheckpointCommand() {}

  @Override
  public Integer call() throws Failure {
    Config config = data.settings().config();
    if (mail && !config.mail().isSet()) {
      throw new Failure(
          Failure.CONFIGURATION,
          "the configuration names nobody to send it to",
          "set audit.mail and [mail]; docs/operating/audit.md");
    }
    Map<String, Object> said = data.ask(Request.of("audit checkpoint", Map.of())).values();
    String note = String.valueOf(said.get("checkpoint"));
    if (mail) {
      send(config, note, number(said.get("entries")), number(said.get("millis")));
    }
    if (!mail || out.isPresent()) {
      give(spec, note, out);
    }
    return 0;
  }

  private static long number(@Nullable Object value) {
    return Long.parseLong(String.valueOf(value));
  }

  private void send(Config config, String note, long entries, long millis) throws Failure {
    try {
      Mailer.of(config.mail()).send(AuditForwarder.source(config.audit()), note, entries, millis);
    } catch (IOException e) {
      throw new Failure(
          Failure.FAILED,
          "the mail server did not take it (" + e.getMessage() + ")",
          "check [mail] in the configuration, and whether the server is there");
    }
    spec.commandLine().getErr().println("It was sent to " + config.mail().to() + ".");
  }

  /// Prints a signed note as it is, or writes it into a new file.
  static void give(CommandSpec spec, String note, Optional<Path> out) throws Failure {
    if (out.isEmpty()) {
      spec.commandLine().getOut().print(note);
      spec.commandLine().getOut().flush();
      return;
    }
    try {
      Private.file(out.get());
      Files.writeString(out.get(), note, UTF_8);
    } catch (FileAlreadyExistsException _) {
      throw new Failure(Failure.USAGE, out.get() + " is there already", "name another with --out");
    } catch (IOException _) {
      throw new Failure(
          Failure.FAILED, out.get() + " can't be written", "check who may write there");
    }
  }
}
