package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `leadglass audit verify` as somebody with a copy of the data directory sees it: without the
/// master key, which lies elsewhere.
class AuditVerifyTest {
  @TempDir private Path folder;
  private Path copy;

  @BeforeEach
  void fill() throws IOException {
    Path configuration = folder.resolve("leadglass.toml");
    Files.writeString(
        configuration,
        """
        keys.master-key-file = "%s"
        web.port = 0
        dimse.port = 0
        """
            .formatted(folder.resolve("elsewhere/master.key")));
    Files.writeString(folder.resolve("password"), Premises.PASSWORD + "\n");
    Path data = folder.resolve("data");
    Object[] init = {
      "init",
      "--site",
      "Test Imaging",
      "--admin",
      "mara",
      "--password-file",
      folder.resolve("password"),
      "--data",
      data,
      "--config",
      configuration
    };
    assertThat(Command.run(init).exit()).isZero();
    Path images = Files.createDirectories(folder.resolve("images"));
    Made.Patient patient = new Made.Patient("", "Trail^Vera", "TV-1");
    Files.write(
        images.resolve("one.dcm"), new Made(patient, "2.25.1", "2.25.2", "2.25.3", 2).file());
    assertThat(Command.run("import", images, "--data", data, "--config", configuration).exit())
        .isZero();
    copy = folder.resolve("copy");
    copyInto(data.resolve("packs"), copy.resolve("packs"));
    copyInto(data.resolve("trail"), copy.resolve("trail"));
  }

  private static void copyInto(Path from, Path to) throws IOException {
    for (Path each : files(from)) {
      Path target = to.resolve(from.relativize(each).toString());
      Files.createDirectories(target.getParent());
      Files.copy(each, target);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void aCopyIsConsistentAndSaysWhatThatMeans() throws IOException {
    Path checkpoint = Files.copy(copy.resolve("trail/checkpoint"), folder.resolve("elsewhere/cp"));
    List<String> keys = Files.readAllLines(copy.resolve("trail/keys"));

    Command alone = Command.run("audit", "verify", copy);
    Command against =
        Command.run(
            "audit",
            "verify",
            copy,
            "--against",
            checkpoint,
            "--key",
            keys.get(0),
            "--key",
            keys.get(1));
    Command json = Command.run("audit", "verify", "--data", copy, "--json");

    assertThat(alone.exit()).as(alone.err()).isZero();
    assertThat(alone.out())
        .contains("Consistent up to 20", "rollback not excluded", "taken from the directory itself")
        .contains(keys.getFirst());
    assertThat(against.exit()).as(against.err() + against.out()).isZero();
    assertThat(against.out())
        .contains("an extension of the checkpoint of 20")
        .doesNotContain("taken from the directory");
    JsonNode document = JsonMapper.shared().readTree(json.out());
    assertThat(document.get("consistent").asBoolean()).isTrue();
    assertThat(document.get("rollbackExcluded").asBoolean()).isFalse();
    assertThat(document.get("entries").asLong()).isPositive();
    assertThat(document.get("heads").asLong()).isPositive();
  }

  @Test
  void whatIsAlteredIsToldWithItsPlaceAndExitCodeOne() throws IOException {
    Path tile = files(copy.resolve("trail/tile/0")).stream().findFirst().orElseThrow();
    try (RandomAccessFile file = new RandomAccessFile(tile.toFile(), "rw")) {
      file.seek(33);
      int was = file.read();
      file.seek(33);
      file.write(was ^ 1);
    }

    Command bent = Command.run("audit", "verify", copy);

    assertThat(bent.exit()).isEqualTo(1);
    assertThat(bent.out())
        .contains("FAIL  a tile of level 0", "; entry 1")
        .doesNotContain("Consistent");
    assertThat(bent.err()).contains("leadglass: error: ", "leadglass: hint: ");
  }

  @Test
  void badUsageAndAnEmptyFolderHaveCodesOfTheirOwn() throws IOException {
    assertThat(Command.run("audit", "verify").exit()).isEqualTo(2);
    assertThat(Command.run("audit", "verify", copy, "--key", "nonsense").exit()).isEqualTo(2);
    assertThat(Command.run("audit", "verify", copy, "--against", folder.resolve("password")).exit())
        .isEqualTo(2);
    assertThat(Command.run("audit", "verify", folder.resolve("images")).exit()).isEqualTo(3);
    assertThat(Command.run("audit", "verify", "--help").out()).contains("Examples:", "--against");
  }
}
