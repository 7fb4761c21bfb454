package leadglass.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import leadglass.store.Lifecycle;
import leadglass.store.PatientRef;
import leadglass.store.Pseudonym;
import leadglass.store.SiteId;
import leadglass.store.Store;
import leadglass.store.StudyName;

/// Asks for the disclosures of a few patients in a trail of millions of entries, and reads all of
/// it to see whether the answers are right. From a command line: `[--entries 10000000] [--seed S]
/// [--folder F]`.
final class DisclosuresCampaign {
  private static final Caller AUDITOR =
      new Caller.Person(
          "tess", Role.AUDITOR, Set.of(Role.AUDITOR), new Origin(Origin.Door.PAGE, "192.0.2.7"));
  private static final int ERASED = 2;
  private static final int LATER = 4;
  private static final double SECONDS_MAX = 1;

  private final Path folder;
  private final long entries;
  private final long seed;
  private final boolean cold;
  private final Consumer<String> told;
  private final DisclosuresClinic.Hands clock =
      new DisclosuresClinic.Hands(Instant.parse("2020-11-26T08:00:00Z"));

  private DisclosuresCampaign(
      Path folder, long entries, long seed, boolean cold, Consumer<String> told) {
    this.folder = folder;
    this.entries = entries;
    this.seed = seed;
    this.cold = cold;
    this.told = told;
  }

  /// What came of it.
  ///
  /// @param differences between what was told and what is there, in words
  /// @param slowest seconds of the question that took longest once the index was filled
  record Outcome(List<String> differences, double slowest) {}

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws IOException {
    List<String> words = List.of(arguments);
    long entries = Long.parseLong(option(words, "--entries", "10000000"));
    long seed = Long.parseLong(option(words, "--seed", "20261126"));
    Path under = Path.of(option(words, "--folder", System.getProperty("java.io.tmpdir")));
    Path folder = Files.createTempDirectory(Files.createDirectories(under), "disclosures");
    Outcome outcome;
    try {
      outcome = run(folder, entries, seed, true, System.out::println);
    } finally {
      delete(folder);
    }
    outcome.differences().forEach(System.out::println);
    boolean good = outcome.differences().isEmpty() && outcome.slowest() <= SECONDS_MAX;
    System.out.printf(
        Locale.ROOT,
        "disclosures: seed %d: %s; the slowest took %.3f s%n",
        seed,
        outcome.differences().isEmpty() ? "equal" : "NOT EQUAL",
        outcome.slowest());
    System.exit(good ? 0 : 1);
  }

