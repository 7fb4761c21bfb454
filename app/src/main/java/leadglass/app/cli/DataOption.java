package leadglass.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import leadglass.app.Failure;
import leadglass.app.Home;
import leadglass.app.config.Config;
import leadglass.app.config.Settings;
import leadglass.app.console.ConsoleCall;
import leadglass.app.console.Reply;
import leadglass.app.console.Request;
import leadglass.app.key.KeyPlace;
import leadglass.app.key.Services;
import picocli.CommandLine.Option;

/// Which archive a command is about, and the way to it: through the running server, or directly.
final class DataOption {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The archive's data directory.")
  @SuppressWarnings("NullAway.Init")
  private Path data;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Configuration, by default leadglass.toml in the data directory, if it is there.")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--passphrase-file",
      paramLabel = "F",
      description =
          "A file whose first line is the passphrase of the master key, or - for standard input,"
              + " if it has one and no server runs; else it is asked for.")
  private Optional<Path> passphraseFile = Optional.empty();

  @Option(
      names = "--at",
      paramLabel = "SITE",
      description = "A further site of the archive, as site list shows it; else the first one.")
  private Optional<String> site = Optional.empty();

  static DataOption of(Path data, Optional<Path> config) {
    DataOption option = new DataOption();
    option.data = data;
    option.config = config;
    return option;
  }

  Path data() {
    return data;
  }

  Settings settings() throws Failure {
    return Settings.of(data, config);
  }

  Home home() throws Failure {
    return home(Optional.empty());
  }

  /// @param madeAt where the key of a new archive is laid
  Home home(Optional<KeyPlace> madeAt) throws Failure {
    Config config = settings().config();
    return new Home(
        data,
        config.keyFile(),
        new PassphraseSource(passphraseFile, "--passphrase-file"),
        new Services(config.kms().credentials(), config.kms().uri(), Clock.systemUTC()),
        madeAt,
        config.s3(),
        config.brakes().limits());
  }

  /// What the passphrase is read from.
  PassphraseSource passphrase() {
    return new PassphraseSource(passphraseFile, "--passphrase-file");
  }

  /// Opens the way. The archive must exist already.
  ConsoleCall call() throws Failure {
    Home home = home();
    if (!home.exists()) {
      throw new Failure(
          Failure.CONFIGURATION,
          "there is no archive in " + home.data(),
          "make one: leadglass serve --data DIR, or leadglass init --data DIR …");
    }
    return ConsoleCall.to(home);
  }

  /// Where `--at` means a moment: what was said, if that is no site's word; those begin with a
  /// letter.
  Optional<String> moment() {
    Optional<String> said =
        site.filter(text -> !text.isEmpty() && Character.isDigit(text.charAt(0)));
    if (said.isPresent()) {
      site = Optional.empty();
    }
    return said;
  }

  /// The site, where `--at` means something else.
  void at(String word) {
    site = Optional.of(word);
  }

  /// A request to the site that was named.
  Request to(Request request) {
    return site.map(request::at).orElse(request);
  }

  /// Asks once.
  Reply ask(Request request) throws Failure {
    try (ConsoleCall call = call()) {
      return checked(call.ask(to(request), InputStream.nullInputStream()));
    } catch (IOException _) {
      throw new Failure(
          Failure.FAILED, "the running archive ended before it answered", "look at its log lines");
    }
  }

  /// Asks once for something that takes its time, and shows how far it is.
  Reply ask(Request request, boolean shown) throws Failure {
    try (HowFarBar bar = new HowFarBar(shown);
        ConsoleCall call = call()) {
      return checked(call.ask(to(request), InputStream.nullInputStream(), bar));
    } catch (IOException _) {
      throw new Failure(
          Failure.FAILED, "the running archive ended before it answered", "look at its log lines");
    }
  }

  /// @throws Failure if the answer is not a yes
  static Reply checked(Reply reply) throws Failure {
    if (reply.exit() != 0) {
      throw new Failure(reply.exit(), reply.error(), reply.hint());
    }
    return reply;
  }
}
