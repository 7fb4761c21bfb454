package leadglass.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import leadglass.store.pack.FileDisk;
import leadglass.store.pack.PackLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The documents about packs and keys are enough to read an archive: a script that was written
/// after them, and shares no line with the program, gives back what was sent.
class ReadPackTest {
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final Path SCRIPT =
      Path.of(System.getProperty("leadglass.root", "..")).resolve("docs/formats/read_pack.py");
  private static final PackLog.Limits LIMITS = new PackLog.Limits(1_500_000, 1_300_000);

  /// Lengths around those of a chunk, a gathered instance and a pack of its own.
  private static final List<Integer> LENGTHS =
      List.of(0, 1, 511, 512, 70_000, 1 << 20, (1 << 20) + 1, 1_250_000, 1_310_000, 1_900_000);

  /// Starting Python for each would only take time.
  private static final List<Integer> WRITTEN_OUT = List.of(511, 70_000, (1 << 20) + 1, 1_900_000);

  @TempDir Path folder;

  private record Said(int exit, String out) {}

  private Said run(List<String> command) throws IOException {
    Path out = folder.resolve("said");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return new Said(process.exitValue(), Files.readString(out));
  }

  private String script(StoreFolder place, String... more) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(PYTHON.toString(), "-B", SCRIPT.toString()));
    command.addAll(List.of(place.data.toString(), place.keyFile.toString()));
    command.addAll(List.of(more));
    Said said = run(command);
    assertThat(said.exit()).as(said.out()).isZero();
    return said.out();
  }

  @BeforeEach
  void needsPython() throws IOException {
    assumeTrue(Files.isExecutable(PYTHON), "no /usr/bin/python3");
    List<String> probe = List.of(PYTHON.toString(), "-c", "import cryptography");
    assumeTrue(run(probe).exit() == 0, "no python3-cryptography");
  }

  @Test
  void aScriptWrittenAfterTheDocumentsReadsWhatWasSent() throws IOException {
    StoreFolder place = new StoreFolder(folder);
    Means usual = StoreFolder.means(FileDisk::new);
    Means small = new Means(usual.disk(), usual.volume(), usual.reserveBytes(), LIMITS);
    SiteId site;
    try (Store store = place.open(small)) {
      site = store.createSite();
      for (int i = 0; i < LENGTHS.size(); i++) {
        Filing filing = Samples.filing(site, 1 + i % 3, 1, i);
        Samples.file(store, filing, Samples.bytes(i, LENGTHS.get(i)));
      }
      store.audit(List.of(Samples.audit("an entry by itself")), true);
    }

    List<String> listed = script(place).lines().toList();
    assertThat(listed).hasSameSizeAs(LENGTHS);
    for (int i = 0; i < LENGTHS.size(); i++) {
      String uid = Samples.instanceUid(1 + i % 3, 1, i).value();
      assertThat(listed.get(i))
          .isEqualTo(
              "%s %d %s %s %s %s",
              uid,
              LENGTHS.get(i),
              Samples.EXPLICIT_LITTLE,
              Samples.CT,
              Samples.seriesUid(1 + i % 3, 1).value(),
              Samples.studyUid(1 + i % 3).value());
      if (WRITTEN_OUT.contains(LENGTHS.get(i))) {
        Path out = folder.resolve("out");
        script(place, "--get", uid, out.toString());
        assertThat(out).hasBinaryContent(Samples.bytes(i, LENGTHS.get(i)));
      }
    }
    assertThat(script(place, "--audit").lines())
        .hasSize(LENGTHS.size() + 1)
        .startsWith("stored 1 1 0")
        .endsWith("an entry by itself");
  }

  @Test
  void packsOfARunThatWasKilledAreReadAsFarAsTheyWereAcknowledged() throws IOException {
    StoreFolder place = new StoreFolder(folder);
    StoreFolder killed = new StoreFolder(folder.resolve("killed"));
    try (Store store = place.open()) {
      SiteId site = store.createSite();
      Samples.file(store, Samples.filing(site, 1, 1, 1), Samples.bytes(1, 3_000));
      Samples.file(store, Samples.filing(site, 1, 1, 2), Samples.bytes(2, 3_000));
      Files.createDirectories(killed.data.getParent());
      Folders.copy(place.data, killed.data);
      Folders.copy(folder.resolve("key"), folder.resolve("killed").resolve("key"));
    }
    Path pack = Folders.files(killed.data.resolve("packs")).getFirst();
    byte[] bytes = Files.readAllBytes(pack);
    Files.write(pack, java.util.Arrays.copyOf(bytes, bytes.length - 100)); // torn

    assertThat(script(killed).lines()).hasSize(1);
  }

  @Test
  void packsAndKeysOfVersionOneAreReadToo() throws IOException {
    StoreFolder place = new StoreFolder(folder);
    Files.createDirectories(place.data.resolve("keys"));
    Files.createDirectories(place.data.resolve("packs/85"));
    Files.createDirectories(place.keyFile.getParent());
    String pack = "854bc07e2d213a157c977f400ae173e8.pack";
    copy("keys.db", place.data.resolve("keys/keys.db"));
    copy(pack, place.data.resolve("packs/85").resolve(pack));
    byte[] master = new byte[32];
    for (int i = 0; i < master.length; i++) {
      master[i] = (byte) i;
    }
    Files.writeString(
        place.keyFile,
        "leadglass master key 1\n" + java.util.HexFormat.of().formatHex(master) + "\n",
        StandardCharsets.US_ASCII);

    assertThat(script(place).lines()).hasSize(3);
    Path out = folder.resolve("out");
    script(place, "--get", Samples.instanceUid(1, 1, 2).value(), out.toString());
    assertThat(out).hasBinaryContent(Samples.bytes(2, (1 << 20) + 1));
    assertThat(script(place, "--audit").lines()).hasSize(4);
  }

  private static void copy(String name, Path to) throws IOException {
    try (InputStream in = ReadPackTest.class.getResourceAsStream("version1/" + name)) {
      Files.copy(in, to);
    }
  }
}
