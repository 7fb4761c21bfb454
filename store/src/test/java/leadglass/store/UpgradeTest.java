package leadglass.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import leadglass.store.keys.KeyStore;
import leadglass.store.registry.SqlRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Key store and registry of version 1, brought to version 2 and cut off on the way.
class UpgradeTest {
  private static final String PACK = "854bc07e2d213a157c977f400ae173e8";
  private static final SiteId SITE = new SiteId("cf22b4e92cd493e8c971f19b6836843d");

  @TempDir Path folder;
  private StoreFolder place;

  @BeforeEach
  void anArchiveOfVersionOne() throws IOException {
    place = new StoreFolder(folder.resolve("archive"));
    copy("keys.db", place.data.resolve("keys"));
    copy("registry.db", place.data);
    copy(PACK + ".pack", place.data.resolve("packs").resolve("85"));
    byte[] master = new byte[32];
    for (int i = 0; i < master.length; i++) {
      master[i] = (byte) i;
    }
    MasterKey.restore(place.keyFile, master);
  }

  private static void copy(String name, Path into) throws IOException {
    Files.createDirectories(into);
    try (InputStream in = UpgradeTest.class.getResourceAsStream("version1/" + name)) {
      Files.copy(in, into.resolve(name));
    }
  }

  private Means stopping(Consumer<Upgrade.Step> steps) {
    Means usual = StoreFolder.means(Means.real().disk());
    return new Means(usual.disk(), usual.volume(), usual.reserveBytes(), usual.limits(), steps);
  }

  private static void assertAllIsThere(StoreFolder at) throws IOException {
    try (Store store = at.open()) {
      assertThat(store.sites()).containsExactly(SITE);
      assertThat(Samples.read(store, SITE, Samples.instanceUid(1, 1, 1)))
          .isEqualTo(Samples.bytes(1, 70_000));
      assertThat(store.studies(Samples.all(SITE)).total()).isEqualTo(2);
      List<String> audit = new ArrayList<>();
      store.trail().read(0, (_, entry) -> audit.add(new String(entry.entry(), US_ASCII)));
      assertThat(audit).hasSize(4).endsWith("an entry by itself");
      assertThat(store.registry().list("person").stream().map(UpgradeTest::text))
          .containsExactly(
              "canary-anna 2 {\"name\":\"Canary Anna the second\"}",
              "canary-bert 1 {\"name\":\"Canary Bert\"}");
      assertThat(store.registry().find("device", "canary-ct")).isPresent();
      assertThat(store.registry().put("person", "canary-bert", 1, new byte[1])).isTrue();
      Samples.file(store, Samples.filing(SITE, 1, 1, 9), Samples.bytes(9, 100));
    }
    assertThat(KeyStore.version(at.data.resolve("keys").resolve("keys.db"))).isEqualTo(2);
    assertThat(SqlRegistry.version(at.data.resolve("registry.db"))).isEqualTo(2);
    assertThat(Folders.files(at.data)).noneMatch(file -> file.toString().contains(".v1-"));
    assertThat(Folders.files(at.data)).noneMatch(file -> file.toString().endsWith(".part"));
  }

  private static String text(Registry.Entry entry) {
    return entry.key() + " " + entry.version() + " " + new String(entry.document(), UTF_8);
  }

  @Test
  void anArchiveOfVersionOneIsBroughtUpWhenItIsOpened() throws IOException {
    assertAllIsThere(place);
    assertThat(place.events).contains(new StoreEvent.Upgraded());
  }

  @Test
  void anUpgradeThatIsKilledAfterAnyStepGoesOnAtTheNextStart() throws IOException {
    Map<Upgrade.Step, Path> killed = new EnumMap<>(Upgrade.Step.class);
    place
        .open(
            stopping(step -> {
              try {
                Path at = folder.resolve(step.name());
                Files.createDirectory(at);
                Folders.copy(place.data, at.resolve("data"));
                Folders.copy(place.keyFile.resolveSibling("."), at.resolve("key"));
                killed.put(step, at);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            }))
        .close();

    assertThat(killed).containsOnlyKeys(Upgrade.Step.values());
    for (Map.Entry<Upgrade.Step, Path> each : killed.entrySet()) {
      StoreFolder cut = new StoreFolder(each.getValue());
      assertAllIsThere(cut);
    }
  }

  @Test
  void copiesOfWhatWasLieBesideUntilTheUpgradeHasProvedItself() throws IOException {
    List<String> seen = new ArrayList<>();
    place
        .open(
            stopping(step -> {
              if (step == Upgrade.Step.REGISTRY) {
                try {
                  Folders.files(place.data).stream()
                      .map(file -> file.getFileName().toString())
                      .filter(name -> name.contains(".v1-"))
                      .forEach(seen::add);
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              }
            }))
        .close();

    assertThat(seen).hasSize(2).allMatch(name -> name.matches("(keys|registry)\\.db\\.v1-\\d{8}"));
  }

  @Test
  void aWrongMasterKeyUpgradesNothing() throws IOException {
    Files.delete(place.keyFile);

    assertThatThrownBy(place::open).isInstanceOf(WrongKeyException.class);
    assertThat(KeyStore.version(place.data.resolve("keys").resolve("keys.db"))).isEqualTo(1);
    assertThat(SqlRegistry.version(place.data.resolve("registry.db"))).isEqualTo(1);
  }

  @Test
  void aDamagedEntryStaysDamagedAndTheCopiesStayToo() throws Exception {
    try (var sql =
            java.sql.DriverManager.getConnection(
                "jdbc:sqlite:" + place.data.resolve("registry.db"));
        var statement = sql.createStatement()) {
      statement.execute("UPDATE entry SET sealed = zeroblob(60) WHERE kind = 'device'");
    }

    place.open().close();

    assertThat(place.events).contains(new StoreEvent.UpgradeProofFailed());
    assertThat(Folders.files(place.data)).anyMatch(file -> file.toString().contains(".v1-"));
  }
}
