package leadglass.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leadglass.archive.People;

/// `./leadglass demo`, as a newcomer starts it, and what it printed.
final class DemoProcess implements AutoCloseable {
  private static final String LAST_LINE = "Enter prints fresh codes";

  private final Process process;
  private final List<String> printed;

  private DemoProcess(Process process, List<String> printed) {
    this.process = process;
    this.printed = printed;
  }

  static DemoProcess start() throws IOException {
    Path root = Path.of(System.getProperty("leadglass.root", ".."));
    packageViewer(root);
    Process process =
        new ProcessBuilder(
                root.resolve("leadglass").toString(), "demo", "--https", "0", "--dicom", "0")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> printed = new ArrayList<>();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      printed.add(line);
      if (line.startsWith(LAST_LINE)) {
        return new DemoProcess(process, printed);
      }
    }
    throw new IOException("the demo ended before it was ready");
  }

  /// Two tests that start at the same time on a fresh machine would both package it, half as fast.
  private static void packageViewer(Path root) throws IOException {
    Path folder = Files.createDirectories(root.resolve("browser").resolve("target"));
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve("viewer.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      Process process =
          new ProcessBuilder(root.resolve("build").resolve("viewer").toString())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      process.waitFor(); // where it can't be made, the archive says so and starts without it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the viewer was not waited for", e);
    }
  }

  String address() {
    return first("Open\\s+(https://localhost:\\d+)");
  }

  String reader() {
    return first("\\s+name\\s+(\\S+)");
  }

  String password() {
    return first("\\s+password\\s+(\\S+)");
  }

  /// What the reader's authenticator shows now.
  String code() {
    return new People.Enrolment("", first("\\s+(otpauth://\\S+)"), List.of())
        .codeAt(System.currentTimeMillis());
  }

  String administrator() {
    return last("\\s+name\\s+(\\S+)");
  }

  String administratorsPassword() {
    return last("\\s+password\\s+(\\S+)");
  }

  String administratorsCode() {
    return new People.Enrolment("", last("\\s+(otpauth://\\S+)"), List.of())
        .codeAt(System.currentTimeMillis());
  }

  /// The radiologist's stand first.
  private String first(String pattern) {
    return all(pattern).getFirst();
  }

  private String last(String pattern) {
    return all(pattern).getLast();
  }

  private List<String> all(String pattern) {
    List<String> found = new ArrayList<>();
    for (String line : printed) {
      Matcher matcher = Pattern.compile(pattern).matcher(line);
      if (matcher.matches()) {
        found.add(matcher.group(1));
      }
    }
    if (!found.isEmpty()) {
      return found;
    }
    throw new IllegalStateException("the demo did not print " + pattern);
  }

  /// As Ctrl-C does.
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
