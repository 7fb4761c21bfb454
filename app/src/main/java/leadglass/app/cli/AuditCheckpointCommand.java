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
import leadglass.app.console.Request;
import leadglass.store.Private;
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

  AuditCheckpointCommand() {}

  @Override
  public Integer call() throws Failure {
    String note =
        String.valueOf(
            data.ask(Request.of("audit checkpoint", Map.of())).values().get("checkpoint"));
    give(spec, note, out);
    return 0;
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
