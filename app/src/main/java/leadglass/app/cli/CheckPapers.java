package leadglass.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import leadglass.app.Failure;
import leadglass.app.report.ExposurePapers;
import leadglass.store.Private;
import leadglass.survey.Probe;
import leadglass.survey.Probes;
import leadglass.survey.list.Account;
import leadglass.survey.list.AccountJson;
import leadglass.survey.list.ResultCsv;
import leadglass.survey.sign.SigningKey;
import leadglass.survey.sign.Statement;
import picocli.CommandLine.Option;

/// The files that `leadglass check` writes, each with its signature beside it.
@SuppressWarnings("NullAway.Init")
final class CheckPapers {
  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Write a line for each host, for a spreadsheet. A new file.")
  private Optional<Path> csv = Optional.empty();

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write the report card as one HTML file. A new file.")
  private Optional<Path> html = Optional.empty();

  @Option(
      names = "--pdf",
      paramLabel = "FILE",
      description = "Write the report card as PDF. A new file.")
  private Optional<Path> pdf = Optional.empty();

  @Option(
      names = "--report",
      paramLabel = "FILE.json",
      description = "Write what --json prints. A new file.")
  private Optional<Path> json = Optional.empty();

  @Option(
      names = "--for-others",
      description =
          "Leave addresses, names of hosts, owners and persons out of these files; hosts are"
              + " numbered as in the whole report.")
  private boolean forOthers;

  @Option(names = "--name-owners", description = "With --for-others: keep the owners' names.")
  private boolean nameOwners;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "The key that signs the files; made if it is not there. Without it, one for this run.")
  private Optional<Path> key = Optional.empty();

  CheckPapers() {}

  private List<Path> files() {
    return Stream.of(csv, html, pdf, json).flatMap(Optional::stream).toList();
  }

  boolean any() {
    return !files().isEmpty();
  }

  private static Path signature(Path file) {
    return file.resolveSibling(file.getFileName() + ".sig");
  }

  /// Complains before anything is asked.
  void see() throws Failure {
    Set<Path> names = new HashSet<>();
    for (Path each : files()) {
      for (Path file : List.of(each, signature(each))) {
        if (Files.exists(file)) {
          throw there(file);
        }
        if (!names.add(file.toAbsolutePath().normalize())) {
          throw new Failure(
              Failure.USAGE, file + " is named twice", "name a file of its own for each form");
        }
      }
      Path parent = each.toAbsolutePath().getParent();
      if (parent == null || !Files.isDirectory(parent)) {
        throw new Failure(Failure.USAGE, each + " is in no folder", "make the folder first");
      }
    }
    if (nameOwners && !forOthers) {
      throw new Failure(
          Failure.USAGE, "--name-owners goes with --for-others", "without it they are named");
    }
    if (key.filter(Files::exists).isPresent()) {
      read(key.get());
    }
  }

  private static Failure there(Path file) {
    return new Failure(Failure.USAGE, file + " is there already", "name a new file");
  }

  void write(Account whole, Probes probes, PrintWriter err) throws Failure {
    if (!any()) {
      return;
    }
    SigningKey signing = signing(err);
    Account account = forOthers ? whole.forOthers(nameOwners) : whole;
    Map<String, String> titles =
        probes.all().stream().collect(Collectors.toMap(Probe::name, Probe::title));
    ExposurePapers papers = new ExposurePapers(account, titles, signing.fingerprint());
    if (csv.isPresent()) {
      signed(csv.get(), ResultCsv.of(account.results()).getBytes(UTF_8), account, signing, err);
    }
    if (json.isPresent()) {
      byte[] bytes = (AccountJson.of(account) + "\n").getBytes(UTF_8);
      signed(json.get(), bytes, account, signing, err);
    }
    if (html.isPresent()) {
      signed(html.get(), papers.html(), account, signing, err);
    }
    if (pdf.isPresent()) {
      signed(pdf.get(), pdf(papers), account, signing, err);
    }
  }

  private static byte[] pdf(ExposurePapers papers) throws Failure {
    try {
      return papers.pdf();
    } catch (IOException _) {
      throw new Failure(Failure.FAILED, "the PDF can't be made", "write HTML instead: --html FILE");
    }
  }

  private SigningKey signing(PrintWriter err) throws Failure {
    if (key.isEmpty()) {
      SigningKey made = SigningKey.made(new SecureRandom());
      err.println(
          "The files are signed with a key made for this run and not kept (to keep one: --key"
              + " FILE). Fingerprint: "
              + made.fingerprint());
      return made;
    }
    SigningKey signing = Files.exists(key.get()) ? read(key.get()) : made(key.get(), err);
    err.println("The files are signed. Fingerprint of the key: " + signing.fingerprint());
    return signing;
  }

  private static SigningKey made(Path file, PrintWriter err) throws Failure {
    SigningKey made = SigningKey.made(new SecureRandom());
    write(file, made.pem().getBytes(UTF_8));
    err.println(file + " is a new key. Keep it to yourself; whoever has it signs as you.");
    return made;
  }

  private static SigningKey read(Path file) throws Failure {
    try {
      return SigningKey.ofPem(Files.readString(file));
    } catch (IOException | IllegalArgumentException _) {
      throw new Failure(
          Failure.USAGE,
          file + " is no key to sign with",
          "name a new file and one is made, or give an Ed25519 key (PKCS#8, PEM)");
    }
  }

  private static void signed(
      Path file, byte[] bytes, Account account, SigningKey signing, PrintWriter err)
      throws Failure {
    Statement statement =
        Statement.of(
            String.valueOf(file.getFileName()),
            bytes,
            account.at(),
            account.tool(),
            account.probes(),
            account.vantage());
    write(file, bytes);
    write(signature(file), statement.signed(signing).getBytes(UTF_8));
    err.println(file + " is written, and " + signature(file).getFileName() + " beside it.");
  }

  private static void write(Path file, byte[] bytes) throws Failure {
    try {
      Private.file(file, bytes);
    } catch (FileAlreadyExistsException _) {
      throw there(file);
    } catch (IOException _) {
      throw new Failure(
          Failure.FAILED, file + " can't be written", "check who may write there, and for room");
    }
  }
}
