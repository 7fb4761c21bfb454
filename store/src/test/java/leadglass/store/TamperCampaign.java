package leadglass.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import leadglass.store.keys.KeyStore;
import leadglass.store.pack.PackLog;
import leadglass.store.trail.Forger;
import leadglass.store.trail.TrailKeys;

/// Bends the trail of a small archive in every way there is, with checksums that fit, and asks
/// whether the check finds it. In one trial of five it is somebody who holds the signing keys and
/// signs everything anew: the checkpoint kept elsewhere tells.
final class TamperCampaign {
  private static final int RUNS = 3;
  private static final int BATCHES = 14;
  private static final int INSIDER_EVERY = 5;

  /// So small that there are several packs.
  private static final PackLog.Limits LIMITS = new PackLog.Limits(12_000, 2_000_000);

  private TamperCampaign() {}

  /// What is done to an archive.
  enum Act {
    ALTER_PAYLOAD,
    ALTER_RECORD,
    REMOVE,
    REMOVE_BATCH,
    SWAP,
    SWAP_BETWEEN_PACKS,
    DUPLICATE,
    MOVE,
    CUT_PACK,
    REMOVE_PACK,
    SWAP_PACKS,
    ALTER_HEAD,
    REMOVE_HEAD,
    SWAP_HEADS,
    ALTER_TILE,
    ALTER_CHECKPOINT,
    ALTER_DAY
  }

  /// What somebody with the keys can sign anew.
  private static final List<Act> OF_ENTRIES =
      List.of(
          Act.ALTER_PAYLOAD,
          Act.ALTER_RECORD,
          Act.REMOVE,
          Act.REMOVE_BATCH,
          Act.SWAP,
          Act.SWAP_BETWEEN_PACKS,
          Act.DUPLICATE,
          Act.MOVE,
          Act.CUT_PACK,
          Act.REMOVE_PACK,
          Act.SWAP_PACKS);

  /// What came of it.
  record Outcome(int tampered, int insiders, List<String> missed) {}

  static Outcome run(Path folder, int trials, long seed, Consumer<String> told) throws IOException {
    StoreFolder place = new StoreFolder(folder.resolve("honest"));
    String elsewhere = build(place);
    TrailKeys keys;
    try (KeyStore store =
        KeyStore.open(place.data.resolve("keys").resolve("keys.db"), place.key().key())) {
      keys = TrailKeys.of(store.audit());
    }
    Tampering honest = Tampering.read(place.data);
    Path copy = folder.resolve("copy");
    honest.write(copy);
    List<String> missed = new ArrayList<>();
    if (!verify(copy, Optional.of(elsewhere)).isConsistent()) {
      missed.add("the honest archive is not consistent");
    }
    int insiders = 0;
    for (int trial = 0; trial < trials; trial++) {
      Random random = new Random(seed + trial);
      boolean insider = trial % INSIDER_EVERY == 0;
      Act act = any(insider ? OF_ENTRIES : List.of(Act.values()), random);
      Tampering bent = honest.copy();
      bend(bent, act, random);
      if (insider) {
        insiders++;
        bent.sign(new Forger(keys));
      }
      bent.write(copy);
      String name = "trial " + trial + ", seed " + seed + ": " + act + (insider ? " signed" : "");
      TrailReport alone = verify(copy, Optional.empty());
      if (insider && !alone.isConsistent()) {
        missed.add(name + ": not signed well: " + alone.problems());
      }
      boolean found =
          insider ? !verify(copy, Optional.of(elsewhere)).isConsistent() : !alone.isConsistent();
      if (!found) {
        missed.add(name + ": not found");
      }
    }
    missed.forEach(told);
    return new Outcome(trials, insiders, missed);
  }

  private static TrailReport verify(Path data, Optional<String> against) throws IOException {
    return Stores.verifyTrail(data, List.of(), against, Progress.NONE);
  }

  /// @return the last checkpoint
  private static String build(StoreFolder place) throws IOException {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T10:00:00Z"));
    Means real = Means.real();
    Means means = new Means(real.disk(), real.volume(), 256 << 10, LIMITS);
    for (int run = 0; run < RUNS; run++) {
      InstantSource clock = now::get;
      try (Store store = PackedStore.open(place.data, place.key(), clock, _ -> {}, means)) {
        SiteId site = run == 0 ? store.createSite() : store.sites().getFirst();
        for (int batch = 0; batch < BATCHES; batch++) {
          List<Audit> entries = new ArrayList<>();
          for (int i = 0; i <= batch % 8; i++) {
            entries.add(TrailTest.entry(1000 * run + 10 * batch + i));
          }
          store.audit(entries, batch % 3 == 0);
          if (batch % 5 == 0) {
            Samples.file(store, Samples.filing(site, 1, run, batch), Samples.bytes(batch, 300));
          }
        }
      }
      now.set(now.get().plusSeconds(86_400));
    }
    return Files.readString(place.data.resolve("trail").resolve("checkpoint"));
  }

  private static <T> T any(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }

  /// A pack that has at least so many frames of a kind.
  private static Tampering.Pack pack(Tampering all, int kind, int least, Random random) {
    return any(all.packs.stream().filter(each -> each.of(kind).size() >= least).toList(), random);
  }

  private static void flip(byte[] bytes, int from, Random random) {
    int at = from + random.nextInt(bytes.length - from);
    bytes[at] ^= (byte) (1 << random.nextInt(8));
  }

