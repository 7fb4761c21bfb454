package leadglass.app.report;

import static leadglass.app.report.Days.count;
import static leadglass.app.report.Days.day;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.Exposure;
import leadglass.archive.SecurityFacts;

/// What speaks for knowing what was done, and for doors that let nobody else in.
final class RecordTopics {
  private final ReportFacts report;
  private final SecurityFacts facts;

  RecordTopics(ReportFacts report) {
    this.report = report;
    this.facts = report.security();
  }

  Map<String, List<Finding>> all() {
    Map<String, List<Finding>> all = new LinkedHashMap<>();
    all.put("trail", List.of(trail()));
    all.put("trail-whole", List.of(whole()));
    all.put("forwarding", List.of(forwarding()));
    all.put("reviews", List.of(reviews()));
    all.put("emergencies", List.of(emergencies()));
    all.put("console-acts", List.of(consoleActs()));
    all.put("brakes", List.of(brakes()));
    all.put("breach-questions", List.of(questions()));
    all.put("devices", List.of(devices()));
    all.put("tls", List.of(tls()));
    all.put("outside", List.of(outside()));
    all.put("exposure", List.of(exposure(), fromAnotherNetwork()));
    all.put("sealed", List.of(sealed()));
    return all;
  }

  private Finding trail() {
    if (facts.trail().isEmpty()) {
      return Finding.notKnown(
          "The trail is one for all sites; how long it is, is not of this one.",
          "Ask whoever runs the archive for their report.");
    }
    SecurityFacts.Trail trail = facts.trail().get();
    String entries = count(trail.entries(), "entry", "entries");
    return trail.covered() == 0
        ? Finding.notKnown(
            "The trail has " + entries + "; no signed checkpoint is over them yet.", "")
        : Finding.supported(
            "Nothing is given out before it is in the trail: "
                + entries
                + ", of which the newest signed checkpoint covers "
                + trail.covered()
                + ".");
  }

  private Finding whole() {
    Optional<ReportFacts.Witnessed> witness = report.witness();
    if (report.contradicted() > 0) {
      return Finding.grave(
          "The trail contradicted what was signed before: "
              + count(report.contradicted(), "checkpoint was", "checkpoints were")
              + " set aside.",
          "leadglass audit verify; find out who put what back");
    }
    if (witness.isPresent() && witness.get().contradicted()) {
      return Finding.grave(
          "The witness of the trail has seen another past of it.",
          "leadglass audit verify --against the checkpoint it kept; find out who put what back");
    }
    int others = facts.trail().map(SecurityFacts.Trail::witnessedWrong).orElse(0);
    if (others > 0) {
      return Finding.open(
          "This archive is the witness of "
              + count(
                  others, "trail that contradicts itself.", "trails that contradict themselves."),
          "leadglass audit witness list; ask whoever runs it");
    }
    if (witness.isPresent() && witness.get().wrong()) {
      return Finding.open(
          "The witness of the trail does not get its checkpoints.", "leadglass status says why");
    }
    return Finding.supported(
        "No break is open: since the archive was opened the trail agreed with what was signed"
            + " before. "
            + witness
                .map(each ->
                    "Another archive, its witness, found the first "
                        + each.entries()
                        + " entries unchanged.")
                .orElse(
                    "A check against a checkpoint kept elsewhere (leadglass audit verify"
                        + " --against) was not part of this report."));
  }

  private Finding forwarding() {
    if (report.forwarding().isPresent()) {
      ReportFacts.Forwarding now = report.forwarding().get();
      String wait = count(now.behind(), "entry waits", "entries wait") + ".";
      return now.connected()
          ? Finding.supported("Entries are sent to a collector over TLS; " + wait)
          : Finding.open(
              "Entries are to be sent to a collector, which can't be reached; " + wait,
              "leadglass status says why");
    }
    if (!report.forwardingSet()) {
      return Finding.open(
          "Entries of the trail stay on this machine.",
          "Have them sent to a collector on another one: [audit] in the configuration.");
    }
    return Finding.notKnown(
        "Entries are to be sent to a collector; whether they are, shows while the archive runs.",
        "Make the report while it runs.");
  }

  private Finding reviews() {
    long open = facts.reviews().questionsOpen();
    return open > 0
        ? Finding.open(
            count(open, "question of a patient waits", "questions of patients wait")
                + " for an auditor.",
            "An auditor answers on the page of tasks.")
        : Finding.supported("No question of a patient waits for an auditor.");
  }

  private Finding emergencies() {
    SecurityFacts.Reviews now = facts.reviews();
    return now.emergenciesOpen() > 0
        ? Finding.open(
            now.emergenciesOpen()
                + " of "
                + count(now.emergencies(), "emergency access", "emergency accesses")
                + " were not reviewed.",
            "An auditor reviews them.")
        : Finding.supported(
            "Whoever treats patients can open one in an emergency, with a reason, for an hour; it"
                + " is in the trail and goes to an auditor. Known: "
                + now.emergencies()
                + ", not reviewed: 0.");
  }

  private Finding consoleActs() {
    return facts.consoleActs() > 0
        ? Finding.open(
            count(facts.consoleActs(), "kind of act", "kinds of acts")
                + " at the console that no administrator has looked at.",
            "An administrator looks at them on the first page.")
        : Finding.supported("Administrators have looked at every act at the console.");
  }

  private Finding brakes() {
    SecurityFacts.Budgets now = facts.budgets();
    String limits =
        "Nobody opens more than "
            + now.patients()
            + " patients or lists more than "
            + now.rows()
            + " earlier studies a day (in an account's first two weeks five times that) without"
            + " being stopped";
    return now.raised() > 0
        ? Finding.open(
            limits + "; near that or beyond it today: " + now.raised() + ".",
            "Ask them why; a witness sees who.")
        : Finding.supported(limits + "; near that today: 0.");
  }

