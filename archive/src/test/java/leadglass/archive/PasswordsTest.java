package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import leadglass.archive.Passwords.Verdict;
import org.junit.jupiter.api.Test;

class PasswordsTest {
  private static final char[] PASSWORD = "gurkensalat und nebelhörner".toCharArray();

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
    Passwords passwords = new Passwords(new SecureRandom(), new Passwords.Cost(64, 1));
    PasswordHash hash = passwords.hash(PASSWORD).orElseThrow();
    CountDownLatch open = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 2; i++) {
        threads.execute(() -> passwords.permitted(() -> waitFor(open)));
      }
      awaitCrowd(passwords, 2);
      List<Future<Verdict>> waiting = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        waiting.add(threads.submit(() -> passwords.check(PASSWORD, hash)));
      }
      awaitCrowd(passwords, 10);
      assertThat(passwords.check(PASSWORD, hash)).isEqualTo(Verdict.BUSY);
      assertThat(passwords.hash(PASSWORD)).isEmpty();
      open.countDown();
      for (Future<Verdict> verdict : waiting) {
        assertThat(verdict.get()).isEqualTo(Verdict.RIGHT);
      }
    }
    assertThat(passwords.crowd()).isZero();
    assertThat(passwords.check(PASSWORD, hash)).isEqualTo(Verdict.RIGHT);
  }

  static byte[] waitFor(CountDownLatch latch) {
    try {
      latch.await();
      return new byte[0];
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static void awaitCrowd(Passwords passwords, int count) {
    while (passwords.crowd() < count) {
      Thread.onSpinWait();
    }
  }
}
