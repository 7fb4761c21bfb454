package leadglass.archive;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// Slows guessing at sign-in, by account and by address, the same for accounts that exist and those
/// that don't.
///
/// Strictly by address, and by account and address together. An account as a whole waits a few
/// seconds at most, and not at all where it was signed in to before: nobody is locked out because
/// somebody else guesses.
///
/// Safe for use by several threads.
final class Slowdown {
  private static final int KEYS_MAX = 20_000;
  private static final Tries.Pace STRICT =
      new Tries.Pace(2, Duration.ofSeconds(2), Duration.ofMinutes(5));
  private static final Tries.Pace MILD =
      new Tries.Pace(10, Duration.ofSeconds(1), Duration.ofSeconds(5));

  private final Tries pairs;
  private final Tries addresses;
  private final Tries accounts;
  private final ReentrantLock lock = new ReentrantLock();

  /// Accounts and addresses that went together once; the longest untouched first.
  private final Map<String, Boolean> homes = new LinkedHashMap<>(16, 0.75f, true);

  Slowdown(InstantSource clock) {
    this.pairs = new Tries(clock, STRICT, KEYS_MAX);
    this.addresses = new Tries(clock, STRICT, KEYS_MAX);
    this.accounts = new Tries(clock, MILD, KEYS_MAX);
  }

  /// One try. Counted as wrong from the start, so that a thousand at once are no way round;
  /// [#right] and [#untried] take it back.
  ///
  /// @return how long to wait, and then nothing was counted; empty: go on
  Optional<Duration> knock(String account, String address) {
    String from = Address.counted(address);
    String pair = pair(account, from);
    lock.lock();
    try {
      Stream<Optional<Duration>> strict = Stream.of(pairs.wait(pair), addresses.wait(from));
      Stream<Optional<Duration>> waits =
          homes.containsKey(pair) ? strict : Stream.concat(strict, mild(account));
      Optional<Duration> longest = waits.flatMap(Optional::stream).max(Duration::compareTo);
      if (longest.isEmpty()) {
        pairs.count(pair);
        addresses.count(from);
        accounts.count(account);
      }
      return longest;
    } finally {
      lock.unlock();
    }
  }

  private Stream<Optional<Duration>> mild(String account) {
    return Stream.of(accounts.wait(account));
  }

  /// The try was right: what this account did wrong from this address is forgotten. What was tried
  /// on other accounts from there is not, or one account of one's own would buy guesses at others.
  void right(String account, String address) {
    String from = Address.counted(address);
    String pair = pair(account, from);
    lock.lock();
    try {
      forgive(account, from, pair, pairs.wrong(pair));
      homes.put(pair, true);
      if (homes.size() > KEYS_MAX) {
        homes.remove(homes.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  /// Nothing was tried after all.
  void untried(String account, String address) {
    String from = Address.counted(address);
    lock.lock();
    try {
      forgive(account, from, pair(account, from), 1);
    } finally {
      lock.unlock();
    }
  }

  private void forgive(String account, String from, String pair, int wrong) {
    pairs.forgive(pair, wrong);
    addresses.forgive(from, wrong);
    accounts.forgive(account, wrong);
  }

  private static String pair(String account, String from) {
    return account + " " + from; // an account's name has no space
  }
}
