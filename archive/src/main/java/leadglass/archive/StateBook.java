package leadglass.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import leadglass.store.Registry;
import leadglass.store.Store;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Writes into the trail who may do what, within a minute of each change, so that it can be told
/// later how it was at any moment.
///
/// Safe for use by several threads, if one of them writes.
public final class StateBook {
  private static final String KEY = "last";
  private static final int TIMES_MAX = 50_000;
  private static final Origin OWN = new Origin(Origin.Door.ARCHIVE, "archive");
  private static final AuditTrail.Who ARCHIVE = new AuditTrail.Who("archive", "", null);
  private static final Caller ASKING = new Caller.Console("archive", OWN);

  private final Store store;
  private final Gate gate;
  private final AuditTrail trail;
  private final Documents<Written> documents;
  private final People people;
  private final Devices devices;
  private final Lanes lanes;
  private final Optional<KeyCustody> custody;
  private final @Nullable String site;
  private final JsonMapper json = JsonMapper.builder().build();

  /// What was written last.
  ///
  /// @param digest SHA-256 of it
  /// @param times when something was written, milliseconds since 1970-01-01T00:00Z: hints, the
  ///   trail has the truth
  record Written(byte[] digest, List<Long> times) {}

  /// @param custody of the master key; empty for a further site
  /// @param site id of a further one
  StateBook(
      Store store,
      Registry registry,
      Gate gate,
      AuditTrail trail,
      Identities identities,
      Optional<KeyCustody> custody,
      @Nullable String site) {
    this.store = store;
    this.gate = gate;
    this.trail = trail;
    this.documents = new Documents<>(registry, "state", Written.class);
    this.people = identities.people();
    this.devices = identities.devices();
    this.lanes = identities.lanes();
    this.custody = custody;
    this.site = site;
  }

  /// Something that was done after a state was written.
  public record Change(long atMillis, String by, String what) {}

  /// What is known of a moment.
  ///
  /// @param writtenMillis when the state was written that was the last one then; with it `state`
  /// @param since what was done between that and the moment
  /// @param program what ran: the last start before the moment, with the version
  public record At(
      Optional<Long> writtenMillis,
      Optional<SiteState> state,
      List<Change> since,
      Optional<String> program) {
    public At {
      since = List.copyOf(since);
    }
  }

  /// Writes what there is, if it is not what was written last.
  void sweep() throws IOException {
    SiteState now = now();
    String text = json.writeValueAsString(now);
    byte[] digest = Encodings.sha256(Encodings.utf8(text));
    Optional<Documents.Kept<Written>> last = documents.find(KEY);
    if (last.isPresent() && Arrays.equals(last.get().document().digest(), digest)) {
      return;
    }
    String words = now.people().size() + " people, " + now.devices().size() + " devices";
    long at = trail.state(ARCHIVE, OWN, words, text);
    List<Long> times = new ArrayList<>(last.map(kept -> kept.document().times()).orElse(List.of()));
    times.add(at);
    if (times.size() > TIMES_MAX) {
      times.removeFirst();
    }
    documents.put(
        KEY, last.map(Documents.Kept::version).orElse(0L), new Written(digest, List.copyOf(times)));
  }

  private SiteState now() {
    Optional<KeyCustody.State> key = custody.flatMap(each -> each.state(ASKING));
    return new SiteState(
        people.list(ASKING).stream()
            .map(StateBook::person)
            .sorted(Comparator.comparing(SiteState.Person::name))
            .toList(),
        Stream.concat(
                devices.list(ASKING).stream().map(StateBook::device),
                lanes.list(ASKING).stream().map(StateBook::lane))
            .sorted(Comparator.comparing(SiteState.Device::aeTitle))
            .toList(),
        key.map(KeyCustody.State::place).orElse(""),
        key.map(KeyCustody.State::beside).orElse(false));
  }

  private static SiteState.Person person(People.Account account) {
    return new SiteState.Person(
        account.name(),
        account.enabled(),
        account.roles().stream().map(Role::word).sorted().toList(),
        account.factors().stream().map(People.Factor::words).sorted().toList());
  }

