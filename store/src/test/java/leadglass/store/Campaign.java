package leadglass.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The campaigns, from a command line: `kill|cut|lossy|tamper|all [--trials N] [--seed S] [--from
/// N]`.
final class Campaign {
  private static final int TRIALS = 1_000;

  /// A report is given so often; every campaign begins a new archive there.
  private static final int TRIALS_A_REPORT = 60;

  private Campaign() {}

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws IOException {
    List<String> words = List.of(arguments);
    String which = words.isEmpty() ? "" : words.getFirst();
    int trials = (int) option(words, "--trials", TRIALS);
    long seed = option(words, "--seed", System.nanoTime() & 0xFFFF_FFFFL);
    int from = (int) option(words, "--from", 0) / TRIALS_A_REPORT * TRIALS_A_REPORT;
    if (!List.of("kill", "cut", "lossy", "tamper", "all").contains(which)) {
      System.err.println(
          "campaign/run kill|cut|lossy|tamper|all [--trials N] [--seed S] [--from N]");
      System.exit(2);
    }
    if (which.equals("tamper")) {
      tamper(trials, seed);
      return;
    }
    Tally all = new Tally();
    for (String each : which.equals("all") ? List.of("kill", "cut", "lossy") : List.of(which)) {
      run(each, from, trials, seed, all);
    }
    System.out.println(all);
    System.exit(all.lost.isEmpty() ? 0 : 1);
  }

  @SuppressWarnings("SystemOut")
  private static void tamper(int trials, long seed) throws IOException {
    Path folder = Files.createTempDirectory("leadglass-tamper");
    try {
      TamperCampaign.Outcome outcome =
          TamperCampaign.run(folder, trials, seed, System.out::println);
      System.out.printf(
          Locale.ROOT,
          "tamper: %d trials, seed %d, %d of them signed with the trail's keys: not found %d%n",
          outcome.tampered(),
          seed,
          outcome.insiders(),
          outcome.missed().size());
      System.exit(outcome.missed().isEmpty() ? 0 : 1);
    } finally {
      Folders.delete(folder);
    }
  }

  private static long option(List<String> words, String name, long usual) {
    int at = words.indexOf(name);
    return at < 0 || at + 1 == words.size() ? usual : Long.parseLong(words.get(at + 1));
  }

  @SuppressWarnings("SystemOut")
  private static void run(String which, int from, int trials, long seed, Tally all)
      throws IOException {
    long began = System.nanoTime();
    Optional<String> missing = which.equals("lossy") ? LossyFileSystem.missing() : Optional.empty();
    if (missing.isPresent()) {
      System.out.println("lossy: skipped: " + missing.get());
      return;
    }
    Tally tally = new Tally();
    for (int at = from; at < trials; at += TRIALS_A_REPORT) {
      int to = Math.min(trials, at + TRIALS_A_REPORT);
      tally.add(
          switch (which) {
            case "kill" -> KillCampaign.run(Floor.solid(), at, to, seed, System.out::println);
            case "lossy" -> KillCampaign.run(Floor.lossy(), at, to, seed, System.out::println);
            default -> CutCampaign.run(at, to, seed, System.out::println);
          });
      System.out.printf(
          Locale.ROOT,
          "%s: trials %d to %d, seed %d, %.0f s: %s%n",
          which,
          from,
          to - 1,
          seed,
          (System.nanoTime() - began) / 1e9,
          tally);
    }
    System.out.println("  " + tally.counts());
    all.add(tally);
  }
}
