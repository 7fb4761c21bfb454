package leadglass.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import leadglass.app.Failure;
import leadglass.app.Home;
import leadglass.app.console.ConsoleCall;
import leadglass.app.console.Reply;
import leadglass.app.console.Request;
import leadglass.app.key.KeyPlace;
import leadglass.archive.KeyHome.RefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "init",
    description = "Sets up an archive without a browser: a site, an administrator, a reader.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Prints second factors, recovery codes and the recovery sheet of the master key once.",
      "",
      "Example:",
      "  leadglass init --data /srv/images --site 'Northlight Imaging' \\",
      "    --master-key file:/media/key/leadglass.key \\",
      "    --admin mara --password-file mara.txt --reader ito --reader-password-file ito.txt"
    })
@SuppressWarnings("NullAway.Init")
final class InitCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  @Option(names = "--site", required = true, paramLabel = "NAME", description = "The site's name.")
  private String site;

  @Option(
      names = "--admin",
      required = true,
      paramLabel = "USER",
      description = "The first administrator, who sees no images.")
  private String admin;

  @Option(
      names = "--password-file",
      required = true,
      paramLabel = "F",
      description = "A file whose first line is the administrator's password.")
  private Path passwordFile;

  @Option(names = "--reader", paramLabel = "USER2", description = "A radiologist.")
  private Optional<String> reader;

  @Option(
      names = "--reader-password-file",
      paramLabel = "F2",
      description = "A file whose first line is the radiologist's password.")
  private Optional<Path> readerPasswordFile;

  @Option(
      names = "--master-key",
      paramLabel = "WHERE",
      description =
          "Where the master key lies: file:PATH, passphrase, pkcs11:CONFIG, kms:URI, or beside: in"
              + " DIR.key, where a thief of this PC has it. Default: beside.")
  private Optional<String> masterKey;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws Failure {
    if (reader.isPresent() != readerPasswordFile.isPresent()) {
      throw new Failure(
          Failure.USAGE, "--reader and --reader-password-file go together", "give both or neither");
    }
    Map<String, String> words = new HashMap<>();
    words.put("site", site);
    words.put("admin", admin);
    words.put("password", PasswordFile.read(passwordFile));
    if (readerPasswordFile.isPresent()) {
      words.put("reader", reader.get());
      words.put("reader-password", PasswordFile.read(readerPasswordFile.get()));
    }
    Home home = home(words);
    Reply reply;
    try (ConsoleCall call = ConsoleCall.to(home)) {
      reply =
          DataOption.checked(call.ask(Request.of("init", words), InputStream.nullInputStream()));
    } catch (IOException _) {
      throw new Failure(Failure.FAILED, "the archive ended before it answered", "");
    }
    print(spec.commandLine().getOut(), reply);
    return 0;
  }

  /// A new archive's key is made where it is to lie; that of one which was started before is
  /// changed for one that lies there.
  private Home home(Map<String, String> words) throws Failure {
    if (masterKey.isEmpty()) {
      return data.home();
    }
    KeyPlace place;
    try {
      place = KeyPlace.parse(masterKey.get());
    } catch (RefusedException e) {
      throw new Failure(Failure.USAGE, String.valueOf(e.getMessage()), "leadglass init --help");
    }
    Home home = data.home(Optional.of(place));
    if (home.exists() && !(place instanceof KeyPlace.Beside)) {
      words.put("master-key", place.words());
      if (place instanceof KeyPlace.Passphrase) {
        char[] typed = data.passphrase().passphrase(true);
        words.put("master-passphrase", new String(typed));
        Arrays.fill(typed, '\0');
      }
    }
    return home;
  }

  private void print(PrintWriter out, Reply reply) {
    if (json) {
      Print.json(out, reply.values());
      return;
    }
    if (reply.values().get("people") instanceof List<?> people) {
      for (Object person : people) {
        Print.enrolment(out, (Map<?, ?>) person, "");
        out.println();
      }
    }
    Print.sheet(out, reply.values().getOrDefault("recoverySheet", List.of()));
  }
}
