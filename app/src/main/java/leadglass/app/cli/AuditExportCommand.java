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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import leadglass.app.Failure;
import leadglass.app.config.AuditConfig;
import leadglass.app.console.ConsoleCall;
import leadglass.app.console.HowFar;
import leadglass.app.console.Pieces;
import leadglass.app.console.Reply;
import leadglass.app.console.Request;
import leadglass.app.syslog.AuditForwarder;
import leadglass.store.Private;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "export",
    description = "Writes the audit trail as DICOM audit messages; that is in the trail too.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "xml    messages of PS3.15 A.5, one a line, in one document",
      "jsonl  FHIR R4 AuditEvent resources, one a line",
      "",
      "A time is a day (2026-01-31, the whole of it) or a moment (2026-01-31T12:00:00Z).",
      "It names patients, so a file is made for this user's eyes alone.",
      "",
      "Examples:",
      "  leadglass audit export --from 2026-01-01 --to 2026-01-31 --out january.xml --data /srv/images",
      "  leadglass audit export --format jsonl --patients pseudonym --data /srv/images | gzip > all.gz"
    })
@SuppressWarnings("NullAway.Init")
final class AuditExportCommand implements Callable<Integer> {
  private static final String XML_BEGIN =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<AuditMessages>\n";
  private static final String XML_END = "</AuditMessages>\n";

  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  @Option(names = "--from", paramLabel = "T", description = "Not before.")
  private Optional<String> from = Optional.empty();

  @Option(names = "--to", paramLabel = "T", description = "Not after.")
  private Optional<String> to = Optional.empty();

  /// As it is written.
  enum Format {
    xml,
    jsonl
  }

  /// How patients are named.
  enum Patients {
    identifiers,
    pseudonym
  }

  @Option(
      names = "--format",
      paramLabel = "xml|jsonl",
      defaultValue = "xml",
      description = "Default: xml.")
  private Format format;

  @Option(
      names = "--patients",
      paramLabel = "identifiers|pseudonym",
      defaultValue = "identifiers",
      description = "How patients are named; default: identifiers.")
  private Patients patients;

  @Option(names = "--out", paramLabel = "FILE", description = "A new file; else standard output.")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--quiet", description = "No progress bar.")
  private boolean quiet;

  @Override
  public Integer call() throws Failure {
    Map<String, String> words = new HashMap<>();
    if (from.isPresent()) {
      words.put("from", "" + moment("--from", from.get(), false));
    }
    if (to.isPresent()) {
      words.put("until", "" + moment("--to", to.get(), true));
    }
    words.put("format", format.name());
    words.put("patients", patients.name());
    AuditConfig audit = data.settings().config().audit();
    words.put("source", AuditForwarder.source(audit));
    return out.isPresent() ? toFile(out.get(), words) : toOutput(words);
  }

  private int toOutput(Map<String, String> words) throws Failure {
    Writer writer = new BufferedWriter(new OutputStreamWriter(System.out, UTF_8));
    export(writer, words, false);
    return 0;
  }

  private int toFile(Path file, Map<String, String> words) throws Failure {
    try {
      Private.file(file);
    } catch (FileAlreadyExistsException _) {
      throw new Failure(Failure.USAGE, file + " is there already", "name another with --out");
    } catch (IOException _) {
      throw new Failure(Failure.FAILED, file + " can't be made", "check who may write there");
    }
    boolean whole = false;
    try (Writer writer = Files.newBufferedWriter(file, UTF_8, StandardOpenOption.WRITE)) {
      long messages = export(writer, words, !quiet);
      whole = true;
      spec.commandLine().getOut().println(file + " has " + messages + " messages.");
      return 0;
    } catch (IOException _) {
      throw new Failure(Failure.FAILED, file + " can't be written", "is the disk full?");
    } finally {
      if (!whole) {
        file.toFile().delete(); // half an export must not pass for one
      }
    }
  }

  private long export(Writer writer, Map<String, String> words, boolean shown) throws Failure {
    try (Taking taking = new Taking(writer, shown);
        ConsoleCall call = data.call()) {
      if (format == Format.xml) {
        writer.write(XML_BEGIN);
      }
      Request request = data.to(Request.of("audit export", words));
      Reply reply = DataOption.checked(call.ask(request, InputStream.nullInputStream(), taking));
      if (format == Format.xml) {
        writer.write(XML_END);
      }
      writer.flush();
      return Long.parseLong(String.valueOf(reply.values().get("messages")));
    } catch (IOException _) {
      throw new Failure(
          Failure.FAILED,
          "the export broke off",
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
