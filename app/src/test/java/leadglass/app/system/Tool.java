package leadglass.app.system;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Another program that runs beside the test, and what it said.
final class Tool implements AutoCloseable {
  private static final long WAIT_SECONDS = 120;
  private static final long LOOK_MILLIS = 50;
  private static final int LISTENING_LOOKS_MAX = 1200;

  private final Process process;
  private final Path log;

  private Tool(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /// Where a program is, if it is on this machine.
  static Optional<Path> find(String name) {
    return Stream.concat(
            Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)),
            Stream.of("/usr/sbin"))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// @param log what it says goes there
  static Tool start(Path log, List<String> command) throws IOException {
    return new Tool(
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start(),
        log);
  }

  /// Waits for its end.
  ///
  /// @return what it said
  String end() throws IOException {
    try (this) {
      if (!process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("it does not end: " + Files.readString(log));
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return Files.readString(log);
  }

  String said() throws IOException {
    return Files.readString(log);
  }

  /// Waits until somebody listens on a port of loopback, for programs that don't say when they do.
  static void awaitListening(int port) throws IOException {
    for (int i = 0; i < LISTENING_LOOKS_MAX; i++) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return;
      } catch (IOException _) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
      }
    }
    throw new IOException("nobody listens");
  }

  int exit() {
    return process.exitValue();
  }

  /// Waits until it said something.
  Matcher await(String pattern) throws IOException {
    Pattern wanted = Pattern.compile(pattern);
    long last = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
    while (true) {
      Matcher found = wanted.matcher(Files.readString(log));
      if (found.find()) {
        return found;
      }
      try {
        if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS) || System.nanoTime() > last) {
          throw new IOException("it ended, or says something else: " + Files.readString(log));
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
