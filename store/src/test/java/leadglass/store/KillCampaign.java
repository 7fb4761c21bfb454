package leadglass.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Kills a process that works in an archive at random moments, while it opens, works and closes,
/// and looks whether everything it said is true. The same archive goes through many kills. On a
/// lossy floor the power goes with the process.
final class KillCampaign {
  private static final int TRIALS_AN_ARCHIVE = 20;
  private static final int WARDS_MAX = 4;
  private static final int ACTS_MAX = 80;
  private static final int OPENING_MILLIS_MAX = 900;
  private static final int CLOSING_MILLIS_MAX = 60;

  private final Tally tally = new Tally();
  private final Consumer<String> told;
  private final Floor floor;
  private Grounds grounds;
  private List<Ward> wards = List.of();

  private KillCampaign(Floor floor, Consumer<String> told) throws IOException {
    this.floor = floor;
    this.told = told;
    this.grounds = Grounds.fresh();
  }

  /// @param told what was found wrong, with the seed and number of the trial
  static Tally run(Floor floor, int trials, long seed, Consumer<String> told) throws IOException {
    KillCampaign campaign = new KillCampaign(floor, told);
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
    wards = new ArrayList<>();
    for (int ward = 1; ward <= 1 + new Random(seed).nextInt(WARDS_MAX); ward++) {
      wards.add(new Ward(ward, seed));
    }
  }

  private void trial(long seed, int trial) throws IOException {
    Random random = new Random(seed * 1_000_003 + trial);
    String where = "kill trial %d of seed %d: ".formatted(trial, seed);
    List<String> wrong = new ArrayList<>();
    floor.begin(grounds, random);
    try (ServantProcess servant = new ServantProcess(grounds, random.nextInt(3) - 1)) {
      if (random.nextInt(10) == 0) {
        pause(random.nextInt(OPENING_MILLIS_MAX)); // killed while it opens
      } else if (isReady(servant, wrong)) {
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

  private boolean isReady(ServantProcess servant, List<String> wrong) {
    try {
      servant.ready();
      return true;
    } catch (IOException e) {
      if (!floor.fails()) {
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
              while (work(servant, number, wrong)) {
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

  private boolean work(ServantProcess servant, int number, List<String> wrong) {
    Ward ward = wards.get(number);
    Act act = ward.next();
    try {
      Act.Reply reply = servant.perform(number, act);
      tally.acknowledged.incrementAndGet();
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

  /// In a copy, so that the next process finds what the killed one left.
  private void inspect(Random random, List<String> wrong) throws IOException {
    Grounds copy = floor.left(grounds);
    try (Store store = copy.open(random.nextInt(3) - 1)) {
      wrong.addAll(Inspection.of(store, Grounds.site(store), wards));
    } catch (IOException e) {
      wrong.add("it can't be opened: " + Tally.causes(e));
    } finally {
      copy.delete();
    }
  }
}
