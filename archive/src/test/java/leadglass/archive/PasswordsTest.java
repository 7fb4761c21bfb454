package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import leadglass.archive.Passwords.Verdict;
import org.junit.jupiter.api.Test;

class PasswordsTest {
  private static final char[] PASSWORD = "gurkensalat und nebelhörner".toCharArray();

  @Test
  void theStandardCostIs64MibInThreePasses() {
    Passwords passwords = new Passwords(new SecureRandom(), Passwords.Cost.STANDARD);
    PasswordHash hash = passwords.hash(PASSWORD).orElseThrow();
    assertThat(hash.memoryKib()).isEqualTo(65_536);
    assertThat(hash.passes()).isEqualTo(3);
    assertThat(hash.hash()).hasSize(32);
    assertThat(passwords.check(PASSWORD, hash)).isEqualTo(Verdict.RIGHT);
  }

  @Test
  void onlyTheSamePasswordIsRight() {
    Passwords passwords = new Passwords(new SecureRandom(), new Passwords.Cost(64, 1));
    PasswordHash hash = passwords.hash(PASSWORD).orElseThrow();
    assertThat(passwords.check(PASSWORD, hash)).isEqualTo(Verdict.RIGHT);
    assertThat(passwords.check("gurkensalat und nebelhorner".toCharArray(), hash))
        .isEqualTo(Verdict.WRONG);
    assertThat(passwords.check(new char[0], hash)).isEqualTo(Verdict.WRONG);
    assertThat(passwords.check(PASSWORD, passwords.nobody())).isEqualTo(Verdict.WRONG);
  }

  @Test
  void twoHashesOfOnePasswordDiffer() {
    Passwords passwords = new Passwords(new SecureRandom(), new Passwords.Cost(64, 1));
    assertThat(passwords.hash(PASSWORD).orElseThrow().hash())
        .isNotEqualTo(passwords.hash(PASSWORD).orElseThrow().hash());
  }

  @Test
  void aHashOfAnotherCostIsStillChecked() {
    PasswordHash old =
        new Passwords(new SecureRandom(), new Passwords.Cost(32, 2)).hash(PASSWORD).orElseThrow();
    assertThat(new Passwords(new SecureRandom(), new Passwords.Cost(64, 1)).check(PASSWORD, old))
        .isEqualTo(Verdict.RIGHT);
  }

  @Test
  void aCrowdIsSentAwayInsteadOfTakingAllMemory() throws Exception {
    Passwords passwords = new Passwords(new SecureRandom(), new Passwords.Cost(16 * 1024, 2));
    PasswordHash hash = passwords.hash(PASSWORD).orElseThrow();
    try (ExecutorService threads = Executors.newFixedThreadPool(40)) {
      var checks =
          IntStream.range(0, 40)
              .<Callable<Verdict>>mapToObj(_ -> () -> passwords.check(PASSWORD, hash))
              .toList();
      int right = 0;
      int busy = 0;
      for (var verdict : threads.invokeAll(checks)) {
        right += verdict.get() == Verdict.RIGHT ? 1 : 0;
        busy += verdict.get() == Verdict.BUSY ? 1 : 0;
      }
      assertThat(right + busy).isEqualTo(40);
      assertThat(right).isGreaterThanOrEqualTo(10);
      assertThat(busy).isPositive();
    }
    assertThat(passwords.check(PASSWORD, hash)).isEqualTo(Verdict.RIGHT);
  }
}
