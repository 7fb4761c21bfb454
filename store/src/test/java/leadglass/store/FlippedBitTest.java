package leadglass.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static leadglass.store.Samples.bytes;
import static leadglass.store.Samples.filing;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import leadglass.store.keys.KeyStore;
import leadglass.store.pack.Damage;
import leadglass.store.pack.EventFrames;
import leadglass.store.pack.FileDisk;
import leadglass.store.pack.LifeEvent;
import leadglass.store.pack.Pace;
import leadglass.store.pack.PackCheck;
import leadglass.store.pack.PackLog;
import leadglass.store.pack.Records.Kept;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One bit at a time of a small archive's packs is changed: verifying finds it, and nothing but the
/// right bytes is ever given out. `-Dleadglass.flips=all` changes every single one, which takes
/// hours; `-Dleadglass.flips=SEED` the ones of that seed.
class FlippedBitTest {
  private static final int TRIALS = 200;
  private static final int REOPENED = 20;

  /// So small that one large instance lies in ordinary packs and another in one of its own.
  private static final PackLog.Limits LIMITS = new PackLog.Limits(1_300_000, 1_200_000);

  private static final Map<Integer, Integer> LENGTHS =
      new TreeMap<>(Map.of(1, 300, 2, 70_000, 3, (1 << 20) + 5, 4, 1_600_000, 5, 0));

  @TempDir Path folder;
  private StoreFolder place;
  private SiteId site = new SiteId("0".repeat(32));
  private FlippedDisk disk;
  private List<String> audit = List.of();

  @BeforeEach
  void fill() throws IOException {
    place = new StoreFolder(folder);
    try (Store store = place.open(means(FileDisk::new))) {
      site = store.createSite();
      for (Map.Entry<Integer, Integer> each : LENGTHS.entrySet()) {
        Filing filing = filing(site, 1, 1, each.getKey());
        Samples.file(store, filing, bytes(each.getKey(), each.getValue()));
        store.audit(List.of(Samples.audit("looked at " + each.getKey())), true);
      }
      audit = audit(store);
    }
    events();
    disk = FlippedDisk.of(new FileDisk(place.data.resolve("packs")));
  }

  private static Means means(Means.Opening<leadglass.store.pack.Disk> disk) {
    Means usual = StoreFolder.means(disk);
    return new Means(usual.disk(), usual.volume(), usual.reserveBytes(), LIMITS);
  }

