package leadglass.testkit.world;

import static leadglass.testkit.world.DicomMessage.CANCELLED;
import static leadglass.testkit.world.DicomMessage.PENDING;
import static leadglass.testkit.world.DicomMessage.SUCCESS;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// Answers to queries and retrievals by servers that have nothing to tell, or too much.
final class Finders {
  private static final int ROWS = 60;
  private static final int BATCH_ROWS = 128;
  private static final long PAUSE_NANOS = 2_000_000;

  private Finders() {}

  /// Every question is refused.
  static DicomService.Answers refusing(int status, String comment) {
    return (message, line) -> line.reply(message.context(), message.failure(status, comment));
  }

  /// There is never anything, whatever the question means.
  static DicomService.Answers succeeding() {
    return (message, line) -> line.reply(message.context(), message.response(SUCCESS, false));
  }

  /// Rows for any question.
  static DicomService.Answers listing(Archive archive) {
    return (message, line) -> {
      byte[] pending = message.response(PENDING, true);
      for (int i = 0; i < Math.min(ROWS, archive.rows()); i++) {
        line.reply(message.context(), pending, row(archive, message, i));
        if (i % BATCH_ROWS == 0 && line.interrupted()) {
          line.reply(message.context(), message.response(CANCELLED, false));
          return;
        }
      }
      line.reply(message.context(), message.response(SUCCESS, false));
    };
  }

  /// Rows for ever, whatever else the peer says.
  static DicomService.Answers listingForEver(Archive archive) {
    return (message, line) -> {
      byte[] pending = message.response(PENDING, true);
      for (int i = 0; true; i = (i + 1) % archive.rows()) {
        line.reply(message.context(), pending, row(archive, message, i));
        if (i % BATCH_ROWS == 0) {
          line.flush();
          LockSupport.parkNanos(PAUSE_NANOS); // others need the processor too
        }
      }
    };
  }

  private static byte[] row(Archive archive, DicomMessage message, int number) throws IOException {
    Map<Integer, String> attributes = archive.study(number).attributes();
    attributes.put(Attributes.LEVEL, "STUDY");
    return Attributes.encode(attributes, message.context().explicit());
  }
}
