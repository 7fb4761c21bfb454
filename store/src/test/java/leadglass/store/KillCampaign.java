package leadglass.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Kills a process that works in an archive at random moments, while it opens, works and closes,
/// and looks whether everything it said is true. The same archive goes through many kills. On a
/// lossy floor the power goes with the process.
final class KillCampaign {
  private static final int TRIALS_AN_ARCHIVE = 20;
  private static final int WARDS_MAX = 4;
  private static final int ACTS_MAX = 80;
  private static final int ACT_MILLIS_MAX = 80;
  private static final int UPGRADES = 4;
  private static final int UPGRADE_STEPS = Upgrade.Step.values().length;
  private static final int OPENING_MILLIS_MAX = 900;
  private static final int CLOSING_MILLIS_MAX = 60;

  private final Tally tally = new Tally();
  private final Consumer<String> told;
  private final Floor floor;
  private Grounds grounds;
  private AtomicLong moments = new AtomicLong();
  private Ward before = Ancestor.NOTHING.ward(moments);
  private List<Ward> wards = List.of();
  private int upgrading;
  private boolean upgraded;

  private KillCampaign(Floor floor, Consumer<String> told) throws IOException {
    this.floor = floor;
    this.told = told;
    this.grounds = Grounds.fresh();
  }

  static Tally run(Floor floor, int trials, long seed, Consumer<String> told) throws IOException {
    return run(floor, 0, trials, seed, told);
  }

  /// @param from number of the first trial, of which an archive begins
  /// @param told what was found wrong, with the seed and number of the trial
  static Tally run(Floor floor, int from, int to, long seed, Consumer<String> told)
      throws IOException {
    KillCampaign campaign = new KillCampaign(floor, told);
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
    moments = new AtomicLong();
    Random random = new Random(seed);
    int count = 1 + random.nextInt(WARDS_MAX);
    Ancestor ancestor = Ancestor.of(random);
    floor.plant(ancestor, grounds);
    upgrading = ancestor == Ancestor.VERSION_1 ? UPGRADES : 0;
    upgraded = ancestor != Ancestor.VERSION_1;
    before = ancestor.ward(moments);
    wards = new ArrayList<>();
    for (int ward = 1; ward <= count; ward++) {
      wards.add(new Ward(ward, seed, moments));
    }
  }

  private void trial(long seed, int trial) throws IOException {
    Random random = new Random(seed * 1_000_003 + trial);
    String where = "kill trial %d of seed %d: ".formatted(trial, seed);
    List<String> wrong = new ArrayList<>();
    floor.begin(grounds, random);
    int steps = upgrading-- > 0 ? 1 + random.nextInt(UPGRADE_STEPS) : 0;
    try (ServantProcess servant = new ServantProcess(grounds, random.nextInt(3) - 1, steps)) {
      if (steps == 0 && random.nextInt(10) == 0) {
        pause(random.nextInt(OPENING_MILLIS_MAX)); // killed while it opens
      } else if (isReady(servant, steps > 0, wrong)) {
        work(servant, random, wrong);
      }
      servant.kill();
      if (!servant.failure().isEmpty() && !floor.fails()) {
        wrong.add("failed before it was killed: " + servant.failure());
      }
    } finally {
      floor.end();
    }
    if (floor.forgets()) {
      wards.forEach(Ward::forgetMentions);
    }
    inspect(random, wrong);
    for (String each : wrong) {
      told.accept(where + each);
      tally.lost.add(where + each);
    }
    if (!wrong.isEmpty()) {
      wards.forEach(ward -> ward.history.forEach(each -> told.accept("  " + each)));
      begin(seed + trial); // what is lost once would be missed again and again
    }
  }

  private boolean isReady(ServantProcess servant, boolean mayEnd, List<String> wrong) {
    try {
      servant.ready();
      upgraded = true;
      return true;
    } catch (IOException e) {
      if (!mayEnd && !floor.fails()) {
        wrong.add("a process can't open it: " + Tally.causes(e));
      }
      return false;
    }
  }

  private static void pause(int millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis); // the moment of the kill: nothing to wait for
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Until it is killed, after so many acts altogether, or while it closes.
  private void work(ServantProcess servant, Random random, List<String> wrong) {
    AtomicInteger left = new AtomicInteger(1 + random.nextInt(ACTS_MAX));
    boolean closing = random.nextInt(8) == 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < wards.size(); i++) {
        int number = i;
        var _ =
            threads.submit(() -> {
              while (work(servant, number, threads, wrong)) {
                int now = left.decrementAndGet();
                if (closing && now <= 0) {
                  return;
                }
                if (now == 0) {
                  servant.kill(); // while the others are at work
                }
              }
            });
      }
    }
    if (closing) {
      servant.end();
      pause(random.nextInt(CLOSING_MILLIS_MAX));
    }
  }

  private boolean work(
      ServantProcess servant, int number, ExecutorService threads, List<String> wrong) {
    Ward ward = wards.get(number);
    Act act = ward.next();
    if (ward.isLast(act)) {
      int millis = ward.millis(ACT_MILLIS_MAX);
      var _ =
          threads.submit(() -> {
            pause(millis);
            servant.kill();
          });
    }
    try {
      Act.Reply reply = servant.perform(number, act);
      tally.add(act.kind(), reply);
      if (!ward.answered(reply)) {
        synchronized (wrong) {
          wrong.add("%s of %s among %s".formatted(reply, act, ward.comings));
        }
      }
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /// In a copy, so that the next process finds what the killed one left; now and then on a volume
  /// that is full by then.
  private void inspect(Random random, List<String> wrong) throws IOException {
    Path left = floor.left(grounds);
    Grounds copy = grounds.copy(left);
    TestVolume volume = new TestVolume();
    if (random.nextInt(4) == 0) {
      volume.fill(0);
    }
    if (!upgraded) {
      before.comings.forEach(
          each -> each.name = "-"); // made anew by each upgrade until one is done
    }
    boolean asked = wards.stream().anyMatch(Ward::asksForBackup);
    SafePlace place = new SafePlace(left);
    List<Ward> all = new ArrayList<>(wards);
    all.add(before);
    try (Store store = copy.open(random.nextInt(3) - 1, volume)) {
      wrong.addAll(Inspection.of(store, Grounds.site(store), place, all));
    } catch (IOException e) {
      wrong.add("it can't be opened: " + Tally.causes(e));
    }
    wrong.addAll(RestoredInspection.now(asked, random, place, copy, all, tally));
    copy.delete();
  }
}
