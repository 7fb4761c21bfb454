package leadglass.testkit.world;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A [World] in a process of its own.
public final class WorldProcess implements Closeable {
  private static final long END_SECONDS = 30;

  private final Process process;
  private final Path folder;

  private WorldProcess(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
  }

  /// Waits until all its hosts listen.
  ///
  /// @param folder where its files are
  public static WorldProcess start(Census census, Path folder) throws IOException {
    Files.createDirectories(folder);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", // short-lived: compiling well takes more than it gives
                "-cp",
                classes().toString(),
                World.class.getName()));
    command.addAll(census.arguments(folder));
    Process process =
        new ProcessBuilder(command)
            .redirectError(folder.resolve("world-errors.txt").toFile())
            .start();
    WorldProcess world = new WorldProcess(process, folder);
    // Not closed: the end of this is the end of the process's output.
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    if (!"ready".equals(out.readLine())) {
      process.destroyForcibly();
      throw new IOException(
          "the world does not begin: " + Files.readString(folder.resolve("world-errors.txt")));
    }
    return world;
  }

  private static Path classes() {
    try {
      return Path.of(World.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /// For whoever surveys.
  public Path targets() {
    return folder.resolve(Papers.TARGETS);
  }

  public long pid() {
    return process.pid();
  }

  /// What is true of its hosts; not for whoever surveys.
  public List<TruthLine> truth() throws IOException {
    return TruthLine.read(folder.resolve(Papers.TRUTH));
  }

  /// Every value that a host may say.
  public List<String> canaries() throws IOException {
    return Files.readAllLines(folder.resolve(Papers.CANARIES));
  }

  /// Far fewer texts, of which one is in every canary.
  public List<String> canaryRoots() throws IOException {
    return Files.readAllLines(folder.resolve(Papers.CANARY_ROOTS));
  }

  /// Ends it.
  ///
  /// @return what strangers did
  public List<VisitLine> end() throws IOException {
    close();
    return VisitLine.read(folder.resolve(Papers.VISITS));
  }

  /// Ends it, if it has not ended.
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("the world does not end");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
