package leadglass.app.console;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Concern;
import leadglass.archive.Origin;
import leadglass.archive.People;
import leadglass.archive.Role;
import leadglass.archive.Safekeeping;
import leadglass.archive.SetUp;
import leadglass.archive.Status;
import leadglass.archive.StoreOutcome;

/// Does what the commands ask, as the caller "console".
public final class ArchiveDesk implements Desk {
  private static final String NOT_SET_UP_HINT =
      "set it up first: leadglass serve, or leadglass init";

  private final Archive archive;
  private final LifecycleDesk lifecycle;
  private final KeyDesk keys;
  private final PackDesk packs;

  public ArchiveDesk(Archive archive) {
    this.archive = archive;
    this.lifecycle = new LifecycleDesk(archive);
    this.keys = new KeyDesk(archive);
    this.packs = new PackDesk(archive);
  }

  @Override
  public Reply serve(String osUser, Request request, InputStream body) throws IOException {
    return serve(osUser, request, body, _ -> {});
  }

  @Override
  public Reply serve(String osUser, Request request, InputStream body, Consumer<HowFar> telling)
      throws IOException {
    Caller console = new Caller.Console(osUser, new Origin(Origin.Door.CONSOLE, "console"));
    if (!archive.setUp().done() && !Set.of("init", "status").contains(request.act())) {
      return Reply.no("this archive is not set up yet", NOT_SET_UP_HINT);
    }
    if (request.act().startsWith("key ")) {
      return keys.serve(console, request);
    }
    if (request.act().startsWith("device ")) {
      return new DeviceDesk(archive).serve(console, request);
    }
    if (request.act().startsWith("site ")) {
      return new SiteDesk(archive).serve(console, request);
    }
    if (request.act().startsWith("token ")) {
      return new TokenDesk(archive).serve(console, request);
    }
    if (request.act().startsWith("share ")) {
      return new ShareDesk(archive).serve(console, request);
    }
    if (request.act().startsWith("worklist ")) {
      return new WorklistDesk(archive).serve(console, request, body, telling);
    }
    if (WitnessDesk.has(request.act())) {
      return new WitnessDesk(archive).serve(console, request);
    }
    if (request.act().startsWith("audit ")) {
      return new AuditDesk(archive).serve(console, request, telling);
    }
    if (request.act().startsWith("report ")) {
      return new ReportDesk(archive).serve(console, request);
    }
    if (request.act().startsWith("exposure ")) {
      return new ExposureDesk(archive).serve(console, request);
    }
    if (request.act().startsWith("user ") || request.act().startsWith("duty ")) {
      return new PeopleDesk(archive).serve(console, request);
    }
    return switch (request.act()) {
      case "patient invite", "patient accounts", "patient stop" ->
          new PatientDesk(archive).serve(console, request);
      case "init" -> init(console, request);
      case "status" -> status(console);
      case "doctor" -> new DoctorDesk(archive).serve(console, request);
      case "import" -> store(console, body);
      case "scrub" -> packs.scrub(console, request, telling);
      case "repack" -> packs.repack(console, telling);
      case "index rebuild" -> new IndexDesk(archive).rebuild(console, telling);
      case "index check" -> new IndexDesk(archive).check(console, telling);
      default -> lifecycle.serve(console, request);
    };
  }

  private Reply init(Caller console, Request request) throws IOException {
    List<SetUp.Person> people = new ArrayList<>();
    people.add(
        new SetUp.Person(
            request.word("admin"), request.word("password").toCharArray(), Role.ADMINISTRATOR));
    if (!request.word("reader").isEmpty()) {
      people.add(
          new SetUp.Person(
              request.word("reader"),
              request.word("reader-password").toCharArray(),
              Role.RADIOLOGIST));
    }
    if (!request.word("master-key").isEmpty()) {
      Reply moved = keys.serve(console, new Request("key rotate", moved(request), 0));
      if (moved.exit() != 0) {
        return moved;
      }
    }
    try {
      SetUp.Unattended made = archive.setUp().unattended(console, request.word("site"), people);
      List<Map<String, Object>> enrolments =
          made.enrolments().stream().map(ArchiveDesk::enrolment).toList();
      return Reply.done(Map.of("people", enrolments, "recoverySheet", made.sheet()));
    } catch (IllegalStateException | IllegalArgumentException e) {
      return Reply.no(String.valueOf(e.getMessage()), "");
    }
  }

