package leadglass.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import leadglass.app.Failure;
import leadglass.app.check.HostWords;
import leadglass.app.check.Plan;
import leadglass.app.check.Run;
import leadglass.app.check.Told;
import leadglass.app.console.HowFar;
import leadglass.survey.Limits;
import leadglass.survey.Probes;
import leadglass.survey.list.Account;
import leadglass.survey.list.AccountJson;
import leadglass.survey.list.Changes;
import leadglass.survey.list.Ledger;
import leadglass.survey.list.Result;
import leadglass.survey.list.Totals;
import leadglass.survey.list.Wanted;
import leadglass.survey.scope.Ground;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "check",
    description =
        "Looks at what a stranger can see of hosts that you answer for. Counts, never patients.",
    mixinStandardHelpOptions = true,
    subcommands = {CheckReportCommand.class, CheckVerifyCommand.class, CheckProbesCommand.class},
    footer = {
      "",
      "It asks for nobody's data, tries no password, guesses no AE title, stores nothing, follows no",
      "redirect and never leaves the addresses that you name. It needs no archive on this machine.",
      "Don't probe a scanner in use. Testing systems without their owner's permission is a crime in",
      "many countries. docs/check.md",
      "",
      "This machine may always be asked; a private address if you say who answers for it",
      "(--i-answer-for). A public address has to prove, while it is asked, that you control it:",
      "--proof web (it serves a word), dns (a TXT record in its reverse zone), ticket:... (printed by",
      "the archive itself) or mandate:FILE (signed, with --issuer-key).",
      "",
      "Exit codes: 0 nothing is open, 1 something is open, 2 bad usage, 3 bad configuration or nothing",
      "may be asked, 4 nothing is open but something could not be told, or it failed.",
      "",
      "Examples:",
      "  leadglass check localhost:8443/https localhost:2762/dicom-tls",
      "  leadglass check 192.168.1.20 --i-answer-for \"Poe Imaging; Ada Poe; owner\"",
      "  leadglass check --targets clinics.csv --out results.jsonl --compare last-month.jsonl",
      "  leadglass check 192.168.1.20 --i-answer-for \"Poe Imaging; Ada Poe; owner\" --html card.html"
    })
