package leadglass.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static leadglass.store.Samples.bytes;
import static leadglass.store.Samples.filing;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import leadglass.store.catalogue.Catalogue;
import leadglass.store.catalogue.StudyEntry;
import leadglass.store.keys.KeyStore;
import leadglass.store.pack.FileDisk;
import leadglass.store.pack.PackLog;
import leadglass.store.registry.SqlRegistry;
import leadglass.store.seal.Seal;
import leadglass.store.search.Cursors;
import leadglass.store.search.StudyIndex;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One bit at a time of a small archive's catalogue, search and registry is changed: what is asked
/// then is answered as before, or not at all, or a check tells that something is wrong.
/// `-Dleadglass.flips=all` changes every single one, which takes hours; `-Dleadglass.flips=SEED`
/// the ones of that seed.
class FlippedIndexTest {
  private static final int TRIALS = 200;
  private static final int STUDIES = 5;

  @TempDir Path folder;
  private StoreFolder place;
  private SiteId site = new SiteId("0".repeat(32));

  /// What became of the trials.
  private final TreeMap<String, Integer> counts = new TreeMap<>();

  @BeforeEach
  void fill() throws IOException {
    place = new StoreFolder(folder);
    try (Store store = place.open()) {
      site = store.createSite();
      for (int study = 1; study <= STUDIES; study++) {
        for (int instance = 1; instance <= 4; instance++) {
          Samples.file(
              store, filing(site, study, 1 + instance % 2, instance), bytes(instance, 300));
        }
      }
      StudyName deleted = store.lifecycle().name(site, Samples.studyUid(2)).orElseThrow();
      Lifecycle.Doing doing = new Lifecycle.Doing("tester", List.of());
      store.lifecycle().delete(site, deleted, "why".getBytes(UTF_8), doing);
      for (int i = 0; i < 3; i++) {
        store.registry().put("person", "person-" + i, 0, ("document " + i).getBytes(UTF_8));
        store.registry().put("device", "device-" + i, 0, ("document " + i).getBytes(UTF_8));
      }
    }
  }

  /// A place in a file, and which bit of it.
  private record Flip(Path file, int at, int bit) {
    void make() throws IOException {
      byte[] whole = Files.readAllBytes(file);
      whole[at] ^= (byte) (1 << bit);
      Files.write(file, whole);
    }
  }

  private interface Trial {
    /// @return what became of it; null if another answer was given and nobody noticed
    @Nullable String run() throws IOException;
  }

  private void flip(List<Path> files, Trial trial) throws IOException {
    String wanted = System.getProperty("leadglass.flips", "");
    if (wanted.equals("all")) {
      for (Path file : files) {
        for (int at = 0; at < Files.size(file); at++) {
          for (int bit = 0; bit < 8; bit++) {
            run(new Flip(file, at, bit), trial);
          }
        }
      }
      return;
    }
    long seed = wanted.isEmpty() ? new SecureRandom().nextLong() : Long.parseLong(wanted);
    System.out.println("flips of seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < TRIALS; i++) {
      Path file = files.get(i < files.size() ? i : random.nextInt(files.size()));
      byte[] whole = Files.readAllBytes(file);
      int at = random.nextInt(whole.length);
      for (int tries = 0; tries < 20 && whole[at] == 0 && i % 4 != 0; tries++) {
        at = random.nextInt(whole.length); // most of a page is empty
      }
      run(new Flip(file, at, random.nextInt(8)), trial);
    }
  }

  private void run(Flip flip, Trial trial) throws IOException {
    String what =
        String.format("bit %d of byte %d of %s", flip.bit, flip.at, flip.file.getFileName());
    byte[] before = Files.readAllBytes(flip.file());
    flip.make();
    try {
      run(what, trial);
    } finally {
      Files.write(flip.file(), before);
    }
  }

  private void run(String what, Trial trial) throws IOException {
    String became;
    try {
      became = trial.run();
    } catch (RuntimeException e) {
      throw new AssertionError(what, e);
    }
    assertThat(became).as(what).isNotNull();
    counts.merge(became, 1, Integer::sum);
  }

