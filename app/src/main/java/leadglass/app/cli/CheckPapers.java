package leadglass.app.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import leadglass.app.Failure;
import leadglass.survey.list.Changes;
import leadglass.survey.list.Result;
import leadglass.survey.list.ResultJson;
import leadglass.survey.list.Totals;
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

  CheckPapers() {}

  /// Complains before anything is asked.
  void see() throws Failure {}

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

  void write(Whole whole, PrintWriter err) throws Failure {}
}
