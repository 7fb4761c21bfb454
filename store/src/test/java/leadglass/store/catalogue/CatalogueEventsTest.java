package leadglass.store.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leadglass.dicom.data.Uid;
import leadglass.store.Filing;
import leadglass.store.InstanceRow;
import leadglass.store.InstanceRow.Location;
import leadglass.store.PatientIdentity;
import leadglass.store.PatientRef;
import leadglass.store.SiteId;
import leadglass.store.StudyTerms;
import leadglass.store.keys.KeyStore;
import leadglass.store.keys.KeyStore.StudyKey;
import leadglass.store.pack.EventDetail;
import leadglass.store.pack.LifeEvent;
import leadglass.store.pack.LifeEvent.Kind;
import leadglass.store.pack.PackLog.Position;
import leadglass.store.pack.RecordHead.Extent;
import leadglass.store.pack.Records.Kept;
import leadglass.store.seal.SecretBytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the catalogue makes of what the log tells of the life of studies.
class CatalogueEventsTest {
  private static final SecretBytes MASTER = new SecretBytes(new byte[32]);
  private static final String PACK = "a".repeat(32);
  private static final String OTHER = "b".repeat(32);
  private static final long BYTES = 1024;

  @TempDir Path folder;
  private KeyStore keys;
  private Catalogue catalogue;
  private SiteId site;
  private long offset = 64;
  private int event;

  @BeforeEach
  void open() throws IOException, SQLException {
    keys = KeyStore.open(folder.resolve("keys.db"), MASTER);
    site = keys.createSite();
    catalogue = Catalogue.open(folder.resolve("catalogue.db"), keys);
  }

  @AfterEach
  void close() throws IOException {
    catalogue.close();
    keys.close();
  }

  private static Uid study(int number) {
    return new Uid("1.2.826.0.1.98." + number);
  }

  private static Uid instance(int study, int number) {
    return new Uid("1.2.826.0.1.98." + study + ".1." + number);
  }

  private Filing filing(int study, int number, boolean apart) {
    StudyTerms terms =
        new StudyTerms(
            List.of("Test^Patient" + study),
            "ID" + study,
            "",
            "19700102",
            "O",
            "20260115",
            "1015",
            "",
            "",
            "Head",
            List.of(),
            List.of(apart ? "MR" : "CT"));
    return new Filing(
        site,
        new PatientRef("", "ID" + study),
        study(study),
        new Uid("1.2.826.0.1.98." + study + ".1"),
        instance(study, number),
        new Uid(apart ? "1.2.840.10008.5.1.4.1.1.4" : "1.2.840.10008.5.1.4.1.1.2"),
        new Uid("1.2.840.10008.1.2.1"),
        new byte[0],
        ("study" + (apart ? " apart" : "")).getBytes(UTF_8),
        ("series" + (apart ? " apart" : "")).getBytes(UTF_8),
        ("instance " + number).getBytes(UTF_8),
        terms,
        1_700_000_000_000L + number,
        List.of(),
        apart);
  }

  private static byte[] record(int number) {
    return ByteBuffer.allocate(16).putInt(12, number).array();
  }

  private Kept kept(int study, int number, boolean apart, List<Extent> extents) throws IOException {
    Filing filing = filing(study, number, apart);
    StudyKey key = keys.study(site, filing.patient(), filing.study());
    Location at = new Location(PACK, offset, 300);
    offset += 300;
    return new Kept(filing, key, BYTES, at, record((int) offset), extents);
  }

  private List<StudyChange> apply(leadglass.store.pack.Logged... logged) throws IOException {
    return catalogue.apply(List.of(logged), new Position(PACK, offset));
  }

  private Kept keep(int study, int number) throws IOException {
    Kept kept = kept(study, number, false, List.of());
    apply(kept);
    return kept;
  }

  private Kept keepApart(int study, int number) throws IOException {
    Kept kept = kept(study, number, true, List.of());
    apply(kept);
    return kept;
  }

  private LifeEvent event(Kind kind, byte[] subject, List<byte[]> names) {
    byte[] id = record(1_000_000 + event++);
    return new LifeEvent(
        site, id, event, kind, 5000 + event, "tester", subject, names, new byte[0]);
  }

  private LifeEvent event(Kind kind, StudyKey key, byte[] detail) {
    byte[] id = record(1_000_000 + event++);
    byte[] sealed = EventDetail.seal(key, id, detail);
    return new LifeEvent(
        site, id, event, kind, 5000 + event, "tester", key.name(), List.of(), sealed);
  }

