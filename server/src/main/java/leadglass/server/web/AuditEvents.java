package leadglass.server.web;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import leadglass.archive.Archive;
import leadglass.archive.AuditLog;
import leadglass.archive.Origin;
import leadglass.archive.Verb;
import leadglass.audit.fhir.AuditEventJson;
import leadglass.audit.message.AuditMessage;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The audit trail as FHIR R4: Retrieve ATNA Audit Event (IHE ITI-81). Every answer is in the trail
/// before it leaves.
public final class AuditEvents {
  private static final String ROOT = "/fhir";
  private static final String EVENTS = ROOT + "/AuditEvent";
  private static final String FHIR = "application/fhir+json";
  private static final List<String> OFFERS = List.of(FHIR, "application/json");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final ZoneId ZONE = ZoneOffset.UTC;

  private final AuditLog log;

  private AuditEvents(AuditLog log) {
    this.log = log;
  }

  public static List<Route> routes(Archive archive) {
    AuditEvents events = new AuditEvents(archive.auditLog());
    Origin.Door door = Origin.Door.DICOMWEB;
    return List.of(
        new Route("GET", ROOT + "/metadata", door, Verb.READ_AUDIT, events::metadata),
        new Route("GET", EVENTS, door, Verb.READ_AUDIT, events::search),
        new Route("GET", EVENTS + "/{id}", door, Verb.READ_AUDIT, events::one));
  }

  private Response search(Request request) throws IOException {
    Optional<Response> refused = notAcceptable(request);
    if (refused.isPresent()) {
      return refused.get();
    }
    AuditQuestion question;
    try {
      question = AuditQuestion.parse(request.query(), ZONE);
    } catch (AuditQuestion.WrongException e) {
      return outcome(400, "invalid", String.valueOf(e.getMessage()));
    }
    Optional<AuditLog.Page> page =
        log.page(
            request.caller(),
            question.from(),
            question.range(),
            AuditLog.Naming.IDENTIFIERS,
            source(request),
            "searched by FHIR",
            question.wanted(),
            question.count());
    return page.isEmpty() ? notFound() : resource(200, bundle(request, page.get()));
  }

  private Response one(Request request) throws IOException {
    Optional<Response> refused = notAcceptable(request);
    if (refused.isPresent()) {
      return refused.get();
    }
    String id = request.variable("id");
    if (!id.matches("\\d{1,18}")) {
      return notFound();
    }
    Optional<AuditMessage> message =
        log.find(
            request.caller(),
            Long.parseLong(id),
            AuditLog.Naming.IDENTIFIERS,
            source(request),
            "read by FHIR");
    return message
        .map(found -> resource(200, AuditEventJson.of(found)))
        .orElseGet(AuditEvents::notFound);
  }

  /// The name that was asked under is one of ours.
  private static String source(Request request) {
    return "leadglass@" + request.host().replaceFirst(":\\d+$", "");
  }

  private static ObjectNode bundle(Request request, AuditLog.Page page) {
    String base = "https://" + request.host() + EVENTS;
    ObjectNode bundle = JSON.createObjectNode();
    bundle.put("resourceType", "Bundle");
    bundle.put("type", "searchset");
    ArrayNode links = bundle.putArray("link");
    link(links, "self", base, request.query(), Optional.empty());
    if (page.next().isPresent()) {
      link(links, "next", base, request.query(), Optional.of(page.next().getAsLong()));
    }
    if (!page.messages().isEmpty()) {
      ArrayNode entries = bundle.putArray("entry");
      for (AuditMessage message : page.messages()) {
        ObjectNode entry = entries.addObject();
        entry.put("fullUrl", base + "/" + message.number());
        entry.set("resource", AuditEventJson.of(message));
        entry.putObject("search").put("mode", "match");
      }
    }
    return bundle;
  }

  private static void link(
      ArrayNode links,
      String relation,
      String base,
      List<Map.Entry<String, String>> query,
      Optional<Long> from) {
    StringBuilder url = new StringBuilder(base);
    char separator = '?';
    for (Map.Entry<String, String> each : query) {
      if (from.isEmpty() || !each.getKey().equals("_from")) {
        url.append(separator).append(encoded(each.getKey()));
        url.append('=').append(encoded(each.getValue()));
        separator = '&';
      }
    }
    if (from.isPresent()) {
      url.append(separator).append("_from=").append(from.get());
    }
    links.addObject().put("relation", relation).put("url", url.toString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// What there is, and no more.
  private Response metadata(Request request) {
    Optional<Response> refused = notAcceptable(request);
    if (refused.isPresent()) {
      return refused.get();
    }
    ObjectNode statement = JSON.createObjectNode();
    statement.put("resourceType", "CapabilityStatement");
    statement.put("status", "active");
    statement.put("date", "2026-11-26");
    statement.put("kind", "instance");
    statement.putObject("software").put("name", "Leadglass");
    statement
        .putObject("implementation")
        .put("description", "The audit trail of a Leadglass archive")
        .put("url", "https://" + request.host() + ROOT);
    statement.put("fhirVersion", "4.0.1");
    statement.putArray("format").add(FHIR);
    ObjectNode rest = statement.putArray("rest").addObject();
    rest.put("mode", "server");
    rest.putObject("security")
        .put("description", "TLS; a session of an auditor, or a bearer token of scope audit.");
    ObjectNode events = rest.putArray("resource").addObject();
    events.put("type", "AuditEvent");
    ArrayNode interactions = events.putArray("interaction");
    interactions.addObject().put("code", "read");
    interactions.addObject().put("code", "search-type");
    ArrayNode parameters = events.putArray("searchParam");
    parameter(parameters, "_id", "token");
    parameter(parameters, "date", "date");
    for (String name : new TreeSet<>(AuditQuestion.PLACES.keySet())) {
      boolean text = name.equals("agent-name") || name.equals("address");
      parameter(parameters, name, text ? "string" : "token");
    }
    return resource(200, statement);
  }

  private static void parameter(ArrayNode into, String name, String type) {
    into.addObject().put("name", name).put("type", type);
  }

  private static Optional<Response> notAcceptable(Request request) {
    try {
      Accept.of(request).choose(OFFERS);
      return Optional.empty();
    } catch (ProblemException e) {
      return Optional.of(
          outcome(e.problem().status(), "not-supported", "Given as " + FHIR + " alone."));
    }
  }

  private static Response notFound() {
    return outcome(404, "not-found", "There is no such entry, or this account may not have it.");
  }

  private static Response outcome(int status, String code, String words) {
    ObjectNode outcome = JSON.createObjectNode();
    outcome.put("resourceType", "OperationOutcome");
    outcome
        .putArray("issue")
        .addObject()
        .put("severity", "error")
        .put("code", code)
        .put("diagnostics", words);
    return resource(status, outcome);
  }

  private static Response resource(int status, ObjectNode resource) {
    return Response.of(status, FHIR, JSON.writeValueAsBytes(resource));
  }
}