  /// Makes every cell of every table NULL in turn, whatever the table was made to refuse.
  private void lose(Path file, Trial trial) throws IOException {
    byte[] before = Files.readAllBytes(file);
    for (String cell : cells(file)) {
      String table = cell.substring(0, cell.indexOf('.'));
      String column = cell.substring(table.length() + 1);
      change(
          file,
          "PRAGMA writable_schema = 1",
          "UPDATE sqlite_master SET sql = replace(sql, 'NOT NULL', '')",
          "PRAGMA writable_schema = RESET",
          "UPDATE " + table + " SET " + column + " = NULL");
      try {
        run(cell + " is NULL", trial);
      } finally {
        Files.write(file, before);
      }
    }
  }

  /// `table.column` of what may be NULL in a file: not what SQLite itself counts rows by.
  private static List<String> cells(Path file) throws IOException {
    List<String> cells = new ArrayList<>();
    String sql =
        "SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) c"
            + " WHERE m.type = 'table' AND NOT (c.pk > 0 AND c.type = 'INTEGER')";
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        cells.add(row.getString(1));
      }
      return cells;
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private static void change(Path file, String... sql) throws IOException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String each : sql) {
        statement.execute(each);
      }
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (SQLException e) {
      throw new IOException(String.join("; ", sql), e);
    }
    Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-wal"));
    Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-shm"));
  }

  private KeyStore keys() throws IOException {
    return KeyStore.open(place.data.resolve("keys").resolve("keys.db"), place.key().key());
  }

  @Test
  void noBitOfCatalogueOrSearchChangesAnAnswerUnnoticed() throws IOException {
    Path index = place.data.resolve("index");
    Path trial = folder.resolve("trial");
    try (KeyStore keys = keys();
        FileDisk packs = new FileDisk(place.data.resolve("packs"));
        PackLog log = PackLog.open(packs, new SecureRandom(), PackLog.Limits.USUAL)) {
      Cursors cursors = new Cursors(Seal.derive(keys.root(), "cursors"));
      Opened opened = new Opened(index, log, keys, cursors);
      List<String> answers = opened.ask(site);
      opened.close();
      assertThat(answers).hasSizeGreaterThan(30);
      List<Path> files = new ArrayList<>();
      for (int i = 0; i < 5; i++) { // the catalogue more often
        files.add(index.resolve("catalogue.db"));
      }
      files.addAll(Folders.files(index.resolve("search")));
      files.removeIf(file -> !Files.exists(file) || size(file) == 0);
      Trial copied =
          () -> {
            Folders.copy(index, trial);
            try {
              return outcome(new Opened(trial, log, keys, cursors), answers);
            } finally {
              Folders.delete(trial);
            }
          };
      flip(files, copied);
      assertThat(counts).containsKeys("the same answers");
      lose(index.resolve("catalogue.db"), copied);
    }
    System.out.println("catalogue and search: " + counts);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable String outcome(Opened opened, List<String> answers) throws IOException {
    try (opened) {
      List<String> now;
      try {
        now = opened.ask(site);
      } catch (UncheckedIOException _) {
        return "an error";
      }
      if (now.equals(answers)) {
        return opened.rebuilt() ? "made anew" : "the same answers";
      }
      return opened.index.check(Progress.NONE).agrees() ? null : "found by the check";
    }
  }

  /// Catalogue and search as a store opens them.
  private static final class Opened implements AutoCloseable {
    private final KeyStore keys;
    private final List<StoreEvent> events = new ArrayList<>();
    private final Catalogue catalogue;
    private final StudyIndex search;
    final Index index;

    Opened(Path folder, PackLog log, KeyStore keys, Cursors cursors) throws IOException {
      this.keys = keys;
      Indexes indexes = new Indexes(folder, log, keys, events::add);
      this.catalogue = indexes.catalogue();
      this.search = indexes.search(catalogue, cursors);
      this.index = indexes.index(catalogue, search, cursors);
    }

    boolean rebuilt() {
      return !events.isEmpty();
    }

    List<String> ask(SiteId site) {
      List<String> lines = new ArrayList<>();
      lines.add("totals " + catalogue.totals());
      lines.add("packs " + catalogue.packEntries());
      for (int study = 1; study <= STUDIES; study++) {
        var uid = Samples.studyUid(study);
        lines.add("study " + catalogue.study(site, uid).map(this::line));
        catalogue.series(site, uid).forEach(each -> lines.add(each.series() + " " + each));
        catalogue.instances(site, uid, Optional.empty()).forEach(each -> lines.add(line(each)));
        catalogue
            .instances(site, uid, Optional.of(Samples.seriesUid(study, 1)))
            .forEach(each -> lines.add(line(each)));
        for (int instance = 1; instance <= 4; instance++) {
          byte[] hash =
              keys.hash(site, "instance", Samples.instanceUid(study, 1 + instance % 2, instance));
          lines.add("instance " + catalogue.instance(site, hash).map(Opened::line));
        }
      }
      catalogue
          .aside(site, Optional.empty(), 100)
          .forEach(each ->
              lines.add(
                  line(each.study())
                      + each.asideMillis()
                      + each.by()
                      + new String(each.reason(), UTF_8)));
      lines.add("apart " + catalogue.apart(site, 0, 10).size());
      for (var condition :
          List.of(
              new StudySearch.Condition.Wildcard(StudySearch.Field.PATIENT_NAME, "*nary*"),
              new StudySearch.Condition.Equal(StudySearch.Field.PATIENT_ID, "CANARYID3"))) {
        var hits = search.search(Samples.all(site, condition));
        lines.add("found " + hits.total());
        hits.studies().forEach(name -> lines.add(HexFormat.of().formatHex(name)));
      }
      return lines;
    }

    private String line(StudyEntry study) {
      return String.join(
          " ",
          study.value().study().value(),
          HexFormat.of().formatHex(study.value().attributes()),
          study.aside() + " " + study.seriesCount() + " " + study.instanceCount(),
          study.bytes() + " " + study.receivedMillis() + " " + study.changedMillis(),
          study.value().terms().patientNames() + " " + study.value().terms().modalities());
    }

    private static String line(InstanceRow row) {
      return row.sopInstance().value()
          + " "
          + row.series().value()
          + " "
          + row.dataSetBytes()
          + " "
          + HexFormat.of().formatHex(row.attributes())
          + row.location();
    }

    @Override
    public void close() throws IOException {
      search.close();
      catalogue.close();
    }
  }

  @Test
  void noBitOfTheRegistryChangesAnAnswerUnnoticed() throws IOException {
    Path trial = folder.resolve("registry-trial.db");
    Path file = place.data.resolve("registry.db");
    try (KeyStore keys = keys()) {
      List<String> answers = entries(file, keys);
      assertThat(answers).hasSize(12);
      Trial copied =
          () -> {
            Files.copy(file, trial);
            try {
              return outcome(trial, keys, answers);
            } finally {
              for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
                Files.deleteIfExists(folder.resolve("registry-trial.db" + suffix));
              }
            }
          };
      flip(List.of(file), copied);
      lose(file, copied);
    }
    System.out.println("registry: " + counts);
    assertThat(counts).containsKeys("the same answers", "an error");
  }

  private @Nullable String outcome(Path file, KeyStore keys, List<String> answers)
      throws IOException {
    List<String> now;
    try {
      now = entries(file, keys);
    } catch (IOException | UncheckedIOException _) {
      return "an error";
    }
    if (now.equals(answers)) {
      return "the same answers";
    }
    try (SqlRegistry registry = SqlRegistry.open(file, keys.root(), place.key().key(), () -> {})) {
      return registry.damage().isEmpty() ? null : "found by the check";
    }
  }

  private List<String> entries(Path file, KeyStore keys) throws IOException {
    List<String> lines = new ArrayList<>();
    try (SqlRegistry registry = SqlRegistry.open(file, keys.root(), place.key().key(), () -> {})) {
      for (String kind : List.of("person", "device")) {
        registry.list(kind).forEach(each -> lines.add(line(each)));
        for (int i = 0; i < 3; i++) {
          lines.add(registry.find(kind, kind + "-" + i).map(FlippedIndexTest::line).orElse("none"));
        }
      }
    }
    return lines;
  }

  private static String line(Registry.Entry entry) {
    return entry.kind() + entry.key() + entry.version() + new String(entry.document(), UTF_8);
  }
}
