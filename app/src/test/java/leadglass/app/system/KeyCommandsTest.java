package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import leadglass.app.Home;
import leadglass.app.Running;
import leadglass.app.config.Config;
import leadglass.archive.Archive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The commands about the master key, as a script sees them.
class KeyCommandsTest {
  @TempDir private Path folder;

  @BeforeEach
  void passwords() throws IOException {
    Files.writeString(folder.resolve("password"), Premises.PASSWORD + "\n");
    Files.writeString(folder.resolve("words"), "violet tractor umbrella heron\n");
    Files.createDirectory(folder.resolve("stick"));
    Files.createDirectory(folder.resolve("sheets"));
  }

  private Command run(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", folder.resolve("data")));
    return Command.run(all.toArray());
  }

  private Command done(Object... arguments) {
    Command command = run(arguments);
    assertThat(command.exit()).as(String.join(" ", command.err(), command.out())).isZero();
    return command;
  }

  private void init(Object... more) {
    List<Object> all =
        new ArrayList<>(
            List.of(
                "init",
                "--site",
                "Test <Imaging>",
                "--admin",
                "mara",
                "--password-file",
                folder.resolve("password")));
    all.addAll(List.of(more));
    done(all.toArray());
  }

  private static JsonNode json(Command command) {
    return JsonMapper.builder().build().readTree(command.out());
  }

  private Path sheet(int number) {
    return folder.resolve("sheets").resolve("sheet-" + number + ".txt");
  }

  @Test
  void initLaysTheKeyWhereItIsTold() {
    Path key = folder.resolve("stick/leadglass.key");
    init("--master-key", "file:" + key);

    assertThat(key).exists();
    assertThat(folder.resolve("data.key")).doesNotExist();
    JsonNode status = json(done("key", "status", "--json"));
    assertThat(status.get("place").stringValue()).isEqualTo("file:" + key);
    assertThat(status.get("history")).hasSize(1);
    assertThat(done("status").out()).contains("file:" + key);
  }

  @Test
  void withoutAWordTheKeyLiesBesideAndStatusSaysWhatAThiefReads() {
    init();

    assertThat(folder.resolve("data.key")).exists();
    assertThat(done("status").out()).contains("stolen disk: readable");
    assertThat(done("key", "status").out()).contains("beside", "stolen disk: readable", "none");
    assertThat(run("init", "--site", "X", "--admin", "y", "--master-key", "nowhere").exit())
        .isEqualTo(2);
  }

  @Test
  void twoOfThreeSheetsOpenTheArchiveUntilItsKeyIsChanged() throws IOException {
    init();
    done("key", "escrow", "--out", folder.resolve("sheets"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sheet(1))))
        .isEqualTo("rw-------");
    assertThat(Files.readString(sheet(2))).contains("sheet 2 of 3", "Test <Imaging>");
    assertThat(Files.readString(folder.resolve("sheets/sheet-2.html")))
        .contains("Test &lt;Imaging&gt;")
        .doesNotContain("<Imaging>");

    Command tried = done("key", "rehearse", "--sheet", sheet(1), "--sheet", sheet(3));
    assertThat(tried.out()).contains("Sheets 1 and 3").contains("open this archive");
    assertThat(run("key", "rehearse", "--sheet", sheet(1), "--sheet", sheet(1)).exit())
        .isEqualTo(1);
    assertThat(run("key", "rehearse", "--sheet", sheet(1)).exit()).isEqualTo(2);
    assertThat(json(done("key", "status", "--json")).get("rehearsed").stringValue()).isNotEmpty();

    byte[] key = Files.readAllBytes(folder.resolve("data.key"));
    Files.delete(folder.resolve("data.key"));
    done("key", "restore", "--sheet", sheet(3), "--sheet", sheet(2));
    assertThat(folder.resolve("data.key")).hasBinaryContent(key);

    assertThat(done("key", "rotate").out()).contains("void");
    assertThat(Files.readAllBytes(folder.resolve("data.key"))).isNotEqualTo(key);
    Command old = run("key", "rehearse", "--sheet", sheet(1), "--sheet", sheet(2));
    assertThat(old.exit()).isEqualTo(1);
    assertThat(old.err()).contains("do not open this archive");
    JsonNode status = json(done("key", "status", "--json"));
    assertThat(status.get("sheets").stringValue()).isEmpty();
    assertThat(status.get("rehearsed").stringValue()).isEmpty();
    assertThat(status.get("history")).hasSize(2);
    Files.delete(folder.resolve("data.key"));
    assertThat(run("key", "restore", "--sheet", sheet(1), "--sheet", sheet(2)).exit()).isEqualTo(1);
    assertThat(folder.resolve("data.key")).doesNotExist();
  }

  @Test
  void aPassphraseIsAskedForWhereNoServerRunsAndNotWhereOneDoes() throws Exception {
    init();
    done("key", "rotate", "--to", "passphrase", "--new-passphrase-file", folder.resolve("words"));

    assertThat(folder.resolve("data.key")).doesNotExist();
    Command locked = run("status");
    assertThat(locked.exit()).isEqualTo(3);
    assertThat(locked.err()).contains("--passphrase-file");
    Command status = done("status", "--passphrase-file", folder.resolve("words"));
    assertThat(status.out()).contains("stolen disk: unreadable", "passphrase");
    Files.writeString(folder.resolve("wrong"), "something else altogether\n");
    assertThat(run("status", "--passphrase-file", folder.resolve("wrong")).exit()).isEqualTo(3);
  }

  @Test
  void theKeyIsChangedWhileTheArchiveServes() throws Exception {
    init();
    Home home = new Home(folder.resolve("data"), java.util.Optional.empty());
    Archive archive = home.open(event -> {});
    Config config =
        Config.defaults()
            .with(
                java.util.Optional.of(0),
                java.util.Optional.of(0),
                java.util.Optional.empty(),
                List.of());
    try (Running _ = Running.start(home, archive, config, "", event -> {})) {
      Command rotated =
          done("key", "rotate", "--to", "file:" + folder.resolve("stick/k"), "--escrow");
      assertThat(rotated.out()).contains("sheet 3 of 3");
      assertThat(folder.resolve("stick/k")).exists();
      assertThat(folder.resolve("data.key")).doesNotExist();
      done("key", "escrow", "--out", folder.resolve("sheets"));
      done("key", "rehearse", "--sheet", sheet(2), "--sheet", sheet(1), "--json");
    }
    done("status");
    done("key", "rehearse", "--sheet", sheet(2), "--sheet", sheet(3));
  }
}
