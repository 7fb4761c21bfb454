package leadglass.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import leadglass.store.StudySearch.Condition;
import leadglass.store.StudySearch.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever takes the data directory without the key.
class StolenDiskTest {
  private static final Canaries CANARIES =
      new Canaries(
          List.of(
              "Canary",
              "CANARYID",
              "1.2.826.0.1.99",
              "20260115",
              "19700102",
              "Head without",
              "Referrer",
              "ACC-",
              "attributes",
              "person-canary",
              "secret document"));

  @TempDir Path folder;

  @Test
  void noFileHoldsANameAnIdAUidOrADateWhetherTheStoreIsOpenOrClosed() throws IOException {
    StoreFolder place = new StoreFolder(folder);
    try (Store store = place.open()) {
      SiteId site = store.createSite();
      for (int study = 0; study < 40; study++) {
        Samples.file(store, Samples.filing(site, study, 1, 1), plainDataSet(study));
      }
      store.studies(Samples.all(site, new Condition.Wildcard(Field.PATIENT_NAME, "*anary*")));
      store.registry().put("person", "person-canary", 0, "secret document".getBytes(UTF_8));
      store.audit(List.of(Audit.of("Canary CANARYID 1.2.826.0.1.99.1".getBytes(UTF_8))), true);
      assertThat(CANARIES.find(place.data)).isEmpty();
    }
    assertThat(CANARIES.find(place.data)).isEmpty();
    assertThat(Folders.files(place.data.resolve("index").resolve("search"))).isNotEmpty();
  }

  private static byte[] plainDataSet(int study) {
    return ("Canary^Patient CANARYID" + study + " 20260115 ").repeat(200).getBytes(UTF_8);
  }

  @Test
  void theSearchForCanariesFindsThemInEveryForm() throws IOException {
    Path planted = Files.createDirectories(folder.resolve("planted"));
    Files.writeString(planted.resolve("plain"), "xx canary yy");
    Files.write(
        planted.resolve("wide"), "x Canary".getBytes(java.nio.charset.StandardCharsets.UTF_16LE));
    Files.writeString(planted.resolve("hex"), "43616e617279");
    for (int shift = 0; shift < 3; shift++) {
      byte[] text = ("#".repeat(shift) + "CANARYID77").getBytes(UTF_8);
      Files.writeString(
          planted.resolve("base64." + shift), Base64.getEncoder().encodeToString(text));
    }
    for (Path file : Folders.files(planted)) {
      Path alone = Files.createDirectories(folder.resolve("alone-" + file.getFileName()));
      Files.copy(file, alone.resolve("file"));
      assertThat(CANARIES.find(alone)).as("planted %s", file.getFileName()).isNotEmpty();
    }
  }

  @Test
  void nobodyElseMayOpenAnyFileOrFolder() throws IOException {
    StoreFolder place = new StoreFolder(folder);
    try (Store store = place.open()) {
      SiteId site = store.createSite();
      Samples.file(store, Samples.filing(site, 1, 1, 1), new byte[3_000_000]);
      try (Stream<Path> all = Files.walk(place.data)) {
        for (Path each : all.toList()) {
          String expected = Files.isDirectory(each) ? "rwx------" : "rw-------";
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
              .as("%s", place.data.relativize(each))
              .isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void aChangedByteAnywhereInAPackIsNoticed() throws IOException {
    StoreFolder place = new StoreFolder(folder);
    byte[] dataSet = Samples.bytes(5, 70_000);
    SiteId site;
    try (Store store = place.open()) {
      site = store.createSite();
      Samples.file(store, Samples.filing(site, 1, 1, 1), dataSet);
    }
    Path pack = Folders.files(place.data.resolve("packs")).getFirst();
    byte[] whole = Files.readAllBytes(pack);
    int noticed = 0;
    try (Store store = place.open()) {
      InstanceRow row = store.instance(site, Samples.instanceUid(1, 1, 1)).orElseThrow();
      long from = row.location().offset();
      for (long at = from; at < from + row.location().length(); at += 53) {
        byte[] changed = whole.clone();
        changed[(int) at] ^= 0x40;
        Files.write(pack, changed);
        try (StoredBytes bytes = store.open(site, row)) {
          assertThat(bytes.read(0, bytes.length()).readAllBytes()).isEqualTo(dataSet);
        } catch (IOException _) {
          noticed++;
        }
      }
    }
    assertThat(noticed).isGreaterThan(1300);
  }
}
