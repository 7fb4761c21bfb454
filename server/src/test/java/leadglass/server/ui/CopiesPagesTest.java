package leadglass.server.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.EscrowSheet;
import leadglass.archive.KeyCustody;
import leadglass.archive.People;
import leadglass.archive.Rehearsal;
import leadglass.archive.Role;
import leadglass.archive.Safekeeping;
import leadglass.store.BackupOrder;
import leadglass.store.Backups;
import leadglass.store.MasterKey;
import leadglass.store.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What administrators see of backups and of the master key.
class CopiesPagesTest {
  @TempDir Path folder;
  private TestArchive archive;

  @BeforeEach
  void open() throws IOException {
    archive = TestArchive.ofEveryRole(folder);
  }

  @AfterEach
  void close() throws IOException {
    archive.close();
  }

  private void backup() throws IOException {
    BackupOrder order =
        new BackupOrder(
            Backups.folder(folder.resolve("copy")),
            folder.resolve("keys"),
            "test",
            Optional.of(folder.resolve("key/master.key")),
            Optional.empty(),
            true,
            Map.of(),
            Progress.NONE);
    assertThat(archive.archive.safekeeping().backup(TestArchive.console(), order))
        .isInstanceOf(Safekeeping.Outcome.Done.class);
  }

  private void rehearse() throws IOException {
    Rehearsal.Order order =
        new Rehearsal.Order(
            Backups.folder(folder.resolve("copy")),
            folder.resolve("keys"),
            Optional.empty(),
            MasterKey.read(folder.resolve("key/master.key")),
            folder.resolve("scratch"),
            Progress.NONE);
    assertThat(archive.archive.rehearsal().run(TestArchive.console(), order))
        .isInstanceOf(Rehearsal.Outcome.Done.class);
  }

  @Test
  void withoutABackupARedStripStandsWhereTheAdministratorLands() throws Exception {
    try (Visitor visitor = archive.signedIn(Role.ADMINISTRATOR)) {
      assertThat(visitor.get("/status").body())
          .contains("<p class=\"strip bad\">")
          .contains("There is no backup yet. A dead disk would take every image.")
          .contains("Stolen disk: readable. The master key lies on the disk that holds the data.")
          .contains("<a href=\"/status/copies\">Look at it</a>");
      assertThat(visitor.get("/people").body()).doesNotContain("class=\"strip");
      assertThat(visitor.get("/status/copies").body()).contains("None was made yet.");
    }
    for (Role role : List.of(Role.RADIOLOGIST, Role.WITNESS, Role.AUDITOR)) {
      try (Visitor visitor = archive.signedIn(role)) {
        assertThat(visitor.get(visitor.get("/").location()).body()).doesNotContain("strip bad");
        assertThat(visitor.get("/status/copies").status()).isEqualTo(403);
        assertThat(visitor.get("/status/key").status()).isEqualTo(403);
      }
    }
  }

  @Test
  void whoWearsAnotherHatIsCalledToTheAdministratorsAndToldNoMore() throws Exception {
    People.Enrolment both = archive.joined("both", Role.ADMINISTRATOR, Role.RADIOLOGIST);
    try (Visitor visitor = archive.signedIn("both", both.totpUri())) {
      visitor.post("/hat", "hat", "radiologist");
      assertThat(visitor.get("/studies").body())
          .contains("Change into the administrator's role to see why.")
          .doesNotContain("Stolen disk")
          .doesNotContain("/status/copies");
      visitor.post("/hat", "hat", "administrator");
      assertThat(visitor.get("/status").body()).contains("There is no backup yet.");
    }
  }

