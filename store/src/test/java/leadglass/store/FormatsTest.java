package leadglass.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Packs and key store of version 1, written once and never again: whatever comes later reads them.
class FormatsTest {
  private static final String PACK = "854bc07e2d213a157c977f400ae173e8";
  private static final SiteId SITE = new SiteId("cf22b4e92cd493e8c971f19b6836843d");

  @TempDir Path folder;

  private static void copy(String name, Path into) throws IOException {
    copy("version1", name, into);
  }

  private static void copy(String version, String name, Path into) throws IOException {
    Files.createDirectories(into);
    try (InputStream in = FormatsTest.class.getResourceAsStream(version + "/" + name)) {
      Files.copy(in, into.resolve(name));
    }
  }

  @Test
  void packsAndKeysOfVersionOneAreReadFromTheirFilesAlone() throws IOException {
    StoreFolder place = new StoreFolder(folder);
    copy("keys.db", place.data.resolve("keys"));
    copy(PACK + ".pack", place.data.resolve("packs").resolve("85"));
    byte[] master = new byte[32];
    for (int i = 0; i < master.length; i++) {
      master[i] = (byte) i;
    }
    MasterKey.restore(place.keyFile, master);

    try (Store store = place.open()) {
      assertThat(store.sites()).containsExactly(SITE);
      assertThat(Samples.read(store, SITE, Samples.instanceUid(1, 1, 1)))
          .isEqualTo(Samples.bytes(1, 70_000));
      assertThat(Samples.read(store, SITE, Samples.instanceUid(1, 1, 2)))
          .isEqualTo(Samples.bytes(2, (1 << 20) + 1));
      assertThat(Samples.read(store, SITE, Samples.instanceUid(2, 1, 3))).isEmpty();
      List<String> audit = new ArrayList<>();
      store.trail().read(0, (_, entry) -> audit.add(new String(entry.entry(), US_ASCII)));
      assertThat(audit)
          .containsExactly("stored 1 1 1", "stored 1 1 2", "stored 2 1 3", "an entry by itself");
      assertThat(store.studies(Samples.all(SITE)).total()).isEqualTo(2);
    }
  }

  /// Of four studies one was erased, whose pack was written anew, and one was put aside; the last
  /// is large.
  @Test
  void packsAndKeysOfVersionTwoAreReadFromTheirFilesAlone() throws IOException {
    StoreFolder place = new StoreFolder(folder);
    SiteId site = new SiteId("79d7fe57439b7d0913713af7f1fefb97");
    copy("version2", "keys.db", place.data.resolve("keys"));
    for (String pack :
        List.of(
            "0a7ada348acbe3f2bd8f122e3aa58000",
            "736b048b5757c086b0ce8c8a2971ae0d",
            "bc758cf5d4017ac602a127f6a5f895f8",
            "c0bcb1f784d4c7ea3d6d65e49d278c36")) {
      Path packs = place.data.resolve("packs").resolve(pack.substring(0, 2));
      copy("version2", pack + ".pack", packs);
    }
    byte[] master = new byte[32];
    for (int i = 0; i < master.length; i++) {
      master[i] = (byte) i;
    }
    MasterKey.restore(place.keyFile, master);

    try (Store store = place.open()) {
      assertThat(store.sites()).containsExactly(site);
      assertThat(Samples.read(store, site, Samples.instanceUid(2, 1, 1)))
          .isEqualTo(Samples.bytes(2, 3_000));
      assertThat(Samples.read(store, site, Samples.instanceUid(4, 1, 1)))
          .isEqualTo(Samples.bytes(4, (1 << 20) + 1));
      assertThat(store.studies(Samples.all(site)).total()).isEqualTo(2);
      assertThat(store.lifecycle().aside(site, Optional.empty(), 9)).hasSize(1);
      List<String> audit = new ArrayList<>();
      store.trail().read(0, (_, entry) -> audit.add(new String(entry.entry(), US_ASCII)));
      assertThat(audit)
          .containsExactly(
              "stored 1 1 1",
              "stored 2 1 1",
              "stored 3 1 1",
              "erased",
              "deleted",
              "stored 4 1 1",
              "an entry by itself");
      Scrub.Report report = store.scrub().all(Optional.empty(), Scrub.Progress.NOBODY);
      assertThat(report.damages() + report.disagreeing()).isZero();
    }
  }

  /// Of four studies two were erased, and one pack was written anew for that: its heads came along.
  @Test
  void packsKeysAndTrailOfVersionThreeAreReadFromTheirFilesAlone() throws IOException {
    StoreFolder place = new StoreFolder(folder);
    SiteId site = new SiteId("05ca6f4dd507d8a8482a2821c7fc3997");
    copy("version3", "keys.db", place.data.resolve("keys"));
    copy("version3", "keys", place.data.resolve("trail"));
    copy("version3", "checkpoint", place.data.resolve("trail"));
    for (String pack :
        List.of(
            "036febbae1d01a3fcaf5ff59b47a37f8",
            "4f2b06b269fda403d500345bf3e372d4",
            "6bc047ee00a13870c96837170e3d0d78")) {
      Path packs = place.data.resolve("packs").resolve(pack.substring(0, 2));
      copy("version3", pack + ".pack", packs);
    }
    String elsewhere = Files.readString(place.data.resolve("trail").resolve("checkpoint"));
    byte[] master = new byte[32];
    for (int i = 0; i < master.length; i++) {
      master[i] = (byte) i;
    }
    MasterKey.restore(place.keyFile, master);

    TrailReport before = Stores.verifyTrail(place.data, List.of(), Optional.empty(), Progress.NONE);
    assertThat(before.problems()).isEmpty();
    assertThat(before.entries()).isEqualTo(12);
    assertThat(before.heads()).isEqualTo(10);
    try (Store store = place.open()) {
      assertThat(Samples.read(store, site, Samples.instanceUid(2, 1, 1)))
          .isEqualTo(Samples.bytes(2, 1_000));
      assertThat(store.studies(Samples.all(site)).total()).isEqualTo(2);
      assertThat(store.trail().size()).isEqualTo(12);
      assertThat(store.trail().keys())
          .isEqualTo(Files.readAllLines(place.data.resolve("trail").resolve("keys")));
      store.audit(List.of(TrailTest.entry(4)), true);
    }
    TrailReport after =
        Stores.verifyTrail(place.data, List.of(), Optional.of(elsewhere), Progress.NONE);
    assertThat(after.problems()).isEmpty();
    assertThat(after.entries()).isEqualTo(13);
    assertThat(after.against()).isPresent();
    assertThat(place.events).noneMatch(event -> event instanceof StoreEvent.TrailDisagrees);
  }
}
