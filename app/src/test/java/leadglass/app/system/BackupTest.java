package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.AuditEntry;
import leadglass.archive.Origin;
import leadglass.archive.People;
import leadglass.archive.Role;
import leadglass.archive.StoreOutcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Backup, rehearsal and restore as somebody at the console sees them.
class BackupTest {
  private static final int INSTANCES = 12;

  @TempDir private Path folder;
  private Premises premises = new Premises(Path.of(""), java.util.Map.of(), java.util.Map.of());

  @BeforeEach
  void fill() throws IOException {
    premises = Premises.in(folder.resolve("here"));
    try (Archive archive = premises.open(event -> {})) {
      for (int i = 1; i <= INSTANCES; i++) {
        store(archive, i);
      }
    }
  }

  private static Made made(int i) {
    String study = "1.2.826.0.1.77." + (i % 4 + 1);
    Made.Patient patient = new Made.Patient("", "Back^Up" + i % 4, "BU-" + i % 4);
    return new Made(patient, study, study + ".1", study + ".1." + i, 40);
  }

  private static void store(Archive archive, int i) throws IOException {
    StoreOutcome outcome =
        archive
            .ingest()
            .storeFile(
                Premises.CONSOLE, Optional.empty(), new ByteArrayInputStream(made(i).file()));
    assertThat(outcome).isInstanceOf(StoreOutcome.Stored.class);
  }

  private Path to() {
    return folder.resolve("to");
  }

  private Path keys() {
    return folder.resolve("to2");
  }

  private Command run(Path data, Object... arguments) {
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", data));
    return Command.run(all.toArray());
  }

  private JsonNode backup() {
    Command command =
        run(premises.data(), "backup", to(), "--keys", keys(), "--same-device", "--json");
    assertThat(command.exit()).as(command.err()).isZero();
    return json(command);
  }

  private static JsonNode json(Command command) {
    return JsonMapper.builder().build().readTree(command.out());
  }

  /// Nothing of the archive is left on the machine.
  private void wipe() {
    Premises.delete(premises.folder());
  }

  private JsonNode restore(Object... more) {
    List<Object> words = new ArrayList<>(List.of("restore", to(), "--keys", keys(), "--json"));
    words.addAll(List.of(more));
    Command command = run(premises.data(), words.toArray());
    assertThat(command.exit()).as(command.err() + command.out()).isZero();
    return json(command);
  }

  @Test
  void anArchiveThatIsGoneComesBackWithItsNameItsDevicesAndItsImages() throws IOException {
    JsonNode done = backup();
    assertThat(done.path("instances").asInt()).isEqualTo(INSTANCES);
    String name = Files.readString(premises.data().resolve("archive.id"));
    wipe();
    JsonNode report = restore();
    assertThat(report.path("complete").asBoolean()).isTrue();
    assertThat(report.path("instances").asInt()).isEqualTo(INSTANCES);
    assertThat(report.path("missingInstances").asInt()).isZero();
    assertThat(premises.data().resolve("archive.id")).hasContent(name.strip());
    assertThat(premises.key()).exists();
    try (Archive archive = premises.open(event -> {})) {
      assertThat(archive.devices().list(Premises.CONSOLE)).hasSize(2);
      assertThat(archive.setUp().site()).contains("Test Imaging");
      for (int i = 1; i <= INSTANCES; i++) {
        StoreOutcome again =
            archive
                .ingest()
                .storeFile(
                    Premises.CONSOLE, Optional.empty(), new ByteArrayInputStream(made(i).file()));
        assertThat(again).isInstanceOf(StoreOutcome.AlreadyHeld.class);
      }
      Origin anywhere = new Origin(Origin.Door.DICOMWEB, "192.0.2.7");
      for (String token : premises.tokens().values()) {
        assertThat(archive.tokens().verify(anywhere, token)).isEmpty();
      }
    }
    assertThat(premises.audit())
        .extracting(AuditEntry::detail)
        .anyMatch(detail -> detail != null && detail.startsWith("restored from a backup:"));
  }

