package leadglass.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Cuts the power at random steps while several threads work in an archive, loses, tears and
/// reorders what was not synced, and looks whether everything that was acknowledged is true. The
/// indexes are as they were, as they were a while ago, or gone.
final class CutCampaign {
  private static final int TRIALS_AN_ARCHIVE = 15;
  private static final int WARDS_MAX = 4;
  private static final int STEPS_MAX = 250;
  private static final int STEPS_OPENING_MAX = 6;

  private final Tally tally = new Tally();
  private final Consumer<String> told;
  private Grounds grounds;
  private BlockDisk disk = new BlockDisk(0);
  private AtomicLong moments = new AtomicLong();
  private Ward before = Ancestor.NOTHING.ward(moments);
  private List<Ward> wards = List.of();

  private CutCampaign(Consumer<String> told) throws IOException {
    this.told = told;
    this.grounds = Grounds.fresh();
  }

  static Tally run(int trials, long seed, Consumer<String> told) throws IOException {
    return run(0, trials, seed, told);
  }

  /// @param from number of the first trial, of which an archive begins
  /// @param told what was found wrong, with the seed and number of the trial
  static Tally run(int from, int to, long seed, Consumer<String> told) throws IOException {
    CutCampaign campaign = new CutCampaign(told);
    try {
      for (int trial = from; trial < to; trial++) {
        if (trial % TRIALS_AN_ARCHIVE == 0) {
          campaign.begin(seed + trial);
        }
        campaign.trial(seed, trial);
      }
    } finally {
      campaign.grounds.delete();
    }
    return campaign.tally;
  }

  private void begin(long seed) throws IOException {
    grounds.delete();
    grounds = Grounds.fresh();
    disk = new BlockDisk(Long.MAX_VALUE);
    moments = new AtomicLong();
    Random random = new Random(seed);
    int count = 1 + random.nextInt(WARDS_MAX);
    Ancestor ancestor = Ancestor.of(random);
    ancestor.plantKeys(grounds.disk(), grounds);
    ancestor.plantPacks(disk);
    before = ancestor.ward(moments);
    wards = new ArrayList<>();
    for (int ward = 1; ward <= count; ward++) {
      wards.add(new Ward(ward, seed, moments));
    }
  }

  private void trial(long seed, int trial) throws IOException {
    Random random = new Random(seed * 1_000_003 + trial);
    String where = "cut trial %d of seed %d: ".formatted(trial, seed);
    List<String> wrong = new ArrayList<>();
    List<Ward> all = new ArrayList<>(wards);
    all.add(before);
    cutWhileOpening(random);
    Path memory = InMemory.folder();
    Path older = memory.resolve("index");
    disk = disk.restarted(random, Long.MAX_VALUE);
    TestVolume volume = new TestVolume();
    SafePlace place = grounds.safePlace();
    try (Store store = grounds.open(random.nextInt(3) - 1, volume, _ -> disk, step -> {})) {
      SiteId site = Grounds.site(store);
      boolean asked = wards.stream().anyMatch(Ward::asksForBackup);
      wrong.addAll(Inspection.of(store, site, place, all));
      wrong.addAll(RestoredInspection.now(asked, random, place, grounds, all, tally));
      Folders.copy(grounds.index(), older);
      disk.powerFor(random.nextInt(STEPS_MAX));
      BackupPlace to = new CuttingPlace(place.to(), disk);
      work(new Actor(store, site, volume, () -> place.order(to)), wrong);
    } catch (IOException e) {
      if (!disk.isOff()) {
        wrong.add("failed without power loss: " + Tally.causes(e));
      }
    }
    wards.forEach(Ward::forgetMentions);
    indexes(random, older);
    Folders.delete(memory);
    for (String each : wrong) {
      told.accept(where + each);
      tally.lost.add(where + each);
    }
    if (!wrong.isEmpty()) {
      wards.forEach(ward -> ward.history.forEach(each -> told.accept("  " + each)));
      begin(seed + trial); // what is lost once would be missed again and again
    }
  }

  /// Now and then the power goes again before the store is open, at a step of an upgrade if there
  /// is one.
  private void cutWhileOpening(Random random) throws IOException {
    while (random.nextInt(4) == 0) {
      disk = disk.restarted(random, random.nextInt(STEPS_OPENING_MAX));
      List<Upgrade.Step> steps = List.copyOf(EnumSet.allOf(Upgrade.Step.class));
      Upgrade.Step last = steps.get(random.nextInt(steps.size()));
      int years = random.nextInt(3) - 1;
      try (Store _ = grounds.open(years, new TestVolume(), _ -> disk, step -> cut(step, last))) {
        disk.cut();
      } catch (IOException | UncheckedIOException e) {
        if (!disk.isOff()) {
          throw e;
        }
      }
    }
  }

  private void cut(Upgrade.Step step, Upgrade.Step last) {
    if (step == last) {
      disk.cut();
      throw new UncheckedIOException(new BlockDisk.PowerLossException());
    }
  }

  private void indexes(Random random, Path older) throws IOException {
    if (!Files.exists(grounds.index())) {
      return; // the power went before there was one
    }
    switch (random.nextInt(3)) {
      case 0 -> Folders.delete(grounds.index());
      case 1 -> {
        if (Files.exists(older)) {
          Folders.delete(grounds.index());
          Folders.copy(older, grounds.index());
        }
      }
      default -> {} // they reached the disk
    }
  }

  /// Until the power goes.
  private void work(Actor actor, List<String> wrong) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Ward ward : wards) {
        var _ =
            threads.submit(() -> {
              while (work(actor, ward, wrong)) {
                // on and on
              }
            });
      }
    }
  }

  private boolean work(Actor actor, Ward ward, List<String> wrong) {
    Act act = ward.next();
    try {
      Act.Reply reply = actor.perform(act);
      tally.add(act.kind(), reply);
      if (!ward.answered(reply)) {
        add(wrong, "%s of %s among %s".formatted(reply, act, ward.comings));
      }
      return true;
    } catch (IOException e) {
      if (!disk.isOff()) {
        add(wrong, "failed without power loss: " + Tally.causes(e));
      }
      return false;
    } catch (RuntimeException e) {
      add(wrong, "broke: " + Tally.causes(e));
      return false;
    }
  }

  private static void add(List<String> wrong, String what) {
    synchronized (wrong) {
      wrong.add(what);
    }
  }
}
