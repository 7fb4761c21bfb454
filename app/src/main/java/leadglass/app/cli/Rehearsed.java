package leadglass.app.cli;

import java.util.List;
import java.util.Map;

/// The report of a rehearsal, for people.
final class Rehearsed {
  private Rehearsed() {}

  static String text(Map<String, Object> report) {
    StringBuilder text = new StringBuilder();
    boolean good = Boolean.TRUE.equals(report.get("good"));
    line(text, "rehearsal", report.get("begun") + ", took " + report.get("seconds") + " s");
    line(text, "snapshot", report.get("snapshot") + ", made " + report.get("made"));
    line(text, "restored", report.get("packs") + " packs, " + Print.bytesOf(report.get("bytes")));
    line(text, "instances", report.get("instances") + " came back");
    line(text, "", report.get("equal") + " are the same as here");
    line(text, "", report.get("different") + " are not");
    line(text, "", report.get("goneSince") + " are not held here any more");
    line(text, "audit", report.get("auditEntries") + " entries came back");
    line(text, "verdict", good ? "everything came back (ok)" : "FAIL: not everything came back");
    for (Object each : report.get("wrong") instanceof List<?> wrong ? wrong : List.of()) {
      line(text, "", String.valueOf(each));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String what, String words) {
    text.append(String.format("%-13s%s%n", what, words));
  }
}
