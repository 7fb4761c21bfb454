package leadglass.audit.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.OptionalInt;
import leadglass.audit.message.AuditMessage;
import leadglass.audit.message.MessageXml;
import leadglass.audit.message.Outcome;

/// Audit messages as syslog messages: RFC 5424, with the header PS3.15 A.6 asks for.
///
/// Immutable.
public final class SyslogMessage {
  private static final String APP_NAME = "leadglass";
  private static final String MSG_ID = "DICOM+RFC3881"; // PS3.15 §A.6
  private static final String CHECKPOINT_ID = "LEADGLASS+CHECKPOINT";
  private static final int FACILITY = 10; // security
  private static final int HOST_CHARS_MAX = 255;
  private static final int PROCESS_CHARS_MAX = 128;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final String host;
  private final String process;
  private final String version;
  private final OptionalInt enterprise;

  /// @param host fully qualified, as far as it is known
  /// @param process id of the process
  /// @param version of the program
  /// @param enterprise Private Enterprise Number of whoever runs the archive; with it each message
  ///   has `[leadglass@NUMBER entry="..."]`, and none without: RFC 5424 §7.2.2 wants a real one
  public SyslogMessage(String host, String process, String version, OptionalInt enterprise) {
    this.host = header(host, HOST_CHARS_MAX);
    this.process = header(process, PROCESS_CHARS_MAX);
    this.version = version;
    this.enterprise = enterprise;
  }

  /// @param sequence from 1 on since this process began to send, see [#next]
  public byte[] of(AuditMessage message, int sequence) {
    StringBuilder text =
        head(severity(message.event().outcome()), message.event().at(), MSG_ID, sequence);
    if (enterprise.isPresent()) {
      text.append("[leadglass@").append(enterprise.getAsInt());
      text.append(" entry=\"").append(message.number()).append("\"]");
    }
    // RFC 5424 §6.4: the mark says that what follows is UTF-8.
    text.append(" \uFEFF").append(MessageXml.of(message));
    return text.toString().getBytes(UTF_8);
  }

  /// A signed checkpoint of the trail: its text is the whole note in base64, so that it stays one
  /// line.
  ///
  /// @param at when the checkpoint was made
  /// @param sequence the next one, of all messages
  public byte[] checkpoint(String note, Instant at, int sequence) {
    return head(severity(Outcome.SUCCESS), at, CHECKPOINT_ID, sequence)
        .append(' ')
        .append(Base64.getEncoder().encodeToString(note.getBytes(UTF_8)))
        .toString()
        .getBytes(UTF_8);
  }

  private StringBuilder head(int severity, Instant at, String id, int sequence) {
    StringBuilder text = new StringBuilder(2048);
    text.append('<').append(FACILITY * 8 + severity).append(">1 ");
    text.append(TIME.format(at)).append(' ');
    text.append(host).append(' ').append(APP_NAME).append(' ').append(process).append(' ');
    text.append(id).append(' ');
    text.append("[meta sequenceId=\"").append(sequence).append("\"]");
    text.append("[origin software=\"Leadglass\" swVersion=\"").append(value(version)).append("\"]");
    return text;
  }

  private static int severity(Outcome outcome) {
    return switch (outcome) {
      case SUCCESS -> 5; // notice
      case MINOR_FAILURE -> 4; // warning
      case SERIOUS_FAILURE -> 3; // error
      case MAJOR_FAILURE -> 2; // critical
    };
  }

  /// The `sequenceId` after this one (RFC 5424 §7.3.1).
  public static int next(int sequence) {
    return sequence == Integer.MAX_VALUE ? 1 : sequence + 1;
  }

  /// Printable US-ASCII without space, or the value for "nothing".
  private static String header(String text, int charsMax) {
    String fit = text.codePoints().allMatch(c -> c > 0x20 && c < 0x7F) ? text : "";
    return fit.isEmpty() ? "-" : fit.substring(0, Math.min(fit.length(), charsMax));
  }

  private static String value(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("]", "\\]");
  }
}
