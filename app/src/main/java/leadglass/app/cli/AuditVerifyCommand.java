package leadglass.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import leadglass.app.Failure;
import leadglass.app.console.HowFar;
import leadglass.store.Stores;
import leadglass.store.TrailReport;
import leadglass.store.TrailReport.Problem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "verify",
    description = "Checks that no audit entry was altered, removed, added or put elsewhere.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Works on the data directory itself, also while the server runs, and on a copy of it anywhere:",
      "it needs packs/ and trail/, no key and no server, and changes nothing.",
      "",
      "Without --against nobody can tell whether an older state was put back as a whole: keep",
      "checkpoints elsewhere (the file trail/checkpoint). Without --key the public key is the one in",
      "the directory: whoever could write there could have put another one. docs/operating/audit.md",
      "",
      "Exit codes: 0 consistent, 1 it is not, 2 bad usage, 3 nothing to check there, 4 failed.",
      "",
      "Examples:",
      "  leadglass audit verify /srv/images",
      "  leadglass audit verify /mnt/copy --against /media/stick/checkpoint-2026-11-26",
      "  leadglass audit verify /mnt/copy --key leadglass/4f...+1a2b3c4d+AQ... --json"
    })
@SuppressWarnings("NullAway.Init")
final class AuditVerifyCommand implements Callable<Integer> {
  private static final int CHECKPOINT_BYTES_MAX = 64 << 10;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "A data directory, or a copy of one.")
  private Optional<Path> folder = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The same, as other commands name it.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--against",
      paramLabel = "FILE",
      description = "A checkpoint that was kept elsewhere: finds a rollback too.")
  private Optional<Path> against = Optional.empty();

  @Option(
      names = "--key",
      paramLabel = "VKEY",
      description = "A public key of the trail that was kept elsewhere; may be given twice.")
  private List<String> keys = List.of();

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Option(names = "--quiet", description = "No progress bar.")
  private boolean quiet;

  AuditVerifyCommand() {}

  @Override
  public Integer call() throws Failure {
    if (folder.isPresent() == data.isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "Name one data directory: DIR or --data DIR");
    }
    Path where = folder.or(() -> data).orElseThrow();
    if (!Files.isDirectory(where.resolve("packs"))) {
      throw new Failure(
          Failure.CONFIGURATION,
          "there is no archive in " + where,
          "name a folder that has packs/ and trail/ in it");
    }
    TrailReport report = report(where);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Print.json(out, values(report));
      return report.isConsistent() ? 0 : Failure.NO;
    }
    print(out, report);
    if (!report.isConsistent()) {
      throw new Failure(
          Failure.NO,
          "the audit trail is not what was signed (" + report.problemCount() + " problems)",
          "leadglass scrub tells whether it is damage; else copy everything before you change it");
    }
    out.println(verdict(report));
    return 0;
  }

  private TrailReport report(Path where) throws Failure {
    try (HowFarBar bar = new HowFarBar(!json && !quiet)) {
      return Stores.verifyTrail(
          where,
          keys,
          checkpoint(),
          (what, done, total) -> bar.accept(new HowFar(what, done, total)));
    } catch (IllegalArgumentException e) {
      throw new Failure(
          Failure.USAGE,
          "it is " + e.getMessage(),
          "keys look like NAME+HASH+KEY, and a checkpoint is a copy of the file trail/checkpoint");
    } catch (IOException e) {
      throw new Failure(
          Failure.FAILED,
          "the trail can't be read (" + e.getClass().getSimpleName() + ")",
          "if the server wrote packs anew just now, run it again; else see whether the disk is well");
    }
  }

  private Optional<String> checkpoint() throws Failure {
    if (against.isEmpty()) {
      return Optional.empty();
    }
    try {
      if (Files.size(against.get()) > CHECKPOINT_BYTES_MAX) {
        throw new IllegalArgumentException("not a checkpoint");
      }
      return Optional.of(new String(Files.readAllBytes(against.get()), StandardCharsets.UTF_8));
    } catch (IOException _) {
      throw new Failure(
          Failure.USAGE,
          against.get() + " can't be read",
          "name a copy of the file trail/checkpoint");
    }
  }

  private void print(PrintWriter out, TrailReport report) {
    for (Problem each : report.problems()) {
      out.println("FAIL  " + line(each));
    }
    if (report.problemCount() > report.problems().size()) {
      out.println("      and " + (report.problemCount() - report.problems().size()) + " more");
    }
    report.notes().forEach(each -> out.println("note  " + each));
    if (report.olderEntries() > 0) {
      out.println(
          "note  "
              + report.olderEntries()
              + " entries were written before there were signed heads; the first head covers them as"
              + " they were then");
    }
    out.println(report.entries() + " entries, " + report.heads() + " signed heads.");
    for (String key : report.keys()) {
      out.println("key   " + key);
    }
    if (report.ownKeys()) {
      out.println(
          "      taken from the directory itself: whoever can write there can put another one. Keep"
              + " the keys elsewhere and give them with --key.");
    }
  }

  private static String line(Problem problem) {
    StringBuilder line = new StringBuilder(problem.what());
    problem.entry().ifPresent(entry -> line.append("; entry ").append(entry));
    problem.pack().ifPresent(pack -> line.append("; pack ").append(pack));
    problem.offset().ifPresent(offset -> line.append(", offset ").append(offset));
    return line.toString();
  }

  private String verdict(TrailReport report) {
    String upTo =
        "Consistent up to " + time(report.upToMillis()) + ", " + report.entries() + " entries";
    if (report.against().isPresent()) {
      return upTo
          + ", and an extension of the checkpoint of "
          + time(report.against().getAsLong())
          + ".";
    }
    return upTo + "; rollback not excluded.";
  }

  private static String time(long millis) {
    return millis == 0 ? "the beginning" : Instant.ofEpochMilli(millis).toString();
  }

  private static Map<String, Object> values(TrailReport report) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("consistent", report.isConsistent());
    values.put("origin", report.origin());
    values.put("entries", report.entries());
    values.put("olderEntries", report.olderEntries());
    values.put("heads", report.heads());
    values.put("checkpoints", report.checkpoints());
    values.put("upTo", report.upToMillis() == 0 ? "" : time(report.upToMillis()));
    values.put("rollbackExcluded", report.isConsistent() && report.against().isPresent());
    report.against().ifPresent(at -> values.put("extensionOf", time(at)));
    values.put("keys", report.keys());
    values.put("keysFromDirectory", report.ownKeys());
    values.put("problems", report.problemCount());
    List<Object> found = new ArrayList<>();
    for (Problem each : report.problems()) {
      Map<String, Object> problem = new LinkedHashMap<>();
      problem.put("what", each.what());
      each.entry().ifPresent(entry -> problem.put("entry", entry));
      each.pack().ifPresent(pack -> problem.put("pack", pack));
      each.offset().ifPresent(offset -> problem.put("offset", offset));
      found.add(problem);
    }
    values.put("found", found);
    values.put("notes", report.notes());
    return values;
  }
}