  private static Finding questions() {
    return Finding.supported(
        "The trail tells whose images were delivered to whom, with frames and bytes, between any"
            + " two moments; what was on a screen it can't tell.");
  }

  private Finding devices() {
    List<SecurityFacts.Device> live =
        facts.devices().stream()
            .filter(each -> !each.lane() && !each.state().equals("revoked"))
            .toList();
    long laid = live.stream().filter(SecurityFacts.Device::keyLaid).count();
    long ended = live.stream().filter(each -> each.state().equals("ended")).count();
    long soon = live.stream().filter(each -> each.state().equals("ends-soon")).count();
    if (laid > 0) {
      return Finding.grave(
          count(laid, "device's key has", "devices' keys have")
              + " lain in a folder of this machine for more than a day.",
          "Delete the folder; leadglass device list");
    }
    if (ended + soon > 0) {
      return Finding.open(
          "Certificates of devices: "
              + ended
              + " ended, "
              + soon
              + (soon == 1 ? " ends" : " end")
              + " within 30 days.",
          "leadglass device renew");
    }
    String first =
        live.stream()
            .flatMap(each -> each.endsMillis().stream())
            .min(Long::compare)
            .map(at -> "; the first to end does on " + day(at))
            .orElse("");
    return Finding.supported(
        "A device comes in by a certificate of its own alone, and is given no images back. "
            + count(live.size(), "device", "devices")
            + first
            + ".");
  }

  /// Those that take something still.
  private List<SecurityFacts.Device> lanes() {
    return facts.devices().stream()
        .filter(each ->
            each.lane() && !each.state().equals("revoked") && !each.state().equals("closed"))
        .toList();
  }

  private Finding lanes(List<SecurityFacts.Device> lanes) {
    List<String> names =
        lanes.stream()
            .map(each ->
                each.aeTitle()
                    + " (answered for by "
                    + (each.owner().isEmpty() ? "nobody" : each.owner())
                    + ", until "
                    + each.endsMillis().map(at -> day(at - 1)).orElse("")
                    + ")")
            .toList();
    String words =
        count(lanes.size(), "device comes", "devices come")
            + " without TLS, over a lane that takes images and gives none: "
            + String.join(", ", names)
            + ".";
    return lanes.stream().anyMatch(each -> each.state().equals("ended"))
        ? Finding.grave(
            words + " The last day of some is over: what they send waits in quarantine.",
            "Give the device a certificate, or leadglass device set --until")
        : Finding.open(
            words + " Every other door speaks TLS 1.2 or 1.3.",
            "Close each as soon as its device has TLS: leadglass device remove");
  }

  private Finding tls() {
    List<SecurityFacts.Device> lanes = lanes();
    if (!lanes.isEmpty()) {
      return lanes(lanes);
    }
    return Finding.supported(
        (report.running() ? "" : "No door is open at the moment. ")
            + "Every door speaks TLS 1.2 or 1.3 with AES-GCM or ChaCha20-Poly1305 and fresh keys"
            + " for each connection; devices show a certificate. There is no plain door:"
            + " no lane is enrolled.");
  }

  private Finding outside() {
    return facts
        .outside()
        .map(seen ->
            Finding.grave(
                count(seen.count(), "connection", "connections")
                    + " from outside the neighbourhood since "
                    + day(seen.firstMillis())
                    + ", closed before a byte was read: somebody forwards a port.",
                "Find the router that forwards it, and end that."))
        .orElseGet(() ->
            Finding.supported(
                "The archive saw no connection from outside the neighbourhood within a week."));
  }

  private Finding exposure() {
    Optional<SecurityFacts.Exposed> last = facts.whole().flatMap(SecurityFacts.Whole::exposed);
    if (last.isEmpty()) {
      return Finding.notKnown(
          "Last exposure check: not known. "
              + (facts.whole().isEmpty()
                  ? "It is of the whole archive, not of this site."
                  : "Nobody has looked at the doors yet."),
          facts.whole().isEmpty()
              ? "Ask whoever runs the archive for their report."
              : "leadglass exposure check");
    }
    SecurityFacts.Exposed check = last.get();
    String words =
        "Last exposure check: grade "
            + check.grade()
            + " on "
            + day(check.atMillis())
            + ", from "
            + check.vantage()
            + ".";
    Duration age = Duration.ofMillis(facts.atMillis() - check.atMillis());
    if (age.compareTo(Exposure.FRESH) > 0 || check.grade().equals("?")) {
      return Finding.notKnown(words, "leadglass exposure check");
    }
    return switch (check.grade()) {
      case "A" -> Finding.supported(words + " A stranger got nothing.");
      case "B" ->
          Finding.open(
              words + " A stranger got nothing; something is to be mended.",
              "leadglass exposure show");
      default ->
          Finding.grave(words + " A stranger is answered.", "leadglass exposure show; mend it now");
    };
  }

  /// What nobody inside can know.
  private static Finding fromAnotherNetwork() {
    return Finding.attach(
        "What a stranger sees from another network, such as through a port that a router forwards,"
            + " is not known here.",
        "Do what leadglass exposure ticket prints on a phone's hotspot, and attach what comes"
            + " out.");
  }

  private static Finding sealed() {
    return Finding.supported(
        "Images, names and identifiers are sealed on the disk (AES-256-GCM); there is no setting to"
            + " leave that out.");
  }
}
