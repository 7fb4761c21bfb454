package leadglass.archive;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import leadglass.dicom.data.Uid;
import leadglass.store.Audit;
import leadglass.store.SiteId;
import leadglass.store.Store;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Writes what happened before anybody is given anything. If it can't be written, nothing is given
/// out: the exception travels to the door.
///
/// Safe for use by several threads.
final class AuditTrail implements DeedTrail {

  /// A visit ends when nothing was asked of the study for this long.
  private static final Duration VISIT_IDLE = Duration.ofMinutes(15);

  /// More visits at a time are not joined but written one by one.
  private static final int VISITS_MAX = 20_000;

  /// Detail of what was opened in an emergency alone.
  static final String EMERGENCY = "in an emergency";

  private final Store store;
  private final SiteId site;
  private final @Nullable String named;
  private final InstantSource clock;
  private final BiConsumer<Who, String> done;
  private final JsonMapper json = JsonMapper.builder().build();
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<VisitKey, Visit> visits = new HashMap<>();

  AuditTrail(Store store, SiteId site, InstantSource clock) {
    this(store, site, false, clock, (_, _) -> {});
  }

  /// @param further whether entries name the site, as those of all but the first do
  AuditTrail(Store store, SiteId site, boolean further, InstantSource clock) {
    this(store, site, further, clock, (_, _) -> {});
  }

  /// @param further whether entries name the site, as those of all but the first do
  /// @param done told who did what, once that is to be in the trail
  AuditTrail(
      Store store,
      SiteId site,
      boolean further,
      InstantSource clock,
      BiConsumer<Who, String> done) {
    this.done = done;
    this.store = store;
    this.site = site;
    this.named = further ? site.value() : null;
    this.clock = clock;
  }

  /// Of a device that nobody proved or declared themselves at.
  static final String PERSON_NOT_KNOWN = "person not known";

  /// @param recipient where it is not who asks
  private record VisitKey(
      Who who, Optional<String> person, Optional<String> recipient, Act act, Uid study) {}

  private static final class Visit {
    private final Origin origin;
    private final Stated stated;
    private final @Nullable String detail;
    private final Delivered delivered;
    private long count;

    Visit(Origin origin, Stated stated, @Nullable String detail, InstantSource clock) {
      this.origin = origin;
      this.stated = stated;
      this.detail = detail;
      this.delivered = new Delivered(clock);
    }

    boolean hasRested(long now) {
      return now - delivered.lastMillis() > VISIT_IDLE.toMillis();
    }
  }

  /// A caller as the trail names them.
  record Who(String kind, String name, @Nullable String hat) {
    static Who of(Caller caller) {
      return switch (caller) {
        case Caller.Stranger _ -> new Who("stranger", "", null);
        case Caller.Person person -> new Who("person", person.name(), person.hat().word());
        case Caller.Program program ->
            new Who("program", program.owner() + "/" + program.id(), null);
        case Caller.Device device -> new Who("device", device.aeTitle(), null);
        case Caller.Share share -> new Who("share", share.id(), null);
        case Caller.Patient patient -> new Who("patient", patient.id(), null);
        case Caller.Console console -> new Who("console", console.osUser(), null);
      };
    }
  }

  /// The entry of one act about one instance, to be sealed into the batch that keeps it.
  Audit stored(Caller caller, StoreOutcome.InstanceUids uids, @Nullable String detail) {
    return encode(
        entry(Who.of(caller), caller.origin(), Act.STORED, true)
            .about(uids.study().value(), uids.series().value(), uids.sopInstance().value())
            .detailed(1, detail));
  }

  /// Something was refused, or held before.
  void note(
      Caller caller,
      Act act,
      boolean success,
      StoreOutcome.@Nullable InstanceUids about,
      @Nullable String detail)
      throws IOException {
    Draft draft = entry(Who.of(caller), caller.origin(), act, success);
    Draft of =
        about == null
            ? draft
            : draft.about(
                about.study().value(), about.series().value(), about.sopInstance().value());
    store.audit(List.of(encode(of.detailed(1, detail))), true);
  }

  /// A list was asked for. Written before the first row leaves; the question itself stays out.
  void searched(Caller caller, @Nullable Uid study, long rows) throws IOException {
    String uid = study == null ? null : study.value();
    Draft draft =
        entry(Who.of(caller), caller.origin(), Act.SEARCHED, true)
            .about(uid, null, null)
            .with(said(caller));
    store.audit(List.of(encode(draft.detailed(rows, null))), false);
  }

  /// A list that is none of studies was asked for. Written before the first row leaves.
  ///
  /// @param what it is, a word of ours
  void listed(Caller caller, String what, long rows) throws IOException {
    Draft draft = entry(Who.of(caller), caller.origin(), Act.SEARCHED, true).with(said(caller));
    store.audit(List.of(encode(draft.detailed(rows, what))), false);
  }

  /// Somebody touches a study: the first touch of a visit is an entry before a byte leaves, the
  /// count follows when the visit ends.
  ///
  /// @param stated why, where somebody was asked
  /// @param emergency whether it is open in an emergency alone
  /// @return told what goes out
  Delivered touched(
      Caller caller, Act act, Uid study, long instances, Stated stated, boolean emergency)
      throws IOException {
    long now = clock.millis();
    Stated said = stated.or(said(caller));
    String detail = emergency ? EMERGENCY : null;
    Optional<String> person =
        caller instanceof Caller.Device device ? device.person() : Optional.empty();
    VisitKey key =
        new VisitKey(Who.of(caller), person, Optional.ofNullable(stated.recipient()), act, study);
    boolean first;
    Delivered delivered = Delivered.uncounted();
    lock.lock();
    try {
      Visit visit = visits.get(key);
      first = visit == null || visit.hasRested(now);
      if (visit == null && visits.size() < VISITS_MAX) {
        visit = new Visit(caller.origin(), said, detail, clock);
        visits.put(key, visit);
      }
      if (visit != null) {
        delivered = visit.delivered;
        visit.delivered.touch();
        visit.count += instances;
      }
    } finally {
      lock.unlock();
    }
    if (first) {
      Draft draft =
          entry(key.who(), caller.origin(), act, true).about(study.value(), null, null).with(said);
      store.audit(List.of(encode(draft.detailed(instances, detail))), false);
    }
    return delivered;
  }