  /// Two batches of events in a pack of their own.
  private void events() throws IOException {
    try (KeyStore keys = keys();
        FileDisk packs = new FileDisk(place.data.resolve("packs"));
        PackLog log = PackLog.open(packs, new SecureRandom(), LIMITS)) {
      for (int batch = 0; batch < 2; batch++) {
        List<List<ByteBuffer>> frames = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          LifeEvent event =
              new LifeEvent(
                  site,
                  bytes(i, 16),
                  i + 1,
                  LifeEvent.Kind.ACCEPTED,
                  1_700_000_000_000L,
                  "nobody",
                  bytes(100 + i, 16),
                  List.of(),
                  new byte[] {1});
          frames.add(List.of(EventFrames.frame(event, keys.site(site).events())));
        }
        log.appendBatch(frames);
        log.force();
      }
    }
  }

  private KeyStore keys() throws IOException {
    return KeyStore.open(place.data.resolve("keys").resolve("keys.db"), place.key().key());
  }

  private static List<String> audit(Store store) throws IOException {
    List<String> entries = new ArrayList<>();
    store.trail().read(0, (_, entry) -> entries.add(new String(entry.entry(), US_ASCII)));
    return entries;
  }

  /// Everything a pack's check tells.
  private static final class Findings implements PackCheck.Told {
    final List<Damage> damages = new ArrayList<>();
    int kept;

    @Override
    public void damaged(Damage damage) {
      damages.add(damage);
    }

    @Override
    public void kept(Kept each) {
      kept++;
    }
  }

  private PackCheck check(KeyStore keys) throws IOException {
    AuditSeals seals = new AuditSeals(keys.audit(), new SecureRandom());
    AuditSeals.Opener opener =
        seals
        .new Opener(
            new AuditSeals.Keys() {
              @Override
              public Optional<KeyStore.StudyKey> of(Audit.Subject subject) {
                return Optional.empty();
              }

              @Override
              public Optional<KeyStore.StudyKey> named(SiteId of, byte[] name) throws IOException {
                return keys.named(of, name);
              }
            });
    return new PackCheck(disk, keys, opener::open);
  }

  private Findings findings(PackCheck check) {
    Findings found = new Findings();
    for (String pack : disk.packs()) {
      PackCheck.Result result = check.check(pack, OptionalLong.empty(), Pace.FREE, found);
      assertThat(result.finished()).isTrue();
    }
    return found;
  }

  @Test
  void aWholeArchiveIsFoundWhole() throws IOException {
    try (KeyStore keys = keys()) {
      PackCheck check = check(keys);
      long bytes = 0;
      long live = 0;
      Findings found = new Findings();
      for (String pack : disk.packs()) {
        PackCheck.Result result = check.check(pack, OptionalLong.empty(), Pace.FREE, found);
        assertThat(result.deadBytes() + result.tornBytes()).isZero();
        bytes += disk.size(pack);
        live += result.liveBytes();
        live += result.undecided().values().stream().mapToLong(each -> each).sum();
      }
      assertThat(found.damages).isEmpty();
      assertThat(found.kept).isEqualTo(LENGTHS.size());
      assertThat(live).isEqualTo(bytes);
    }
  }

  /// The bits to try: every one, or some of each region of each pack.
  private List<Long> bits(String pack, String seed) {
    long all = disk.size(pack) * 8;
    List<Long> bits = new ArrayList<>();
    if (seed.equals("all")) {
      for (long bit = 0; bit < all; bit++) {
        bits.add(bit);
      }
      return bits;
    }
    Random random = new Random(Long.parseLong(seed) ^ pack.hashCode());
    int each = TRIALS / disk.packs().size();
    for (int i = 0; i < each; i++) {
      // Half of them where most kinds of bytes lie close together: at the beginning and the end.
      long bit = random.nextLong(i % 2 == 0 ? all : Math.min(all, 8L * 4096));
      bits.add(i % 4 == 1 ? all - 1 - bit : bit);
    }
    return bits;
  }

  @Test
  void everyFlippedBitIsFoundAndNoDamagedByteIsGiven() throws IOException {
    String seed =
        System.getProperty("leadglass.flips", Long.toString(new SecureRandom().nextLong()));
    System.out.println("-Dleadglass.flips=" + seed);
    Store store = place.open(means(_ -> disk));
    try (store;
        KeyStore keys = keys()) {
      PackCheck check = check(keys);
      for (String pack : disk.packs()) {
        for (long bit : bits(pack, seed)) {
          disk.flip(pack, bit);
          String where = "seed " + seed + ", pack " + pack + ", bit " + bit;
          Findings found = new Findings();
          for (String each : disk.packs()) {
            check.check(each, OptionalLong.empty(), Pace.FREE, found);
          }
          assertThat(found.damages).as(where).isNotEmpty();
          assertThat(found.damages).as(where).anyMatch(each -> each.pack().equals(pack));
          served(store, where);
          disk.flip(pack, bit);
        }
      }
    }
  }

  /// What the store gives is right, or it gives nothing.
  private void served(Store store, String where) throws IOException {
    for (Map.Entry<Integer, Integer> each : LENGTHS.entrySet()) {
      byte[] given;
      try {
        given = Samples.read(store, site, Samples.instanceUid(1, 1, each.getKey()));
      } catch (IOException _) {
        continue;
      }
      assertThat(given).as(where).isEqualTo(bytes(each.getKey(), each.getValue()));
    }
    List<String> given;
    try {
      given = audit(store);
    } catch (IOException _) {
      return;
    }
    assertThat(given).as(where).isEqualTo(audit);
  }

  /// With the indexes gone everything is read anew, in spite of the flip.
  @Test
  void anArchiveMadeAnewFromPacksWithAFlippedBitLosesNoMoreThanTheOneRecord() throws IOException {
    long seed = new SecureRandom().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    FlippedDisk whole = disk;
    for (int trial = 0; trial < REOPENED; trial++) {
      disk = whole.copy();
      List<String> packs = new ArrayList<>(whole.packs());
      String pack = packs.get(random.nextInt(packs.size()));
      long bit = random.nextLong(whole.size(pack) * 8);
      disk.flip(pack, bit);
      Folders.delete(place.data.resolve("index"));
      String where = "seed " + seed + ", pack " + pack + ", bit " + bit;
      try (Store store = place.open(means(_ -> disk))) {
        assertThat(store.health().instances()).as(where).isGreaterThanOrEqualTo(LENGTHS.size() - 1);
        int wrong = 0;
        for (Map.Entry<Integer, Integer> each : LENGTHS.entrySet()) {
          if (store.instance(site, Samples.instanceUid(1, 1, each.getKey())).isEmpty()) {
            wrong++;
            continue;
          }
          try {
            assertThat(Samples.read(store, site, Samples.instanceUid(1, 1, each.getKey())))
                .as(where)
                .isEqualTo(bytes(each.getKey(), each.getValue()));
          } catch (IOException _) {
            wrong++;
          }
        }
        assertThat(wrong).as(where).isLessThanOrEqualTo(1);
      }
    }
  }

  /// A run that was killed leaves packs without an end. What it had synced is as safe as ever; only
  /// behind that may damage look like the torn end of the run.
  @Test
  void aFlippedBitInWhatAKilledRunSyncedIsFound() throws IOException {
    long seed = new SecureRandom().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    FlippedDisk killed = disk.withoutEnds();
    int torn = 0;
    try (KeyStore keys = keys()) {
      for (int trial = 0; trial < TRIALS; trial++) {
        disk = killed.copy();
        List<String> packs = new ArrayList<>(disk.packs());
        String pack = packs.get(random.nextInt(packs.size()));
        disk.flip(pack, random.nextLong(disk.size(pack) * 8));
        Findings found = new Findings();
        PackCheck.Result result = check(keys).check(pack, OptionalLong.empty(), Pace.FREE, found);
        boolean side = found.damages.isEmpty() && result.tornBytes() == 0;
        if (side) {
          found = findings(check(keys)); // chunks of a pack of its own are verified from elsewhere
        }
        torn += found.damages.isEmpty() ? 1 : 0;
        assertThat(!found.damages.isEmpty() || result.tornBytes() > 0)
            .as("seed %d, trial %d", seed, trial)
            .isTrue();
      }
    }
    assertThat(torn).isLessThan(TRIALS / 2);
  }

  @Test
  void aDamageTellsWhatItHit() throws IOException {
    try (KeyStore keys = keys()) {
      PackCheck check = check(keys);
      String study = HexFormat.of().formatHex(studyKey(keys).name());
      Map<Damage.Hit, Integer> hits = new TreeMap<>();
      for (String pack : disk.packs()) {
        for (long at = 100; at < disk.size(pack); at += 20_011) {
          disk.flip(pack, at * 8);
          for (Damage each : findings(check).damages) {
            hits.merge(each.hit(), 1, Integer::sum);
            if (each.hit() == Damage.Hit.CHUNKS) {
              assertThat(each.site()).contains(site);
              assertThat(each.study()).contains(study);
              assertThat(each.record()).isPresent();
              assertThat(Math.abs(each.offset() - at)).isLessThanOrEqualTo(70_000);
            }
          }
          disk.flip(pack, at * 8);
        }
      }
      assertThat(hits).containsKeys(Damage.Hit.CHUNKS, Damage.Hit.INSTANCE);
    }
  }

  private KeyStore.StudyKey studyKey(KeyStore keys) throws IOException {
    Filing filing = filing(site, 1, 1, 1);
    return keys.study(site, filing.patient(), filing.study());
  }
}
