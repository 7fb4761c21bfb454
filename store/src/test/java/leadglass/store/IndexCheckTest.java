package leadglass.store;

import static leadglass.store.Samples.bytes;
import static leadglass.store.Samples.filing;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Comparing the index with the packs.
class IndexCheckTest {
  @TempDir Path folder;
  private StoreFolder place;
  private SiteId site = new SiteId("0".repeat(32));

  @BeforeEach
  void fill() throws IOException {
    place = new StoreFolder(folder);
    try (Store store = place.open()) {
      site = store.createSite();
      for (int study = 1; study <= 6; study++) {
        for (int instance = 1; instance <= 3; instance++) {
          Samples.file(store, filing(site, study, 1, instance), bytes(instance, 300));
        }
      }
      Samples.file(store, filing(site, 7, 1, 1), bytes(1, 3_000_000));
    }
  }

  @Test
  void aSoundIndexAgreesWhateverBecameOfStudies() throws IOException {
    Lifecycle.Doing doing = new Lifecycle.Doing("tester", List.of());
    try (Store store = place.open()) {
      Lifecycle lives = store.lifecycle();
      StudyName purged = lives.name(site, Samples.studyUid(1)).orElseThrow();
      lives.delete(site, purged, new byte[] {1}, doing);
      Samples.file(store, filing(site, 1, 1, 1), bytes(1, 300)); // came again
      lives.purge(site, purged, doing);
      lives.delete(
          site, lives.name(site, Samples.studyUid(2)).orElseThrow(), new byte[] {1}, doing);
      lives.erase(
          site,
          lives.patientOf(site, lives.name(site, Samples.studyUid(3)).orElseThrow()).orElseThrow(),
          doing);

      IndexReport report = store.checkIndex(Progress.NONE);

      assertThat(report.disagreements()).isEmpty();
      assertThat(report.records()).isEqualTo(14); // 19 less two studies of 3, and one came again
      assertThat(report.rows()).isEqualTo(14);
      assertThat(report.studies()).isEqualTo(6);
      assertThat(report.documents()).isEqualTo(5);
      assertThat(report.unreadable()).isZero();

      List<String> before = Answers.of(store, site);
      store.rebuildIndex(Progress.NONE);
      assertThat(Answers.of(store, site)).isEqualTo(before);
      assertThat(store.checkIndex(Progress.NONE).disagreements()).isEmpty();
    }
  }

  @Test
  void whatComesMeanwhileIsNoDisagreement() throws IOException {
    try (Store store = place.open()) {
      AtomicBoolean over = new AtomicBoolean();
      CompletableFuture<Void> coming =
          CompletableFuture.runAsync(() -> {
            for (int study = 100; !over.get(); study++) {
              comeAndGo(store, study);
            }
          });
      for (int i = 0; i < 3; i++) {
        assertThat(store.checkIndex(Progress.NONE).disagreements()).isEmpty();
      }
      over.set(true);
      coming.join();
    }
  }

  private void comeAndGo(Store store, int study) {
    try {
      Lifecycle.Doing doing = new Lifecycle.Doing("tester", List.of());
      Samples.file(store, filing(site, study, 1, 1), bytes(1, 10));
      if (study % 3 == 0) {
        StudyName name = store.lifecycle().name(site, Samples.studyUid(study)).orElseThrow();
        store.lifecycle().delete(site, name, new byte[] {1}, doing);
        store.lifecycle().purge(site, name, doing);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM instance WHERE number = 5",
        "DELETE FROM study WHERE number = 2",
        "UPDATE instance SET pack_offset = pack_offset + 1 WHERE number = 4",
        "UPDATE instance SET record_bytes = 7 WHERE number = 4",
        "UPDATE instance SET aside = 1 WHERE number = 4",
        "UPDATE study SET instance_count = 2 WHERE number = 3",
        "UPDATE study SET aside = 1 WHERE number = 3",
        "UPDATE study SET name = zeroblob(16) WHERE number = 3",
        "UPDATE series SET instance_count = 2 WHERE number = 3",
        "UPDATE state SET instances = 3"
      })
  void aChangedRowIsFoundByScrubAndMendedByMakingTheIndexAnew(String sql)
      throws IOException, SQLException {
    List<String> before;
    try (Store store = place.open()) {
      before = Answers.of(store, site);
    }
    Path file = place.data.resolve("index").resolve("catalogue.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isPositive();
    }
    place.events.clear();

    try (Store store = place.open()) {
      boolean atOnce =
          place.events.contains(new StoreEvent.IndexRebuilt(StoreEvent.Index.CATALOGUE));
      if (!atOnce) {
        assertThat(store.checkIndex(Progress.NONE).disagreements()).isNotEmpty();
        Scrub.Report report = store.scrub().all(Optional.empty(), Scrub.Progress.NOBODY);
        assertThat(report.indexMadeAnew()).isTrue();
      }
      assertThat(store.checkIndex(Progress.NONE).disagreements()).isEmpty();
      assertThat(Answers.of(store, site)).isEqualTo(before);
    }
  }
}
