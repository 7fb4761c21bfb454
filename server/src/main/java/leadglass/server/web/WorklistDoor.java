package leadglass.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.Archive;
import leadglass.archive.Origin;
import leadglass.archive.Ruling;
import leadglass.archive.ScheduledStep;
import leadglass.archive.StepField;
import leadglass.archive.Verb;
import leadglass.archive.Worklist;
import leadglass.archive.Worklist.Listed;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Problems;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The worklist for programs: JSON under `/worklist` (docs/formats/worklist.md).
public final class WorklistDoor {
  private static final String ROOT = "/worklist";
  private static final String ONE = ROOT + "/{id}";
  private static final String ALL = "all";
  private static final String JSON = "application/json";
  private static final int BODY_BYTES_MAX = 64 << 10;
  private static final int LIMIT = 100;
  private static final Set<String> PARAMETERS =
      Set.of("day", "station", "modality", "after", "limit");
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Worklist worklist;

  private WorklistDoor(Worklist worklist) {
    this.worklist = worklist;
  }

  public static List<Route> routes(Archive archive) {
    WorklistDoor door = new WorklistDoor(archive.worklist());
    Origin.Door web = Origin.Door.DICOMWEB;
    return List.of(
        new Route("GET", ROOT, web, Verb.WORKLIST, door::list),
        new Route("POST", ROOT, web, Verb.SCHEDULE, door::add),
        new Route("GET", ONE, web, Verb.WORKLIST, door::one),
        new Route("PATCH", ONE, web, Verb.SCHEDULE, door::change),
        new Route("DELETE", ONE, web, Verb.SCHEDULE, door::cancel));
  }

  private Response list(Request request) throws IOException, ProblemException {
    for (Map.Entry<String, String> each : request.query()) {
      if (!PARAMETERS.contains(each.getKey())) {
        throw Problems.badRequest("The parameters are " + String.join(", ", PARAMETERS) + ".");
      }
    }
    // Not of a patient: what identifies one goes into no address.
    Worklist.Filter filter =
        new Worklist.Filter(
            day(request.query("day").orElse("")),
            request.query("station").orElse(""),
            request.query("modality").orElse(""),
            "");
    String after = request.query("after").orElse("");
    return switch (worklist.list(request.caller(), filter, after, limit(request))) {
      case Listed.Braked(var stop) -> throw Problems.braked(stop);
      case Listed.Steps(var steps, var next) -> {
        ObjectNode answer = MAPPER.createObjectNode();
        ArrayNode all = answer.putArray("steps");
        steps.forEach(step -> all.add(node(step)));
        next.ifPresent(cursor -> answer.put("next", cursor));
        yield json(200, answer);
      }
    };
  }

  private Optional<LocalDate> day(String text) throws ProblemException {
    if (text.equals(ALL)) {
      return Optional.empty();
    }
    try {
      return Optional.of(text.isEmpty() ? worklist.today() : LocalDate.parse(text));
    } catch (DateTimeParseException _) {
      throw Problems.badRequest("day is a date such as 2026-11-26, or all.");
    }
  }

  private static int limit(Request request) throws ProblemException {
    String text = request.query("limit").orElse(Integer.toString(LIMIT));
    if (!text.matches("\\d{1,3}")
        || text.matches("0+")
        || Integer.parseInt(text) > Worklist.ROWS_MAX) {
      throw Problems.badRequest("limit is 1 to " + Worklist.ROWS_MAX + ".");
    }
    return Integer.parseInt(text);
  }

  private Response one(Request request) throws IOException, ProblemException {
    Optional<ScheduledStep> step = worklist.step(request.caller(), request.variable("id"));
    if (step.isEmpty()) {
      throw Problems.notFound();
    }
    return json(200, node(step.get()));
  }

  private Response add(Request request) throws IOException, ProblemException {
    return switch (worklist.add(request.caller(), fields(request))) {
      case Ruling.Done(var id) ->
          json(201, MAPPER.createObjectNode().put("id", id)).with("Location", ROOT + "/" + id);
      case Ruling.Refused(var rule) -> throw unfit(rule);
      case Ruling.NotThere _ -> throw Problems.notFound();
    };
  }

  private Response change(Request request) throws IOException, ProblemException {
    return done(worklist.change(request.caller(), request.variable("id"), fields(request)));
  }

  private Response cancel(Request request) throws IOException, ProblemException {
    return done(worklist.cancel(request.caller(), request.variable("id")));
  }

  private static Response done(Ruling ruling) throws ProblemException {
    return switch (ruling) {
      case Ruling.Done _ -> Response.of(204);
      case Ruling.Refused(var rule) -> throw unfit(rule);
      case Ruling.NotThere _ -> throw Problems.notFound();
    };
  }

  private static ProblemException unfit(String rule) {
    return new ProblemException(Problems.with(Problems.UNFIT, rule));
  }

  /// What was sent: an object whose members are texts, or null for none.
  private static Map<StepField, String> fields(Request request)
      throws IOException, ProblemException {
    String type = request.header("Content-Type").orElse("").split(";", 2)[0].strip();
    if (!type.equalsIgnoreCase(JSON)) {
      throw new ProblemException(Problems.MEDIA_TYPE_NOT_TAKEN);
    }
    byte[] body = request.body().readNBytes(BODY_BYTES_MAX + 1);
    if (body.length > BODY_BYTES_MAX) {
      throw new ProblemException(Problems.TOO_LARGE);
    }
    JsonNode sent;
    try {
      sent = MAPPER.readTree(body);
    } catch (JacksonException _) {
      throw Problems.badRequest("The body is no JSON.");
    }
    if (!sent.isObject()) {
      throw Problems.badRequest("The body is no JSON object.");
    }
    Map<StepField, String> fields = new EnumMap<>(StepField.class);
    for (Map.Entry<String, JsonNode> member : sent.properties()) {
      StepField field =
          StepField.of(member.getKey())
              .orElseThrow(() ->
                  Problems.badRequest("A member is none of those in docs/formats/worklist.md."));
      if (!member.getValue().isNull() && !member.getValue().isString()) {
        throw Problems.badRequest(field.word() + " is text, or null.");
      }
      fields.put(field, member.getValue().isNull() ? "" : member.getValue().asString());
    }
    return fields;
  }

  private static ObjectNode node(ScheduledStep step) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("id", step.id());
    node.put("status", step.status().word());
    step.values().keySet().forEach(field -> node.put(field.word(), step.shown(field)));
    node.put("madeBy", step.by());
    node.put("made", Instant.ofEpochMilli(step.madeMillis()).toString());
    node.put("changed", Instant.ofEpochMilli(step.changedMillis()).toString());
    return node;
  }

  private static Response json(int status, ObjectNode node) {
    return Response.of(status, JSON, MAPPER.writeValueAsString(node).getBytes(UTF_8))
        .with("Cache-Control", "no-store");
  }
}