  private static void bend(Tampering all, Act act, Random random) {
    switch (act) {
      case ALTER_PAYLOAD -> {
        Tampering.Pack pack = pack(all, Tampering.AUDIT, 1, random);
        flip(pack.frames.get(any(pack.of(Tampering.AUDIT), random)), 40, random);
      }
      case ALTER_RECORD -> {
        Tampering.Pack pack = pack(all, Tampering.AUDIT, 1, random);
        pack.frames.get(any(pack.of(Tampering.AUDIT), random))[12 + random.nextInt(16)] ^= 4;
      }
      case REMOVE -> {
        Tampering.Pack pack = pack(all, Tampering.AUDIT, 1, random);
        pack.frames.remove((int) any(pack.of(Tampering.AUDIT), random));
      }
      case REMOVE_BATCH -> removeBatch(pack(all, Tampering.BATCH, 1, random), random);
      case SWAP -> swap(pack(all, Tampering.AUDIT, 2, random), Tampering.AUDIT, random);
      case SWAP_BETWEEN_PACKS -> swapBetween(all, random);
      case DUPLICATE -> {
        Tampering.Pack pack = pack(all, Tampering.AUDIT, 1, random);
        int from = any(pack.of(Tampering.AUDIT), random);
        pack.frames.add(any(pack.of(Tampering.AUDIT), random), pack.frames.get(from).clone());
      }
      case MOVE -> {
        Tampering.Pack pack = pack(all, Tampering.AUDIT, 3, random);
        List<Integer> places = pack.of(Tampering.AUDIT);
        byte[] frame = pack.frames.remove((int) places.getFirst());
        pack.frames.add(places.getLast(), frame);
      }
      case CUT_PACK -> cut(pack(all, Tampering.HEAD, 2, random), random);
      case REMOVE_PACK -> all.packs.remove(pack(all, Tampering.HEAD, 1, random));
      case SWAP_PACKS -> {
        Tampering.Pack first = all.packs.getFirst();
        Tampering.Pack second = all.packs.get(1 + random.nextInt(all.packs.size() - 1));
        long number = first.number();
        first.number(second.number());
        second.number(number);
      }
      case ALTER_HEAD -> {
        Tampering.Pack pack = pack(all, Tampering.HEAD, 1, random);
        flip(pack.frames.get(any(pack.of(Tampering.HEAD), random)), 40, random);
      }
      case REMOVE_HEAD -> {
        Tampering.Pack pack = pack(all, Tampering.HEAD, 1, random);
        pack.frames.remove((int) any(pack.of(Tampering.HEAD), random));
      }
      case SWAP_HEADS -> swap(pack(all, Tampering.HEAD, 2, random), Tampering.HEAD, random);
      case ALTER_TILE -> flip(file(all, "trail/tile/", random), 0, random);
      case ALTER_CHECKPOINT -> digit(file(all, "trail/checkpoint", random), random);
      case ALTER_DAY -> digit(file(all, "trail/checkpoints/", random), random);
    }
  }

  private static byte[] file(Tampering all, String prefix, Random random) {
    String name =
        any(all.files.keySet().stream().filter(each -> each.startsWith(prefix)).toList(), random);
    byte[] bytes = all.files.getOrDefault(name, new byte[0]).clone();
    all.files.put(name, bytes);
    return bytes;
  }

  /// Changes a digit of the size or the time, or a letter of the root or a signature.
  private static void digit(byte[] text, Random random) {
    int at = random.nextInt(text.length);
    while (!Character.isLetterOrDigit(text[at]) || text[at] < 0) {
      at = random.nextInt(text.length);
    }
    text[at] = (byte) (text[at] == '1' ? '2' : '1');
  }

  private static void removeBatch(Tampering.Pack pack, Random random) {
    List<Integer> ends = pack.of(Tampering.BATCH);
    int which = random.nextInt(ends.size());
    int from = which == 0 ? 0 : ends.get(which - 1) + 1;
    pack.frames.subList(from, ends.get(which) + 1).clear();
  }

  private static void cut(Tampering.Pack pack, Random random) {
    List<Integer> heads = pack.of(Tampering.HEAD);
    int from = heads.get(random.nextInt(heads.size() - 1)) + 2; // behind the batch
    byte[] close = pack.frames.getLast();
    pack.frames.subList(from, pack.frames.size()).clear();
    pack.frames.add(close);
  }

  private static void swap(Tampering.Pack pack, int kind, Random random) {
    List<Integer> places = pack.of(kind);
    int first = random.nextInt(places.size());
    int second = (first + 1 + random.nextInt(places.size() - 1)) % places.size();
    java.util.Collections.swap(pack.frames, places.get(first), places.get(second));
  }

  private static void swapBetween(Tampering all, Random random) {
    Tampering.Pack first = pack(all, Tampering.AUDIT, 1, random);
    Tampering.Pack second =
        any(
            all.packs.stream()
                .filter(each -> each.number() != first.number())
                .filter(each -> !each.of(Tampering.AUDIT).isEmpty())
                .toList(),
            random);
    int one = any(first.of(Tampering.AUDIT), random);
    int other = any(second.of(Tampering.AUDIT), random);
    byte[] frame = first.frames.get(one);
    first.frames.set(one, second.frames.get(other));
    second.frames.set(other, frame);
  }
}
