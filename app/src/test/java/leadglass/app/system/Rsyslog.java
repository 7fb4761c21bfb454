package leadglass.app.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leadglass.testkit.TestCertificate;

/// rsyslog with its TLS driver (Debian packages `rsyslog` and `rsyslog-gnutls`) as a process of its
/// own: somebody else's collector. It writes every message to a file, one a line, as it came.
final class Rsyslog implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/rsyslogd");
  private static final long WAIT_SECONDS = 60;
  private static final Pattern ENTRY =
      Pattern.compile(
          "ParticipantObjectID=\"(\\d+)\" ParticipantObjectTypeCode=\"2\""
              + " ParticipantObjectTypeCodeRole=\"13\"><ParticipantObjectIDTypeCode"
              + " csd-code=\"entry\"");

  private final Path folder;
  private final boolean asksWho;
  private Process process;
  private int port;

  /// @param folder empty
  /// @param asksWho whether it wants a certificate of whoever sends
  Rsyslog(Path folder, boolean asksWho) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.asksWho = asksWho;
    TestCertificate.selfSigned("localhost", TestCertificate.Kind.RSA)
        .write(folder.resolve("key.pem"), folder.resolve("cert.pem"));
    TestCertificate own = TestCertificate.selfSigned("leadglass", TestCertificate.Kind.RSA);
    own.write(folder.resolve("own-key.pem"), folder.resolve("own-cert.pem"));
    Files.writeString(
        authority(),
        Files.readString(folder.resolve("cert.pem"))
            + Files.readString(folder.resolve("own-cert.pem")));
    this.process = started();
  }

  /// Whether it is on this machine, with its TLS driver.
  static boolean isThere() {
    if (!Files.isExecutable(PROGRAM)) {
      return false;
    }
    try (var libraries = Files.walk(Path.of("/usr/lib"), 3)) {
      return libraries.anyMatch(file -> file.endsWith("rsyslog/lmnsd_gtls.so"));
    } catch (IOException | java.io.UncheckedIOException _) {
      return false;
    }
  }

  private Process started() throws IOException {
    Path file = folder.resolve("rsyslog.conf");
    Path told = folder.resolve("port");
    Path running = folder.resolve("pid");
    Files.deleteIfExists(told);
    Files.deleteIfExists(running);
    Files.writeString(
        file,
        """
        global(workDirectory="FOLDER" maxMessageSize="64k" DefaultNetstreamDriver="gtls"
          DefaultNetstreamDriverCAFile="FOLDER/authority.pem"
          DefaultNetstreamDriverCertFile="FOLDER/cert.pem"
          DefaultNetstreamDriverKeyFile="FOLDER/key.pem")
        module(load="imtcp" StreamDriver.Name="gtls" StreamDriver.Mode="1"
          StreamDriver.AuthMode="WHO")
        template(name="whole" type="string" string="%rawmsg%\\n")
        input(type="imtcp" address="127.0.0.1" port="PORT" listenPortFileName="FOLDER/port")
        action(type="omfile" file="FOLDER/messages" template="whole")
        """
            .replace("FOLDER", folder.toString())
            .replace("WHO", asksWho ? "x509/certvalid" : "anon")
            .replace("PORT", Integer.toString(port)));
    Process fresh =
        new ProcessBuilder(
                PROGRAM.toString(), "-n", "-f", file.toString(), "-i", running.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    process = fresh;
    if (port == 0) {
      await(_ -> told.toFile().length() > 0); // it is told only where any would do
      port = Integer.parseInt(Files.readString(told).strip());
    } else {
      await(_ -> running.toFile().length() > 0);
    }
    return fresh;
  }

  int port() {
    return port;
  }

  Path authority() {
    return folder.resolve("authority.pem");
  }

  Path ownCertificate() {
    return folder.resolve("own-cert.pem");
  }

  Path ownKey() {
    return folder.resolve("own-key.pem");
  }

  /// Ends it as a power cut would.
  void kill() throws IOException {
    process.destroyForcibly();
    try {
      process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /// Starts it again, where it was.
  void startAgain() throws IOException {
    process = started();
  }

  /// Waits until what it has is as wanted.
  void await(Predicate<Rsyslog> wanted) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
    while (!wanted.test(this)) {
      try {
        if (process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
          throw new IOException(
              "it ended, or has not got it: " + Files.readString(folder.resolve("log")));
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  /// Messages, repeats and all, whole lines only.
  List<String> messages() {
    Path file = folder.resolve("messages");
    try {
      if (!Files.exists(file)) {
        return List.of();
      }
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static boolean isCheckpoint(String message) {
    return message.contains(" LEADGLASS+CHECKPOINT ");
  }

  /// Messages that are signed heads of the trail.
  List<String> checkpoints() {
    return messages().stream().filter(Rsyslog::isCheckpoint).toList();
  }

  /// All the others.
  List<String> ofEntries() {
    return messages().stream().filter(each -> !isCheckpoint(each)).toList();
  }

  /// Numbers of the entries it has, in the order they came first.
  List<Long> entries() {
    List<Long> numbers = new ArrayList<>();
    java.util.Set<Long> seen = new java.util.HashSet<>();
    for (String message : ofEntries()) {
      Matcher entry = ENTRY.matcher(message);
      if (!entry.find()) {
        throw new IllegalStateException("a message without the number of its entry");
      }
      long number = Long.parseLong(entry.group(1));
      if (seen.add(number)) {
        numbers.add(number);
      }
    }
    return numbers;
  }

  boolean has(long entry) {
    return messages().stream()
        .anyMatch(message -> message.contains("ParticipantObjectID=\"" + entry + "\" Partic"));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
