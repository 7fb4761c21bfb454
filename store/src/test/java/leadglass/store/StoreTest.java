package leadglass.store;

import static leadglass.store.Samples.bytes;
import static leadglass.store.Samples.filing;
import static leadglass.store.Samples.instanceUid;
import static leadglass.store.Samples.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leadglass.store.Store.Filed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every store promises.
class StoreTest {
  @TempDir Path folder;
  private StoreFolder place;
  private Store store;
  private SiteId site;

  @BeforeEach
  void open() throws IOException {
    place = new StoreFolder(folder);
    store = place.open();
    site = store.createSite();
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  private void reopen() throws IOException {
    store.close();
    store = place.open();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 1 << 20, (1 << 20) + 1, 5_000_000})
  void whatWasFiledComesBackByteForByteAlsoAfterReopening(int length) throws IOException {
    byte[] dataSet = bytes(length, length);

    Filed filed = Samples.file(store, filing(site, 1, 1, 1), dataSet);

    assertThat(filed).isInstanceOf(Filed.Kept.class);
    assertThat(read(store, site, instanceUid(1, 1, 1))).isEqualTo(dataSet);
    reopen();
    assertThat(read(store, site, instanceUid(1, 1, 1))).isEqualTo(dataSet);
  }

  @Test
  void aDataSetPast128MibIsStreamedIntoAPackOfItsOwn() throws IOException {
    byte[] piece = bytes(7, 1 << 20);
    int pieces = 140;
    try (Incoming incoming = store.receive()) {
      for (int i = 0; i < pieces; i++) {
        incoming.write(piece);
      }
      assertThat(incoming.bytes()).isEqualTo((long) pieces << 20);
      store.file(incoming, filing(site, 1, 1, 1));
    }
    reopen();

    InstanceRow row = store.instance(site, instanceUid(1, 1, 1)).orElseThrow();
    try (StoredBytes stored = store.open(site, row)) {
      assertThat(stored.length()).isEqualTo((long) pieces << 20);
      for (int i = 0; i < pieces; i++) {
        assertThat(stored.read((long) i << 20, 1 << 20).readAllBytes()).isEqualTo(piece);
      }
    }
  }

