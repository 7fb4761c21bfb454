package leadglass.audit.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import leadglass.audit.message.Action;
import leadglass.audit.message.AuditMessage;
import leadglass.audit.message.EventKind;
import leadglass.audit.message.EventType;
import leadglass.audit.message.Outcome;
import leadglass.audit.message.Participant;
import leadglass.audit.message.ParticipantObject;
import leadglass.audit.message.PurposeOfUse;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class AuditEventJsonTest {
  private final AuditMessage message =
      new AuditMessage(
          41,
          new AuditMessage.Event(
              EventKind.INSTANCES_ACCESSED,
              List.of(EventType.LOGIN.code()),
              Action.READ,
              Instant.parse("2024-02-29T12:00:00Z"),
              Outcome.SUCCESS,
              Optional.of("so it was"),
              Optional.of(PurposeOfUse.TREAT)),
          List.of(
              new Participant(
                  "mara",
                  Optional.of("AETITLE=X"),
                  Optional.of("Mara"),
                  true,
                  List.of(Participant.Role.DESTINATION.code()),
                  Optional.of(
                      new Participant.AccessPoint(
                          Participant.AccessPoint.Kind.IP_ADDRESS, "192.0.2.1")))),
          new AuditMessage.Source("pacs", Optional.of("north")),
          List.of(
              new ParticipantObject(
                  ParticipantObject.Type.SYSTEM_OBJECT,
                  OptionalInt.of(ParticipantObject.REPORT),
                  OptionalInt.empty(),
                  ParticipantObject.STUDY_INSTANCE_UID,
                  "1.2.3",
                  new ParticipantObject.Label.Name(""),
                  List.of(new ParticipantObject.Detail("reason", "why\u0001")),
                  Optional.empty())));

  @Test
  void whatFhirRequiresOfAnAuditEventIsThere() {
    ObjectNode event = AuditEventJson.of(message);
    assertThat(event.get("resourceType").stringValue()).isEqualTo("AuditEvent");
    assertThat(event.get("id").stringValue()).isEqualTo("41");
    assertThat(event.at("/type/system").stringValue()).isEqualTo(AuditEventJson.DCM);
    assertThat(event.at("/type/code").stringValue()).isEqualTo("110103");
    assertThat(event.at("/subtype/0/code").stringValue()).isEqualTo("110122");
    assertThat(event.get("action").stringValue()).isEqualTo("R");
    assertThat(event.get("recorded").stringValue()).isEqualTo("2024-02-29T12:00:00.000Z");
    assertThat(event.get("outcome").stringValue()).isEqualTo("0");
    assertThat(event.at("/purposeOfEvent/0/coding/0/code").stringValue()).isEqualTo("TREAT");
    assertThat(event.at("/agent/0/requestor").booleanValue()).isTrue();
    assertThat(event.at("/agent/0/who/identifier/value").stringValue()).isEqualTo("mara");
    assertThat(event.at("/agent/0/network/type").stringValue()).isEqualTo("2");
    assertThat(event.at("/source/observer/identifier/value").stringValue()).isEqualTo("pacs");
    assertThat(event.at("/entity/0/what/identifier/value").stringValue())
        .isEqualTo("urn:oid:1.2.3");
    assertThat(event.at("/entity/0/detail/0/valueString").stringValue()).isEqualTo("why\uFFFD");
    assertThat(event.at("/entity/1/what/identifier/value").stringValue()).isEqualTo("41");
  }

  @Test
  void anEmptyValueIsLeftOutAsFhirAllowsNone() {
    assertThat(AuditEventJson.of(message).at("/entity/0/name").isMissingNode()).isTrue();
    assertThat(AuditEventJson.of(message).toString()).doesNotContain("\"\"");
  }
}
