package leadglass.store.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Does many things of one kind, two at a time: while one waits for a disk, the other computes. The
/// first that fails ends it.
final class Lanes {
  private static final int COUNT = 2;

  private Lanes() {}

  /// @return what came of each, in the order given
  static <T> List<T> run(List<? extends Callable<T>> tasks) throws IOException {
    CompletableFuture<T> failure = new CompletableFuture<>();
    List<CompletableFuture<T>> results = new ArrayList<>();
    try (ExecutorService lanes =
        Executors.newFixedThreadPool(COUNT, Thread.ofPlatform().name("copy-", 0).factory())) {
      for (Callable<T> task : tasks) {
        CompletableFuture<T> result = new CompletableFuture<>();
        results.add(result);
        lanes.execute(() -> run(task, result, failure));
      }
    }
    try {
      if (failure.isDone()) {
        var _ = failure.join(); // throws
      }
      return results.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException("copying", e);
    }
  }

  private static <T> void run(
      Callable<T> task, CompletableFuture<T> result, CompletableFuture<T> failure) {
    try {
      if (!failure.isDone()) {
        result.complete(task.call());
      }
    } catch (Exception | Error e) {
      failure.completeExceptionally(e); // if it is the first
    }
  }
}
