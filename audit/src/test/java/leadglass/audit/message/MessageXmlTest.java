package leadglass.audit.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import leadglass.testkit.AuditSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageXmlTest {
  private static final Instant AT = Instant.parse("2024-02-29T12:00:00Z");

  static AuditMessage message(EventKind kind, String text) {
    Participant person =
        new Participant(
            text,
            Optional.of("AETITLE=" + text),
            Optional.of(text),
            true,
            List.of(Participant.Role.SOURCE.code(), new Code("x", Code.OURS, text)),
            Optional.of(
                new Participant.AccessPoint(Participant.AccessPoint.Kind.IP_ADDRESS, "192.0.2.1")));
    ParticipantObject study =
        new ParticipantObject(
            ParticipantObject.Type.SYSTEM_OBJECT,
            OptionalInt.of(ParticipantObject.REPORT),
            OptionalInt.of(ParticipantObject.LOGICAL_DELETION),
            ParticipantObject.STUDY_INSTANCE_UID,
            "1.2.3",
            new ParticipantObject.Label.Name(text),
            List.of(new ParticipantObject.Detail("reason", text)),
            Optional.of(
                new ParticipantObject.Description(
                    List.of("A1"),
                    List.of(
                        new ParticipantObject.SopClass(
                            Optional.of("1.2.840.10008.5.1.4.1.1.2"), List.of("1.2.3.4"), 7)),
                    Optional.of(true))));
    ParticipantObject query =
        new ParticipantObject(
            ParticipantObject.Type.SYSTEM_OBJECT,
            OptionalInt.empty(),
            OptionalInt.empty(),
            ParticipantObject.SOP_CLASS_UID,
            "1.2.840.10008.5.1.4.1.2.2.1",
            new ParticipantObject.Label.Query(new byte[0]),
            List.of(),
            Optional.empty());
    return new AuditMessage(
        41,
        new AuditMessage.Event(
            kind,
            List.of(EventType.LOGIN.code()),
            Action.EXECUTE,
            AT,
            Outcome.MINOR_FAILURE,
            Optional.of(text),
            Optional.of(PurposeOfUse.TREAT)),
        List.of(person),
        new AuditMessage.Source("pacs", Optional.of(text)),
        List.of(study, query));
  }

  @ParameterizedTest
  @EnumSource
  void everyKindOfEventFitsTheSchema(EventKind kind) {
    assertThat(AuditSchema.faults(MessageXml.of(message(kind, "mara")))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<&>\"'",
        "]]>",
        "line\nbreak\rand\ttab",
        "\u0000\u0007\u001b[31m\u007f\u0085\ufffe\ud800",
        "\udbff\udfff grüße 山田",
        "\"/><ActiveParticipant UserID=\"forged\" UserIsRequestor=\"true"
      })
  void whateverIsInATextTheMessageFitsTheSchemaAndIsOneLine(String text) {
    String xml = MessageXml.of(message(EventKind.EXPORT, text));
    assertThat(AuditSchema.faults(xml)).isEmpty();
    assertThat(xml.chars().noneMatch(c -> c < 0x20)).isTrue();
    assertThat(xml.split("<ActiveParticipant", -1)).hasSize(2);
  }

  @Test
  void theSchemaIsNotSatisfiedByAnything() {
    String valid = MessageXml.of(message(EventKind.QUERY, "mara"));
    assertThat(AuditSchema.faults(valid.replace("EventOutcomeIndicator=\"4\"", ""))).isNotEmpty();
    assertThat(AuditSchema.faults(valid.replace("Indicator=\"4\"", "Indicator=\"5\"")))
        .isNotEmpty();
    assertThat(AuditSchema.faults(valid.replace("UserIsRequestor", "UserIsReq"))).isNotEmpty();
    assertThat(AuditSchema.faults(valid.replace("csd-code", "code"))).isNotEmpty();
    assertThat(
            AuditSchema.faults(valid.replaceAll("EventDateTime=\"[^\"]*\"", "EventDateTime=\"x\"")))
        .isNotEmpty();
    assertThat(AuditSchema.faults("<AuditMessage/>")).isNotEmpty();
  }

  @Test
  void itsTimeIsOfTheEventInUtc() {
    assertThat(MessageXml.of(message(EventKind.QUERY, "mara")))
        .contains("EventDateTime=\"2024-02-29T12:00:00.000Z\"");
  }

  @Test
  void aMessageHasAParticipantAndOneRequestorAtMost() {
    AuditMessage fine = message(EventKind.QUERY, "mara");
    Participant one = fine.participants().getFirst();
    assertThatThrownBy(() -> new AuditMessage(0, fine.event(), List.of(), fine.source(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new AuditMessage(0, fine.event(), List.of(one, one), fine.source(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingThatIdentifiesAnybodyIsInItsWords() {
    AuditMessage message = message(EventKind.QUERY, "Doe^Jane");
    assertThat(message + " " + message.participants() + message.objects())
        .doesNotContain("Doe")
        .doesNotContain("1.2.3");
  }
}
