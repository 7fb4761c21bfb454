package leadglass.app.console;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import leadglass.archive.Archive;
import leadglass.archive.AuditLog;
import leadglass.archive.Caller;
import leadglass.audit.fhir.AuditEventJson;
import leadglass.audit.message.AuditMessage;
import leadglass.audit.message.MessageXml;

/// The acts about the audit trail.
final class AuditDesk {
  private static final int PIECE_CHARS = 64 << 10;

  static final Reply NOT_YOURS = Reply.no("the console may not read the trail", "");

  private final Archive archive;
  private final AuditQuestionDesk questions;

  AuditDesk(Archive archive) {
    this.archive = archive;
    this.questions = new AuditQuestionDesk(archive);
  }

  Reply serve(Caller console, Request request, Consumer<HowFar> telling) throws IOException {
    if (!(telling instanceof Pieces pieces)) {
      return LifecycleDesk.UNKNOWN;
    }
    return switch (request.act()) {
      case "audit export" -> export(console, request, pieces);
      case "audit disclosures" -> questions.disclosures(console, request, pieces);
      case "audit breach" -> questions.breach(console, request, pieces);
      case "audit state" -> questions.state(console, request, pieces);
      default -> LifecycleDesk.UNKNOWN;
    };
  }

  private Reply export(Caller console, Request request, Pieces pieces) throws IOException {
    AuditLog.Range range = range(request);
    boolean xml = request.word("format").equals("xml");
    AuditLog.Naming naming =
        request.word("patients").equals("pseudonym")
            ? AuditLog.Naming.PSEUDONYMS
            : AuditLog.Naming.IDENTIFIERS;
    Gathered gathered = new Gathered(pieces);
    AuditLog.Reading reading =
        archive
            .auditLog()
            .read(
                console,
                range,
                naming,
                request.word("source"),
                "exported as " + (xml ? "xml" : "jsonl"),
                (at, of) -> pieces.accept(new HowFar("reading the trail", at, of)),
                message -> gathered.add(line(message, xml)));
    return switch (reading) {
      case AuditLog.Reading.NotThere _ -> NOT_YOURS;
      case AuditLog.Reading.Done(var messages) -> {
        gathered.flush();
        yield Reply.done(Map.of("messages", messages));
      }
    };
  }

  static AuditLog.Range range(Request request) {
    return new AuditLog.Range(
        number(request, "from", Long.MIN_VALUE), number(request, "until", Long.MAX_VALUE));
  }

  static long number(Request request, String word, long otherwise) {
    String text = request.word(word);
    return text.matches("-?\\d{1,18}") ? Long.parseLong(text) : otherwise;
  }

  private static String line(AuditMessage message, boolean xml) {
    return (xml ? MessageXml.of(message) : AuditEventJson.of(message).toString()) + "\n";
  }

  /// Lines on their way, many at a time.
  static final class Gathered {
    private final Pieces pieces;
    private final StringBuilder lines = new StringBuilder();

    Gathered(Pieces pieces) {
      this.pieces = pieces;
    }

    boolean add(String line) throws IOException {
      lines.append(line);
      if (lines.length() >= PIECE_CHARS) {
        flush();
      }
      return true;
    }

    void flush() throws IOException {
      if (!lines.isEmpty()) {
        pieces.piece(lines.toString());
        lines.setLength(0);
      }
    }
  }
}
