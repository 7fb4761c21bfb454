package leadglass.survey.list;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The file that a survey writes its results to, a line each as they come, readable by its owner
/// alone. A survey that was stopped goes on where it was: what stands there is not asked again.
public final class Ledger implements AutoCloseable {
  private static final Pattern PROBES = Pattern.compile("\"probes\":\"([0-9a-f]{1,128})\"");
  private final FileChannel channel;
  private final List<Result> found;

  private Ledger(FileChannel channel, List<Result> found) {
    this.channel = channel;
    this.found = found;
  }

  /// Opens, or makes, the file. A last line that was cut short is dropped.
  ///
  /// @param probes hash of those that ask: results of others are not to be mixed with theirs
  /// @throws IllegalStateException if the file is another survey's, or in use
  public static Ledger open(Path file, String probes) throws IOException {
    String header = "{\"leadglass-check\":1,\"probes\":\"" + probes + "\"}";
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new IllegalStateException("another survey writes to it");
      }
      Ledger ledger = new Ledger(channel, new ArrayList<>());
      if (channel.size() == 0) {
        ledger.append(header);
      } else {
        ledger.read(file, header);
      }
      return ledger;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void read(Path file, String header) throws IOException {
    long kept = 0;
    try (BufferedReader in = Files.newBufferedReader(file)) {
      String first = in.readLine();
      if (first == null || !first.equals(header)) {
        throw new IllegalStateException(
            first != null && first.startsWith("{\"leadglass-check\":")
                ? "it was written with other probes"
                : "it is no list of results");
      }
      kept += bytes(first);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (kept + bytes(line) > channel.size()) {
          break; // no end of line: it was being written when the survey ended
        }
        found.add(ResultJson.parse(line));
        kept += bytes(line);
      }
    }
    channel.truncate(kept);
    channel.position(kept);
  }

  private static int bytes(String line) {
    return line.getBytes(StandardCharsets.UTF_8).length + 1;
  }

  /// What stood there already.
  public List<Result> found() {
    return List.copyOf(found);
  }

  /// Writes one down.
  public void add(Result result) throws IOException {
    append(ResultJson.line(result));
  }

  private void append(String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /// Reads a file of results that was written before, by whichever probes.
  ///
  /// @throws IllegalArgumentException if it is none
  public static List<Result> read(Path file) throws IOException {
    List<Result> results = new ArrayList<>();
    try (BufferedReader in = Files.newBufferedReader(file)) {
      String first = in.readLine();
      if (first == null || !first.startsWith("{\"leadglass-check\":")) {
        throw new IllegalArgumentException("it is no list of results");
      }
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        results.add(ResultJson.parse(line));
      }
    }
    return results;
  }

  /// The hash of the probes that such a file was written with; empty if its first line has none.
  public static String probes(Path file) throws IOException {
    try (BufferedReader in = Files.newBufferedReader(file)) {
      Matcher matcher = PROBES.matcher(String.valueOf(in.readLine()));
      return matcher.find() ? matcher.group(1) : "";
    }
  }

  @Override
  public void close() throws IOException {
    channel.force(true);
    channel.close();
  }
}
