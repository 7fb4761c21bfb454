package leadglass.app.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import leadglass.app.Failure;
import leadglass.app.check.Plan;
import leadglass.app.check.Proofs;
import leadglass.survey.Declared;
import leadglass.survey.Limits;
import leadglass.survey.scope.Attestation;
import leadglass.survey.scope.Ground;
import picocli.CommandLine.Option;

/// What is looked at by `leadglass check`, and how.
@SuppressWarnings("NullAway.Init")
final class CheckOptions {
  private static final int CONNECTIONS_A_DOOR = 40;

  @Option(
      names = "--targets",
      paramLabel = "FILE.csv",
      description = "A list of hosts: host,ports,owner,country,responsible,proof.")
  private Optional<Path> targets = Optional.empty();

  @Option(
      names = "--ports",
      paramLabel = "PORT[/SERVICE]",
      split = ",",
      description = "Ports of hosts that are named without one.")
  private List<String> ports = List.of();

  @Option(
      names = "--i-answer-for",
      paramLabel = "\"ORGANISATION; PERSON; AUTHORITY\"",
      description = "Who answers for the hosts; it stands in the report.")
  private Optional<String> answersFor = Optional.empty();

  @Option(
      names = "--proof",
      paramLabel = "PROOF",
      description =
          "How a public address proves that you control it: web, dns, ticket:TICKET or mandate:FILE."
              + " docs/check.md")
  private Optional<String> proof = Optional.empty();