  @Test
  void whoWasDisabledAfterTheSnapshotStaysDisabledWhenItComesBack() throws IOException {
    String older = backup().path("snapshot").asString();
    try (Archive archive = premises.open(event -> {})) {
      assertThat(archive.people().disable(Premises.CONSOLE, Role.RADIOLOGIST.word())).isEmpty();
      Premises.join(archive, "later", Role.RADIOLOGIST);
      store(archive, INSTANCES + 1);
    }
    backup();
    wipe();
    JsonNode report = restore("--snapshot", older);
    assertThat(report.path("snapshot").asString()).isEqualTo(older);
    assertThat(report.path("instances").asInt()).isEqualTo(INSTANCES);
    assertThat(report.path("missingInstances").asInt()).isEqualTo(1);
    try (Archive archive = premises.open(event -> {})) {
      List<People.Account> accounts = archive.people().list(Premises.CONSOLE);
      assertThat(accounts)
          .filteredOn(account -> !account.enabled())
          .extracting(People.Account::name)
          .containsExactly(Role.RADIOLOGIST.word());
      assertThat(accounts).extracting(People.Account::name).doesNotContain("later");
    }
  }

  @Test
  void aRehearsalComparesEverythingAndLeavesNothingBehind() throws IOException {
    backup();
    try (OpenArchive serving = new OpenArchive(premises)) {
      assertThat(serving.status().copies().rehearsedMillis()).isEmpty();
      Command command =
          run(
              premises.data(),
              "backup",
              "rehearse",
              to(),
              "--keys",
              keys(),
              "--report",
              folder.resolve("report.txt"));
      assertThat(command.exit()).as(command.err() + command.out()).isZero();
      assertThat(command.out()).contains(INSTANCES + " are the same as here", "(ok)");
      assertThat(folder.resolve("report.txt")).hasContent(command.out());
      assertThat(serving.status().copies().rehearsedWell()).isTrue();
    }
    assertThat(premises.data().resolve("rehearsal")).doesNotExist();
  }

  @Test
  void aRehearsalOfADamagedBackupSaysSo() throws IOException {
    backup();
    List<Path> packs;
    try (java.util.stream.Stream<Path> all = Files.walk(to().resolve("packs"))) {
      packs = all.filter(Files::isRegularFile).toList();
    }
    for (Path pack : packs) {
      byte[] bytes = Files.readAllBytes(pack);
      for (int at = bytes.length / 4; at < bytes.length; at += bytes.length / 4) {
        bytes[at] ^= 1;
      }
      Files.write(pack, bytes);
    }
    Command command = run(premises.data(), "backup", "rehearse", to(), "--keys", keys());
    assertThat(command.exit()).isEqualTo(1);
    assertThat(command.out()).contains("FAIL: not everything came back", "packs are damaged");
    Command status = run(premises.data(), "status");
    assertThat(status.out()).contains("(FAIL: not everything came back)");
  }

  @Test
  void theStatusSaysThatThereIsNoBackupUntilThereIsOneElsewhere() {
    assertThat(run(premises.data(), "status").out()).contains("backup       none yet (FAIL");
    Command refused = run(premises.data(), "backup", to(), "--keys", keys());
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains("on the device that holds the data");
    backup();
    assertThat(run(premises.data(), "status").out())
        .contains("none yet (FAIL: the only copy shares a device with data or keys");
  }

  @Test
  void aRestoreNeedsTheRightKeysAndAnEmptyDirectory() {
    backup();
    Command full = run(premises.data(), "restore", to(), "--keys", keys());
    assertThat(full.exit()).isEqualTo(1);
    assertThat(full.err()).contains("is not empty");
    Command nowhere = run(folder.resolve("x"), "restore", to(), "--keys", folder.resolve("no"));
    assertThat(nowhere.exit()).isNotZero();
    Command nothing = run(folder.resolve("y"), "restore", keys(), "--keys", keys());
    assertThat(nothing.exit()).isEqualTo(1);
    assertThat(nothing.err()).contains("no backup lies in");
  }
}
