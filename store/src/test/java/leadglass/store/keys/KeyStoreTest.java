package leadglass.store.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import leadglass.dicom.data.Uid;
import leadglass.store.PatientRef;
import leadglass.store.SiteId;
import leadglass.store.WrongKeyException;
import leadglass.store.keys.KeyStore.StudyKey;
import leadglass.store.seal.SecretBytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyStoreTest {
  private static final PatientRef ANNA = new PatientRef("", "CANARY1");
  private static final PatientRef BERT = new PatientRef("", "CANARY2");
  private static final Uid ONE = new Uid("1.2.826.0.1.99.1");
  private static final Uid TWO = new Uid("1.2.826.0.1.99.2");

  @TempDir Path folder;
  private Path path;
  private KeyStore keys;
  private SiteId site = new SiteId("0".repeat(32));

  private static SecretBytes master(int seed) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) seed);
    return new SecretBytes(bytes);
  }

  @BeforeEach
  void open() throws IOException {
    path = folder.resolve("keys.db");
    keys = KeyStore.open(path, master(1));
    site = keys.createSite();
  }

  @AfterEach
  void close() throws IOException {
    keys.close();
  }

  private void reopen() throws IOException {
    keys.close();
    keys = KeyStore.open(path, master(1));
  }

  private static boolean same(StudyKey one, StudyKey other) {
    return Arrays.equals(one.name(), other.name())
        && Arrays.equals(one.objects().copy(), other.objects().copy());
  }

  private List<StudyKey> all(Uid study) throws IOException {
    return keys.studies(site, keys.hash(site, "study", study));
  }

  @Test
  void aStudyHasOneKeyUntilItIsPutAside() throws IOException {
    StudyKey made = keys.study(site, ANNA, ONE);

    assertThat(same(made, keys.study(site, ANNA, ONE))).isTrue();
    assertThat(made.name()).isNotEqualTo(made.study());
    reopen();
    assertThat(same(made, keys.study(site, ANNA, ONE))).isTrue();
    assertThat(same(made, keys.named(site, made.name()).orElseThrow())).isTrue();
  }

  @Test
  void aStudyThatComesAgainAfterItWasPutAsideHasAnotherKey() throws IOException {
    StudyKey first = keys.study(site, ANNA, ONE);
    assertThat(keys.aside(first.name(), true)).isTrue();
    assertThat(keys.aside(first.name(), true)).isTrue();
    assertThat(keys.isAside(first.name())).isTrue();
    assertThat(keys.study(site, first.study())).isEmpty();

    StudyKey second = keys.study(site, ANNA, ONE);

    assertThat(same(first, second)).isFalse();
    assertThat(all(ONE)).hasSize(2).first().matches(key -> same(key, second));
    assertThat(keys.aside(first.name(), false)).isFalse();
    reopen();
    assertThat(all(ONE)).hasSize(2).first().matches(key -> same(key, second));
    assertThat(all(ONE)).last().matches(key -> same(key, first));
    assertThat(same(first, keys.named(site, first.name()).orElseThrow())).isTrue();
    assertThat(keys.aside(second.name(), true)).isTrue();
    assertThat(keys.aside(first.name(), false)).isTrue();
    assertThat(same(first, keys.study(site, ANNA, ONE))).isTrue();
  }

  @Test
  void aMovedStudyKeepsItsKeyUnderAnotherPatient() throws IOException {
    StudyKey before = keys.study(site, ANNA, ONE);
    byte[] anna = before.patient();
    byte[] bert = keys.patient(site, BERT, ONE);
    assertThat(keys.patientName(bert)).isEmpty();

    keys.move(site, before.name(), bert);
    keys.move(site, before.name(), bert);

    StudyKey after = keys.study(site, before.study()).orElseThrow();
    assertThat(same(before, after)).isTrue();
    assertThat(after.patient()).isEqualTo(bert);
    assertThat(keys.studiesOf(site, anna)).isEmpty();
    assertThat(keys.studiesOf(site, bert)).containsExactly(before.name());
    reopen();
    assertThat(same(before, keys.study(site, BERT, ONE))).isTrue();
    keys.destroy(List.of(keys.patientName(anna).orElseThrow()));
    assertThat(same(before, keys.study(site, BERT, ONE))).isTrue();
    assertThat(keys.damage()).isEmpty();
  }

  @Test
  void destroyedKeysAreInNoFileAnyMore() throws IOException {
    StudyKey one = keys.study(site, ANNA, ONE);
    StudyKey two = keys.study(site, ANNA, TWO);
    StudyKey other = keys.study(site, BERT, new Uid("1.2.3"));
    keys.aside(two.name(), true);
    byte[] patient = keys.patientName(one.patient()).orElseThrow();
    List<byte[]> names = new java.util.ArrayList<>(keys.studiesOf(site, one.patient()));
    assertThat(names).hasSize(2);
    names.add(patient);
    assertThat(anywhere(one.name()) && anywhere(patient)).isTrue();

    keys.destroy(names);
    keys.destroy(names);

    for (byte[] each : List.of(one.name(), two.name(), patient, one.patient(), one.study())) {
      assertThat(anywhere(each)).isFalse();
    }
    assertThat(keys.named(site, one.name())).isEmpty();
    assertThat(keys.study(site, one.study())).isEmpty();
    assertThat(all(TWO)).isEmpty();
    keys.move(site, one.name(), other.patient());
    assertThat(keys.aside(two.name(), false)).isFalse();
    assertThat(same(one, keys.study(site, ANNA, ONE))).isFalse();
    assertThat(same(other, keys.study(site, BERT, new Uid("1.2.3")))).isTrue();
    assertThat(keys.damage()).isEmpty();
  }

  /// Whether some bytes stand in the file or its journal.
  private boolean anywhere(byte[] bytes) throws IOException {
    for (String name : List.of("keys.db", "keys.db-wal")) {
      Path file = folder.resolve(name);
      if (Files.exists(file) && indexOf(Files.readAllBytes(file), bytes) >= 0) {
        return true;
      }
    }
    return false;
  }

  private static int indexOf(byte[] in, byte[] what) {
    for (int at = 0; at + what.length <= in.length; at++) {
      if (Arrays.equals(in, at, at + what.length, what, 0, what.length)) {
        return at;
      }
    }
    return -1;
  }

  @Test
  void anotherMasterKeyOpensAllAfterRewrappingAndTheOldOneNothing() throws IOException {
    StudyKey before = keys.study(site, ANNA, ONE);
    byte[] root = keys.root().copy();
    byte[] audit = keys.audit().copy();

    keys.rewrap(master(2));

    assertThat(keys.opens(master(1))).isFalse();
    assertThat(keys.opens(master(2))).isTrue();
    keys.close();
    assertThatThrownBy(() -> KeyStore.open(path, master(1))).isInstanceOf(WrongKeyException.class);
    keys = KeyStore.open(path, master(2));
    assertThat(keys.root().copy()).isEqualTo(root);
    assertThat(keys.audit().copy()).isEqualTo(audit);
    assertThat(same(before, keys.study(site, ANNA, ONE))).isTrue();
  }

  @Test
  void aSnapshotIsAWholeKeyStoreOfItsMoment() throws IOException {
    StudyKey before = keys.study(site, ANNA, ONE);
    Path copy = folder.resolve("copy.db");

    keys.snapshot(copy);
    keys.destroy(List.of(before.name()));

    try (KeyStore older = KeyStore.open(copy, master(1))) {
      assertThat(same(before, older.study(site, before.study()).orElseThrow())).isTrue();
      older.destroy(List.of(before.name()));
      assertThat(older.study(site, before.study())).isEmpty();
    }
  }

  @Test
  void theSamePatientAtAnotherSiteIsAnother() throws IOException {
    SiteId second = keys.createSite();
    StudyKey here = keys.study(site, ANNA, ONE);
    StudyKey there = keys.study(second, ANNA, ONE);

    assertThat(here.patient()).isNotEqualTo(there.patient());
    assertThat(keys.studiesOf(second, here.patient())).isEmpty();
    assertThatThrownBy(() -> keys.named(second, here.name()).orElseThrow())
        .isInstanceOf(Exception.class);
    assertThat(keys.sites()).containsExactly(site, second);
  }

  @Test
  void aPatientWithoutAnIdIsAnotherOneInEveryStudy() {
    PatientRef nobody = new PatientRef("", "");

    assertThat(keys.patient(site, nobody, ONE)).isNotEqualTo(keys.patient(site, nobody, TWO));
    assertThat(keys.patient(site, ANNA, ONE)).isEqualTo(keys.patient(site, ANNA, TWO));
  }

  @Test
  void anyFlippedBitIsFoundOrChangesNothing() throws IOException {
    StudyKey one = keys.study(site, ANNA, ONE);
    StudyKey two = keys.study(site, BERT, TWO);
    keys.aside(two.name(), true);
    keys.close();
    byte[] whole = Files.readAllBytes(path);
    Path damaged = folder.resolve("damaged.db");
    int found = 0;
    for (int at = 0; at < whole.length; at += 61) {
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 << (at % 8));
      for (String tail : List.of("", "-wal", "-shm")) {
        Files.deleteIfExists(folder.resolve("damaged.db" + tail));
      }
      Files.write(damaged, flipped);
      if (!readsTheSame(damaged, one, two)) {
        found++;
      }
    }
    assertThat(found).isPositive();
    keys = KeyStore.open(path, master(1));
  }

  /// False if the damage is told of; fails if an answer is another.
  private boolean readsTheSame(Path file, StudyKey one, StudyKey two) {
    try (KeyStore store = KeyStore.open(file, master(1))) {
      if (!store.damage().isEmpty()) {
        return false;
      }
      assertThat(store.sites()).containsExactly(site);
      assertThat(same(one, store.study(site, one.study()).orElseThrow())).isTrue();
      Optional<StudyKey> aside = store.study(site, two.study());
      assertThat(aside).isEmpty();
      assertThat(same(two, store.named(site, two.name()).orElseThrow())).isTrue();
      assertThat(store.studiesOf(site, one.patient())).containsExactly(one.name());
      return true;
    } catch (IOException | java.io.UncheckedIOException _) {
      return false;
    }
  }
}
