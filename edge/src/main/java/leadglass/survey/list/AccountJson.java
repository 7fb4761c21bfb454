package leadglass.survey.list;

import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A check as one JSON document. The members are described in docs/check.md.
public final class AccountJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private AccountJson() {}

  public static String of(Account account) {
    ObjectNode node = JSON.createObjectNode();
    node.put("vantage", account.vantage());
    node.put("at", account.at().toString());
    node.put("tool", account.tool());
    node.put("probes", account.probes());
    node.put("forOthers", account.forOthers());
    node.put("grade", account.grade());
    ObjectNode grades = node.putObject("grades");
    account.grades().forEach(grades::put);
    totals(node.putObject("all"), Totals.of("", account.results()));
    array(node, "countries", Totals.byCountry(account.results()));
    array(node, "owners", Totals.byOwner(account.results()));
    account
        .changes()
        .ifPresent(changes -> {
          ObjectNode since = node.putObject("changes");
          changes.opened().forEach(since.putArray("opened")::add);
          changes.closed().forEach(since.putArray("closed")::add);
          changes.added().forEach(since.putArray("new")::add);
          changes.gone().forEach(since.putArray("gone")::add);
        });
    ArrayNode hosts = node.putArray("hosts");
    account.results().forEach(each -> hosts.add(ResultJson.node(each)));
    return JSON.writeValueAsString(node);
  }

  private static void array(ObjectNode node, String name, List<Totals> lines) {
    ArrayNode array = node.putArray(name);
    lines.forEach(each -> totals(array.addObject(), each));
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
}
