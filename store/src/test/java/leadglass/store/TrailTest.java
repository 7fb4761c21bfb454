package leadglass.store;

import static leadglass.store.Samples.bytes;
import static leadglass.store.Samples.filing;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tree over the audit entries, as somebody with a copy of the data directory sees it.
class TrailTest {
  @TempDir Path folder;
  private StoreFolder place;

  @BeforeEach
  void begin() {
    place = new StoreFolder(folder);
  }

  static Audit entry(int number) {
    return Audit.of(("{\"n\":" + number + "}").getBytes(StandardCharsets.UTF_8));
  }

  private TrailReport verify() throws IOException {
    return verify(Optional.empty());
  }

  private TrailReport verify(Optional<String> against) throws IOException {
    return Stores.verifyTrail(place.data, List.of(), against, Progress.NONE);
  }

  private String checkpoint() throws IOException {
    return Files.readString(place.data.resolve("trail").resolve("checkpoint"));
  }

  @Test
  void whatWasWrittenInPeaceIsConsistentAndAnExtensionOfEveryCheckpoint() throws IOException {
    List<String> checkpoints = new ArrayList<>();
    for (int run = 0; run < 4; run++) {
      try (Store store = place.open()) {
        SiteId site = run == 0 ? store.createSite() : store.sites().getFirst();
        for (int i = 0; i < 7 + 100 * run; i++) {
          store.audit(List.of(entry(i), entry(i + 1)), i % 2 == 0);
        }
        Samples.file(store, filing(site, 1, 1, run), bytes(1, 100));
      }
      checkpoints.add(checkpoint());
    }

    TrailReport report = verify();
    assertThat(report.problems()).isEmpty();
    assertThat(report.entries()).isGreaterThan(1256);
    assertThat(report.heads()).isGreaterThan(600);
    assertThat(report.olderEntries()).isZero();
    for (String each : checkpoints) {
      TrailReport against = verify(Optional.of(each));
      assertThat(against.problems()).isEmpty();
      assertThat(against.against()).isPresent();
    }
    assertThat(place.events)
        .noneMatch(event -> event instanceof StoreEvent.TrailDisagrees)
        .noneMatch(event -> event instanceof StoreEvent.IndexRebuilt);
  }
}
