package leadglass.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static leadglass.store.Samples.bytes;
import static leadglass.store.Samples.filing;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import leadglass.store.Lifecycle.Doing;
import leadglass.store.pack.PackLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the index of the trail answers is what reading all of it answers.
class TrailQuestionsTest {
  private static final int STUDIES = 5;
  private static final int ROUNDS = 150;

  @TempDir(factory = InMemory.class)
  Path folder;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-20T10:00:00Z"));
  private StoreFolder place;
  private SiteId site;

  @BeforeEach
  void fill() throws IOException {
    place = new StoreFolder(folder);
    try (Store store = open()) {
      site = store.createSite();
      for (int study = 1; study <= STUDIES; study++) {
        Samples.file(store, filing(site, study, 1, 1), bytes(study, 150_000));
      }
      look(store, 0, ROUNDS);
    }
  }

  /// Small packs, and a clock of the test's own.
  private Store open() throws IOException {
    Means real = Means.real();
    Means means =
        new Means(real.disk(), real.volume(), 256 << 10, new PackLog.Limits(250_000, 2_000_000));
    return PackedStore.open(place.data, place.key(), now::get, place.events::add, means);
  }

  /// Entries about every study in turn, and some about none, a second apart.
  private void look(Store store, int from, int to) throws IOException {
    for (int i = from; i < to; i++) {
      now.set(now.get().plusSeconds(1));
      List<Audit> entries = new ArrayList<>();
      entries.add(TrailTest.entry(i));
      for (int study = 1; study <= STUDIES; study++) {
        if (i % study == 0) {
          entries.add(
              new Audit(
                  ("{\"look\":" + i + "}").getBytes(UTF_8),
                  Optional.of(
                      new Audit.Subject(site, Samples.studyUid(study), "why".getBytes(UTF_8)))));
        }
      }
      store.audit(entries, false);
    }
  }

  private static String line(long number, Audit.Opened entry) {
    return number + " " + new String(entry.entry(), UTF_8);
  }

  private List<String> scanned(Store store, Set<Pseudonym> patients, Set<StudyName> studies)
      throws IOException {
    List<String> lines = new ArrayList<>();
    store
        .trail()
        .read(
            0,
            (number, entry) -> {
              boolean is =
                  entry
                      .about()
                      .filter(each ->
                          patients.contains(each.patient()) || studies.contains(each.study()))
                      .isPresent();
              if (is) {
                lines.add(line(number, entry));
              }
              return true;
            });
    return lines;
  }

  private List<String> asked(Store store, Set<Pseudonym> patients, Set<StudyName> studies)
      throws IOException {
    List<String> lines = new ArrayList<>();
    store
        .trail()
        .about(
            site,
            patients,
            studies,
            (number, entry) -> {
              lines.add(line(number, entry));
              return true;
            });
    return lines;
  }

  private void assertAnswers(Store store, Set<Pseudonym> everybody, Set<StudyName> studies)
      throws IOException {
    for (Pseudonym each : everybody) {
      assertThat(asked(store, Set.of(each), Set.of()))
          .isNotEmpty()
          .isEqualTo(scanned(store, Set.of(each), Set.of()));
    }
    for (StudyName each : studies) {
      assertThat(asked(store, Set.of(), Set.of(each)))
          .isNotEmpty()
          .isEqualTo(scanned(store, Set.of(), Set.of(each)));
    }
    assertThat(asked(store, everybody, studies)).isEqualTo(scanned(store, everybody, studies));
    for (long from : List.of(0L, 1L, 255L, 300L, store.trail().size() - 1, store.trail().size())) {
      List<Long> numbers = new ArrayList<>();
      store
          .trail()
          .read(
              from,
              (number, _) -> {
                numbers.add(number);
                return numbers.size() < 3;
              });
      long first = numbers.isEmpty() ? store.trail().size() : numbers.getFirst();
      assertThat(first).isEqualTo(from);
    }
  }

