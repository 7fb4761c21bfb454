package leadglass.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import leadglass.app.Failure;
import leadglass.app.Home;
import leadglass.archive.RecoverySheet;
import leadglass.store.MasterKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "key",
    description = "The master key.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  leadglass key restore --data /srv/images --sheet sheet.txt"})
@SuppressWarnings("NullAway.Init")
final class KeyCommand implements Runnable {
  private static final int SHEET_BYTES_MAX = 4096;

  @Spec private CommandSpec spec;

  KeyCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "restore",
      mixinStandardHelpOptions = true,
      description = "Makes a lost master key file anew from the recovery sheet.",
      footer = {
        "",
        "Type the sheet's groups of four in order; numbers in front of them, case and dashes don't",
        "matter. Without --sheet they are read from standard input.",
        "",
        "Example:",
        "  leadglass key restore --data /srv/images --sheet sheet.txt"
      })
  int restore(
      @Option(names = "--sheet", paramLabel = "F", description = "A file with the groups.")
          Optional<Path> sheet,
      @Mixin DataOption data)
      throws Failure {
    Home home = data.home();
    if (!home.exists()) {
      throw new Failure(
          Failure.CONFIGURATION, "there is no archive in " + home.data(), "check --data");
    }
    try {
      byte[] key =
          switch (RecoverySheet.parse(read(sheet))) {
            case RecoverySheet.Reading.Key(var bytes) -> bytes;
            case RecoverySheet.Reading.Wrong(var rule) ->
                throw new Failure(Failure.NO, "that is not the sheet", rule);
          };
      MasterKey.restore(home.keyFile(), key);
      spec.commandLine().getErr().println("The master key is at " + home.keyFile() + " again.");
      return 0;
    } catch (FileAlreadyExistsException e) {
      throw new Failure(
          Failure.NO, "there is a master key at " + e.getFile(), "move it away first");
    } catch (IOException _) {
      throw new Failure(
          Failure.FAILED, "the key can't be written", "check who may write where it lies");
    }
  }

  private static String read(Optional<Path> sheet) throws IOException {
    byte[] bytes =
        sheet.isPresent() ? Files.readAllBytes(sheet.get()) : System.in.readNBytes(SHEET_BYTES_MAX);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