  @Option(
      names = "--issuer-key",
      paramLabel = "KEY.pem",
      description = "Public key of somebody whose mandates you trust; may be given twice.")
  private List<Path> issuers = List.of();

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "How long a challenge is waited for. Default: 600")
  private int waitSeconds;

  @Option(
      names = "--called",
      paramLabel = "AET",
      description = "The archive's AE title, if it has one; none is ever guessed.")
  private Optional<String> called = Optional.empty();

  @Option(
      names = "--calling",
      paramLabel = "AET",
      description = "A calling AE title that the archive knows.")
  private Optional<String> calling = Optional.empty();

  @Option(
      names = "--count-by-query",
      description =
          "Count studies by a C-FIND where the server has no counters: study identifiers cross the"
              + " wire, are discarded unread, and may be many. Your own hosts only.")
  private boolean countByQuery;

  @Option(names = "--hl7", description = "Send an HL7 listener a message that asks for nothing.")
  private boolean hl7;

  @Option(
      names = "--estimate-images",
      description = "Estimate images that nobody told, at 30 a study, and label them so.")
  private boolean estimate;

  @Option(names = "--yes", description = "Answer the questions that a person would be asked.")
  private boolean yes;

  @Option(
      names = "--vantage",
      paramLabel = "WORDS",
      description = "Where you look from, for the report: \"guest network\", \"phone hotspot\".")
  private Optional<String> vantage = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "FILE.jsonl",
      description = "Write each result there as it comes; a run that was stopped goes on.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--compare",
      paramLabel = "FILE.jsonl",
      description = "What changed since an earlier run's --out.")
  private Optional<Path> compare = Optional.empty();

  @Option(names = "--owners", description = "Totals of each owner, too.")
  private boolean owners;

  @Option(
      names = "--hosts-at-once",
      paramLabel = "N",
      defaultValue = "512",
      description =
          "Hosts looked at side by side; each with one connection at a time. Default: 512")
  private int hostsAtOnce;

  @Option(
      names = "--connect-timeout",
      paramLabel = "SECONDS",
      defaultValue = "3",
      description = "How long a connection may take to come about. Default: 3")
  private int connectSeconds;

  @Option(
      names = "--dry-run",
      description = "Say what would be asked and what not, and send nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Option(names = "--quiet", description = "No progress, no lines.")
  private boolean quiet;

  Optional<Path> targets() {
    return targets;
  }

  List<String> ports() {
    return ports;
  }

  Optional<Path> out() {
    return out;
  }

  Optional<Path> compare() {
    return compare;
  }

  boolean owners() {
    return owners;
  }

  boolean dryRun() {
    return dryRun;
  }

  boolean json() {
    return json;
  }

  boolean quiet() {
    return quiet;
  }

  int hostsAtOnce() throws Failure {
    if (hostsAtOnce < 1 || hostsAtOnce > 4096) {
      throw new Failure(Failure.USAGE, "--hosts-at-once is 1 to 4096", "--hosts-at-once 512");
    }
    return hostsAtOnce;
  }

  String vantage() {
    return vantage.orElseGet(CheckCommand::thisMachine);
  }

  Declared declared() throws Failure {
    return new Declared(
        title("--called", called), title("--calling", calling), countByQuery, hl7, estimate);
  }

  private static Optional<String> title(String option, Optional<String> title) throws Failure {
    if (title.isPresent() && !title.get().matches("[!-\\[\\]-~][ -\\[\\]-~]{0,15}")) {
      throw new Failure(
          Failure.USAGE, option + " is no AE title", "1 to 16 printable characters, no backslash");
    }
    return title;
  }

  Optional<Attestation> attestation() throws Failure {
    if (answersFor.isEmpty()) {
      return Optional.empty();
    }
    Optional<Attestation> parsed = Attestation.parse(answersFor.get());
    if (parsed.isEmpty()) {
      throw new Failure(
          Failure.USAGE,
          "--i-answer-for needs three parts",
          "--i-answer-for \"ORGANISATION; PERSON; AUTHORITY\", such as \"Poe Imaging; Ada Poe; owner\"");
    }
    return parsed;
  }

  Plan.Prover prover(InstantSource clock, PrintWriter err) throws Failure {
    Proofs proofs =
        new Proofs(
            attestation(), issuers, Duration.ofSeconds(Math.max(0, waitSeconds)), clock, err);
    return dryRun ? proofs.withoutAsking() : proofs;
  }

  /// What `--proof` says, for hosts that are named without a list.
  String proof() {
    return proof.orElse("");
  }

  /// @param loopback all of it is this machine: no need to go slow
  Limits limits(boolean loopback) throws Failure {
    if (connectSeconds < 1 || connectSeconds > 60) {
      throw new Failure(
          Failure.USAGE, "--connect-timeout is 1 to 60 seconds", "--connect-timeout 3");
    }
    Limits usual = Limits.USUAL;
    return new Limits(
        Duration.ofSeconds(connectSeconds),
        usual.read(),
        usual.exchange(),
        usual.counting(),
        loopback ? Duration.ofMillis(5) : usual.pause(),
        usual.connectionsMax(),
        usual.bytesMax(),
        usual.rowsMax(),
        usual.resetsMax());
  }

  /// Says beforehand what it will do, and asks where it is more than looking.
  void announce(PrintWriter err, Plan plan) throws Failure {
    if (!quiet) {
      int doors =
          plan.targets().stream()
              .mapToInt(each -> each.doors().isEmpty() ? 21 : each.doors().size())
              .sum();
      err.println(
          "check: "
              + plan.targets().size()
              + " hosts, "
              + doors
              + " ports, at most "
              + doors * (long) CONNECTIONS_A_DOOR
              + " connections; one at a time to each host; "
              + plan.notAsked().size()
              + " hosts are not asked");
      err.flush();
    }
    boolean others =
        plan.targets().stream()
            .anyMatch(each -> !(each.approved().ground() instanceof Ground.Loopback));
    if (dryRun || !others) {
      return;
    }
    err.println(
        "check: testing systems without their owner's permission is a crime in many countries; don't"
            + " probe a scanner in use");
    if (countByQuery) {
      err.println(
          "check: --count-by-query has study identifiers cross the wire (they are discarded unread)");
    }
    agreed(err);
  }

  private void agreed(PrintWriter err) throws Failure {
    if (yes) {
      return;
    }
    Console console =
        Optional.ofNullable(System.console())
            .filter(Console::isTerminal)
            .orElseThrow(() ->
                new Failure(
                    Failure.CONFIGURATION,
                    "nobody is there to answer",
                    "say that you agree with --yes"));
    err.flush();
    String answer = console.readLine("Do you answer for these hosts? Type yes: ");
    if (answer == null || !answer.strip().equals("yes")) {
      throw new Failure(Failure.CONFIGURATION, "nothing was asked", "type yes to go on");
    }
  }
}
