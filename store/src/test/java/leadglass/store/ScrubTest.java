package leadglass.store;

import static leadglass.store.Samples.bytes;
import static leadglass.store.Samples.filing;
import static leadglass.store.Samples.instanceUid;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import leadglass.store.pack.FileDisk;
import leadglass.store.pack.PackLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damage is found before anybody needs what it hit, kept in mind, and mended from a copy.
class ScrubTest {
  private static final PackLog.Limits LIMITS = new PackLog.Limits(400_000, 1_200_000);
  private static final int INSTANCES = 8;

  @TempDir Path folder;
  private StoreFolder place = new StoreFolder(Path.of("unused"));
  private SiteId site = new SiteId("0".repeat(32));
  private Path backup = Path.of("unused");

  private Store open() throws IOException {
    Means usual = StoreFolder.means(FileDisk::new);
    return place.open(new Means(usual.disk(), usual.volume(), usual.reserveBytes(), LIMITS));
  }

  @BeforeEach
  void fill() throws IOException {
    place = new StoreFolder(folder.resolve("store"));
    try (Store store = open()) {
      site = store.createSite();
      for (int i = 1; i <= INSTANCES; i++) {
        Samples.file(store, filing(site, i, 1, 1), bytes(i, 150_000));
      }
      Samples.file(store, filing(site, 9, 1, 1), bytes(9, 1_700_000));
    }
    backup = folder.resolve("backup");
    Folders.copy(place.data.resolve("packs"), backup);
    place.events.clear();
  }

  private Optional<Path> copy(String pack) {
    Path file = backup.resolve(pack.substring(0, 2)).resolve(pack + ".pack");
    return Optional.of(file).filter(Files::exists);
  }

  private Path file(String pack) {
    return place.data.resolve("packs").resolve(pack.substring(0, 2)).resolve(pack + ".pack");
  }

