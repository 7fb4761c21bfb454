package leadglass.app.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a restore brought back, for people.
final class RestoreReport {
  private RestoreReport() {}

  static void print(PrintWriter out, Map<String, Object> report) {
    line(out, "archive", report.get("archive") + " in " + report.get("data"));
    line(out, "master key", report.get("masterKey"));
    line(out, "snapshot", report.get("snapshot") + ", made " + report.get("made"));
    line(out, "restored", report.get("packs") + " packs, " + Print.bytesOf(report.get("bytes")));
    line(
        out,
        "holds",
        report.get("studies")
            + " studies, "
            + report.get("instances")
            + " instances, "
            + report.get("auditEntries")
            + " audit entries");
    line(out, "replayed", report.get("eventsReplayed") + " events that happened later");
    line(out, "ended", "every session, token, share and invitation");
    packs(out, report.get("damagedPacks"), "are damaged; what can be read of them is here");
    packs(out, report.get("missingPacks"), "are not in the backup any more");
    if (!Boolean.TRUE.equals(report.get("countsAgree"))) {
      line(out, "", "FAIL: these are not the numbers the snapshot was made with");
    }
    newest(out, report);
    line(
        out,
        "verdict",
        Boolean.TRUE.equals(report.get("complete"))
            ? "everything of this snapshot came back (ok)"
            : "FAIL: not everything came back; see above");
  }

  private static void newest(PrintWriter out, Map<String, Object> report) {
    if (!report.containsKey("newestCheckpoint")) {
      line(out, "checkpoint", "none with the keys (warn: nothing tells what is missing)");
      return;
    }
    line(
        out,
        "checkpoint",
        report.get("newestCheckpoint") + ", made " + report.get("newestCheckpointMade"));
    if (!Boolean.TRUE.equals(report.get("newestCheckpointThere"))) {
      line(out, "", "FAIL: the backup it vouches for is missing, or was changed");
    }
    line(
        out,
        "since then",
        report.get("missingStudies")
            + " studies, "
            + report.get("missingInstances")
            + " instances and "
            + report.get("missingAuditEntries")
            + " audit entries are missing");
  }

  private static void packs(PrintWriter out, @Nullable Object names, String what) {
    if (names instanceof List<?> list && !list.isEmpty()) {
      line(out, "", "FAIL: " + list.size() + " packs " + what);
    }
  }

  private static void line(PrintWriter out, String what, @Nullable Object words) {
    out.println(String.format("%-13s%s", what, words));
  }
}
