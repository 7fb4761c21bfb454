package leadglass.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import leadglass.audit.message.Action;
import leadglass.audit.message.AuditMessage;
import leadglass.audit.message.EventKind;
import leadglass.audit.message.EventType;
import leadglass.audit.message.Outcome;
import leadglass.audit.message.Participant;
import leadglass.audit.message.ParticipantObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditQuestionTest {
  private static final AuditMessage MESSAGE =
      new AuditMessage(
          41,
          new AuditMessage.Event(
              EventKind.SECURITY_ALERT,
              List.of(EventType.SECURITY_ROLES_CHANGED.code()),
              Action.EXECUTE,
              Instant.parse("2026-02-28T12:00:00Z"),
              Outcome.MINOR_FAILURE,
              Optional.empty(),
              Optional.empty()),
          List.of(
              new Participant(
                  "mara",
                  Optional.of("AETITLES=CT1"),
                  Optional.of("Mara"),
                  true,
                  List.of(),
                  Optional.of(
                      new Participant.AccessPoint(
                          Participant.AccessPoint.Kind.IP_ADDRESS, "192.0.2.7")))),
          new AuditMessage.Source("pacs", Optional.of("north")),
          List.of(
              object(ParticipantObject.REPORT, ParticipantObject.STUDY_INSTANCE_UID, "2.25.1"),
              object(ParticipantObject.PATIENT, ParticipantObject.PATIENT_NUMBER, "ID-1")));

  private static ParticipantObject object(int role, leadglass.audit.message.Code type, String id) {
    return new ParticipantObject(
        ParticipantObject.Type.SYSTEM_OBJECT,
        OptionalInt.of(role),
        OptionalInt.empty(),
        type,
        id,
        new ParticipantObject.Label.Name("x"),
        List.of(),
        Optional.empty());
  }

  private static AuditQuestion parse(String... query) throws AuditQuestion.WrongException {
    List<Map.Entry<String, String>> all = new ArrayList<>();
    for (String each : query) {
      all.add(Map.entry(each.replaceFirst("=.*", ""), each.replaceFirst("^[^=]*=", "")));
    }
    return AuditQuestion.parse(all, ZoneOffset.UTC);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "type=110113, true",
    "type=http://dicom.nema.org/resources/ontology/DCM|110113, true",
    "type=http://example.org|110113, false",
    "type=http://dicom.nema.org/resources/ontology/DCM|, true",
    "type=110114, false",
    "'type=110114,110113', true",
    "subtype=110136, true",
    "outcome=4, true",
    "outcome=0, false",
    "action=E, true",
    "agent=mara, true",
    "agent.identifier=mar, false",
    "agent-name=mar, true",
    "agent-name=x, false",
    "altid=AETITLES=CT1, true",
    "address=192.0.2, true",
    "address=192.0.3, false",
    "entity-id=2.25.1, true",
    "entity.identifier=urn:dicom:uid|urn:oid:2.25.1, true",
    "entity-id=ID-1, true",
    "patient.identifier=ID-1, true",
    "patient.identifier=2.25.1, false",
    "entity-role=1, true",
    "entity-role=24, false",
    "source.identifier=pacs, true",
    "site=north, true",
    "_id=41, true",
    "_id=42, false",
  })
  void anEventFitsOrDoesNot(String condition, boolean fits) throws Exception {
    assertThat(parse("date=2026", condition).wanted().test(MESSAGE)).isEqualTo(fits);
  }

  @Test
  void allConditionsHaveToHold() throws Exception {
    assertThat(parse("date=2026", "outcome=4", "agent=mara").wanted().test(MESSAGE)).isTrue();
    assertThat(parse("date=2026", "outcome=0", "agent=mara").wanted().test(MESSAGE)).isFalse();
  }

  @ParameterizedTest(name = "{0}: from {1} until {2}")
  @CsvSource({
    "date=2026, 2026-01-01T00:00:00Z, 2027-01-01T00:00:00Z",
    "date=2026-02, 2026-02-01T00:00:00Z, 2026-03-01T00:00:00Z",
    "date=2026-02-28, 2026-02-28T00:00:00Z, 2026-03-01T00:00:00Z",
    "date=eq2026-02-28, 2026-02-28T00:00:00Z, 2026-03-01T00:00:00Z",
    "date=2026-02-28T12:00:00Z, 2026-02-28T12:00:00Z, 2026-02-28T12:00:01Z",
    "date=2026-02-28T12:00:00+01:00, 2026-02-28T11:00:00Z, 2026-02-28T11:00:01Z",
    "date=2026-02-28T12:00:00 01:00, 2026-02-28T11:00:00Z, 2026-02-28T11:00:01Z",
  })
  void aDateStandsForASpan(String date, Instant from, Instant until) throws Exception {
    assertThat(parse(date).range().fromMillis()).isEqualTo(from.toEpochMilli());
    assertThat(parse(date).range().untilMillis()).isEqualTo(until.toEpochMilli());
  }

  @Test
  void twoDatesAreTheEndsOfASpan() throws Exception {
    AuditQuestion question = parse("date=ge2026-02-01", "date=lt2026-03-01");
    assertThat(question.range().fromMillis())
        .isEqualTo(Instant.parse("2026-02-01T00:00:00Z").toEpochMilli());
    assertThat(question.range().untilMillis())
        .isEqualTo(Instant.parse("2026-03-01T00:00:00Z").toEpochMilli());
    assertThat(parse("date=gt2026-02-01").range().fromMillis())
        .isEqualTo(Instant.parse("2026-02-02T00:00:00Z").toEpochMilli());
    assertThat(parse("date=le2026-02-01").range().untilMillis())
        .isEqualTo(Instant.parse("2026-02-02T00:00:00Z").toEpochMilli());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type=110113",
        "date=yesterday",
        "date=ne2026",
        "date=2026-13",
        "date=2026&colour=red",
        "date=2026&_count=many",
        "date=2026&_format=xml",
        "date=2026&_sort=-date",
        "date=2026&_from=-1",
        "_id=x"
      })
  void whatCannotBeAskedIsRefusedWithoutItsValue(String query) {
    AuditQuestion.WrongException wrong =
        catchThrowableOfType(AuditQuestion.WrongException.class, () -> parse(query.split("&", -1)));
    assertThat(wrong).isNotNull();
    assertThat(wrong).message().doesNotContain("yesterday").doesNotContain("red");
  }

  @Test
  void aPageIsNeverLargerThanWeSay() throws Exception {
    assertThat(parse("date=2026").count()).isEqualTo(AuditQuestion.COUNT_USUAL);
    assertThat(parse("date=2026", "_count=999999").count()).isEqualTo(AuditQuestion.COUNT_MAX);
    assertThat(parse("date=2026", "_count=0").count()).isOne();
  }
}
