package leadglass.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import leadglass.store.Act.Reply;

/// A [Servant] as a process of its own. Safe for use by several threads.
final class ServantProcess implements AutoCloseable {
  private static final long WAIT_SECONDS = 120;

  private final Process process;
  private final PrintStream in;
  private final Thread listener;
  private final Map<String, CompletableFuture<Reply>> waiting = new ConcurrentHashMap<>();
  private final CompletableFuture<SiteId> ready = new CompletableFuture<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final AtomicInteger stepsLeft;
  private volatile boolean gone;
  private volatile String failure = "";

  /// @param steps of an upgrade after which it is killed
  ServantProcess(Grounds grounds, int tensOfYears, int steps) throws IOException {
    stepsLeft = new AtomicInteger(steps);
    process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-Xshare:auto",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:-UsePerfData",
                    "-XX:-CreateCoredumpOnCrash",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Servant.class.getName(),
                    grounds.folder().toString(),
                    Integer.toString(tensOfYears)))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    listener = Thread.ofVirtual().start(this::listen);
  }

  private void listen() {
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        heard(line);
      }
    } catch (IOException _) {
      // It is as good as gone.
    }
    gone = true;
    IOException ended = new IOException("the process ended");
    ready.completeExceptionally(ended);
    closed.completeExceptionally(ended);
    waiting.values().forEach(each -> each.completeExceptionally(ended));
  }

  private void heard(String line) {
    int space = line.indexOf(' ');
    String who = line.substring(0, Math.max(0, space));
    String what = line.substring(space + 1);
    switch (who) {
      case "ready" -> ready.complete(new SiteId(what));
      case "closed" -> closed.complete(null);
      case "step" -> {
        if (stepsLeft.decrementAndGet() == 0) {
          process.destroyForcibly(); // it is at the next one by now
        }
      }
      case "failed" -> {
        failure = what;
        CompletableFuture<Reply> reply = waiting.get(what.substring(0, what.indexOf(' ')));
        if (reply != null) {
          reply.completeExceptionally(new IOException(what));
        }
      }
      default -> {
        CompletableFuture<Reply> reply = waiting.get(who);
        if (reply != null) { // a line cut short by a kill is no reply
          reply.complete(Reply.of(what));
        }
      }
    }
  }

  private static <T> T await(CompletableFuture<T> future) throws IOException {
    try {
      return future.get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What it failed with, if it did before it was killed; else empty.
  String failure() {
    return failure;
  }

  /// Waits until the store is open.
  SiteId ready() throws IOException {
    return await(ready);
  }

  /// @throws IOException if it is gone, and nobody knows whether it was done
  Reply perform(int ward, Act act) throws IOException {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    String name = "w" + ward;
    waiting.put(name, reply);
    if (gone) {
      throw new IOException("the process ended");
    }
    in.println(name + " " + act.line());
    return await(reply);
  }

  /// Asks it to close the store; returns at once.
  void end() {
    in.println("end");
  }

  /// Waits until the store is closed.
  void ended() throws IOException {
    await(closed);
  }

  /// SIGKILL: nothing in the process gets to run any more. Returns when it is gone.
  void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
      listener.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
