package leadglass.audit.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;

/// Writes audit messages as the schema of PS3.15 A.5.1.1 wants them: one element without a
/// declaration, on one line.
///
/// What XML can't hold (control characters, lone surrogates) becomes U+FFFD; nothing somebody typed
/// can open or close an element, or begin another line.
public final class MessageXml {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Markup out = new Markup();

  private MessageXml() {}

  public static String of(AuditMessage message) {
    MessageXml xml = new MessageXml();
    xml.write(message);
    return xml.out.text();
  }

  private void write(AuditMessage message) {
    out.open("AuditMessage");
    event(message.event());
    message.participants().forEach(this::participant);
    source(message.source());
    message.objects().forEach(this::object);
    object(TrailEntry.of(message));
    out.close();
  }

  private void event(AuditMessage.Event event) {
    out.open("EventIdentification")
        .attribute("EventActionCode", event.action().code())
        .attribute("EventDateTime", TIME.format(event.at()))
        .attribute("EventOutcomeIndicator", Integer.toString(event.outcome().code()));
    code("EventID", event.kind().code());
    event.types().forEach(type -> code("EventTypeCode", type));
    event
        .outcomeDescription()
        .ifPresent(words -> out.open("EventOutcomeDescription").text(words).close());
    out.close();
  }

  private void participant(Participant participant) {
    out.open("ActiveParticipant").attribute("UserID", participant.userId());
    participant.alternativeUserId().ifPresent(id -> out.attribute("AlternativeUserID", id));
    participant.userName().ifPresent(name -> out.attribute("UserName", name));
    out.attribute("UserIsRequestor", Boolean.toString(participant.requestor()));
    participant
        .at()
        .ifPresent(at ->
            out.attribute("NetworkAccessPointID", at.id())
                .attribute("NetworkAccessPointTypeCode", Integer.toString(at.kind().code())));
    participant.roles().forEach(role -> code("RoleIDCode", role));
    out.close();
  }

  private void source(AuditMessage.Source source) {
    out.open("AuditSourceIdentification");
    source.site().ifPresent(site -> out.attribute("AuditEnterpriseSiteID", site));
    out.attribute("AuditSourceID", source.id());
    out.open("AuditSourceTypeCode").attribute("csd-code", AuditMessage.Source.TYPE).close();
    out.close();
  }

  private void object(ParticipantObject object) {
    out.open("ParticipantObjectIdentification")
        .attribute("ParticipantObjectID", object.id())
        .attribute("ParticipantObjectTypeCode", Integer.toString(object.type().code()));
    object
        .role()
        .ifPresent(role -> out.attribute("ParticipantObjectTypeCodeRole", Integer.toString(role)));
    object
        .lifeCycle()
        .ifPresent(at -> out.attribute("ParticipantObjectDataLifeCycle", Integer.toString(at)));
    code("ParticipantObjectIDTypeCode", object.idType());
    switch (object.label()) {
      case ParticipantObject.Label.Name(var text) ->
          out.open("ParticipantObjectName").text(text).close();
      case ParticipantObject.Label.Query(var bytes) ->
          out.open("ParticipantObjectQuery")
              .text(Base64.getEncoder().encodeToString(bytes))
              .close();
    }
    object.details().forEach(this::detail);
    object.description().ifPresent(this::description);
    out.close();
  }

  private void detail(ParticipantObject.Detail detail) {
    out.open("ParticipantObjectDetail")
        .attribute("type", detail.type())
        .attribute("value", Base64.getEncoder().encodeToString(detail.value().getBytes(UTF_8)))
        .close();
  }

  private void description(ParticipantObject.Description description) {
    out.open("ParticipantObjectDescription");
    description
        .accessions()
        .forEach(number -> out.open("Accession").attribute("Number", number).close());
    for (ParticipantObject.SopClass each : description.sopClasses()) {
      out.open("SOPClass");
      each.uid().ifPresent(uid -> out.attribute("UID", uid));
      out.attribute("NumberOfInstances", Long.toString(each.numberOfInstances()));
      each.instances().forEach(uid -> out.open("Instance").attribute("UID", uid).close());
      out.close();
    }
    description
        .anonymized()
        .ifPresent(is -> out.open("Anonymized").text(Boolean.toString(is)).close());
    out.close();
  }

  private void code(String element, Code code) {
    out.open(element)
        .attribute("csd-code", code.code())
        .attribute("codeSystemName", code.system())
        .attribute("originalText", code.meaning())
        .close();
  }
}