  /// What is known of why and for whom from who asks.
  private static Stated said(Caller caller) {
    return switch (caller) {
      case Caller.Share share -> share.stated();
      case Caller.Program program -> new Stated(null, program.owner());
      case Caller.Device device -> new Stated(null, device.person().orElse(PERSON_NOT_KNOWN));
      case Caller.Stranger _, Caller.Person _, Caller.Patient _, Caller.Console _ -> Stated.NOTHING;
    };
  }

  /// Sign-ins, enrolments and the like.
  void security(Who who, Origin origin, boolean success, String detail) throws IOException {
    store.audit(
        List.of(encode(entry(who, origin, Act.SECURITY, success).detailed(1, detail))), true);
    if (success) {
      done.accept(who, detail);
    }
  }

  /// Who may do what from now on.
  ///
  /// @param state JSON
  /// @return when
  long state(Who who, Origin origin, String detail, String state) throws IOException {
    AuditEntry entry = entry(who, origin, Act.STATE, true).detailed(1, detail).stating(state);
    store.audit(List.of(encode(entry)), true);
    return entry.at();
  }

  @Override
  public Audit entry(
      Who who, Origin origin, Act act, String detail, Optional<Audit.Subject> subject) {
    AuditEntry entry = entry(who, origin, act, true).detailed(1, detail);
    done.accept(who, act.name().toLowerCase(Locale.ROOT) + ": " + detail);
    return new Audit(json.writeValueAsBytes(entry), subject);
  }

  @Override
  public void write(Audit entry) throws IOException {
    store.audit(List.of(entry), true);
  }

  /// Writes the counts of visits that ended; `all` when the archive closes.
  void endVisits(boolean all) throws IOException {
    List<Audit> ended = new ArrayList<>();
    lock.lock();
    try {
      long now = clock.millis();
      for (Iterator<Map.Entry<VisitKey, Visit>> it = visits.entrySet().iterator(); it.hasNext(); ) {
        Map.Entry<VisitKey, Visit> next = it.next();
        Visit visit = next.getValue();
        if (all || visit.hasRested(now)) {
          VisitKey key = next.getKey();
          Draft draft =
              entry(key.who(), visit.origin, key.act(), true)
                  .about(key.study().value(), null, null)
                  .with(visit.stated)
                  .ending();
          Delivered delivered = visit.delivered;
          ended.add(
              encode(
                  draft
                      .detailed(visit.count, visit.detail)
                      .giving(delivered.frames(), delivered.bytes())));
          it.remove();
        }
      }
    } finally {
      lock.unlock();
    }
    if (!ended.isEmpty()) {
      store.audit(ended, all);
    }
  }

  /// What identifies a patient, apart from the rest: sealed so that it dies with the patient.
  ///
  /// @param reason as somebody typed it
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Subject(
      @Nullable String study,
      @Nullable String series,
      @Nullable String instance,
      @Nullable String reason,
      @Nullable String purpose,
      @Nullable String recipient) {}

  Audit encode(AuditEntry entry) {
    byte[] bytes = json.writeValueAsBytes(entry.about(null));
    String study = entry.study();
    if (study == null) {
      return Audit.of(bytes);
    }
    Subject subject =
        new Subject(
            study, entry.series(), entry.instance(), null, entry.purpose(), entry.recipient());
    byte[] detail = json.writeValueAsBytes(subject);
    return new Audit(bytes, Optional.of(new Audit.Subject(site, new Uid(study), detail)));
  }

  static AuditEntry decode(JsonMapper json, Audit.Opened opened) {
    AuditEntry entry = json.readValue(opened.entry(), AuditEntry.class);
    return opened
        .about()
        .flatMap(Audit.About::detail)
        .map(detail -> entry.about(json.readValue(detail, Subject.class)))
        .orElse(entry);
  }

  AuditEntry decode(Audit.Opened opened) {
    return decode(json, opened);
  }

  private Draft entry(Who who, Origin origin, Act act, boolean success) {
    return new Draft(
        clock.millis(), named, who, origin, act, success, null, null, null, false, Stated.NOTHING);
  }

  /// An entry in the making.
  private record Draft(
      long at,
      @Nullable String site,
      Who who,
      Origin origin,
      Act act,
      boolean success,
      @Nullable String study,
      @Nullable String series,
      @Nullable String instance,
      boolean ends,
      Stated stated) {

    Draft about(@Nullable String inStudy, @Nullable String inSeries, @Nullable String one) {
      return new Draft(at, site, who, origin, act, success, inStudy, inSeries, one, ends, stated);
    }

    Draft ending() {
      return new Draft(at, site, who, origin, act, success, study, series, instance, true, stated);
    }

    Draft with(Stated more) {
      return new Draft(
          at, site, who, origin, act, success, study, series, instance, ends, more.or(stated));
    }

    AuditEntry detailed(long count, @Nullable String detail) {
      return new AuditEntry(
          at,
          act,
          success,
          who.kind(),
          who.name(),
          who.hat(),
          origin.door(),
          origin.address(),
          site,
          study,
          series,
          instance,
          count,
          ends,
          detail,
          null,
          stated.purpose(),
          stated.recipient());
    }
  }
}