  private Optional<InstanceRow> found(int study, int number) {
    return catalogue.instance(site, keys.hash(site, "instance", instance(study, number)));
  }

  private long dead(String pack) {
    return catalogue.packEntries().stream()
        .filter(each -> each.name().equals(pack))
        .mapToLong(PackEntry::deadBytes)
        .sum();
  }

  @Test
  void rowsWhoseKeyIsDestroyedThisMomentAreNotFoundAndOthersAre() throws IOException {
    Kept dying = keep(1, 1);
    Kept aside = keep(2, 2);
    keep(3, 3);
    keepApart(1, 4);
    apply(event(Kind.DELETED, aside.study(), new byte[0]));
    keys.destroy(List.of(dying.study().name(), aside.study().name()));

    byte[] hash = keys.hash(site, "instance", instance(1, 1));
    assertThat(catalogue.instance(site, hash)).isEmpty();
    assertThat(catalogue.instances(site, study(1), Optional.empty())).isEmpty();
    assertThat(catalogue.instances(site, dying.study().name())).isEmpty();
    assertThat(catalogue.series(site, study(1))).isEmpty();
    assertThat(catalogue.study(site, study(1))).isEmpty();
    assertThat(catalogue.study(site, aside.study().name())).isEmpty();
    assertThat(catalogue.aside(site, Optional.empty(), 9)).isEmpty();
    assertThat(catalogue.apart(site, 0, 9)).isEmpty();
    assertThat(catalogue.study(site, study(3))).isPresent();
  }

  @Test
  void aStudyThatWasPutAsideIsFoundByNobodyButByItsName() throws IOException {
    StudyKey key = keep(1, 1).study();
    keep(1, 2);
    keep(2, 1);

    List<StudyChange> changes = apply(event(Kind.DELETED, key, "wrong patient".getBytes(UTF_8)));

    assertThat(changes).hasSize(1).allMatch(StudyChange::removed);
    assertThat(catalogue.study(site, study(1))).isEmpty();
    assertThat(found(1, 1)).isEmpty();
    assertThat(catalogue.instances(site, study(1), Optional.empty())).isEmpty();
    assertThat(catalogue.series(site, study(1))).isEmpty();
    assertThat(catalogue.totals()).isEqualTo(new Totals(1, 1, BYTES));
    StudyEntry entry = catalogue.study(site, key.name()).orElseThrow();
    assertThat(entry.aside()).isTrue();
    assertThat(entry.instanceCount()).isEqualTo(2);
    assertThat(catalogue.instances(site, key.name())).hasSize(2);
    AsideEntry aside = catalogue.aside(site, Optional.empty(), 10).getFirst();
    assertThat(aside.by()).isEqualTo("tester");
    assertThat(new String(aside.reason(), UTF_8)).isEqualTo("wrong patient");
    assertThat(aside.asideMillis()).isEqualTo(5001);
  }

  @Test
  void aStudyThatWasRestoredIsAsItWas() throws IOException {
    StudyKey key = keep(1, 1).study();
    keep(1, 2);
    List<InstanceRow> before = catalogue.instances(site, study(1), Optional.empty());
    StudyEntry entry = catalogue.study(site, study(1)).orElseThrow();
    Totals totals = catalogue.totals();

    apply(event(Kind.DELETED, key, new byte[] {1}));
    List<StudyChange> changes = apply(event(Kind.RESTORED, key.name(), List.of()));

    assertThat(changes).hasSize(1).noneMatch(StudyChange::removed);
    assertThat(catalogue.instances(site, study(1), Optional.empty()))
        .usingRecursiveComparison()
        .isEqualTo(before);
    assertThat(catalogue.study(site, study(1)).orElseThrow())
        .usingRecursiveComparison()
        .isEqualTo(entry);
    assertThat(catalogue.totals()).isEqualTo(totals);
    assertThat(catalogue.aside(site, Optional.empty(), 10)).isEmpty();
  }

  @Test
  void eventsThatAreToldTwiceChangeNothingTheSecondTime() throws IOException {
    StudyKey key = keep(1, 1).study();
    LifeEvent deleted = event(Kind.DELETED, key, new byte[] {1});
    LifeEvent restored = event(Kind.RESTORED, key.name(), List.of());
    apply(deleted);

    assertThat(apply(deleted)).isEmpty();
    apply(restored);
    assertThat(apply(restored)).isEmpty();

    assertThat(catalogue.totals()).isEqualTo(new Totals(1, 1, BYTES));
  }

