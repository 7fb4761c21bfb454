package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `leadglass scrub` and `leadglass repack` as a script sees them.
class ScrubCommandsTest {
  private static final Made.Patient PATIENT = new Made.Patient("", "Scrub^Line", "SL-1");

  @TempDir private Path folder;

  @BeforeEach
  void fill() throws IOException {
    Files.writeString(
        configuration(),
        """
        keys.master-key-file = "%s"
        web.port = 0
        dimse.port = 0
        """
            .formatted(folder.resolve("elsewhere/master.key")));
    Files.writeString(folder.resolve("password"), Premises.PASSWORD + "\n");
    assertThat(
            run(
                    "init",
                    "--site",
                    "Test Imaging",
                    "--admin",
                    "mara",
                    "--password-file",
                    folder.resolve("password"))
                .exit())
        .isZero();
    Path images = Files.createDirectories(folder.resolve("images"));
    Made made = new Made(PATIENT, "2.25.1", "2.25.2", "2.25.3", 2);
    Files.write(images.resolve("one.dcm"), made.file());
    assertThat(run("import", images).exit()).isZero();
  }

  private Path configuration() {
    return folder.resolve("leadglass.toml");
  }

  private Command run(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", folder.resolve("data"), "--config", configuration()));
    return Command.run(all.toArray());
  }

  private List<Path> packs() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("data").resolve("packs"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void damageIsToldWithExitCodeOneAndMendedFromABackup() throws IOException {
    Command whole = run("scrub");
    assertThat(whole.exit()).as(whole.err()).isZero();
    assertThat(whole.out()).contains("none (ok)");
    assertThat(run("status").out()).contains("(ok)").doesNotContain("damaged");

    Path backup = folder.resolve("backup");
    for (Path pack : packs()) {
      Path copy = backup.resolve("packs").resolve(folder.resolve("data/packs").relativize(pack));
      Files.createDirectories(copy.getParent());
      Files.copy(pack, copy);
    }
    Path largest = packs().getFirst();
    for (Path pack : packs()) {
      largest = Files.size(pack) > Files.size(largest) ? pack : largest;
    }
    try (RandomAccessFile bytes = new RandomAccessFile(largest.toFile(), "rw")) {
      bytes.seek(64 + 40 + 200);
      int old = bytes.read();
      bytes.seek(64 + 40 + 200);
      bytes.write(old ^ 1);
    }

    Command damaged = run("scrub", "--json");
    assertThat(damaged.exit()).isEqualTo(1);
    JsonNode told = JsonMapper.shared().readTree(damaged.out());
    assertThat(told.get("damages").size()).isEqualTo(1);
    assertThat(damaged.out()).doesNotContain("SL-1").doesNotContain("Scrub^Line");
    assertThat(run("status").out()).contains("damaged (FAIL");

    Command mended = run("scrub", "--from", backup);
    assertThat(mended.exit()).as(mended.out()).isZero();
    assertThat(mended.out()).contains("mended       1 packs");
    assertThat(run("status").out()).doesNotContain("damaged (FAIL");
  }

  @Test
  void nothingIsWrittenAnewWhenNothingIsDead() {
    Command repack = run("repack", "--json");

    assertThat(repack.exit()).as(repack.err()).isZero();
    assertThat(JsonMapper.shared().readTree(repack.out()).get("packs").intValue()).isZero();
  }
}
