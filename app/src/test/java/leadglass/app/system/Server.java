package leadglass.app.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leadglass.testkit.RawScu;

/// `leadglass serve` on premises, as a process of its own. What it says is kept in the folder
/// `said` beside the data, its temporary files in `temp`.
@SuppressWarnings("NullAway.Init")
final class Server implements AutoCloseable {
  private static final long WAIT_SECONDS = 120;
  private static final Pattern RUNS =
      Pattern.compile("Open https://localhost:(\\d+)(?:.*DICOM port (\\d+))?");

  private final Process process;
  private final Thread listener;
  private final Path said;
  private final Path data;
  private final CompletableFuture<Matcher> runs = new CompletableFuture<>();
  private final CompletableFuture<String> locked = new CompletableFuture<>();
  private int dicomPort;
  Web web; // once its doors are open

  /// Returns when its doors are open.
  Server(Premises premises) throws IOException {
    this(premises.folder(), premises.data());
  }

  /// @param folder for what it says and for its temporary files
  /// @param more arguments of `serve`
  Server(Path folder, Path data, String... more) throws IOException {
    this(folder, data, List.of(more));
    awaitDoors();
  }

  private Server(Path folder, Path data, List<String> more) throws IOException {
    Path said = Files.createDirectories(folder.resolve("said"));
    Path temp = Files.createDirectories(folder.resolve("temp"));
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData"));
    command.addAll(launched());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.io.tmpdir=" + temp,
            "-cp",
            System.getProperty("java.class.path"),
            "leadglass.app.Main",
            "serve",
            "--data",
            data.toString()));
    command.addAll(more);
    process =
        new ProcessBuilder(command)
            .directory(temp.toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(said.resolve("err").toFile()))
            .start();
    listener = Thread.ofVirtual().start(() -> listen(said.resolve("out")));
    this.said = said;
    this.data = data;
  }

  /// Returns when it has said that it is locked. It has no doors that open before [#awaitDoors()].
  static Server locked(Path folder, Path data) throws IOException {
    Server server = new Server(folder, data, List.of());
    server.await(server.locked);
    return server;
  }

  /// Waits until its doors are open.
  void awaitDoors() throws IOException {
    Matcher ports = await(runs);
    dicomPort = ports.group(2) == null ? 0 : Integer.parseInt(ports.group(2));
    web = new Web(Integer.parseInt(ports.group(1)), data.resolve("ca.pem"));
  }

  private <T> T await(CompletableFuture<T> said) throws IOException {
    try {
      return said.get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new IOException("it did not start: " + Files.readString(this.said.resolve("err")), e);
    }
  }

  /// What the launcher sets so that a crash leaves no memory behind.
  private static List<String> launched() throws IOException {
    Path launcher = Path.of(System.getProperty("leadglass.root", "..")).resolve("leadglass");
    return Pattern.compile("-XX:\\S*(?:Crash|Error)\\S*")
        .matcher(Files.readString(launcher))
        .results()
        .map(java.util.regex.MatchResult::group)
        .toList();
  }

  private void listen(Path kept) {
    List<String> lines = new ArrayList<>();
    Matcher found = null;
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(line);
        Matcher matcher = RUNS.matcher(line);
        if (matcher.find()) {
          found = matcher;
        } else if (found != null && line.startsWith("Authority")) { // the last line
          runs.complete(found);
        } else if (line.startsWith("Meanwhile")) { // the last line of one that is locked
          locked.complete(line);
        }
      }
      Files.write(kept, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      runs.completeExceptionally(e);
      locked.completeExceptionally(e);
    }
    runs.completeExceptionally(new IOException("it ended"));
    locked.completeExceptionally(new IOException("it ended"));
  }

  /// An association to be proposed, by a device of the premises.
  RawScu.Builder association(Premises premises, String aeTitle) throws IOException {
    return RawScu.to(dicomPort)
        .tls(premises.device(aeTitle))
        .called(Premises.AE_TITLE)
        .calling(aeTitle);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// SIGKILL: nothing in the process gets to run any more.
  void kill() throws IOException {
    process.toHandle().destroyForcibly();
    await();
  }

  /// A fault in native code: the virtual machine ends itself.
  void crash() throws IOException {
    new ProcessBuilder("kill", "-SEGV", Long.toString(process.pid())).start();
    await();
  }

  private void await() throws IOException {
    try {
      if (!process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("it does not end");
      }
      listener.join();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    if (runs.isDone() && !runs.isCompletedExceptionally()) {
      web.close();
    }
  }

  /// SIGTERM, or nothing if it has ended.
  @Override
  public void close() throws IOException {
    process.toHandle().destroy(); // the process's own would close what it said last
    await();
  }
}
