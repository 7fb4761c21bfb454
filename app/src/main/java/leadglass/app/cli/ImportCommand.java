package leadglass.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import leadglass.app.Failure;
import leadglass.app.console.ConsoleCall;
import leadglass.app.console.Reply;
import leadglass.app.console.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "import",
    description = "Stores files and folders of DICOM files; says what was refused and why.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Stops at nothing: what is refused is listed, and the exit code is 1 then. Importing the same",
      "files again stores nothing twice. Symbolic links to folders are not followed.",
      "",
      "Example:",
      "  leadglass import /media/cdrom --data /srv/images"
    })
@SuppressWarnings("NullAway.Init")
final class ImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files or folders.")
  private List<Path> paths;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Option(names = "--quiet", description = "No progress bar.")
  private boolean quiet;

  private int stored;
  private int held;
  private final List<Map<String, Object>> refused = new ArrayList<>();
  private final List<Map<String, Object>> warned = new ArrayList<>();

  @Override
  public Integer call() throws Failure {
    List<Path> files = files();
    long bytes = files.stream().mapToLong(ImportCommand::size).sum();
    try (Progress progress = new Progress("importing", files.size(), bytes, !quiet && !json);
        ConsoleCall call = data.call()) {
      for (Path file : files) {
        take(file, offer(call, file, progress));
        progress.fileDone();
      }
    } catch (IOException _) {
      throw new Failure(
          Failure.FAILED,
          "the running archive ended after "
              + (stored + held)
              + " of "
              + files.size()
              + " files; what was stored so far is kept",
          "run it again: what is held already is not stored twice");
    }
    report();
    return refused.isEmpty() ? 0 : 1;
  }

  private List<Path> files() throws Failure {
    List<Path> found = new ArrayList<>();
    for (Path path : paths) {
      if (!Files.exists(path)) {
        throw new Failure(Failure.USAGE, path + " is not there", "name files or folders");
      }
      try (Stream<Path> below = Files.walk(path, new FileVisitOption[0])) {
        below.filter(Files::isRegularFile).sorted().forEach(found::add);
      } catch (IOException | java.io.UncheckedIOException _) {
        throw new Failure(Failure.FAILED, path + " can't be read", "check who may read it");
      }
    }
    return found;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException _) {
      return 0;
    }
  }

  private Reply offer(ConsoleCall call, Path file, Progress progress) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      Request request = new Request("import", Map.of(), Files.size(file));
      return call.ask(data.to(request), progress.counting(in));
    } catch (java.nio.file.FileSystemException _) {
      return Reply.done(
          Map.of("outcome", "refused", "reason", "unreadable", "rule", "the file can't be read"));
    }
  }

  private void take(Path file, Reply reply) throws Failure {
    DataOption.checked(reply);
    Map<String, Object> values = reply.values();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("file", file.toString());
    switch (String.valueOf(values.get("outcome"))) {
      case "stored" -> {
        stored++;
        if (values.get("warnings") instanceof List<?> warnings && !warnings.isEmpty()) {
          row.put("warnings", warnings);
          warned.add(row);
        }
      }
      case "held" -> held++;
      default -> {
        row.put("reason", values.get("reason"));
        row.put("rule", values.get("rule"));
        refused.add(row);
      }
    }
  }

  private void report() {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("stored", stored);
      document.put("alreadyHeld", held);
      document.put("warned", warned);
      document.put("refused", refused);
      Print.json(out, document);
      return;
    }
    for (Map<String, Object> row : warned) {
      out.println("warn  " + row.get("file") + ": " + Print.joined(row.get("warnings"), "; "));
    }
    for (Map<String, Object> row : refused) {
      out.println(
          "FAIL  " + row.get("file") + ": " + row.get("rule") + " (" + row.get("reason") + ")");
    }
    out.println(stored + " stored, " + held + " held before, " + refused.size() + " refused.");
  }
}
