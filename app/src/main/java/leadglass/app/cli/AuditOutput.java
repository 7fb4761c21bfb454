package leadglass.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import leadglass.app.Failure;
import leadglass.app.console.ConsoleCall;
import leadglass.app.console.HowFar;
import leadglass.app.console.Pieces;
import leadglass.app.console.Reply;
import leadglass.app.console.Request;
import leadglass.store.Private;

/// Writes what an act gives out line by line: to standard output, or into a new file for this user
/// alone.
final class AuditOutput {
  private final DataOption data;
  private final String begin;
  private final String end;

  /// @param begin and `end` stand around what comes
  AuditOutput(DataOption data, String begin, String end) {
    this.data = data;
    this.begin = begin;
    this.end = end;
  }

  /// @return what the act says of itself
  Map<String, Object> write(
      String act, Map<String, String> words, Optional<Path> file, boolean quiet) throws Failure {
    if (file.isPresent()) {
      return toFile(file.get(), act, words, !quiet);
    }
    Writer writer = new BufferedWriter(new OutputStreamWriter(System.out, UTF_8));
    return take(writer, act, words, false);
  }

  private Map<String, Object> toFile(
      Path file, String act, Map<String, String> words, boolean shown) throws Failure {
    try {
      Private.file(file);
    } catch (FileAlreadyExistsException _) {
      throw new Failure(Failure.USAGE, file + " is there already", "name another with --out");
    } catch (IOException _) {
      throw new Failure(Failure.FAILED, file + " can't be made", "check who may write there");
    }
    boolean whole = false;
    try (Writer writer = Files.newBufferedWriter(file, UTF_8, StandardOpenOption.WRITE)) {
      Map<String, Object> said = take(writer, act, words, shown);
      whole = true;
      return said;
    } catch (IOException _) {
      throw new Failure(Failure.FAILED, file + " can't be written", "is the disk full?");
    } finally {
      if (!whole) {
        file.toFile().delete(); // half an answer must not pass for one
      }
    }
  }

  private Map<String, Object> take(
      Writer writer, String act, Map<String, String> words, boolean shown) throws Failure {
    try (Taking taking = new Taking(writer, shown);
        ConsoleCall call = data.call()) {
      writer.write(begin);
      Request request = data.to(Request.of(act, words));
      Reply reply = DataOption.checked(call.ask(request, InputStream.nullInputStream(), taking));
      writer.write(end);
      writer.flush();
      return reply.values();
    } catch (IOException _) {
      throw new Failure(
          Failure.FAILED,
          "the answer broke off",
          "what was written is not whole; look at the log lines of the running archive");
    }
  }

  /// Writes what comes, and shows how far it is.
  private static final class Taking implements Pieces, AutoCloseable {
    private final Writer writer;
    private final HowFarBar bar;

    Taking(Writer writer, boolean shown) {
      this.writer = writer;
      this.bar = new HowFarBar(shown);
    }

    @Override
    public void piece(String text) throws IOException {
      writer.write(text);
    }

    @Override
    public void accept(HowFar howFar) {
      bar.accept(howFar);
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  /// @param end whether it is where a range ends: a day counts as a whole
  static long moment(String option, String text, boolean end) throws Failure {
    try {
      if (text.length() == 10) {
        LocalDate day = LocalDate.parse(text).plusDays(end ? 1 : 0);
        return day.atStartOfDay(ZoneId.systemDefault()).toInstant().toEpochMilli();
      }
      return Instant.parse(text).toEpochMilli() + (end ? 1 : 0);
    } catch (DateTimeParseException _) {
      throw new Failure(
          Failure.USAGE, option + " is no time", "write 2026-01-31 or 2026-01-31T12:00:00Z");
    }
  }
}
