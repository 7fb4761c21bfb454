package leadglass.survey;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// Real servers that a test starts and ends.
final class Programs implements AutoCloseable {
  private final Path folder;
  private final List<Process> started = new ArrayList<>();

  /// @param folder where they work and write their log
  Programs(Path folder) {
    this.folder = folder;
  }

  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /// Starts one, and waits until it listens; where it is not installed, the test is skipped.
  void start(int port, String... words) throws IOException {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of(words[0])), () -> words[0] + " is not installed: skipped");
    Process process =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log-" + started.size()).toFile())
            .start();
    started.add(process);
    for (int i = 0; i < 400; i++) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException _) {
        if (!process.isAlive()) {
          break;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(25));
      }
    }
    throw new IOException(
        words[0] + ": " + Files.readString(folder.resolve("log-" + (started.size() - 1))));
  }

  /// Runs one to its end.
  void run(String... words) throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of(words[0])), () -> words[0] + " is not installed: skipped");
    Path log = folder.resolve("log-run");
    Process process =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(words[0] + ": " + Files.readString(log));
    }
  }

  @Override
  public void close() {
    for (Process each : started) {
      Stream<ProcessHandle> below = each.descendants().toList().stream();
      each.destroy();
      below.forEach(ProcessHandle::destroy);
    }
    for (Process each : started) {
      try {
        if (!each.waitFor(10, TimeUnit.SECONDS)) {
          each.destroyForcibly();
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
    started.clear();
  }
}