  @Test
  void anyPartIsReadWithoutTheRestAndNoneReachesPastTheEnd() throws IOException {
    byte[] dataSet = bytes(3, 200_000);
    Samples.file(store, filing(site, 1, 1, 1), dataSet);
    InstanceRow row = store.instance(site, instanceUid(1, 1, 1)).orElseThrow();

    try (StoredBytes stored = store.open(site, row)) {
      assertThat(stored.read(65_500, 100).readAllBytes())
          .isEqualTo(java.util.Arrays.copyOfRange(dataSet, 65_500, 65_600));
      assertThat(stored.read(200_000, 0).readAllBytes()).isEmpty();
      assertThat(stored.layout()).containsExactly(1, 2, 3);
      assertThatThrownBy(() -> stored.read(199_999, 2)).isInstanceOf(EOFException.class);
      assertThatThrownBy(() -> stored.read(-1, 1)).isInstanceOf(EOFException.class);
      assertThatThrownBy(() -> stored.read(1, Long.MAX_VALUE)).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void aSopInstanceIsKeptOnceAndTheSecondIsToldWhatIsHeld() throws IOException {
    Samples.file(store, filing(site, 1, 1, 1), bytes(1, 100));

    Filed again = Samples.file(store, filing(site, 2, 2, 1), bytes(2, 50));
    Filed taken = Samples.file(store, filing(site, 1, 1, 1), bytes(3, 70));

    assertThat(again).isInstanceOf(Filed.Kept.class);
    assertThat(taken)
        .isInstanceOfSatisfying(
            Filed.Taken.class, held -> assertThat(held.held().dataSetBytes()).isEqualTo(100));
    assertThat(audit()).containsExactly("stored 1 1 1", "stored 2 2 1");
    assertThat(read(store, site, instanceUid(1, 1, 1))).isEqualTo(bytes(1, 100));
  }

  @Test
  void theSameUidInAnotherSiteIsAnotherInstance() throws IOException {
    SiteId other = store.createSite();
    Samples.file(store, filing(site, 1, 1, 1), bytes(1, 100));

    Filed filed = Samples.file(store, filing(other, 1, 1, 1), bytes(2, 100));

    assertThat(filed).isInstanceOf(Filed.Kept.class);
    assertThat(read(store, other, instanceUid(1, 1, 1))).isEqualTo(bytes(2, 100));
    InstanceRow row = store.instance(site, instanceUid(1, 1, 1)).orElseThrow();
    assertThatThrownBy(() -> store.open(other, row)).isInstanceOf(IOException.class);
    assertThat(store.sites()).containsExactly(site, other);
  }

  @Test
  void whatWasNotFiledIsNotThere() throws IOException {
    try (Incoming incoming = store.receive()) {
      incoming.write(bytes(1, 3_000_000));
    }
    reopen();

    assertThat(store.instance(site, instanceUid(1, 1, 1))).isEmpty();
    assertThat(store.health().instances()).isZero();
  }

  @Test
  void studySeriesAndInstancesAreCountedAndListedAsTheyCame() throws IOException {
    for (int instance = 1; instance <= 3; instance++) {
      for (int series = 1; series <= 2; series++) {
        Samples.file(store, filing(site, 1, series, instance), bytes(instance, 10));
      }
    }

    StudyRow study = store.study(site, Samples.studyUid(1)).orElseThrow();
    assertThat(study.seriesCount()).isEqualTo(2);
    assertThat(study.instanceCount()).isEqualTo(6);
    assertThat(study.bytes()).isEqualTo(6 * 512);
    assertThat(study.modalities()).containsExactly("CT");
    assertThat(study.sopClasses()).containsExactly(Samples.CT);
    assertThat(study.receivedMillis()).isEqualTo(1_700_000_000_001L);
    assertThat(study.changedMillis()).isEqualTo(1_700_000_000_003L);
    assertThat(store.series(site, Samples.studyUid(1)))
        .extracting(SeriesRow::instanceCount)
        .containsExactly(3, 3);
    assertThat(store.instances(site, Samples.studyUid(1), Optional.empty()))
        .extracting(InstanceRow::sopInstance)
        .containsExactly(
            instanceUid(1, 1, 1),
            instanceUid(1, 2, 1),
            instanceUid(1, 1, 2),
            instanceUid(1, 2, 2),
            instanceUid(1, 1, 3),
            instanceUid(1, 2, 3));
    assertThat(store.instances(site, Samples.studyUid(1), Optional.of(Samples.seriesUid(1, 2))))
        .hasSize(3);
    assertThat(store.instances(site, Samples.studyUid(9), Optional.empty())).isEmpty();
  }

  @Test
  void theNextQueryFindsWhatWasFiled() throws IOException {
    for (int study = 1; study <= 5; study++) {
      Samples.file(store, filing(site, study, 1, 1), bytes(study, 10));

      Store.StudyPage page = store.studies(Samples.all(site));

      assertThat(page.total()).isEqualTo(study);
      assertThat(page.rows()).hasSize(study);
      assertThat(page.rows().getFirst().study()).isEqualTo(Samples.studyUid(study));
    }
  }

  @Test
  void auditEntriesComeBackInOrderSyncedOrNot() throws IOException {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      store.audit(List.of(Samples.audit("entry " + i)), i % 3 == 0);
      expected.add("entry " + i);
    }

    assertThat(audit()).isEqualTo(expected);
    reopen();
    assertThat(audit()).isEqualTo(expected);
  }

  @Test
  void aVisitorMayStopTheAudit() throws IOException {
    store.audit(List.of(Samples.audit("one"), Samples.audit("two")), true);
    List<Long> numbers = new ArrayList<>();

    store
        .trail()
        .read(
            0,
            (number, _) -> {
              numbers.add(number);
              return false;
            });

    assertThat(numbers).containsExactly(0L);
  }

  @Test
  void aClosedStoreSaysSoAndClosingTwiceIsNothing() throws IOException {
    Samples.file(store, filing(site, 1, 1, 1), bytes(1, 100));
    Incoming incoming = store.receive();
    incoming.write(1);
    store.close();
    store.close();

    assertThatThrownBy(() -> store.file(incoming, filing(site, 1, 1, 2)))
        .isInstanceOfAny(IOException.class, UncheckedIOException.class);
    assertThatThrownBy(() -> store.instance(site, instanceUid(1, 1, 1)))
        .isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(() -> store.studies(Samples.all(site)))
        .isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(() -> store.audit(List.of(Audit.of(new byte[1])), true))
        .isInstanceOf(IOException.class);
  }

  private List<String> audit() throws IOException {
    List<String> entries = new ArrayList<>();
    store
        .trail()
        .read(
            0,
            (_, entry) ->
                entries.add(new String(entry.entry(), java.nio.charset.StandardCharsets.US_ASCII)));
    return entries;
  }
}
