package leadglass.audit.fhir;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import leadglass.audit.message.AuditMessage;
import leadglass.audit.message.Code;
import leadglass.audit.message.Participant;
import leadglass.audit.message.ParticipantObject;
import leadglass.audit.message.TrailEntry;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Audit messages as FHIR R4 AuditEvent resources, by the mapping FHIR gives for DICOM (AuditEvent
/// §6.4.6). The logical id is the number of the entry in the trail.
public final class AuditEventJson {
  public static final String DCM = "http://dicom.nema.org/resources/ontology/DCM";
  private static final String TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/";
  private static final String ACT_REASON = TERMINOLOGY + "v3-ActReason";
  private static final String URI_SYSTEM = "urn:ietf:rfc:3986";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private AuditEventJson() {}

  public static ObjectNode of(AuditMessage message) {
    ObjectNode event = JSON.createObjectNode();
    event.put("resourceType", "AuditEvent");
    event.put("id", Long.toString(message.number()));
    coding(event.putObject("type"), message.event().kind().code());
    if (!message.event().types().isEmpty()) {
      ArrayNode types = event.putArray("subtype");
      message.event().types().forEach(type -> coding(types.addObject(), type));
    }
    event.put("action", message.event().action().code());
    event.put("recorded", time(message.event().at()));
    event.put("outcome", Integer.toString(message.event().outcome().code()));
    message.event().outcomeDescription().ifPresent(words -> event.put("outcomeDesc", text(words)));
    message
        .event()
        .purpose()
        .ifPresent(purpose -> {
          ObjectNode concept = event.putArray("purposeOfEvent").addObject();
          coding(concept.putArray("coding").addObject(), purpose.code());
        });
    ArrayNode agents = event.putArray("agent");
    message.participants().forEach(each -> agent(agents.addObject(), each));
    source(event.putObject("source"), message.source());
    ArrayNode entities = event.putArray("entity");
    message.objects().forEach(each -> entity(entities.addObject(), each));
    trailEntry(entities.addObject(), message);
    return event;
  }

  /// As an `instant` of FHIR.
  public static String time(Instant at) {
    return TIME.format(at);
  }

  /// The URI of a code's system; a name of ours where there is none.
  public static String system(Code code) {
    return switch (code.system()) {
      case Code.DCM -> DCM;
      case Code.ACT_REASON -> ACT_REASON;
      default -> code.system();
    };
  }

  private static void coding(ObjectNode into, Code code) {
    String system = system(code);
    if (system.startsWith("http")) {
      into.put("system", system);
    }
    into.put("code", code.code());
    into.put("display", code.meaning());
  }

  private static void agent(ObjectNode agent, Participant participant) {
    if (!participant.roles().isEmpty()) {
      Code first = participant.roles().getFirst();
      coding(agent.putObject("type").putArray("coding").addObject(), first);
      ArrayNode roles = agent.putArray("role");
      for (Code role : participant.roles()) {
        ObjectNode concept = roles.addObject();
        coding(concept.putArray("coding").addObject(), role);
      }
    }
    ObjectNode who = agent.putObject("who");
    if (!participant.userId().isEmpty()) {
      who.putObject("identifier").put("value", text(participant.userId()));
    } else {
      who.put("display", "unknown");
    }
    participant.alternativeUserId().ifPresent(id -> agent.put("altId", text(id)));
    participant.userName().ifPresent(name -> agent.put("name", text(name)));
    agent.put("requestor", participant.requestor());
    participant
        .at()
        .ifPresent(at -> {
          ObjectNode network = agent.putObject("network");
          network.put("address", text(at.id()));
          network.put("type", Integer.toString(at.kind().code()));
        });
  }

  private static void source(ObjectNode into, AuditMessage.Source source) {
    source.site().ifPresent(site -> into.put("site", text(site)));
    into.putObject("observer").putObject("identifier").put("value", text(source.id()));
    ObjectNode type = into.putArray("type").addObject();
    type.put("system", TERMINOLOGY + "security-source-type");
    type.put("code", AuditMessage.Source.TYPE);
    type.put("display", "Application Server");
  }

  private static void entity(ObjectNode entity, ParticipantObject object) {
    ObjectNode identifier = entity.putObject("what").putObject("identifier");
    coding(identifier.putObject("type").putArray("coding").addObject(), object.idType());
    if (object.idType().equals(ParticipantObject.STUDY_INSTANCE_UID)
        || object.idType().equals(ParticipantObject.SOP_CLASS_UID)) {
      identifier.put("system", "urn:dicom:uid");
      identifier.put("value", "urn:oid:" + object.id());
    } else if (object.idType().equals(ParticipantObject.RESOURCE_URI)) {
      identifier.put("system", URI_SYSTEM);
      identifier.put("value", text(object.id()));
    } else {
      identifier.put("value", text(object.id()));
    }
    numbered(entity.putObject("type"), "audit-entity-type", object.type().code());
    object.role().ifPresent(role -> numbered(entity.putObject("role"), "object-role", role));
    object
        .lifeCycle()
        .ifPresent(at -> numbered(entity.putObject("lifecycle"), "dicom-audit-lifecycle", at));
    switch (object.label()) {
      case ParticipantObject.Label.Name(var name) when !name.isEmpty() ->
          entity.put("name", text(name));
      case ParticipantObject.Label.Name _ -> {}
      case ParticipantObject.Label.Query(var bytes) when bytes.length > 0 ->
          entity.put("query", Base64.getEncoder().encodeToString(bytes));
      case ParticipantObject.Label.Query _ -> {}
    }
    details(entity, object);
  }

  private static void details(ObjectNode entity, ParticipantObject object) {
    ArrayNode details = JSON.createArrayNode();
    for (ParticipantObject.Detail each : object.details()) {
      if (!each.value().isEmpty()) {
        details.addObject().put("type", text(each.type())).put("valueString", text(each.value()));
      }
    }
    object
        .description()
        .ifPresent(description -> {
          for (ParticipantObject.SopClass each : description.sopClasses()) {
            details
                .addObject()
                .put("type", "NumberOfInstances")
                .put("valueString", Long.toString(each.numberOfInstances()));
            for (String instance : each.instances()) {
              details.addObject().put("type", "Instance").put("valueString", instance);
            }
          }
          description
              .anonymized()
              .ifPresent(is ->
                  details
                      .addObject()
                      .put("type", "Anonymized")
                      .put("valueString", Boolean.toString(is)));
        });
    if (!details.isEmpty()) {
      entity.set("detail", details);
    }
  }

  /// As in the XML of a message, without the purpose, which has a place of its own here.
  private static void trailEntry(ObjectNode entity, AuditMessage message) {
    ObjectNode identifier = entity.putObject("what").putObject("identifier");
    coding(identifier.putObject("type").putArray("coding").addObject(), TrailEntry.ID_TYPE);
    identifier.put("value", Long.toString(message.number()));
    numbered(entity.putObject("type"), "audit-entity-type", 2);
    numbered(entity.putObject("role"), "object-role", ParticipantObject.SECURITY_RESOURCE);
  }

  private static void numbered(ObjectNode into, String system, int code) {
    into.put("system", TERMINOLOGY + system).put("code", Integer.toString(code));
  }

  /// Strings of FHIR hold no control characters but tab and line ends.
  private static String text(String text) {
    StringBuilder fit = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c ->
            fit.appendCodePoint(
                (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0xD800 && c < 0xE000)
                    ? 0xFFFD
                    : c));
    return fit.toString();
  }
}
