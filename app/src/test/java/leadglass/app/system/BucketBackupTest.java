package leadglass.app.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import leadglass.app.config.S3Config;
import leadglass.app.console.Desks;
import leadglass.app.console.Reply;
import leadglass.app.console.Request;
import leadglass.app.s3.BucketServer;
import leadglass.app.s3.LockingServer;
import leadglass.archive.Archive;
import leadglass.archive.AuditEntry;
import leadglass.archive.StoreOutcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Backups in a bucket as somebody at the console sees them.
class BucketBackupTest {
  private static final AtomicInteger BUCKETS = new AtomicInteger();
  private static final int INSTANCES = 12;

  @TempDir private static Path settings;
  private static BucketServer plain;
  private static LockingServer locking;

  @TempDir private Path folder;
  private Premises premises = new Premises(Path.of(""), Map.of(), Map.of());
  private String bucket = "";

  @BeforeAll
  static void start() throws IOException {
    plain = new BucketServer(Files.createDirectory(settings.resolve("plain")));
    locking = new LockingServer(Files.createDirectory(settings.resolve("locking")));
  }

  @AfterAll
  static void stop() throws IOException {
    locking.close();
    plain.close();
  }

  @BeforeEach
  void found() throws IOException {
    premises = Premises.in(folder.resolve("here"));
    bucket = "archive-" + BUCKETS.incrementAndGet();
  }

  private void fill(int rows) throws IOException {
    try (Archive archive = premises.open(event -> {})) {
      for (int i = 1; i <= INSTANCES; i++) {
        store(archive, made(i, rows));
      }
    }
  }

  private static Made made(int i, int rows) {
    String study = "1.2.826.0.1.78." + (i % 4 + 1);
    Made.Patient patient = new Made.Patient("", "Bucket^Back" + i % 4, "BB-" + i % 4);
    return new Made(patient, study, study + ".1", study + ".1." + i, rows);
  }

  private static StoreOutcome store(Archive archive, Made made) throws IOException {
    return archive
        .ingest()
        .storeFile(Premises.CONSOLE, Optional.empty(), new ByteArrayInputStream(made.file()));
  }

  private static String reach(S3Config s3) {
    return """
    [backup.s3]
    endpoint = "%s"
    credentials-file = "%s"
    lock-days = %d
    """
        .formatted(s3.endpoint(), s3.credentials().orElseThrow(), s3.lockDays());
  }

  /// Adds to the configuration how buckets are reached, in place of what was there.
  private void reached(S3Config s3) throws IOException {
    Path file = premises.data().resolve("leadglass.toml");
    String text = Files.readString(file).replaceAll("(?s)\\[backup.*", "");
    Files.writeString(file, text + reach(s3));
  }

  private Path keys() {
    return folder.resolve("to2");
  }

  private Command run(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", premises.data()));
    return Command.run(all.toArray());
  }

  private static JsonNode json(Command command) {
    assertThat(command.exit()).as(command.err() + command.out()).isZero();
    return JsonMapper.builder().build().readTree(command.out());
  }

  private String where() {
    return "s3://" + bucket + "/images";
  }

  private JsonNode backup() {
    return json(run("backup", where(), "--keys", keys(), "--same-device", "--json"));
  }

  @Test
  void anArchiveThatIsGoneComesBackFromABucket() throws IOException {
    plain.make(bucket);
    reached(plain.config());
    fill(40);
    Command said = run("backup", where(), "--keys", keys(), "--same-device");
    assertThat(said.exit()).as(said.err()).isZero();
    assertThat(said.out())
        .contains("copy         " + where(), "from here (warn", "has no object lock");
    Command rehearsed = run("backup", "rehearse", where(), "--keys", keys());
    assertThat(rehearsed.exit()).as(rehearsed.err() + rehearsed.out()).isZero();
    assertThat(rehearsed.out()).contains(INSTANCES + " are the same as here");
    Path config = folder.resolve("reach.toml");
    Files.copy(premises.data().resolve("leadglass.toml"), config);
    Premises.delete(premises.folder());

    Command lost = run("restore", where(), "--keys", keys());
    assertThat(lost.exit()).isEqualTo(1);
    assertThat(lost.err()).contains("[backup.s3]");
    JsonNode report = json(run("restore", where(), "--keys", keys(), "--config", config, "--json"));

    assertThat(report.path("complete").asBoolean()).isTrue();
    assertThat(report.path("instances").asInt()).isEqualTo(INSTANCES);
    try (Archive archive = premises.open(event -> {})) {
      for (int i = 1; i <= INSTANCES; i++) {
        assertThat(store(archive, made(i, 40))).isInstanceOf(StoreOutcome.AlreadyHeld.class);
      }
    }
  }