  @Test
  void anInstanceThatComesLateForAStudyPutAsideIsPutAsideToo() throws IOException {
    StudyKey key = keep(1, 1).study();
    apply(event(Kind.DELETED, key, new byte[] {1}));

    Kept late = keep(1, 2);
    apply(late); // told twice

    assertThat(found(1, 2)).isEmpty();
    assertThat(catalogue.totals()).isEqualTo(new Totals(0, 0, 0));
    apply(event(Kind.RESTORED, key.name(), List.of()));
    assertThat(found(1, 2)).isPresent();
    assertThat(catalogue.totals()).isEqualTo(new Totals(1, 2, 2 * BYTES));
    assertThat(dead(PACK)).isZero();
  }

  @Test
  void whatWasDestroyedIsGoneAndItsBytesAreDead() throws IOException {
    long chunkBytes = 40 + 4 * (65_536 + 16L);
    Kept large = kept(1, 1, false, List.of(new Extent(OTHER, 64, 1)));
    large =
        new Kept(
            large.filing(), large.study(), 4 * 65_536, large.at(), large.record(), large.extents());
    apply(large);
    StudyKey two = keep(2, 1).study();
    keep(3, 1);
    apply(event(Kind.DELETED, large.study(), new byte[] {1}));

    apply(event(Kind.PURGED, large.study().name(), List.of(large.study().name())));
    List<StudyChange> changes =
        apply(event(Kind.ERASED, record(7), List.of(two.name(), record(8))));

    assertThat(changes).hasSize(1).allMatch(StudyChange::removed);
    assertThat(catalogue.study(site, large.study().name())).isEmpty();
    assertThat(catalogue.study(site, two.name())).isEmpty();
    assertThat(found(2, 1)).isEmpty();
    assertThat(catalogue.totals()).isEqualTo(new Totals(1, 1, BYTES));
    assertThat(dead(PACK)).isEqualTo(600);
    assertThat(dead(OTHER)).isEqualTo(chunkBytes);
    List<StudyChange> missed = new ArrayList<>();
    catalogue.changesAfter(0, missed::add);
    assertThat(missed.stream().filter(StudyChange::removed)).hasSize(2);
    assertThat(missed).isSortedAccordingTo((a, b) -> Long.compare(a.sequence(), b.sequence()));
    catalogue.searchKnows(catalogue.searchSequence());
    catalogue.changesAfter(0, each -> assertThat(each.removed()).isFalse());
  }

  @Test
  void aStudyThatWasMovedIsFoundByItsNewPatientUntilItIsMovedBack() throws IOException {
    StudyKey key = keep(1, 1).study();
    PatientIdentity patient =
        new PatientIdentity(
            new PatientRef("HOSPITAL", "NEW"),
            new byte[] {7},
            List.of("New^Name"),
            "19800101",
            "F");

    List<StudyChange> changes = apply(event(Kind.MOVED, key, patient.encode()));

    assertThat(changes.getFirst().terms().patientId()).isEqualTo("NEW");
    assertThat(changes.getFirst().terms().patientNames()).containsExactly("New^Name");
    assertThat(changes.getFirst().terms().description()).isEqualTo("Head");
    assertThat(catalogue.study(site, study(1)).orElseThrow().value().moved())
        .hasValueSatisfying(moved -> assertThat(moved.ref()).isEqualTo(patient.ref()));
    keep(1, 2);
    assertThat(catalogue.study(site, study(1)).orElseThrow().value().moved()).isPresent();
    changes = apply(event(Kind.MOVED, key.name(), List.of()));
    assertThat(changes.getFirst().terms().patientId()).isEqualTo("ID1");
    assertThat(catalogue.study(site, study(1)).orElseThrow().value().moved()).isEmpty();
  }

  @Test
  void whatIsKeptApartIsCountedAndFoundByNobody() throws IOException {
    Kept apart = keepApart(1, 1);

    assertThat(catalogue.totals()).isEqualTo(new Totals(0, 0, 0));
    assertThat(catalogue.study(site, study(1))).isEmpty();
    assertThat(found(1, 1)).isEmpty();
    ApartEntry entry = catalogue.apart(site, 0, 10).getFirst();
    assertThat(entry.record()).isEqualTo(apart.record());
    assertThat(entry.filing().sopInstance()).isEqualTo(instance(1, 1));
    assertThat(catalogue.apart(site, entry.number(), 10)).isEmpty();

    List<StudyChange> changes = apply(kept(1, 2, false, List.of()));

    assertThat(changes).hasSize(1);
    StudyEntry study = catalogue.study(site, study(1)).orElseThrow();
    assertThat(new String(study.value().attributes(), UTF_8)).isEqualTo("study");
    assertThat(study.value().terms().modalities()).containsExactly("CT");
    assertThat(study.instanceCount()).isEqualTo(1);
    assertThat(new String(catalogue.series(site, study(1)).getFirst().attributes(), UTF_8))
        .isEqualTo("series");
  }