  private static SiteState.Device device(Devices.Device device) {
    return new SiteState.Device(
        device.aeTitle(),
        device.terms().owner(),
        device.terms().words(),
        device.revoked().isPresent(),
        device.endsMillis());
  }

  private static SiteState.Device lane(Lanes.Lane lane) {
    return new SiteState.Device(
        lane.aeTitle(),
        lane.owner(),
        lane.words(),
        lane.revoked().isPresent(),
        Optional.of(lane.endsMillis()));
  }

  /// How it was at a moment, for whoever may read the trail; empty for others.
  public Optional<At> at(Caller by, long millis, AuditLog.Progress progress) throws IOException {
    boolean may = gate.permits(by, Verb.READ_AUDIT);
    String what = "state of an earlier moment";
    trail.note(by, Act.LOG_USED, may, null, may ? what : what + " refused");
    return may ? Optional.of(read(millis, progress)) : Optional.empty();
  }

  private At read(long millis, AuditLog.Progress progress) throws IOException {
    List<Long> times = documents.find(KEY).map(kept -> kept.document().times()).orElse(List.of());
    long hint = times.stream().filter(time -> time <= millis).reduce((_, b) -> b).orElse(0L);
    Reading reading = new Reading(millis);
    long end = store.trail().size();
    store
        .trail()
        .read(
            hint == 0 ? 0 : store.trail().from(hint - 1),
            (number, opened) -> {
              progress.at(number + 1, end);
              return reading.take(trail.decode(opened)) && number + 1 < end;
            });
    return new At(reading.writtenMillis, reading.state, reading.since, started(millis));
  }

  /// The last start before a moment; looked for backwards, some days at a time.
  private Optional<String> started(long millis) throws IOException {
    long step = 24L * 3600 * 1000;
    long until = store.trail().from(millis);
    for (long back = step; until > 0; back *= 4) {
      long from = back > millis ? 0 : store.trail().from(millis - back);
      String[] found = new String[1];
      long stop = until;
      store
          .trail()
          .read(
              from,
              (number, opened) -> {
                AuditEntry entry = trail.decode(opened);
                String detail = entry.detail() == null ? "" : entry.detail();
                if (entry.act() == Act.ACTIVITY
                    && entry.at() <= millis
                    && detail.startsWith(AuditLog.STARTED)) {
                  found[0] = detail.substring(AuditLog.STARTED.length()).replaceFirst("^, ", "");
                }
                return number + 1 < stop;
              });
      if (found[0] != null || from == 0) {
        return Optional.ofNullable(found[0]);
      }
      until = from;
    }
    return Optional.empty();
  }

  /// One run forward from a state.
  private final class Reading {
    private final long millis;
    private Optional<Long> writtenMillis = Optional.empty();
    private Optional<SiteState> state = Optional.empty();
    private final List<Change> since = new ArrayList<>();

    Reading(long millis) {
      this.millis = millis;
    }

    boolean take(AuditEntry entry) {
      if (!Objects.equals(entry.site(), site)) {
        return true;
      }
      if (entry.at() > millis) {
        return false;
      }
      String written = entry.state();
      if (entry.act() == Act.STATE && written != null) {
        writtenMillis = Optional.of(entry.at());
        state = Optional.of(json.readValue(written, SiteState.class));
        since.clear();
      } else if (changes(entry)) {
        String detail = entry.detail() == null ? "" : entry.detail();
        since.add(new Change(entry.at(), entry.kind() + " " + entry.who(), detail));
      }
      return true;
    }
  }

  private static boolean changes(AuditEntry entry) {
    if (entry.act() != Act.SECURITY || !entry.success() || entry.detail() == null) {
      return entry.act() == Act.POLICY && entry.success();
    }
    return switch (SecurityKind.of(true, entry.detail())) {
      case ROLE, PERSON, DEVICE, SETTING -> true;
      default -> false;
    };
  }
}