  /// Of a start before there was a choice the key lies beside the data; set-up is the time to move
  /// it.
  private static Map<String, String> moved(Request request) {
    return Map.of(
        "to", request.word("master-key"), "passphrase", request.word("master-passphrase"));
  }

  static Map<String, Object> enrolment(People.Enrolment enrolment) {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("name", enrolment.name());
    words.put("totpUri", enrolment.totpUri());
    words.put("recoveryCodes", enrolment.recoveryCodes());
    return words;
  }

  private Reply status(Caller console) {
    Optional<Status> status = archive.status(console);
    if (status.isEmpty()) {
      return Reply.no("the console may not know", "");
    }
    Status now = status.get();
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("setUp", now.setUp());
    words.put("site", now.site().orElse(""));
    words.put("studies", now.studies());
    words.put("instances", now.instances());
    words.put("bytes", now.bytes());
    words.put("freeBytes", now.freeBytes());
    words.put("storing", now.storing());
    words.put("readOnly", now.readOnly());
    words.put("stolenDisk", now.stolenDiskReadable() ? "readable" : "unreadable");
    archive.custody().state(console).ifPresent(key -> words.put("keyPlace", key.place()));
    words.put("people", now.people());
    words.put("devices", now.devices().count());
    words.put("deviceCertificates", DeviceDesk.state(now.devices()));
    words.put("lanes", LaneDesk.summary(now.lanes()));
    words.put("packs", PackDesk.state(now.packs()));
    Safekeeping.Last copies = now.copies();
    words.put("lastBackup", moment(copies.lastMillis()));
    words.put("backupOld", copies.isOld());
    words.put("backupDestroyable", copies.destroyable());
    words.put("lastBackupOnSameDevice", moment(copies.sameDeviceMillis()));
    words.put("lastRehearsal", moment(copies.rehearsedMillis()));
    words.put("rehearsalOld", copies.isRehearsalOld());
    words.put("rehearsedWell", copies.rehearsedWell());
    List<Map<String, Object>> concerns = new ArrayList<>();
    for (Concern concern : now.concerns()) {
      concerns.add(Map.of("concern", concern.word(), "words", concern.words()));
    }
    words.put("concerns", concerns);
    words.put("reviewsOverdue", archive.auditDesk().reviews().overdue(console));
    words.put("witnessOf", WitnessDesk.peers(archive, console));
    words.put("publicBlocks", PeopleDesk.blocks(now.blocks()));
    now.exposure().ifPresent(each -> words.put("exposure", ExposureDesk.state(each)));
    now.outside()
        .ifPresent(seen -> {
          words.put("fromOutside", seen.count());
          words.put("fromOutsideSince", moment(Optional.of(seen.firstMillis())));
          words.put("fromOutsideLast", moment(Optional.of(seen.lastMillis())));
        });
    return Reply.done(words);
  }

  private static String moment(Optional<Long> millis) {
    return millis.map(at -> Instant.ofEpochMilli(at).toString()).orElse("");
  }

  private Reply store(Caller console, InputStream body) throws IOException {
    return switch (archive.ingest().storeFile(console, Optional.empty(), body)) {
      case StoreOutcome.Stored stored ->
          Reply.done(Map.of("outcome", "stored", "warnings", stored.warnings()));
      case StoreOutcome.AlreadyHeld _ ->
          Reply.done(Map.of("outcome", "held", "warnings", List.of()));
      case StoreOutcome.Refused(var reason, var rule) ->
          Reply.done(
              Map.of(
                  "outcome",
                  "refused",
                  "reason",
                  reason.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
                  "rule",
                  rule));
    };
  }
}
