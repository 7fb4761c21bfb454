package leadglass.app.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import leadglass.app.dicom.Keys;
import leadglass.app.dicom.Received;
import leadglass.dicom.data.Uid;
import leadglass.net.association.RetrieveScu;
import leadglass.net.dimse.Status;

/// How a retrieval went.
final class RetrieveReport {
  private RetrieveReport() {}

  /// @param received what came here; empty if it went elsewhere
  /// @return the exit code
  static int print(
      PrintWriter out, boolean json, RetrieveScu.Retrieved retrieved, Optional<Received> received) {
    String comment = Keys.printable(retrieved.comment());
    if (json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("status", "%04X".formatted(retrieved.status()));
      document.put("comment", comment);
      document.put("completed", retrieved.counts().completed());
      document.put("warned", retrieved.counts().warning());
      document.put("failed", retrieved.counts().failed());
      document.put("failedInstances", retrieved.failed().stream().map(Uid::value).toList());
      received.ifPresent(here -> {
        document.put("files", here.files());
        document.put("bytes", here.bytes());
      });
      Print.json(out, document);
    } else {
      retrieved.failed().forEach(uid -> out.println("FAIL  " + uid.value()));
      out.println(
          "%d sent, %d not%s; status %04X%s"
              .formatted(
                  retrieved.counts().completed() + retrieved.counts().warning(),
                  retrieved.counts().failed(),
                  received
                      .map(here -> ", " + here.files() + " files of " + Print.bytes(here.bytes()))
                      .orElse(""),
                  retrieved.status(),
                  comment.isEmpty() ? "." : ": " + comment));
    }
    return retrieved.status() == Status.SUCCESS ? 0 : 1;
  }
}
