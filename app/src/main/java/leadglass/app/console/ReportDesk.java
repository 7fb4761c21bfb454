package leadglass.app.console;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.SecurityFacts;

/// What reports are made of. They are written by whoever asked.
final class ReportDesk {
  static final String SECURITY = "report security";

  private final Archive archive;

  ReportDesk(Archive archive) {
    this.archive = archive;
  }

  Reply serve(Caller console, Request request) throws IOException {
    return request.act().equals(SECURITY) ? security(console) : LifecycleDesk.UNKNOWN;
  }

  private Reply security(Caller console) throws IOException {
    Optional<SecurityFacts> facts = archive.securityEvidence().gather(console);
    return facts
        .map(found -> Reply.done(Map.of("security", found, "version", version())))
        .orElseGet(() -> Reply.no("the console may not know", ""));
  }

  /// Of the jar's manifest.
  private static String version() {
    return Optional.ofNullable(ReportDesk.class.getPackage().getImplementationVersion())
        .orElse("unpacked");
  }
}
