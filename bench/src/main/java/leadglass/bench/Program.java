package leadglass.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import leadglass.testkit.TestTls;

/// The program, set up in a folder of its own and serving as a child process on free ports.
final class Program implements AutoCloseable {
  private static final String MAIN = "leadglass.app.Main";

  static final String CALLED = "LEADGLASS";
  static final String CALLING = "BENCH";

  private static final Pattern READY =
      Pattern.compile("https://localhost:(\\d+)\\s+DICOM port (\\d+)");
  private static final long STOP_SECONDS = 60;

  private final Process server;
  private final Path folder;
  private final int https;
  private final int dicom;
  private final String token;

  private Program(Process server, Path folder, int https, int dicom, String token) {
    this.server = server;
    this.folder = folder;
    this.https = https;
    this.dicom = dicom;
    this.token = token;
  }

  /// What to run, and how.
  ///
  /// @param jar the program
  /// @param front a folder of classes that come before the program's own, if there is one
  /// @param java the program that runs it
  /// @param flags of that program, as `./leadglass` gives them
  /// @param serverFlags more of them, for the server alone
  record Launch(
      Path jar, Optional<Path> front, Path java, List<String> flags, List<String> serverFlags) {
    Process start(Path folder, List<String> more, List<String> arguments) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(java.toString());
      command.addAll(flags);
      command.addAll(more);
      command.add("-Dleadglass.home=" + folder);
      if (front.isPresent()) {
        command.addAll(List.of("-cp", front.get() + File.pathSeparator + jar, MAIN));
      } else {
        command.addAll(List.of("-jar", jar.toString()));
      }
      command.addAll(arguments);
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
      return builder
          .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
          .start();
    }

    /// Runs a command to its end.
    ///
    /// @return what it printed
    /// @throws IOException if it fails; its words are in the folder's log
    String run(Path folder, String... arguments) throws IOException, InterruptedException {
      Process process = start(folder, List.of(), List.of(arguments));
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(
            arguments[0] + " failed: " + Files.readString(folder.resolve("log")).strip());
      }
      return said;
    }
  }

  /// Sets an archive up and serves it.
  ///
  /// @param folder empty; holds data, key and log
  static Program start(Launch launch, Path folder) throws IOException, InterruptedException {
    String data = folder.resolve("data").toString();
    Path password = folder.resolve("password");
    Files.writeString(password, "Measured-by-synthetic-light-" + ProcessHandle.current().pid());
    launch.run(
        folder,
        "init",
        "--data",
        data,
        "--site",
        "Bench",
        "--admin",
        "bench-admin",
        "--password-file",
        password.toString(),
        "--reader",
        "bench-reader",
        "--reader-password-file",
        password.toString());
    launch.run(
        folder,
        "device",
        "add",
        CALLING,
        "--owner",
        "bench-admin",
        "--data",
        data,
        "--out",
        folder.resolve("device").toString());
    String token =
        launch.run(
            folder,
            "token",
            "create",
            "--user",
            "bench-reader",
            "--scope",
            "read,write",
            "--ttl",
            "1d",
            "--data",
            data);
    Process server =
        launch.start(
            folder,
            launch.serverFlags(),
            List.of("serve", "--data", data, "--https", "0", "--dicom", "0"));
    try {
      BufferedReader out = server.inputReader(StandardCharsets.UTF_8);
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        Matcher ready = READY.matcher(line);
        if (ready.find()) {
          return new Program(
              server,
              folder,
              Integer.parseInt(ready.group(1)),
              Integer.parseInt(ready.group(2)),
              token.strip());
        }
      }
      throw new IOException("serve ended: " + Files.readString(folder.resolve("log")).strip());
    } catch (IOException | RuntimeException e) {
      server.destroyForcibly();
      throw e;
    }
  }

  long pid() {
    return server.pid();
  }

  int httpsPort() {
    return https;
  }

  int dicomPort() {
    return dicom;
  }

  /// A bearer token of a radiologist, who may store too.
  String token() {
    return token;
  }

  /// With the device's certificate, trusting the archive's authority.
  SSLContext tls() throws IOException {
    Path device = folder.resolve("device");
    return TestTls.client(
        device.resolve("key.pem"), device.resolve("cert.pem"), device.resolve("ca.pem"));
  }

  /// Bytes in files of the data directory.
  long diskBytes() throws IOException {
    try (var files = Files.walk(folder.resolve("data"))) {
      long bytes = 0;
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        bytes += Files.size(file);
      }
      return bytes;
    }
  }

  @Override
  public void close() {
    server.destroy();
    try {
      if (!server.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        server.destroyForcibly().waitFor();
      }
    } catch (InterruptedException _) {
      server.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
