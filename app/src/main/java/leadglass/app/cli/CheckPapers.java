package leadglass.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import leadglass.app.Failure;
import leadglass.store.Private;
import leadglass.survey.list.Changes;
import leadglass.survey.list.Result;
import leadglass.survey.list.ResultCsv;
import leadglass.survey.list.ResultJson;
import leadglass.survey.list.Totals;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The files that `leadglass check` writes.
@SuppressWarnings("NullAway.Init")
final class CheckPapers {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /// A check as a whole.
  record Whole(
      List<Result> results, Optional<Changes> changes, String vantage, String probes, Instant at) {}

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Write a line for each host, for a spreadsheet. A new file.")
  private Optional<Path> csv = Optional.empty();

  CheckPapers() {}

  /// Complains before anything is asked.
  void see() throws Failure {
    if (csv.filter(Files::exists).isPresent()) {
      throw there(csv.get());
    }
  }

  private static Failure there(Path file) {
    return new Failure(Failure.USAGE, file + " is there already", "name a new file");
  }

  String json(Whole whole) {
    ObjectNode node = JSON.createObjectNode();
    node.put("vantage", whole.vantage());
    node.put("at", whole.at().toString());
    node.put("tool", new Version().getVersion()[0]);
    node.put("probes", whole.probes());
    totals(node.putObject("all"), Totals.of("", whole.results()));
    ArrayNode countries = node.putArray("countries");
    Totals.byCountry(whole.results()).forEach(each -> totals(countries.addObject(), each));
    ArrayNode owners = node.putArray("owners");
    Totals.byOwner(whole.results()).forEach(each -> totals(owners.addObject(), each));
    whole
        .changes()
        .ifPresent(changes -> {
          ObjectNode since = node.putObject("changes");
          changes.opened().forEach(since.putArray("opened")::add);
          changes.closed().forEach(since.putArray("closed")::add);
          changes.added().forEach(since.putArray("new")::add);
          changes.gone().forEach(since.putArray("gone")::add);
        });
    ArrayNode hosts = node.putArray("hosts");
    whole.results().forEach(each -> hosts.add(ResultJson.node(each)));
    return JSON.writeValueAsString(node);
  }

  private static void totals(ObjectNode node, Totals totals) {
    node.put("name", totals.name());
    node.put("examined", totals.examined());
    node.put("open", totals.open());
    node.put("dataSets", totals.dataSets());
    node.put("images", totals.images());
    node.put("imagesAccessible", totals.accessible());
    node.put("closed", totals.closed());
    node.put("other", totals.other());
    node.put("cantTell", totals.untold());
    node.put("notAsked", totals.notAsked());
    node.put("uncounted", totals.uncounted());
    node.put("atLeast", totals.atLeast());
    node.put("estimated", totals.estimated());
  }

  void write(Whole whole, PrintWriter err) throws Failure {
    if (csv.isPresent()) {
      write(csv.get(), ResultCsv.of(whole.results()).getBytes(StandardCharsets.UTF_8));
      err.println(csv.get() + " is written.");
    }
  }

  private static void write(Path file, byte[] bytes) throws Failure {
    try {
      Private.file(file, bytes);
    } catch (FileAlreadyExistsException _) {
      throw there(file);
    } catch (IOException _) {
      throw new Failure(
          Failure.FAILED, file + " can't be written", "check who may write there, and for room");
    }
  }
}
