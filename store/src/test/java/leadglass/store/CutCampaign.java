package leadglass.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
  private List<Ward> wards = List.of();

  private CutCampaign(Consumer<String> told) throws IOException {
    this.told = told;
    this.grounds = Grounds.fresh();
  }

  /// @param told what was found wrong, with the seed and number of the trial
  static Tally run(int trials, long seed, Consumer<String> told) throws IOException {
    CutCampaign campaign = new CutCampaign(told);
    try {
      for (int trial = 0; trial < trials; trial++) {
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
    wards = new ArrayList<>();
    for (int ward = 1; ward <= 1 + new Random(seed).nextInt(WARDS_MAX); ward++) {
      wards.add(new Ward(ward, seed));
    }
  }

  private void trial(long seed, int trial) throws IOException {
    Random random = new Random(seed * 1_000_003 + trial);
    String where = "cut trial %d of seed %d: ".formatted(trial, seed);
    List<String> wrong = new ArrayList<>();
    cutWhileOpening(random);
    Path memory = InMemory.folder();
    Path older = memory.resolve("index");
    disk = disk.restarted(random, Long.MAX_VALUE);
    try (Store store = grounds.open(random.nextInt(3) - 1, _ -> disk, event -> {})) {
      SiteId site = Grounds.site(store);
      wrong.addAll(Inspection.of(store, site, wards));
      Folders.copy(grounds.index(), older);
      disk.powerFor(random.nextInt(STEPS_MAX));
      work(new Actor(store, site), wrong);
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

  /// Now and then the power goes again before the store is open.
  private void cutWhileOpening(Random random) throws IOException {
    while (random.nextInt(4) == 0) {
      disk = disk.restarted(random, random.nextInt(STEPS_OPENING_MAX));
      try (Store _ = grounds.open(0, _ -> disk, event -> {})) {
        disk.cut();
      } catch (IOException e) {
        if (!disk.isOff()) {
          throw e;
        }
      }
    }
  }

  private void indexes(Random random, Path older) throws IOException {
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
      tally.acknowledged.incrementAndGet();
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
