package leadglass.app.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import leadglass.app.syslog.CheckpointQueue.Sized;
import org.junit.jupiter.api.Test;

/// Checkpoints behind the entries they cover.
class CheckpointQueueTest {
  private final CheckpointQueue queue = new CheckpointQueue();

  private static Sized of(long size) {
    return new Sized("note " + size, size, size);
  }

  @Test
  void oneIsDueOnceAllItsEntriesWereSent() {
    queue.add(of(3));
    queue.add(of(5));
    assertThat(queue.due(2)).isEmpty();
    assertThat(queue.due(3)).contains(of(3));
    assertThat(queue.due(4)).isEmpty();
    assertThat(queue.due(9)).contains(of(5));
    assertThat(queue.due(9)).isEmpty();
  }

  @Test
  void theNewestIsSentAgainAfterABreakBehindItsEntries() {
    queue.add(of(3));
    queue.add(of(5));
    queue.due(9);
    queue.due(9);
    queue.back();
    queue.back();
    assertThat(queue.due(2)).isEmpty();
    assertThat(queue.due(5)).contains(of(5));
    assertThat(queue.due(5)).isEmpty();
  }

  @Test
  void ofManyThatWaitTheNewestStay() {
    for (int i = 0; i < 1000; i++) {
      queue.add(of(i));
    }
    assertThat(queue.due(1000)).contains(of(1000 - CheckpointQueue.WAITING_MAX));
  }
}