  @Test
  void theIndexAnswersAsAScanDoesAlsoAfterAnErasureAndWhenPacksAreWrittenAnew() throws IOException {
    Set<Pseudonym> everybody = new HashSet<>();
    Set<StudyName> studies = new HashSet<>();
    try (Store store = open()) {
      Lifecycle lives = store.lifecycle();
      for (int study = 1; study <= STUDIES; study++) {
        everybody.add(lives.pseudonym(site, new PatientRef("", "CANARYID" + study)));
        studies.add(lives.name(site, Samples.studyUid(study)).orElseThrow());
      }
      assertAnswers(store, everybody, studies);
      look(store, ROUNDS, ROUNDS + 20);
      assertAnswers(store, everybody, studies);
    }
    String elsewhere = Files.readString(place.data.resolve("trail").resolve("checkpoint"));
    try (Store store = open()) {
      assertAnswers(store, everybody, studies);
      Lifecycle lives = store.lifecycle();
      for (int study = 1; study < STUDIES; study++) {
        Pseudonym patient = lives.pseudonym(site, new PatientRef("", "CANARYID" + study));
        lives.erase(site, patient, new Doing("mara", List.of()));
      }
      Samples.file(store, filing(site, STUDIES, 1, 2), bytes(9, 200_000));
      assertThat(store.scrub().repack(Scrub.Progress.NOBODY).packs()).isPositive();
      assertAnswers(store, everybody, studies);
      look(store, 0, 3);
      assertAnswers(store, everybody, studies);
    }
    try (Store store = open()) {
      assertAnswers(store, everybody, studies);
    }
    TrailReport report =
        Stores.verifyTrail(place.data, List.of(), Optional.of(elsewhere), Progress.NONE);
    assertThat(report.problems()).isEmpty();
    assertThat(place.events).noneMatch(event -> event instanceof StoreEvent.TrailDisagrees);
  }

  @Test
  void theIndexIsFilledBeforeAnybodyAsksOnceNothingComesIn() throws IOException {
    try (PackedStore store = (PackedStore) open()) {
      store.trailCatchUp().look();
      look(store, ROUNDS, ROUNDS + 1);
      store.trailCatchUp().look();
      assertThat(store.trail().indexed()).as("something came since").isZero();
      store.trailCatchUp().look();
      assertThat(store.trail().indexed()).isEqualTo(store.trail().size()).isPositive();
      look(store, ROUNDS + 1, ROUNDS + 20);
      Set<StudyName> studies =
          Set.of(store.lifecycle().name(site, Samples.studyUid(2)).orElseThrow());
      assertAnswers(store, Set.of(), studies);
    }
  }

  @Test
  void theFirstEntrySinceATimeIsTheOneAScanOfTheTimesFinds() throws IOException {
    try (Store store = open()) {
      Instant began = Instant.parse("2026-11-20T10:00:00Z");
      assertThat(store.trail().from(0)).isZero();
      assertThat(store.trail().from(now.get().plusSeconds(1).toEpochMilli()))
          .isEqualTo(store.trail().size());
      for (int second : List.of(1, 2, 77, ROUNDS - 1, ROUNDS)) {
        long first = store.trail().from(began.plusSeconds(second).toEpochMilli());
        List<String> there = new ArrayList<>();
        store
            .trail()
            .read(
                first,
                (_, entry) -> {
                  there.add(new String(entry.entry(), UTF_8));
                  return false;
                });
        assertThat(there).containsExactly("{\"n\":" + (second - 1) + "}");
      }
    }
  }

  @Test
  void anIndexThatIsDamagedIsMadeAnew() throws IOException {
    Set<StudyName> studies;
    try (Store store = open()) {
      studies = Set.of(store.lifecycle().name(site, Samples.studyUid(2)).orElseThrow());
      assertAnswers(store, Set.of(), studies);
    }
    Path file = place.data.resolve("trail").resolve("index.db");
    Files.write(file, "not a database at all, but long enough to look at".getBytes(UTF_8));
    try (Store store = open()) {
      assertAnswers(store, Set.of(), studies);
    }
    Files.delete(file);
    try (Store store = open()) {
      assertAnswers(store, Set.of(), studies);
    }
  }
}
