package leadglass.app.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import leadglass.app.Failure;
import leadglass.app.console.Reply;
import leadglass.app.console.Request;
import leadglass.app.report.Papers;
import leadglass.app.report.ReportFacts;
import leadglass.store.Private;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

@Command(
    name = "security",
    description =
        "Writes what supports each item of the HIPAA Security Rule, what is open, and a draft risk"
            + " analysis.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Without --out it writes security-report-DATE.html and .pdf into the current folder. A file",
      "that is there is never written over. The full report has names: it is for the house alone.",
      "What the archive can't know is marked \"not known\" or \"attach\". Not legal advice.",
      "",
      "Examples:",
      "  leadglass report security --data /srv/images",
      "  leadglass report security --for insurer --out insurer.pdf --data /srv/images"
    })
@SuppressWarnings("NullAway.Init")
final class SecurityReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "A new file, .html or .pdf; else one of each.")
  private Optional<Path> out = Optional.empty();

  /// Who reads it, besides the house.
  enum Reader {
    insurer
  }

  @Option(
      names = "--for",
      paramLabel = "insurer",
      description = "Two pages, open risks first, without names and addresses.")
  private Optional<Reader> reader = Optional.empty();

  @Option(names = "--json", description = "Prints it as one JSON document; a file only with --out.")
  private boolean json;

  @Override
  public Integer call() throws Failure {
    List<Path> files = files();
    for (Path file : files) {
      if (Files.exists(file)) {
        throw there(file); // before anybody is asked: the trail would say that a report was made
      }
    }
    Papers papers = papers();
    for (Path file : files) {
      write(file, papers);
    }
    if (json) {
      Print.json(spec.commandLine().getOut(), papers.report());
    } else {
      files.forEach(file -> spec.commandLine().getOut().println(file + " is written."));
      spec.commandLine().getOut().println(papers.report().open().size() + " open risks.");
    }
    return 0;
  }

  private List<Path> files() throws Failure {
    if (out.isPresent()) {
      if (!isPdf(out.get()) && !name(out.get()).endsWith(".html")) {
        throw new Failure(
            Failure.USAGE, "--out takes a file that ends in .html or .pdf", "--out report.pdf");
      }
      return List.of(out.get());
    }
    if (json) {
      return List.of();
    }
    String name =
        "security-report-"
            + (reader.isPresent() ? "insurer-" : "")
            + LocalDate.now(ZoneId.systemDefault());
    return List.of(Path.of(name + ".html"), Path.of(name + ".pdf"));
  }

  private static String name(Path file) {
    return file.toString().toLowerCase(Locale.ROOT);
  }

  private static boolean isPdf(Path file) {
    return name(file).endsWith(".pdf");
  }

  private Papers papers() throws Failure {
    boolean forwarded = data.settings().config().audit().isForwarded();
    Reply reply = data.ask(Request.of("report security", Map.of()));
    Map<String, Object> values = new HashMap<>(reply.values());
    values.putIfAbsent("forwarding", Optional.empty());
    values.putIfAbsent("witness", Optional.empty());
    ReportFacts facts =
        JsonMapper.builder().build().convertValue(values, ReportFacts.class).set(forwarded);
    return reader.isPresent() ? Papers.insurer(facts) : Papers.whole(facts);
  }

  private static Failure there(Path file) {
    return new Failure(Failure.USAGE, file + " is there already", "name another with --out");
  }

  private static void write(Path file, Papers papers) throws Failure {
    try {
      Private.file(file, isPdf(file) ? papers.pdf() : papers.html());
    } catch (FileAlreadyExistsException _) {
      throw there(file);
    } catch (IOException _) {
      throw new Failure(
          Failure.FAILED, file + " can't be written", "check who may write there, and for room");
    }
  }
}