@SuppressWarnings("NullAway.Init")
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "HOST[:PORT[/SERVICE]]",
      arity = "0..*",
      description = "Hosts; without a port, the usual ones of imaging and of what leaked before.")
  private List<String> hosts = List.of();

  @Mixin private CheckOptions options;
  @Mixin private CheckPapers papers;

  CheckCommand() {}

  @Override
  public Integer call() throws Failure {
    if (hosts.isEmpty() == options.targets().isEmpty()) {
      throw new ParameterException(spec.commandLine(), "Name hosts, or give a list with --targets");
    }
    papers.see();
    Optional<List<Result>> earlier =
        options.compare().isPresent()
            ? Optional.of(earlier(options.compare().get()))
            : Optional.empty();
    List<Wanted> wanted =
        options.targets().isPresent()
            ? list(options.targets().get())
            : HostWords.parse(hosts, options.ports(), options.proof());
    InstantSource clock = InstantSource.system();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Plan plan = Plan.of(wanted, options.attestation(), options.prover(clock, err), clock.instant());
    options.announce(err, plan);
    if (options.dryRun()) {
      return dry(out, plan);
    }
    if (plan.targets().isEmpty()) {
      plan.notAsked().forEach(each -> err.println(each.host() + ": NOT ASKED: " + each.ground()));
      throw new Failure(
          Failure.CONFIGURATION,
          "there is nothing that may be asked",
          plan.hints().isEmpty() ? "see leadglass check --help" : plan.hints().getFirst());
    }
    return done(plan, carriedOut(plan, clock), earlier, clock);
  }

  private static List<Wanted> list(Path file) throws Failure {
    try {
      return Wanted.parse(Files.readString(file));
    } catch (Wanted.BadList e) {
      throw new Failure(
          Failure.USAGE,
          file + ": " + e.getMessage(),
          "host,ports,owner,country,responsible,proof: see docs/check.md");
    } catch (IOException _) {
      throw new Failure(
          Failure.USAGE, file + " can't be read", "name a file of comma-separated values");
    }
  }

  private static int dry(PrintWriter out, Plan plan) {
    plan.targets()
        .forEach(each ->
            out.println(
                each.given()
                    + " ["
                    + each.approved().address().getHostAddress()
                    + "] "
                    + (each.doors().isEmpty() ? "usual ports" : Result.ports(each.doors()))
                    + ": would be asked ("
                    + each.approved().ground().words()
                    + ")"));
    plan.notAsked().forEach(each -> out.println(each.host() + ": NOT ASKED: " + each.ground()));
    return plan.targets().isEmpty() ? Failure.CONFIGURATION : 0;
  }

  private List<Result> carriedOut(Plan plan, InstantSource clock) throws Failure {
    Limits limits =
        options.limits(
            plan.targets().stream()
                .allMatch(each -> each.approved().ground() instanceof Ground.Loopback));
    Probes probes = Probes.own();
    boolean lines = options.targets().isPresent() && !options.json() && !options.quiet();
    PrintWriter out = spec.commandLine().getOut();
    int all = plan.targets().size() + plan.notAsked().size();
    try (HowFarBar bar = new HowFarBar(!options.quiet() && !options.json());
        Stopping stopping = new Stopping();
        Keeping keeping = Keeping.of(options.out(), probes)) {
      Run run =
          new Run(
              probes,
              limits,
              options.declared(),
              options.hostsAtOnce(),
              new SecureRandom(),
              clock,
              keeping.ledger());
      return run.carryOut(
          plan,
          stopping::asked,
          (result, done) -> {
            if (lines) {
              out.println(Told.line(result));
              out.flush();
            }
            bar.accept(new HowFar("hosts", done, all));
          });
    } catch (IOException e) {
      throw new Failure(
          Failure.FAILED,
          "results can't be written (" + e.getClass().getSimpleName() + ")",
          "see whether the disk has room; what was written before is kept");
    } catch (InterruptedException _) {
      throw new Failure(Failure.FAILED, "it was interrupted", "run it again with the same --out");
    }
  }

  private int done(
      Plan plan, List<Result> results, Optional<List<Result>> earlier, InstantSource clock)
      throws Failure {
    PrintWriter out = spec.commandLine().getOut();
    Optional<Changes> changes = earlier.map(each -> Changes.between(each, results));
    Probes probes = Probes.own();
    Account account =
        Account.of(
            results,
            changes,
            options.vantage(),
            clock.instant(),
            new Version().getVersion()[0],
            probes.hash());
    if (options.json()) {
      out.println(AccountJson.of(account));
    } else {
      tell(out, account);
    }
    papers.write(account, probes, spec.commandLine().getErr());
    boolean stopped = results.size() < plan.targets().size() + plan.notAsked().size();
    return exit(results, stopped);
  }

  private void tell(PrintWriter out, Account whole) {
    Told told = new Told(out, whole.vantage());
    if (options.targets().isPresent()) {
      Totals all = Totals.of("", whole.results());
      told.table("country", Totals.byCountry(whole.results()), all);
      told.table("owner", options.owners() ? Totals.byOwner(whole.results()) : List.of(), all);
      out.println("From " + whole.vantage() + ", at " + whole.at() + ".");
    } else {
      whole.results().forEach(told::host);
    }
    whole.changes().ifPresent(told::changes);
  }

  static List<Result> earlier(Path file) throws Failure {
    try {
      return Ledger.read(file);
    } catch (IOException | IllegalArgumentException _) {
      throw new Failure(
          Failure.USAGE,
          file + " is no list of results",
          "name what an earlier run wrote with --out");
    }
  }

  /// Something open outweighs that something could not be told.
  static int exit(List<Result> results, boolean stopped) {
    if (results.stream().anyMatch(each -> each.worst() >= 2)) {
      return Failure.NO;
    }
    boolean untold = results.stream().anyMatch(each -> each.untold() || !each.asked());
    return untold || stopped ? Failure.FAILED : 0;
  }

  /// The file of results, where one is wanted.
  private record Keeping(Optional<Ledger> ledger) implements AutoCloseable {
    static Keeping of(Optional<Path> file, Probes probes) throws Failure, IOException {
      if (file.isEmpty()) {
        return new Keeping(Optional.empty());
      }
      try {
        return new Keeping(Optional.of(Ledger.open(file.get(), probes.hash())));
      } catch (IllegalStateException | IllegalArgumentException e) {
        throw new Failure(
            Failure.USAGE, file.get() + ": " + e.getMessage(), "name another file with --out");
      }
    }

    @Override
    public void close() throws IOException {
      if (ledger.isPresent()) {
        ledger.get().close();
      }
    }
  }

  /// Whether the process was asked to end: what has begun is finished, and nothing new begun.
  private static final class Stopping implements AutoCloseable {
    private volatile boolean asked;
    private final Thread main = Thread.currentThread();
    private final Thread hook =
        new Thread(() -> {
          asked = true;
          try {
            main.join(30_000);
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });

    Stopping() {
      Runtime.getRuntime().addShutdownHook(hook);
    }

    boolean asked() {
      return asked;
    }

    @Override
    public void close() {
      if (!asked) {
        Runtime.getRuntime().removeShutdownHook(hook);
      }
    }
  }

  static String thisMachine() {
    try {
      return "this machine (" + InetAddress.getLocalHost().getHostName() + ")";
    } catch (UnknownHostException _) {
      return "this machine";
    }
  }
}