  @Test
  void everyBackupStandsThereWithItsPlaceItsSizeAndItsLastRehearsal() throws Exception {
    backup();
    try (Visitor visitor = archive.signedIn(Role.ADMINISTRATOR)) {
      assertThat(visitor.get("/status").body())
          .contains("The only backup shares a device with data or keys.");
      assertThat(visitor.get("/status/copies").body())
          .contains("<bdi>" + folder.resolve("copy") + "</bdi>")
          .contains("same device")
          .contains("<span class=\"tag warn\">yes</span>")
          .contains(" KiB")
          .contains("<span class=\"tag warn\">Note</span> never")
          .contains(folder.resolve("keys").toString())
          .contains("<span class=\"tag info\">exists</span> present");
    }
    rehearse();
    archive.clock.move(Duration.ofHours(1));
    try (Visitor visitor = archive.signedIn(Role.ADMINISTRATOR)) {
      assertThat(visitor.get("/status/copies").body())
          .contains("25 Nov 2026, 04:00: everything came back")
          .contains("Everything came back, 1 hour ago.");
      assertThat(visitor.get("/status").body()).doesNotContain("Nobody has tried yet whether a b");
    }
    archive.clock.move(Duration.ofDays(91));
    try (Visitor visitor = archive.signedIn(Role.ADMINISTRATOR)) {
      assertThat(visitor.get("/status").body())
          .contains("The last rehearsal of a backup is older than 90 days.");
    }
  }

  @Test
  void theKeysPageShowsPlacesAndSheetsAndNoSecret() throws Exception {
    KeyCustody custody = archive.archive.custody();
    archive.clock.move(Duration.ofDays(2));
    KeyCustody.Done.Sheets made = (KeyCustody.Done.Sheets) custody.escrow(TestArchive.console());
    archive.clock.move(Duration.ofDays(3));
    List<EscrowSheet> sheets = made.sheets();
    assertThat(custody.rehearse(TestArchive.console(), typed(sheets, 0), typed(sheets, 2)))
        .isInstanceOf(KeyCustody.Done.Opens.class);
    byte[] key = MasterKey.read(folder.resolve("key/master.key")).forRecoverySheet();
    try (Visitor visitor = archive.signedIn(Role.ADMINISTRATOR)) {
      String page = visitor.get("/status/key").body();
      assertThat(page)
          .contains("Stolen disk: readable")
          .contains("<li class=\"bad\">")
          .contains("A thief of this PC reads everything")
          .contains("25 Nov 2026, 04:00")
          .contains("<bdi>file:" + folder.resolve("key/master.key") + "</bdi>")
          .contains("27 Nov 2026")
          .contains(sheets.getFirst().set())
          .contains("opens the archive")
          .contains("Last tried: 30 Nov 2026")
          .doesNotContain(HexFormat.of().formatHex(key))
          .doesNotContain(HexFormat.of().formatHex(key, 0, 8));
      for (EscrowSheet sheet : sheets) {
        assertThat(page).doesNotContain(String.join(" ", sheet.groups().subList(0, 3)));
        assertThat(page).doesNotContain(sheet.groups().get(4) + "</");
      }
    }
  }

  private static String typed(List<EscrowSheet> sheets, int which) {
    return String.join(" ", sheets.get(which).groups());
  }

  /// A key that came from somewhere else than a file.
  private record Elsewhere(String words) implements MasterKey.Place {
    @Override
    public boolean liesBeside(Path dataDirectory) {
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "file:/media/key/leadglass.key | the master key lies on another disk.",
        "passphrase | reads nothing without the passphrase",
        "pkcs11:/etc/leadglass/token.toml | reads nothing without the token and its PIN",
        "kms:aws-kms://key | revoke the access key at the service first"
      })
  void statusSaysWhatAThiefOfTheDiskNeedsBesides(String words, String said) throws Exception {
    MasterKey master = MasterKey.of(MasterKey.fresh(), new Elsewhere(words));
    try (TestArchive other = new TestArchive(folder.resolve("other"), master).withEveryRole();
        Visitor visitor = other.signedIn(Role.ADMINISTRATOR)) {
      for (String path : List.of("/status", "/status/key")) {
        String page = visitor.get(path).body();
        assertThat(page).as(path).contains(said).doesNotContain("Stolen disk: readable");
        if (!words.startsWith("file:")) {
          assertThat(page).as(path).doesNotContain("another disk");
        }
      }
      assertThat(visitor.get("/status/key").body()).contains("not readable");
    }
  }
}