  private static String option(List<String> words, String name, String usual) {
    int at = words.indexOf(name);
    return at < 0 || at + 1 == words.size() ? usual : words.get(at + 1);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(each);
      }
    }
  }

  /// @param cold whether questions find nothing in the machine's memory, which takes a `dd`
  static Outcome run(Path folder, long entries, long seed, boolean cold, Consumer<String> told)
      throws IOException {
    return new DisclosuresCampaign(folder, entries, seed, cold, told).run();
  }

  private Outcome run() throws IOException {
    Map<Integer, List<Long>> scripted = write();
    fill();
    forget();
    long began = System.nanoTime();
    try (OpenArchive open = OpenArchive.in(folder, clock)) {
      told.accept(String.format(Locale.ROOT, "opened in %.2f s", since(began)));
      List<String> differences = new ArrayList<>();
      return new Outcome(differences, ask(open, scripted, differences));
    }
  }

  /// Makes the index anew, as a question does that finds none.
  private void fill() throws IOException {
    Path index = folder.resolve("data").resolve("trail").resolve("index.db");
    Files.deleteIfExists(index);
    forget();
    try (OpenArchive open = OpenArchive.in(folder, clock)) {
      long began = System.nanoTime();
      open.store.trail().from(Long.MAX_VALUE);
      long size = open.store.trail().indexed();
      double seconds = since(began);
      told.accept(
          String.format(
              Locale.ROOT,
              "index of %d entries made anew in %.1f s, %.0f entries/s, %.2f GB",
              size,
              seconds,
              size / seconds,
              bytes(index) / 1e9));
    }
  }

  /// Takes what was written out of the machine's memory, where there is a `dd` for it.
  private void forget() throws IOException {
    if (!cold) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder.resolve("data"))) {
      for (Path each : (Iterable<Path>) all.filter(DisclosuresCampaign::isLarge)::iterator) {
        new ProcessBuilder("dd", "of=" + each, "oflag=nocache", "conv=notrunc,fdatasync", "count=0")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static boolean isLarge(Path file) {
    return Files.isRegularFile(file) && file.toFile().length() > 1 << 20;
  }

  private static double since(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  /// @return of the patients who are asked for, when each visit from outside began
  private Map<Integer, List<Long>> write() throws IOException {
    Map<Integer, List<Long>> scripted = new LinkedHashMap<>();
    long began = System.nanoTime();
    try (OpenArchive open = OpenArchive.in(folder, clock)) {
      DisclosuresClinic clinic = new DisclosuresClinic(open, clock, entries, seed);
      clinic.run(entries);
      double seconds = since(began);
      long size = open.store.trail().size();
      told.accept(
          String.format(
              Locale.ROOT,
              "%d entries, %d studies written in %.0f s, %.0f entries/s; the index has %d of them",
              size,
              clinic.studies(),
              seconds,
              size / seconds,
              open.store.trail().indexed()));
      int some = clinic.studies() / 8 * 4;
      for (int patient : new int[] {0, 1, ERASED, LATER, some, some + 1, clinic.studies()}) {
        scripted.put(patient, clinic.outside(patient));
      }
      SiteId site = open.store.sites().getFirst();
      open.store
          .lifecycle()
          .erase(site, pseudonym(open.store, ERASED), new Lifecycle.Doing("campaign", List.of()));
    }
    told.accept(String.format(Locale.ROOT, "%.2f GB of data", bytes(folder.resolve("data")) / 1e9));
    return scripted;
  }

  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      long bytes = 0;
      for (Path each : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        bytes += Files.size(each);
      }
      return bytes;
    }
  }

  private static Pseudonym pseudonym(Store store, int patient) {
    SiteId site = store.sites().getFirst();
    return store.lifecycle().pseudonym(site, new PatientRef("", DisclosuresClinic.id(patient)));
  }

  /// @return seconds of the slowest answer
  private double ask(OpenArchive open, Map<Integer, List<Long>> scripted, List<String> differences)
      throws IOException {
    double slowest = 0;
    Map<Integer, List<String>> answers = new LinkedHashMap<>();
    for (Map.Entry<Integer, List<Long>> each : scripted.entrySet()) {
      int patient = each.getKey();
      long began = System.nanoTime();
      Duration used = used();
      List<Disclosure> rows = told(open, patient);
      double first = since(began);
      double busy = used().minus(used).toMillis() / 1e3;
      List<Long> when = rows.stream().map(Disclosure::atMillis).toList();
      if (!when.equals(each.getValue())) {
        differences.add("patient " + patient + ": not what the clinic did");
      }
      answers.put(patient, rows.stream().map(DisclosuresScan::line).toList());
      double later = Double.MAX_VALUE;
      for (int i = 0; i < 3; i++) {
        began = System.nanoTime();
        told(open, patient);
        later = Math.min(later, since(began));
      }
      told.accept(
          String.format(
              Locale.ROOT,
              "patient %d: %d disclosures; %.3f s the first time (%.2f s of CPU), %.3f s later",
              patient,
              rows.size(),
              first,
              busy,
              later));
      slowest = Math.max(slowest, first);
    }
    compare(open.store, answers, differences);
    return slowest;
  }

  /// CPU time of this program, its compilers included.
  private static Duration used() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static List<Disclosure> told(OpenArchive open, int patient) throws IOException {
    Accounting.Answer answer =
        open.archive
            .accounting()
            .disclosures(
                AUDITOR,
                "",
                DisclosuresClinic.id(patient),
                AuditLog.Range.ALL,
                Accounting.Wanted.DISCLOSURES);
    return answer instanceof Accounting.Answer.Told(var _, var rows) ? rows : List.of();
  }

  private void compare(Store store, Map<Integer, List<String>> answers, List<String> differences)
      throws IOException {
    SiteId site = store.sites().getFirst();
    DisclosuresScan scan = new DisclosuresScan();
    Map<Integer, DisclosuresScan.Picked> picked = new LinkedHashMap<>();
    for (int patient : answers.keySet()) {
      Pseudonym name = pseudonym(store, patient);
      Set<StudyName> studies = new HashSet<>(store.lifecycle().studiesOf(site, name));
      picked.put(patient, scan.pick(name, studies));
    }
    long began = System.nanoTime();
    long read = scan.run(store.trail());
    told.accept(String.format(Locale.ROOT, "all %d entries read in %.0f s", read, since(began)));
    picked.forEach((patient, found) -> {
      if (!found.lines().equals(answers.get(patient))) {
        differences.add("patient " + patient + ": not what a scan finds");
      }
      told.accept(
          String.format(
              Locale.ROOT,
              "patient %d: %d entries, %d disclosures",
              patient,
              found.entries(),
              found.lines().size()));
    });
  }
}
