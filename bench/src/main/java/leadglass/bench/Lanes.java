package leadglass.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

/// Does the same over several connections at once. Every connection is open and everything to send
/// is ready before the clock starts.
final class Lanes {
  private Lanes() {}

  /// One connection.
  interface Lane extends AutoCloseable {
    /// Does item `i` of all items, to the answer.
    void work(int i) throws IOException;

    @Override
    void close() throws IOException;
  }

  /// Opens one connection, the `index`th.
  interface Opening {
    Lane open(int index) throws IOException;
  }

  /// Does `count` items, dealt out in turn, over `connections` connections.
  ///
  /// @param bytes of all items together
  static Row run(String name, Program program, int connections, int count, long bytes, Opening open)
      throws IOException, InterruptedException {
    long[] nanos = new long[count];
    AtomicReference<Meter> meter = new AtomicReference<>();
    CyclicBarrier ready =
        new CyclicBarrier(
            connections,
            () -> {
              try {
                meter.set(Meter.start(program.pid()));
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    CyclicBarrier done = new CyclicBarrier(connections, () -> {});
    AtomicReference<Meter.Spent> spent = new AtomicReference<>();
    List<Callable<Boolean>> lanes = new ArrayList<>();
    for (int index = 0; index < connections; index++) {
      int first = index;
      lanes.add(() -> {
        try (Lane lane = open.open(first)) {
          ready.await();
          for (int i = first; i < count; i += connections) {
            long began = System.nanoTime();
            lane.work(i);
            nanos[i] = System.nanoTime() - began;
          }
          if (done.await() == 0) { // the last to arrive
            spent.set(meter.get().stop());
          }
          return true;
        } catch (IOException | RuntimeException e) {
          ready.reset();
          done.reset();
          throw e;
        }
      });
    }
    await(lanes);
    return new Row(name, connections, count, bytes, nanos, spent.get());
  }

  private static void await(List<Callable<Boolean>> lanes)
      throws IOException, InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(lanes.size())) {
      IOException failure = null;
      for (Future<Boolean> each : threads.invokeAll(lanes)) {
        try {
          each.get();
        } catch (ExecutionException e) {
          // A lane that stopped because another one failed says nothing.
          if (!(e.getCause() instanceof BrokenBarrierException)) {
            failure = new IOException("a connection failed: " + e.getCause(), e.getCause());
          }
        }
      }
      if (failure != null) {
        throw failure;
      }
    }
  }
}
