package leadglass.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A mounted `campaign/lossy_fs.py`.
final class LossyFileSystem {
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  private final Optional<Process> process;

  private LossyFileSystem(Optional<Process> process) {
    this.process = process;
  }

  static LossyFileSystem none() {
    return new LossyFileSystem(Optional.empty());
  }

  private static Path script() {
    return Path.of(System.getProperty("leadglass.root", "..")).resolve("campaign/lossy_fs.py");
  }

  /// Why there can be none here; empty if there can.
  static Optional<String> missing() throws IOException {
    if (!Files.isExecutable(PYTHON)) {
      return Optional.of("no /usr/bin/python3");
    }
    if (!Files.isWritable(Path.of("/dev/fuse"))) {
      return Optional.of("no /dev/fuse");
    }
    Path memory = InMemory.folder();
    try {
      Path mount = Files.createDirectory(memory.resolve("mount"));
      mount(mount, Files.createDirectory(memory.resolve("kept")), 0, 0, 0, false).powerLoss();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.ofNullable(e.getMessage());
    } finally {
      Folders.delete(memory);
    }
  }

  /// @param folder what is in it, and what is left of it in the end
  /// @param seed decides what is left
  /// @param call which write, sync or new file fails; 0: none
  /// @param error with which number
  /// @param stays whether all that come behind it fail too
  static LossyFileSystem mount(
      Path mount, Path folder, int seed, int call, int error, boolean stays) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    PYTHON.toString(),
                    "-B",
                    script().toString(),
                    mount.toString(),
                    folder.toString(),
                    Integer.toString(seed),
                    Integer.toString(call),
                    Integer.toString(error),
                    stays ? "stays" : "once"))
            .redirectErrorStream(true)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String said = out.readLine();
    if (!"mounted".equals(said)) {
      process.destroy();
      throw new IOException(said == null ? "it can't be mounted" : said);
    }
    return new LossyFileSystem(Optional.of(process));
  }

  /// Forgets what was not synced, and unmounts.
  void powerLoss() throws IOException {
    if (process.isPresent()) {
      process.get().destroy(); // SIGTERM
      try {
        int exit = process.get().waitFor();
        if (exit != 0) {
          throw new IOException("the file system ended with " + exit);
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }
}
