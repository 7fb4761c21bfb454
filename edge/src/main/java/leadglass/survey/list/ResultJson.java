package leadglass.survey.list;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import leadglass.survey.Counts;
import leadglass.survey.list.Result.DoorResult;
import leadglass.survey.list.Result.FindingResult;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Results as JSON, one object each, and back. The members are described in docs/check.md.
public final class ResultJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ResultJson() {}

  /// One line, without its end.
  public static String line(Result result) {
    return JSON.writeValueAsString(node(result));
  }

  public static ObjectNode node(Result result) {
    ObjectNode node = JSON.createObjectNode();
    node.put("host", result.host());
    node.put("address", result.address());
    node.put("ports", result.ports());
    node.put("owner", result.owner());
    node.put("country", result.country());
    node.put("responsible", result.responsible());
    node.put("ground", result.ground());
    node.put("at", result.at().toString());
    node.put("tookMillis", result.tookMillis());
    node.put("outcome", result.outcome());
    node.put("grade", result.grade());
    node.put("product", result.product());
    counts(node.putObject("counts"), result.counts());
    node.put("bytesReceived", result.bytesReceived());
    node.put("connections", result.connections());
    ArrayNode doors = node.putArray("doors");
    result.doors().forEach(each -> door(doors.addObject(), each));
    return node;
  }

  private static void counts(ObjectNode node, Counts counts) {
    counts.patients().ifPresent(number -> node.put("patients", number));
    counts.studies().ifPresent(number -> node.put("studies", number));
    counts.images().ifPresent(number -> node.put("images", number));
    counts.accessible().ifPresent(number -> node.put("imagesAccessible", number));
    node.put("atLeast", counts.atLeast());
    node.put("source", counts.source().name());
  }

  private static void door(ObjectNode node, DoorResult door) {
    node.put("port", door.port());
    node.put("named", door.named());
    node.put("service", door.service());
    ArrayNode findings = node.putArray("findings");
    for (FindingResult each : door.findings()) {
      findings
          .addObject()
          .put("probe", each.probe())
          .put("decision", each.decision())
          .put("verdict", each.verdict())
          .put("level", each.level())
          .put("words", each.words())
          .put("bytes", each.bytes());
    }
  }

  /// @throws IllegalArgumentException if it is not what [#line] writes
  public static Result parse(String line) {
    try {
      return result(JSON.readTree(line));
    } catch (JacksonException | DateTimeException e) {
      throw new IllegalArgumentException("not a result", e);
    }
  }

  /// @throws IllegalArgumentException if it is not what [#node] makes
  public static Result result(JsonNode node) {
    List<DoorResult> doors = new ArrayList<>();
    for (JsonNode door : node.path("doors")) {
      doors.add(door(door));
    }
    return new Result(
        text(node, "host"),
        text(node, "address"),
        text(node, "ports"),
        text(node, "owner"),
        text(node, "country"),
        text(node, "responsible"),
        text(node, "ground"),
        Instant.parse(text(node, "at")),
        node.path("tookMillis").asLong(0),
        text(node, "outcome"),
        text(node, "grade"),
        text(node, "product"),
        counts(node.path("counts")),
        node.path("bytesReceived").asLong(0),
        node.path("connections").asInt(0),
        doors);
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    if (!value.isString()) {
      throw new IllegalArgumentException("not a result: no " + name);
    }
    return value.asString();
  }

  private static Counts counts(JsonNode node) {
    return new Counts(
        number(node, "patients"),
        number(node, "studies"),
        number(node, "images"),
        number(node, "imagesAccessible"),
        node.path("atLeast").asBoolean(false),
        Counts.Source.valueOf(text(node, "source")));
  }

  private static OptionalLong number(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isIntegralNumber() && value.canConvertToLong()
        ? OptionalLong.of(value.asLong())
        : OptionalLong.empty();
  }

  private static DoorResult door(JsonNode node) {
    List<FindingResult> findings = new ArrayList<>();
    for (JsonNode each : node.path("findings")) {
      findings.add(
          new FindingResult(
              text(each, "probe"),
              text(each, "decision"),
              text(each, "verdict"),
              each.path("level").asInt(0),
              text(each, "words"),
              each.path("bytes").asLong(0)));
    }
    return new DoorResult(
        node.path("port").asInt(0),
        node.path("named").asBoolean(false),
        text(node, "service"),
        findings);
  }
}
