package leadglass.audit.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import leadglass.audit.message.Action;
import leadglass.audit.message.AuditMessage;
import leadglass.audit.message.EventKind;
import leadglass.audit.message.MessageXml;
import leadglass.audit.message.Outcome;
import leadglass.audit.message.Participant;
import org.junit.jupiter.api.Test;

class SyslogMessageTest {
  private static AuditMessage message(Outcome outcome) {
    return new AuditMessage(
        41,
        new AuditMessage.Event(
            EventKind.USER_AUTHENTICATION,
            List.of(),
            Action.EXECUTE,
            Instant.parse("2024-02-29T12:00:00.5Z"),
            outcome,
            Optional.empty(),
            Optional.empty()),
        List.of(
            new Participant(
                "grüße", Optional.empty(), Optional.empty(), true, List.of(), Optional.empty())),
        new AuditMessage.Source("pacs", Optional.empty()),
        List.of());
  }

  @Test
  void theHeaderIsOfRfc5424AndTheTextBeginsWithTheMarkOfUtf8() {
    SyslogMessage syslog = new SyslogMessage("pacs.example.org", "77", "1.0", OptionalInt.empty());
    AuditMessage message = message(Outcome.SUCCESS);
    assertThat(new String(syslog.of(message, 3), UTF_8))
        .isEqualTo(
            "<85>1 2024-02-29T12:00:00.500Z pacs.example.org leadglass 77 DICOM+RFC3881"
                + " [meta sequenceId=\"3\"][origin software=\"Leadglass\" swVersion=\"1.0\"]"
                + " \uFEFF"
                + MessageXml.of(message));
  }

  @Test
  void aCheckpointIsAMessageOfItsOwnOnOneLineAndCanBeTakenOutAgain() {
    SyslogMessage syslog = new SyslogMessage("pacs.example.org", "77", "1.0", OptionalInt.empty());
    String note = "leadglass/0\n17\nAAAA\n\n\u2014 leadglass/0 AAAA\n";
    Instant at = Instant.parse("2024-02-29T12:00:00.5Z");
    String sent = new String(syslog.checkpoint(note, at, 9), UTF_8);
    assertThat(sent)
        .startsWith(
            "<85>1 2024-02-29T12:00:00.500Z pacs.example.org leadglass 77 LEADGLASS+CHECKPOINT"
                + " [meta sequenceId=\"9\"][origin software=\"Leadglass\" swVersion=\"1.0\"] ")
        .doesNotContain("\n");
    String last = sent.substring(sent.lastIndexOf(' ') + 1);
    assertThat(new String(Base64.getDecoder().decode(last), UTF_8)).isEqualTo(note);
  }

  @Test
  void theWorseItFailedTheMoreSevereItIs() {
    SyslogMessage syslog = new SyslogMessage("h", "1", "1.0", OptionalInt.empty());
    assertThat(new String(syslog.of(message(Outcome.MINOR_FAILURE), 1), UTF_8)).startsWith("<84>1");
    assertThat(new String(syslog.of(message(Outcome.SERIOUS_FAILURE), 1), UTF_8))
        .startsWith("<83>1");
    assertThat(new String(syslog.of(message(Outcome.MAJOR_FAILURE), 1), UTF_8)).startsWith("<82>1");
  }

  @Test
  void whoeverHasAnEnterpriseNumberFindsTheEntryInTheStructuredData() {
    SyslogMessage syslog = new SyslogMessage("h", "1", "1.0", OptionalInt.of(32473));
    assertThat(new String(syslog.of(message(Outcome.SUCCESS), 1), UTF_8))
        .contains("[leadglass@32473 entry=\"41\"] ");
  }

  @Test
  void whatNoHeaderCanHoldIsNothing() {
    SyslogMessage syslog = new SyslogMessage("a host", "", "1\"]\\", OptionalInt.empty());
    assertThat(new String(syslog.of(message(Outcome.SUCCESS), 1), UTF_8))
        .contains("Z - leadglass - DICOM")
        .contains("swVersion=\"1\\\"\\]\\\\\"]");
  }

  @Test
  void sequenceNumbersBeginAgainAtTheirEnd() {
    assertThat(SyslogMessage.next(1)).isEqualTo(2);
    assertThat(SyslogMessage.next(Integer.MAX_VALUE)).isEqualTo(1);
  }

  @Test
  void aFrameSaysHowManyOctetsFollow() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int written = OctetCounting.write(out, "grüße".getBytes(UTF_8));
    assertThat(out.toString(UTF_8)).isEqualTo("7 grüße");
    assertThat(written).isEqualTo(9);
  }
}
