package leadglass.store.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Several things at once.
class LanesTest {

  @Test
  void resultsComeInTheOrderOfTheTasks() throws IOException {
    List<Callable<Integer>> tasks = List.of(() -> 1, () -> 2, () -> 3, () -> 4);

    assertThat(Lanes.run(tasks)).containsExactly(1, 2, 3, 4);
  }

  @Test
  void theFailureThatCameFirstIsToldWhateverComesOfEarlierTasks() {
    CompletableFuture<Thread> failing = new CompletableFuture<>();
    List<Callable<Integer>> tasks =
        List.of(
            () -> {
              Thread other = failing.join();
              while (other.getState() == Thread.State.RUNNABLE) {
                Thread.onSpinWait(); // until that has failed and waits for more
              }
              throw new IOException("another reason");
            },
            () -> {
              failing.complete(Thread.currentThread());
              throw new NoSuchFileException("a pack");
            });

    assertThatThrownBy(() -> Lanes.run(tasks)).isInstanceOf(NoSuchFileException.class);
  }
}
