package leadglass.store;

import java.util.concurrent.BlockingQueue;

/// Waiting through interruption, for what must be finished once it was begun. The interruption is
/// there again afterwards.
final class Waiting {
  private Waiting() {}

  /// Something that may be interrupted.
  private interface Step<T> {
    T run() throws InterruptedException;
  }

  private static <T> T through(Step<T> step) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return step.run();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  static <T> T take(BlockingQueue<T> from) {
    return through(from::take);
  }

  static <T> void put(BlockingQueue<T> into, T each) {
    through(() -> {
      into.put(each);
      return true;
    });
  }

  /// Waits for a thread of ours to end.
  static void join(Thread thread) {
    through(() -> {
      thread.join();
      return true;
    });
  }
}
