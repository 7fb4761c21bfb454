package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlowdownTest {
  private static final String HERE = "192.0.2.7";
  private final HandClock clock = new HandClock();
  private final Slowdown slowdown = new Slowdown(clock);

  private Duration wrongUntilSlowed(String account, String address) {
    Optional<Duration> wait = Optional.empty();
    for (int i = 0; i < 1000 && wait.isEmpty(); i++) {
      wait = slowdown.knock(account, address);
    }
    return wait.orElse(Duration.ZERO);
  }

  @Test
  void theThirdWrongTryAndEachOneAfterDoublesTheWaitUpToFiveMinutes() {
    assertThat(slowdown.knock("alice", HERE)).isEmpty();
    assertThat(slowdown.knock("alice", HERE)).isEmpty();
    assertThat(slowdown.knock("alice", HERE)).isEmpty();
    long seconds = 2;
    for (int i = 0; i < 12; i++) {
      Duration wait = Duration.ofSeconds(Math.min(seconds, 300));
      assertThat(slowdown.knock("alice", HERE)).contains(wait);
      clock.turn(wait.minusMillis(1));
      assertThat(slowdown.knock("alice", HERE)).contains(Duration.ofMillis(1));
      clock.turn(Duration.ofMillis(1));
      assertThat(slowdown.knock("alice", HERE)).isEmpty();
      seconds *= 2;
    }
  }

  @Test
  void anAddressIsSlowedOverAllAccounts() {
    for (int i = 0; i < 3; i++) {
      assertThat(slowdown.knock("user" + i, HERE)).isEmpty();
    }
    assertThat(slowdown.knock("another", HERE)).contains(Duration.ofSeconds(2));
  }

  @Test
  void aSubnetOfIpv6IsOneAddress() {
    for (int i = 0; i < 3; i++) {
      assertThat(slowdown.knock("user" + i, "2001:db8:0:1::" + i)).isEmpty();
    }
    assertThat(slowdown.knock("another", "2001:db8:0:1:ffff::9")).isPresent();
    assertThat(slowdown.knock("another", "2001:db8:0:2::9")).isEmpty();
  }

  @Test
  void guessingFromEverywhereSlowsAnAccountByASecondsFewAtMost() {
    Duration longest = Duration.ZERO;
    for (int i = 0; i < 500; i++) {
      Duration wait = slowdown.knock("alice", "203.0.113." + i).orElse(Duration.ZERO);
      longest = wait.compareTo(longest) > 0 ? wait : longest;
      clock.turn(wait);
    }
    assertThat(longest).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void guessingFromElsewhereDoesNotLockAnybodyOutWhereTheySignInFrom() {
    assertThat(slowdown.knock("alice", HERE)).isEmpty();
    slowdown.right("alice", HERE);
    for (int i = 0; i < 100; i++) {
      slowdown.knock("alice", "203.0.113." + i);
    }
    assertThat(slowdown.knock("alice", "198.51.100.1")).isPresent();
    assertThat(slowdown.knock("alice", HERE)).isEmpty();
  }

  @Test
  void theRightTryForgivesItsOwnWrongOnes() {
    for (int i = 0; i < 3; i++) {
      slowdown.knock("alice", HERE);
    }
    clock.turn(Duration.ofSeconds(2));
    assertThat(slowdown.knock("alice", HERE)).isEmpty();
    slowdown.right("alice", HERE);
    for (int i = 0; i < 3; i++) {
      assertThat(slowdown.knock("alice", HERE)).isEmpty();
    }
  }

  @Test
  void anAccountOfOnesOwnDoesNotBuyGuessesAtOthers() {
    for (int i = 0; i < 3; i++) {
      slowdown.knock("victim", HERE);
      clock.turn(Duration.ofSeconds(2));
    }
    slowdown.knock("mallory", HERE);
    slowdown.right("mallory", HERE);
    assertThat(slowdown.knock("other", HERE)).isPresent();
  }

  @Test
  void aThousandTriesAtOnceAreNoWayRound() {
    int admitted = 0;
    for (int i = 0; i < 1000; i++) {
      admitted += slowdown.knock("alice", HERE).isEmpty() ? 1 : 0;
    }
    assertThat(admitted).isEqualTo(3);
  }

  @Test
  void whatWasNotTriedIsNotCounted() {
    for (int i = 0; i < 100; i++) {
      assertThat(slowdown.knock("alice", HERE)).isEmpty();
      slowdown.untried("alice", HERE);
    }
  }

  @Test
  void anHourOfRestIsForgotten() {
    assertThat(wrongUntilSlowed("alice", HERE)).isPositive();
    clock.turn(Duration.ofMinutes(61));
    for (int i = 0; i < 3; i++) {
      assertThat(slowdown.knock("alice", HERE)).isEmpty();
    }
  }

  @Test
  void aClockSetBackDoesNotLengthenTheWait() {
    assertThat(wrongUntilSlowed("alice", HERE)).isEqualTo(Duration.ofSeconds(2));
    clock.turn(Duration.ofDays(-1));
    assertThat(slowdown.knock("alice", HERE).orElseThrow())
        .isLessThanOrEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void memoryIsBounded() {
    Tries tries =
        new Tries(clock, new Tries.Pace(0, Duration.ofSeconds(1), Duration.ofSeconds(9)), 100);
    for (int i = 0; i < 1000; i++) {
      tries.count("key" + i);
    }
    assertThat(tries.keys()).isEqualTo(100);
    assertThat(tries.wait("key999")).isPresent();
    assertThat(tries.wait("key0")).isEmpty();
  }
}
