package leadglass.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import leadglass.app.Failure;
import leadglass.survey.sign.Statement;
import leadglass.survey.sign.Statement.Checked;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "verify",
    description = "Tells whether a file of a check and the signature beside it belong together.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "It shows that the file was not changed since it was signed, and by which key; not whose key",
      "that is (ask whoever sent the file for its fingerprint, by another way), and not that what",
      "the file says was true.",
      "",
      "Exit codes: 0 they belong together, 1 they don't, 2 bad usage.",
      "",
      "Examples:",
      "  leadglass check verify report.html",
      "  leadglass check verify report.pdf --key-fingerprint 3f2a-..."
    })
@SuppressWarnings("NullAway.Init")
final class CheckVerifyCommand implements Callable<Integer> {
  private static final long SIGNATURE_BYTES_MAX = 65_536;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The file; its signature is FILE.sig.")
  private Path file;

  @Option(
      names = "--key-fingerprint",
      paramLabel = "F",
      description = "The fingerprint that the key has to have.")
  private Optional<String> fingerprint = Optional.empty();

  CheckVerifyCommand() {}

  @Override
  public Integer call() throws Failure {
    Path beside = file.resolveSibling(file.getFileName() + ".sig");
    PrintWriter out = spec.commandLine().getOut();
    return switch (checked(beside)) {
      case Checked.Holds(Statement statement, String key) -> holds(out, statement, key);
      case Checked.OtherFile(Statement _, String _) -> {
        out.println("NO: " + file + " is not what was signed: it was changed, or is another file.");
        yield Failure.NO;
      }
      case Checked.Broken() -> {
        out.println("NO: the signature does not hold: it was changed.");
        yield Failure.NO;
      }
      case Checked.NoSignature() ->
          throw new Failure(
              Failure.USAGE, beside + " is no signature of a check", "name the file, not its .sig");
    };
  }

  private Checked checked(Path beside) throws Failure {
    try {
      if (Files.size(beside) > SIGNATURE_BYTES_MAX) {
        return new Checked.NoSignature();
      }
      return Statement.check(Files.readAllBytes(file), Files.readString(beside));
    } catch (IOException _) {
      throw new Failure(
          Failure.USAGE,
          file + " or " + beside + " can't be read",
          "the signature lies beside the file and ends in .sig");
    }
  }

  private int holds(PrintWriter out, Statement statement, String key) {
    if (fingerprint.isPresent() && !plain(fingerprint.get()).equals(plain(key))) {
      out.println("NO: it is signed by another key: " + key);
      return Failure.NO;
    }
    out.println("ok: " + file + " is as it was signed.");
    out.println("  as       " + statement.file());
    out.println("  at       " + statement.at());
    out.println("  from     " + statement.vantage());
    out.println("  by       " + statement.tool());
    out.println("  probes   " + statement.probes());
    out.println("  key      " + key);
    out.println(
        fingerprint.isPresent()
            ? "The key is the one that you named."
            : "Whose key that is, is not shown by this: ask for its fingerprint by another way.");
    out.println(
        "That time, place and findings are true, is what the signer says; no signature shows it.");
    return 0;
  }

  private static String plain(String fingerprint) {
    return fingerprint.replaceAll("[^0-9A-Fa-f]", "").toLowerCase(Locale.ROOT);
  }
}