  private static void flip(Path file, long at) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(at);
      int old = bytes.read();
      bytes.seek(at);
      bytes.write(old ^ 4);
    }
  }

  /// Damages the record of a study, and says where.
  private InstanceRow.Location damage(int study) throws IOException {
    InstanceRow.Location at;
    try (Store store = open()) {
      at = store.instance(site, instanceUid(study, 1, 1)).orElseThrow().location();
    }
    place.events.clear();
    flip(file(at.pack()), at.offset() + at.length() - 40);
    return at;
  }

  private static Scrub.Report all(Store store) throws IOException {
    return store.scrub().all(Optional.empty(), Scrub.Progress.NOBODY);
  }

  @Test
  void aWholeArchiveIsSaidToBeWhole() throws IOException {
    try (Store store = open()) {
      assertThat(store.scrub().state().lastMillis()).isZero();

      Scrub.Report report = all(store);

      assertThat(report.finished()).isTrue();
      assertThat(report.packs()).isEqualTo(Folders.files(backup).size());
      assertThat(report.damages() + report.disagreeing()).isZero();
      assertThat(report.keyDamages()).isEmpty();
      Scrub.State state = store.scrub().state();
      assertThat(state.damages()).isEmpty();
      assertThat(state.keyDamages()).isZero();
      assertThat(state.lastMillis()).isPositive();
      assertThat(state.oldestMillis()).isPositive();
    }
  }

  @Test
  void damageIsToldOnceAndKeptInMindUntilItIsMended() throws IOException {
    InstanceRow.Location at = damage(3);
    try (Store store = open()) {
      assertThat(all(store).damages()).isEqualTo(1);
      assertThat(all(store).damages()).isEqualTo(1);
      assertThat(place.events.stream().filter(StoreEvent.Damaged.class::isInstance)).hasSize(1);
    }
    try (Store store = open()) {
      Scrub.Known known = store.scrub().state().damages().getFirst();
      assertThat(known.pack()).isEqualTo(at.pack());
      assertThat(known.offset()).isEqualTo(at.offset());
      assertThat(known.hit()).isEqualTo("INSTANCE");
      assertThat(known.site()).contains(site);
      assertThat(known.study())
          .isEqualTo(store.lifecycle().name(site, Samples.studyUid(3)).map(StudyName::value));

      Scrub.Report report = store.scrub().all(Optional.of(this::copy), Scrub.Progress.NOBODY);

      assertThat(report.mended()).isEqualTo(1);
      assertThat(report.damages()).isZero();
      assertThat(store.scrub().state().damages()).isEmpty();
      assertThat(Samples.read(store, site, instanceUid(3, 1, 1))).isEqualTo(bytes(3, 150_000));
      assertThat(Files.mismatch(file(at.pack()), copy(at.pack()).orElseThrow())).isEqualTo(-1);
    }
  }

  @Test
  void chunksInAPackOfTheirOwnAreMendedToo() throws IOException {
    List<Path> side = new ArrayList<>();
    for (Path each : Folders.files(place.data.resolve("packs"))) {
      try (RandomAccessFile bytes = new RandomAccessFile(each.toFile(), "r")) {
        bytes.seek(32);
        if (bytes.read() == 1) {
          side.add(each);
        }
      }
    }
    assertThat(side).hasSize(1);
    flip(side.getFirst(), 70_000);
    try (Store store = open()) {
      assertThat(all(store).damages()).isEqualTo(1);
      assertThat(store.scrub().state().damages().getFirst().hit()).isEqualTo("CHUNKS");

      Scrub.Report report = store.scrub().all(Optional.of(this::copy), Scrub.Progress.NOBODY);

      assertThat(report.mended()).isEqualTo(1);
      assertThat(store.scrub().state().damages()).isEmpty();
      assertThat(Samples.read(store, site, instanceUid(9, 1, 1))).isEqualTo(bytes(9, 1_700_000));
    }
  }

  @Test
  void aCopyThatIsDamagedItselfOrOlderMendsNothing() throws IOException {
    InstanceRow.Location at = damage(3);
    Path copy = copy(at.pack()).orElseThrow();
    byte[] whole = Files.readAllBytes(copy);
    flip(copy, at.offset() + 200);
    try (Store store = open()) {
      assertThat(store.scrub().all(Optional.of(this::copy), Scrub.Progress.NOBODY).mended())
          .isZero();
      Files.write(copy, java.util.Arrays.copyOf(whole, (int) at.offset()));
      assertThat(store.scrub().all(Optional.of(this::copy), Scrub.Progress.NOBODY).mended())
          .isZero();
      assertThat(store.scrub().state().damages()).isNotEmpty();
    }
    assertThat(Folders.files(place.data.resolve("packs"))).hasSize(Folders.files(backup).size());
  }

  @Test
  void aHeaderThatIsLostIsMended() throws IOException {
    InstanceRow.Location at = damage(5);
    for (int i = 0; i < 32; i++) {
      flip(file(at.pack()), i);
    }
    try (Store store = open()) {
      assertThat(store.scrub().all(Optional.of(this::copy), Scrub.Progress.NOBODY).mended())
          .isEqualTo(1);
    }
    Folders.delete(place.data.resolve("index"));
    try (Store store = open()) {
      assertThat(Samples.read(store, site, instanceUid(5, 1, 1))).isEqualTo(bytes(5, 150_000));
      assertThat(store.health().instances()).isEqualTo(INSTANCES + 1);
    }
  }

  @Test
  void aPackThatWasCutShortIsFoundByWhatTheCatalogueKnows() throws IOException {
    InstanceRow.Location at = damage(2);
    Path file = file(at.pack());
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, (int) at.offset()));
    try (Store store = open()) {
      all(store);
      assertThat(store.scrub().state().damages())
          .anyMatch(each -> each.hit().equals("MISSING") && each.offset() == at.offset());
      assertThat(store.scrub().all(Optional.of(this::copy), Scrub.Progress.NOBODY).mended())
          .isEqualTo(1);
    }
  }

  @Test
  void slicesTakeThosePacksThatWereNotLookedAtForTheLongestTime() throws IOException {
    int packs = Folders.files(backup).size();
    try (Store store = open()) {
      for (int i = 0; i < packs; i++) {
        assertThat(store.scrub().state().oldestMillis()).isZero();
        assertThat(store.scrub().slice(1, Scrub.Progress.NOBODY).packs()).isEqualTo(1);
      }
      assertThat(store.scrub().state().oldestMillis()).isPositive();
    }
  }

  @Test
  void itStopsWhenItIsTold() throws IOException {
    try (Store store = open()) {
      Scrub.Report report = store.scrub().all(Optional.empty(), (done, _) -> done < 300_000);

      assertThat(report.finished()).isFalse();
      assertThat(report.packs()).isLessThan(Folders.files(backup).size());
      assertThat(store.scrub().state().lastMillis()).isZero();
    }
  }

  @Test
  void aNightsWorkIsDoneOnceANightOrByDayWhenTheNightWasMissed() throws IOException {
    ZoneId zone = ZoneId.of("Asia/Tokyo");
    Instant[] now = {Instant.parse("2026-03-01T15:00:00Z")}; // midnight
    Clock clock =
        new Clock() {
          @Override
          public ZoneId getZone() {
            return zone;
          }

          @Override
          public Clock withZone(ZoneId other) {
            return Clock.fixed(now[0], other);
          }

          @Override
          public Instant instant() {
            return now[0];
          }
        };
    Means usual = StoreFolder.means(FileDisk::new);
    try (PackedStore store =
        (PackedStore) PackedStore.open(place.data, place.key(), clock, place.events::add, usual)) {
      Night night = store.night();
      Night.Pacing free = _ -> Scrub.Progress.NOBODY;
      store.scrub().all(Optional.empty(), Scrub.Progress.NOBODY);
      assertThat(night.look(free)).as("never, so it was missed").isTrue();
      assertThat(night.look(free)).isFalse();
      now[0] = Instant.parse("2026-03-02T15:30:00Z"); // half past midnight
      assertThat(night.look(free)).isFalse();
      now[0] = Instant.parse("2026-03-02T16:30:00Z"); // half past one
      assertThat(night.look(free)).isTrue();
      assertThat(night.look(free)).isFalse();
      now[0] = Instant.parse("2026-03-04T03:00:00Z"); // noon of the day after
      assertThat(night.look(free)).isFalse();
      now[0] = Instant.parse("2026-03-05T03:00:00Z"); // a night was missed
      assertThat(night.look(free)).isTrue();
    }
  }

  @Test
  void whatComesAndGoesMeanwhileIsNoDisagreement() throws Exception {
    try (Store store = open();
        ExecutorService acting = Executors.newSingleThreadExecutor()) {
      AtomicBoolean ended = new AtomicBoolean();
      Future<?> acts =
          acting.submit(() -> {
            for (int study = 100; !ended.get(); study++) {
              Samples.file(store, filing(site, study, 1, 1), bytes(study, 2_000));
              StudyName name =
                  store.lifecycle().name(site, filing(site, study, 1, 1).study()).orElseThrow();
              Lifecycle.Doing doing = new Lifecycle.Doing("somebody", List.of());
              store.lifecycle().delete(site, name, new byte[0], doing);
              if (study % 2 == 0) {
                store.lifecycle().purge(site, name, doing);
              } else {
                store.lifecycle().restore(site, name, doing);
              }
            }
            return null;
          });
      try {
        for (int round = 0; round < 60; round++) {
          assertThat(all(store)).matches(each -> each.disagreeing() + each.damages() == 0);
        }
      } finally {
        ended.set(true);
      }
      acts.get();
    }
  }
}