  @Test
  void theSecondBackupBringsLittleAndLocksOnlyWhatWouldBeFreeTooSoon() throws IOException {
    locking.make(bucket);
    reached(locking.config(30));
    fill(3000);
    JsonNode first = backup();
    assertThat(first.path("destroyable").asBoolean()).isFalse();
    assertThat(Instant.parse(first.path("lockedUntil").asString()))
        .isAfter(Instant.now().plus(Duration.ofDays(44)));
    try (Archive archive = premises.open(event -> {})) {
      store(archive, made(INSTANCES + 1, 1));
    }
    long taken = locking.takenBytes();
    int asked = locking.asked().size();

    JsonNode second = backup();

    assertThat(locking.takenBytes() - taken)
        .isLessThan(second.path("packBytes").asLong() * 3 / 100);
    List<String> requests = locking.asked().subList(asked, locking.asked().size());
    assertThat(requests)
        .filteredOn(each -> each.endsWith(" retention"))
        .containsExactly("PUT /" + bucket + "/images/leadglass-backup retention");
    assertThat(run("status").out()).doesNotContain("destroyed from here");

    reached(locking.config(60));
    JsonNode third = backup();

    assertThat(Instant.parse(third.path("lockedUntil").asString()))
        .isAfter(Instant.now().plus(Duration.ofDays(89)));
    List<Instant> packs = new ArrayList<>();
    locking
        .locks()
        .forEach((path, until) -> {
          if (path.startsWith("/" + bucket + "/images/packs/")) {
            packs.add(until);
          }
        });
    assertThat(packs)
        .hasSizeGreaterThan(2)
        .allMatch(until -> until.isAfter(Instant.now().plus(Duration.ofDays(89))));
  }

  @Test
  void oldBackupsGoWhenTheirLocksHaveEndedAndTheNewestStays() throws IOException {
    locking.make(bucket);
    reached(locking.config(30));
    fill(40);
    String first = backup().path("snapshot").asString();
    try (Archive archive = premises.open(event -> {})) {
      store(archive, made(INSTANCES + 1, 40));
    }
    String second = backup().path("snapshot").asString();

    JsonNode locked = json(run("backup", "prune", where(), "--keep", 1, "--json"));
    assertThat(texts(locked, "lockedSnapshots")).containsExactly(first);
    assertThat(texts(locked, "kept")).containsExactly(first, second);

    locking.age(Duration.ofDays(60));
    JsonNode dry =
        json(run("backup", "prune", where(), "--keep", 1, "--keys", keys(), "--dry-run", "--json"));
    assertThat(texts(dry, "removed")).containsExactly(first);
    assertThat(texts(dry, "keyCopiesRemoved")).containsExactly("keys/" + first + ".db");
    assertThat(keys().resolve("keys/" + first + ".db")).exists();

    JsonNode done = json(run("backup", "prune", where(), "--keep", 1, "--keys", keys(), "--json"));
    assertThat(texts(done, "removed")).containsExactly(first);
    assertThat(texts(done, "kept")).containsExactly(second);
    assertThat(keys().resolve("keys/" + first + ".db")).doesNotExist();
    assertThat(keys().resolve("keys/" + second + ".db")).exists();
    assertThat(premises.audit())
        .extracting(AuditEntry::detail)
        .contains("old backups removed: 1 snapshots, 0 packs, 1 copies of keys");
    Command rehearsed = run("backup", "rehearse", where(), "--keys", keys());
    assertThat(rehearsed.exit()).as(rehearsed.err() + rehearsed.out()).isZero();
  }

  private static List<String> texts(JsonNode json, String name) {
    List<String> all = new ArrayList<>();
    json.path(name).forEach(each -> all.add(each.asString()));
    return all;
  }

  @Test
  void aCommandIsToldHowFarTheServerIs() throws IOException {
    plain.make(bucket);
    reached(plain.config());
    fill(40);
    Set<String> told = ConcurrentHashMap.newKeySet();
    try (OpenArchive serving = new OpenArchive(premises)) {
      Map<String, String> words =
          Map.of("to", where(), "keys", keys().toString(), "same-device", "yes");
      Reply reply =
          new Desks(premises.home(), serving.running.archive())
              .serve(
                  "tester",
                  Request.of("backup", words),
                  InputStream.nullInputStream(),
                  howFar -> told.add(howFar.what()));
      assertThat(reply.exit()).as(reply.error()).isZero();
      assertThat(told).contains("copying packs");
      Command pruned = run("backup", "prune", where(), "--older-than", 1);
      assertThat(pruned.exit()).as(pruned.err()).isZero();
      assertThat(pruned.out()).contains("removed      none");
      Command neither = run("backup", "prune", where());
      assertThat(neither.exit()).isEqualTo(2);
    }
  }

  @Test
  void noClassOfTheLibraryIsLoadedBeforeABucketIsNamed() throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path said = folder.resolve("loaded");
    Process process =
        new ProcessBuilder(
                java.toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xlog:class+load:file=" + said,
                "-cp",
                System.getProperty("java.class.path"),
                "leadglass.app.Main",
                "backup",
                "--help")
            .redirectErrorStream(true)
            .start();
    String help = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(help).contains("s3://BUCKET");
    Set<String> loaded = new HashSet<>();
    try (java.util.stream.Stream<String> lines = Files.lines(said)) {
      lines.filter(line -> line.contains("software.amazon")).forEach(loaded::add);
    }
    assertThat(loaded).isEmpty();
  }
}
