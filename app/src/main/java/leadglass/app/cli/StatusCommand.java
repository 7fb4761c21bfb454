package leadglass.app.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import leadglass.app.Failure;
import leadglass.app.console.Reply;
import leadglass.app.console.Request;
import leadglass.archive.Concern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "status",
    description = "How an archive is doing, whether it runs or not.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  leadglass status --data /srv/images --json"})
@SuppressWarnings("NullAway.Init")
final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws Failure {
    Reply reply = data.ask(Request.of("status", Map.of()));
    PrintWriter out = spec.commandLine().getOut();
    Map<String, Object> now = reply.values();
    if (json) {
      Print.json(out, now);
      return 0;
    }
    boolean setUp = Boolean.TRUE.equals(now.get("setUp"));
    out.println("site         " + (setUp ? now.get("site") : "not set up yet"));
    out.println("studies      " + now.get("studies"));
    out.println("instances    " + now.get("instances"));
    out.println("held         " + Print.bytesOf(now.get("bytes")));
    out.println("free         " + Print.bytesOf(now.get("freeBytes")));
    out.println("people       " + now.get("people"));
    out.println("devices      " + now.get("devices"));
    devices(out, now.get("deviceCertificates"));
    lanes(out, now.get("lanes"));
    out.println("taking       " + taking(now));
    out.println("packs        " + packs(now.get("packs")));
    out.println("master key   " + now.get("keyPlace"));
    copies(out, now);
    outside(out, now);
    exposure(out, now.get("exposure"));
    forwarding(out, now.get("auditForwarding"));
    witness(out, now.get("auditWitness"));
    mail(out, now.get("auditMail"));
    witnessOf(out, now.get("witnessOf"));
    reviews(out, now.get("reviewsOverdue"));
    blocks(out, now.get("publicBlocks"));
    if ("readable".equals(now.get("stolenDisk"))) {
      out.println("stolen disk: readable   (FAIL: the master key lies on the disk with the data;");
      out.println("             lay it elsewhere: leadglass key rotate --to WHERE)");
    } else {
      out.println("stolen disk: unreadable (ok: the master key is not on the disk with the data)");
    }
    return 0;
  }

  private static void outside(PrintWriter out, Map<String, Object> now) {
    if (now.get("fromOutside") != null) {
      out.println(
          "from outside "
              + now.get("fromOutside")
              + " connections since "
              + now.get("fromOutsideSince")
              + ", all closed (FAIL: somebody forwards a port; take it out of the router)");
    }
  }

  private static void exposure(PrintWriter out, @Nullable Object state) {
    if (!(state instanceof Map<?, ?> now)) {
      return;
    }
    String at = String.valueOf(now.get("at"));
    boolean good = "A".equals(now.get("grade")) && !Boolean.TRUE.equals(now.get("old"));
    out.println(
        "exposure     "
            + now.get("words")
            + (at.isEmpty()
                ? ", nobody has looked yet (warn: leadglass exposure check)"
                : " at "
                    + at
                    + " from "
                    + now.get("vantage")
                    + (good ? " (ok)" : " (FAIL: leadglass exposure show)")));
  }

  private static void forwarding(PrintWriter out, @Nullable Object state) {
    if (!(state instanceof Map<?, ?> now)) {
      return;
    }
    boolean connected = Boolean.TRUE.equals(now.get("connected"));
    String behind = String.valueOf(now.get("behind"));
    out.println(
        "audit to     "
            + now.get("collector")
            + (behind.equals("0") ? ", has every entry" : ", " + behind + " entries behind")
            + (connected ? " (ok)" : " (FAIL: not connected: " + now.get("why") + ")"));
  }

  private static void witness(PrintWriter out, @Nullable Object state) {
    if (!(state instanceof Map<?, ?> now)) {
      return;
    }
    String why = String.valueOf(now.get("why"));
    boolean never = String.valueOf(now.get("at")).isEmpty();
    out.println(
        "witness      "
            + now.get("witness")
            + (never ? ", nothing yet" : ", " + now.get("entries") + " entries of " + now.get("at"))
            + (why.isEmpty() ? " (ok)" : " (FAIL: " + why + ")"));
  }

  private static void mail(PrintWriter out, @Nullable Object state) {
    if (!(state instanceof Map<?, ?> now)) {
      return;
    }
    String why = String.valueOf(now.get("why"));
    boolean never = String.valueOf(now.get("sent")).isEmpty();
    out.println(
        "mail to      "
            + now.get("to")
            + (never ? ", nothing yet" : ", sent " + now.get("sent"))
            + (why.isEmpty() ? " (ok)" : " (FAIL: " + why + ")"));
  }

  private static void witnessOf(PrintWriter out, @Nullable Object peers) {
    for (Object each : peers instanceof List<?> all ? all : List.of()) {
      Map<?, ?> peer = (Map<?, ?>) each;
      boolean never = String.valueOf(peer.get("seen")).isEmpty();
      boolean wrong = !String.valueOf(peer.get("contradicted")).isEmpty();
      out.println(
          "witness of   "
              + peer.get("name")
              + (never
                  ? ", nothing yet"
                  : ", " + peer.get("entries") + " entries, " + peer.get("seen"))
              + (wrong
                  ? " (FAIL: on " + peer.get("contradicted") + ": " + peer.get("why") + ")"
                  : " (ok)"));
    }
  }

  private static void reviews(PrintWriter out, @Nullable Object overdue) {
    String weeks = overdue == null ? "0" : overdue.toString();
    if (!weeks.equals("0")) {
      out.println(
          "review       "
              + weeks
              + " weeks not signed off for longer than 14 days (warn: an auditor, /audit/review)");
    }
  }

  private static void blocks(PrintWriter out, @Nullable Object blocks) {
    for (Object each : blocks instanceof List<?> all ? all : List.of()) {
      Map<?, ?> block = (Map<?, ?>) each;
      out.println(
          "duty         "
              + block.get("why")
              + " (warn: no public address until then; "
              + block.get("act")
              + ")");
    }
  }

  private static void devices(PrintWriter out, @Nullable Object state) {
    if (!(state instanceof Map<?, ?> now)) {
      return;
    }
    warn(out, now.get("ended"), "FAIL: the certificate has ended; leadglass device renew");
    warn(out, now.get("endSoon"), "FAIL: ends within 30 days; leadglass device renew");
    warn(out, now.get("nobodyNamed"), "warn: nobody answers for it; leadglass device set --owner");
    warn(out, now.get("keysLaid"), "warn: its key lies in a folder here; leadglass device list");
  }

  /// Nothing where there is none.
  private static void lanes(PrintWriter out, @Nullable Object state) {
    if (!(state instanceof Map<?, ?> now)) {
      return;
    }
    String open = String.valueOf(now.get("open"));
    String ended = String.valueOf(now.get("ended"));
    if (!open.equals("0") || !ended.equals("0")) {
      out.println("lanes        " + open + " open (warn: not encrypted; leadglass device list)");
      warn(out, ended, "FAIL: past its end, its images wait in quarantine; device set --until");
      warn(out, now.get("endSoon"), "FAIL: ends within 30 days; leadglass device set --until");
      warn(out, now.get("nobodyNamed"), "warn: nobody answers for it; device set --owner");
      warn(out, now.get("cantListen"), "FAIL: its address or port can't be listened on");
    }
  }

  private static void warn(PrintWriter out, @Nullable Object count, String what) {
    String number = String.valueOf(count);
    if (!number.equals("0")) {
      out.println("             " + number + " (" + what + ")");
    }
  }

  private static String taking(Map<String, Object> now) {
    if (Boolean.TRUE.equals(now.get("readOnly"))) {
      return "nothing (FAIL: a write failed; mend the disk and start again)";
    }
    return Boolean.TRUE.equals(now.get("storing"))
        ? "images (ok)"
        : "nothing (FAIL: below 5 % or 2 GiB free; free some space)";
  }

  private static String packs(@Nullable Object state) {
    if (!(state instanceof Map<?, ?> now)) {
      return "";
    }
    String read = "oldest read " + now.get("oldestVerified");
    return "0".equals(String.valueOf(now.get("damages")))
        ? now.get("count") + ", " + read + " (ok)"
        : now.get("damages") + " places damaged (FAIL: leadglass scrub --from BACKUP)";
  }

  private static void copies(PrintWriter out, Map<String, Object> now) {
    String last = String.valueOf(now.get("lastBackup"));
    if (last.isEmpty()) {
      boolean beside = has(now, Concern.BACKUP_ON_SAME_DEVICE);
      out.println(
          "backup       none yet (FAIL: "
              + (beside ? "the only copy shares a device with data or keys; " : "")
              + "leadglass backup --help)");
    } else {
      boolean old = has(now, Concern.BACKUP_OLD);
      out.println("backup       " + last + (old ? " (FAIL: older than 7 days)" : " (ok)"));
      if (has(now, Concern.BACKUP_DESTROYABLE)) {
        out.println("             (warn: the copy can be destroyed from here)");
      }
    }
    String rehearsed = String.valueOf(now.get("lastRehearsal"));
    if (has(now, Concern.NEVER_REHEARSED)) {
      out.println("rehearsal    none yet (warn: leadglass backup rehearse)");
    } else if (has(now, Concern.REHEARSAL_FAILED)) {
      out.println("rehearsal    " + rehearsed + " (FAIL: not everything came back)");
    } else {
      boolean old = has(now, Concern.REHEARSAL_OLD);
      out.println("rehearsal    " + rehearsed + (old ? " (warn: older than 90 days)" : " (ok)"));
    }
  }

  private static boolean has(Map<String, Object> now, Concern concern) {
    return now.get("concerns") instanceof List<?> all
        && all.stream()
            .anyMatch(each ->
                each instanceof Map<?, ?> words && concern.word().equals(words.get("concern")));
  }
}
