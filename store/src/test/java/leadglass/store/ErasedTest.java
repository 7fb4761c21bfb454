package leadglass.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.dicom.data.Uid;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Of a patient who was erased nothing can be read any more by whoever has every key that is left:
/// on the archive, and on an older backup of it that was restored afterwards.
class ErasedTest {
  private static final int PATIENTS = 4;
  private static final int ERASED = 2;

  @TempDir Path folder;
  private StoreFolder place;
  private SiteId site = new SiteId("0".repeat(32));

  private static String word(int patient) {
    return "zq" + (char) ('a' + patient) + "canary" + patient * 7919;
  }

  private static Uid uid(int patient, int study, int instance) {
    return new Uid("2.25.4711" + patient * 7919 + "." + study + "." + instance);
  }

  /// Every value names the patient.
  private Filing filing(int patient, int study, int instance) {
    String word = word(patient);
    StudyTerms terms = Samples.terms(word + "^Anna", word, "20260115", "CT");
    Filing plain = Samples.filing(site, study, 1, instance, terms);
    return new Filing(
        site,
        new PatientRef("", word),
        uid(patient, study, 0),
        uid(patient, study, 1000),
        uid(patient, study, instance),
        plain.sopClass(),
        plain.transferSyntax(),
        ("layout " + word).getBytes(UTF_8),
        ("study " + word).getBytes(UTF_8),
        ("series " + word).getBytes(UTF_8),
        ("instance " + word).getBytes(UTF_8),
        terms,
        plain.receivedMillis(),
        List.of(about(patient, study)));
  }

  private Audit about(int patient, int study) {
    byte[] detail = ("reason " + word(patient)).getBytes(UTF_8);
    Audit.Subject subject = new Audit.Subject(site, uid(patient, study, 0), detail);
    return new Audit("stored".getBytes(UTF_8), Optional.of(subject));
  }

  @BeforeEach
  void fill() throws IOException {
    place = new StoreFolder(folder.resolve("here"));
    try (Store store = place.open()) {
      site = store.createSite();
      for (int patient = 1; patient <= PATIENTS; patient++) {
        for (int study = 1; study <= 3; study++) {
          for (int instance = 1; instance <= 3; instance++) {
            byte[] data = (word(patient) + " ").repeat(instance * 1000).getBytes(UTF_8);
            Samples.file(store, filing(patient, study, instance), data);
          }
        }
        byte[] apart = ("apart " + word(patient)).getBytes(UTF_8);
        Samples.file(store, filing(patient, 1, 1).keptApart(), apart);
        Lifecycle life = store.lifecycle();
        byte[] reason = ("wrong: " + word(patient)).getBytes(UTF_8);
        life.delete(site, life.name(site, uid(patient, 3, 0)).orElseThrow(), reason, doing());
        store.audit(List.of(about(patient, 2)), true);
      }
    }
  }

  private static Lifecycle.Doing doing() {
    return new Lifecycle.Doing("mara", List.of());
  }

  private BackupOrder order() throws IOException {
    return new BackupOrder(
        Backups.folder(folder.resolve("to")),
        folder.resolve("keys"),
        "a1b2c3d4e5f60718",
        Optional.of(place.keyFile),
        Optional.empty(),
        true,
        Map.of(),
        Progress.NONE);
  }

  private void erase(Store store) throws IOException {
    Pseudonym patient = store.lifecycle().pseudonym(site, new PatientRef("", word(ERASED)));
    assertThat(store.lifecycle().erase(site, patient, doing())).isEqualTo(3);
  }

  /// Of the erased one nothing, of the others all there is.
  private void assertErased(String unsealed) {
    for (String form : forms(ERASED)) {
      assertThat(unsealed.contains(form)).as("a value of who was erased").isFalse();
    }
    for (String form : forms(ERASED + 1)) {
      assertThat(unsealed.contains(form)).as("a value of another").isTrue();
    }
  }

  private List<String> forms(int patient) {
    List<String> forms = new ArrayList<>();
    for (String before :
        List.of("", "layout ", "study ", "series ", "instance ", "apart ", "wrong: ", "reason ")) {
      forms.add(before + word(patient));
    }
    for (int study = 1; study <= 3; study++) {
      forms.add(uid(patient, study, 0).value());
      forms.add(uid(patient, study, 1).value());
    }
    return forms.stream().map(form -> new String(form.getBytes(UTF_8), ISO_8859_1)).toList();
  }

  @Test
  void everyKeyThatIsLeftOpensNothingOfWhoWasErased() throws IOException {
    assertThat(Unsealed.of(place, site)).contains(forms(ERASED));
    try (Store store = place.open()) {
      erase(store);
    }
    assertErased(Unsealed.of(place, site));
  }

  @Test
  void noBackupOfBeforeGivesAnythingOfThemBack() throws IOException {
    String older;
    try (Store store = place.open()) {
      older = store.backup(order()).snapshot();
      erase(store);
      store.backup(order());
    }
    StoreFolder there = new StoreFolder(folder.resolve("there"));
    Files.createDirectories(there.keyFile.getParent());
    Files.copy(place.keyFile, there.keyFile);
    Backups.restore(
        new RestoreOrder(
            Backups.folder(folder.resolve("to")),
            folder.resolve("keys"),
            Optional.of(older),
            there.key(),
            there.data,
            Progress.NONE));
    assertErased(Unsealed.of(there, site));
  }
}