  @Test
  void whatIsAcceptedTakesThePlaceOfWhatWasHeld() throws IOException {
    keep(1, 1);
    Kept apart = keepApart(1, 1);

    List<StudyChange> changes = apply(event(Kind.ACCEPTED, apart.record(), List.of()));

    assertThat(changes).hasSize(1);
    assertThat(found(1, 1).orElseThrow().location()).isEqualTo(apart.at());
    assertThat(catalogue.apart(site, 0, 10)).isEmpty();
    assertThat(catalogue.totals()).isEqualTo(new Totals(1, 1, BYTES));
    assertThat(catalogue.instances(site, study(1), Optional.empty())).hasSize(1);
    assertThat(dead(PACK)).isEqualTo(300);
  }

  @Test
  void whatIsAcceptedWhereNothingWasHeldIsFound() throws IOException {
    Kept apart = keepApart(1, 1);

    apply(event(Kind.ACCEPTED, apart.record(), List.of()));

    assertThat(found(1, 1)).isPresent();
    assertThat(catalogue.totals()).isEqualTo(new Totals(1, 1, BYTES));
    assertThat(catalogue.study(site, study(1)).orElseThrow().value().terms().modalities())
        .containsExactly("MR");
  }

  @Test
  void whatIsDiscardedIsDead() throws IOException {
    Kept apart = keepApart(1, 1);

    apply(event(Kind.DISCARDED, apart.record(), List.of()));

    assertThat(catalogue.apart(site, 0, 10)).isEmpty();
    assertThat(dead(PACK)).isEqualTo(300);
  }

  @Test
  void whatIsPutAsideIsListedPageByPageOldestFirst() throws IOException {
    List<byte[]> names = new ArrayList<>();
    for (int study = 1; study <= 5; study++) {
      names.add(keep(study, 1).study().name());
    }
    for (int i : new int[] {3, 0, 4, 1}) {
      apply(event(Kind.DELETED, names.get(i), List.of()));
    }

    List<String> listed = new ArrayList<>();
    Optional<byte[]> after = Optional.empty();
    while (true) {
      List<AsideEntry> page = catalogue.aside(site, after, 3);
      page.forEach(each -> listed.add(each.study().value().study().value()));
      if (page.size() < 3) {
        break;
      }
      after = Optional.of(page.getLast().study().name());
    }

    assertThat(listed)
        .containsExactly(study(4).value(), study(1).value(), study(5).value(), study(2).value());
  }

  @Test
  void aPackThatWasWrittenAnewIsSwitchedOverAsAWhole() throws IOException {
    Kept first = keep(1, 1);
    StudyKey two = keep(2, 1).study();
    Kept third = keep(1, 2);
    apply(event(Kind.ERASED, record(7), List.of(two.name())));
    catalogue.verified(PACK, 77);
    List<Moved> moved =
        List.of(new Moved(first.at().offset(), 64, 300), new Moved(third.at().offset(), 364, 300));
    Position end = new Position(OTHER, 664);

    assertThatThrownBy(() -> catalogue.relocate(PACK, OTHER, end, moved.subList(0, 1)))
        .isInstanceOf(IOException.class);
    catalogue.close();
    try (Catalogue again = reopened()) {
      again.relocate(PACK, OTHER, end, moved);

      assertThat(again.packs()).containsExactly(OTHER);
      assertThat(again.position()).contains(end);
      assertThat(again.instances(site, study(1), Optional.empty()))
          .extracting(InstanceRow::location)
          .containsExactly(new Location(OTHER, 64, 300), new Location(OTHER, 364, 300));
    }
  }

  private Catalogue reopened() throws IOException {
    try {
      return Catalogue.open(folder.resolve("catalogue.db"), keys);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  @Test
  void whenAPackWasVerifiedIsRemembered() throws IOException {
    keep(1, 1);
    catalogue.verified(OTHER, 5);

    assertThat(catalogue.packEntries())
        .containsExactly(new PackEntry(PACK, 0, 0), new PackEntry(OTHER, 0, 5));
    catalogue.verified(PACK, 6);
    assertThat(catalogue.packEntries())
        .containsExactly(new PackEntry(OTHER, 0, 5), new PackEntry(PACK, 0, 6));
  }
}
