package leadglass.archive;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import leadglass.dicom.data.Uid;
import leadglass.store.Audit;
import leadglass.store.AuditEntries;
import leadglass.store.PatientRef;
import leadglass.store.Pseudonym;
import leadglass.store.SiteId;
import leadglass.store.Store;
import leadglass.store.StudyName;
import org.jspecify.annotations.Nullable;

/// The audit trail of a site, to be read by people: a page at a time, or all that a filter lets
/// through. That somebody read it is in the trail before they have it.
///
/// Safe for use by several threads.
public final class AuditView {
  /// Rows of a page.
  public static final int ROWS_MAX = 200;

  /// So many entries are looked at for one page at most.
  static final int SCANNED_MAX = AuditLog.SCANNED_MAX;

  /// Entries read at a time where the newest come first.
  private static final int STEP = 2_000;

  /// An entry is written so soon after its time.
  private static final long WRITTEN_WITHIN_MILLIS = 60_000;

  private final Store store;
  private final SiteId site;
  private final @Nullable String named;
  private final Gate gate;
  private final AuditTrail trail;
  private final AuditLog log;

  /// @param named id of a further site; null for the one that runs the archive
  AuditView(
      Store store, SiteId site, @Nullable String named, Gate gate, AuditTrail trail, AuditLog log) {
    this.store = store;
    this.site = site;
    this.named = named;
    this.gate = gate;
    this.trail = trail;
    this.log = log;
  }

  /// Whom entries are about.
  public sealed interface Whose {
    record Anybody() implements Whose {}

    /// @param issuer Issuer of Patient ID, may be empty
    record Patient(String issuer, String id) implements Whose {
      @Override
      public String toString() {
        return "Patient[]";
      }
    }

    /// As a row names them.
    record Pseudonymous(String pseudonym) implements Whose {}

    /// @param study Study Instance UID, or the name that a row has for it
    record OfStudy(String study) implements Whose {
      @Override
      public String toString() {
        return "OfStudy[]";
      }
    }
  }

  /// Which entries.
  ///
  /// @param who a caller's name as the trail has it; of a person that is their programs too; empty:
  ///   anybody
  /// @param success done or refused; empty: both
  public record Filter(
      AuditLog.Range range, String who, Optional<Act> act, Optional<Boolean> success, Whose whose) {
    public static final Filter ALL =
        new Filter(AuditLog.Range.ALL, "", Optional.empty(), Optional.empty(), new Whose.Anybody());

    boolean has(AuditEntry entry) {
      return range.has(entry.at())
          && (who.isEmpty() || entry.who().equals(who) || entry.who().startsWith(who + "/"))
          && act.map(wanted -> wanted == entry.act()).orElse(true)
          && success.map(wanted -> wanted == entry.success()).orElse(true);
    }

    @Override
    public String toString() {
      return "Filter[]";
    }
  }

  /// Which end of the trail a page begins at.
  public enum Order {
    NEWEST_FIRST,
    OLDEST_FIRST
  }

  /// Whose study a row is about.
  ///
  /// @param study Study Instance UID, as long as it can be known
  /// @param name of the study, for ever
  /// @param patient Patient ID, as long as the study is held
  /// @param pseudonym for ever
  public record Of(
      Optional<String> study, String name, Optional<String> patient, String pseudonym) {
    @Override
    public String toString() {
      return "Of[]";
    }
  }

  /// One entry in words.
  ///
  /// @param what was done, or wanted
  /// @param kind of caller, and `who`: their name as the trail has it
  /// @param by both in words
  /// @param hat as what; empty where there is none
  /// @param why as somebody said; empty otherwise
  public record Row(
      long number,
      long atMillis,
      Act act,
      boolean success,
      String what,
      String kind,
      String who,
      String by,
      String hat,
      Origin.Door door,
      String from,
      Optional<Of> of,
      String why) {
    @Override
    public String toString() {
      return "Row[" + number + "]";
    }
  }

  /// @param next where to go on, if there may be more
  /// @param looked at so many entries
  public record Page(List<Row> rows, OptionalLong next, long looked) {
    public Page {
      rows = List.copyOf(rows);
    }

    /// Whether it ends because few of many entries were wanted, not because it is full.
    public boolean stopped() {
      return next.isPresent() && rows.size() < ROWS_MAX;
    }
  }

  /// Takes one row at a time.
  @FunctionalInterface
  public interface Visitor {
    void visit(Row row) throws IOException;
  }

  /// A reading that was allowed.
  @FunctionalInterface
  public interface Reading {
    /// Oldest first.
    void to(Visitor visitor) throws IOException;
  }

  private record Found(long number, AuditEntry entry, Optional<Audit.About> about) {}

  /// One page.
  ///
  /// @param cursor of the page before; empty for the first
  /// @return empty if the caller may not
  public Optional<Page> page(Caller by, Filter filter, Order order, OptionalLong cursor)
      throws IOException {
    if (!permits(by, "timeline" + about(filter.whose()))) {
      return Optional.empty();
    }
    boolean newest = order == Order.NEWEST_FIRST;
    return Optional.of(
        switch (filter.whose()) {
          case Whose.Anybody _ -> newest ? newest(filter, cursor) : oldest(filter, cursor);
          case Whose.Patient _, Whose.Pseudonymous _, Whose.OfStudy _ ->
              newest ? lastAbout(filter, cursor) : firstAbout(filter, cursor);
        });
  }

  /// Everything a filter lets through.
  ///
  /// @return empty if the caller may not
  public Optional<Reading> reading(Caller by, Filter filter) throws IOException {
    return permits(by, "timeline" + about(filter.whose()) + " exported")
        ? Optional.of(visitor -> read(filter, visitor))
        : Optional.empty();
  }

  private static String about(Whose whose) {
    return switch (whose) {
      case Whose.Anybody _ -> "";
      case Whose.Patient _, Whose.Pseudonymous _ -> " of one patient";
      case Whose.OfStudy _ -> " of one study";
    };
  }

  private boolean permits(Caller by, String what) throws IOException {
    boolean may = gate.permits(by, Verb.READ_AUDIT);
    trail.note(by, Act.LOG_USED, may, null, may ? what : what + " refused");
    return may;
  }

  private void read(Filter filter, Visitor visitor) throws IOException {
    AuditEntries.Visitor each =
        (number, opened) -> {
          Optional<Found> found = found(filter, number, opened);
          if (found.isPresent()) {
            visitor.visit(row(found.get()));
          }
          return true;
        };
    if (filter.whose() instanceof Whose.Anybody) {
      long end = end(filter);
      store
          .trail()
          .read(
              begin(filter),
              (number, opened) -> number < end && each.visit(number, opened) && number + 1 < end);
    } else {
      about(filter.whose(), each);
    }
  }

  private Optional<Found> found(Filter filter, long number, Audit.Opened opened) {
    AuditEntry entry = trail.decode(opened);
    return Objects.equals(entry.site(), named) && filter.has(entry)
        ? Optional.of(new Found(number, entry, opened.about()))
        : Optional.empty();
  }

  private long begin(Filter filter) throws IOException {
    long from = filter.range().fromMillis();
    return from <= 0 ? 0 : store.trail().from(from);
  }

  private long end(Filter filter) throws IOException {
    long until = filter.range().untilMillis();
    return until > Long.MAX_VALUE - WRITTEN_WITHIN_MILLIS
        ? store.trail().size()
        : store.trail().from(Math.max(0, until) + WRITTEN_WITHIN_MILLIS);
  }

  private Page oldest(Filter filter, OptionalLong cursor) throws IOException {
    long from = Math.max(begin(filter), cursor.orElse(0));
    long end = end(filter);
    List<Found> rows = new ArrayList<>();
    long[] next = {from};
    if (from < end) {
      store
          .trail()
          .read(
              from,
              (number, opened) -> {
                if (number >= end || rows.size() == ROWS_MAX || number - from >= SCANNED_MAX) {
                  return false;
                }
                next[0] = number + 1;
                found(filter, number, opened).ifPresent(rows::add);
                return true;
              });
    }
    return page(
        rows, next[0] < end ? OptionalLong.of(next[0]) : OptionalLong.empty(), next[0] - from);
  }

  private Page newest(Filter filter, OptionalLong cursor) throws IOException {
    long first = begin(filter);
    long last = Math.min(cursor.orElse(Long.MAX_VALUE), end(filter));
    List<Found> rows = new ArrayList<>();
    long at = last;
    while (at > first && rows.size() < ROWS_MAX && last - at < SCANNED_MAX) {
      long from = Math.max(first, at - STEP);
      List<Found> step = between(filter, from, at).reversed();
      List<Found> taken = step.subList(0, Math.min(step.size(), ROWS_MAX - rows.size()));
      rows.addAll(taken);
      at = taken.size() < step.size() ? taken.getLast().number() : from;
    }
    return page(
        rows, at > first ? OptionalLong.of(at) : OptionalLong.empty(), Math.max(0, last - at));
  }

  private List<Found> between(Filter filter, long from, long end) throws IOException {
    List<Found> found = new ArrayList<>();
    store
        .trail()
        .read(
            from,
            (number, opened) -> {
              if (number < end) {
                found(filter, number, opened).ifPresent(found::add);
              }
              return number + 1 < end;
            });
    return found;
  }

  /// Entries about one patient or study are few, and found by an index.
  private Page lastAbout(Filter filter, OptionalLong cursor) throws IOException {
    long before = cursor.orElse(Long.MAX_VALUE);
    Deque<Found> last = new ArrayDeque<>();
    long[] looked = {0};
    about(
        filter.whose(),
        (number, opened) -> {
          looked[0]++;
          if (number < before) {
            found(filter, number, opened).ifPresent(last::addLast);
          }
          if (last.size() > ROWS_MAX + 1) {
            last.removeFirst();
          }
          return number < before;
        });
    boolean more = last.size() > ROWS_MAX;
    if (more) {
      last.removeFirst();
    }
    List<Found> rows = new ArrayList<>(last.reversed());
    return page(
        rows, more ? OptionalLong.of(rows.getLast().number()) : OptionalLong.empty(), looked[0]);
  }

  private Page firstAbout(Filter filter, OptionalLong cursor) throws IOException {
    long from = cursor.orElse(0);
    List<Found> rows = new ArrayList<>();
    long[] looked = {0};
    about(
        filter.whose(),
        (number, opened) -> {
          looked[0]++;
          if (number >= from) {
            found(filter, number, opened).ifPresent(rows::add);
          }
          return rows.size() <= ROWS_MAX;
        });
    boolean more = rows.size() > ROWS_MAX;
    OptionalLong next = more ? OptionalLong.of(rows.removeLast().number()) : OptionalLong.empty();
    return page(rows, next, looked[0]);
  }

  private void about(Whose whose, AuditEntries.Visitor visitor) throws IOException {
    Set<Pseudonym> patients = new HashSet<>();
    Set<StudyName> studies = new HashSet<>();
    switch (whose) {
      case Whose.Anybody _ -> {
        return;
      }
      case Whose.Patient(var issuer, var id) ->
          patients.add(
              store.lifecycle().pseudonym(site, new PatientRef(issuer.strip(), id.strip())));
      case Whose.Pseudonymous(var pseudonym) -> {
        if (Custody.isName(pseudonym)) {
          patients.add(new Pseudonym(pseudonym));
        }
      }
      case Whose.OfStudy(var study) ->
          Custody.studyName(study)
              .or(() -> Uid.parse(study).flatMap(uid -> store.lifecycle().name(site, uid)))
              .ifPresent(studies::add);
    }
    patients.forEach(patient -> studies.addAll(store.lifecycle().studiesOf(site, patient)));
    if (!patients.isEmpty() || !studies.isEmpty()) {
      store.trail().about(site, patients, studies, visitor);
    }
  }

  private Page page(List<Found> found, OptionalLong next, long looked) {
    return new Page(found.stream().map(this::row).toList(), next, looked);
  }

  private Row row(Found found) {
    AuditEntry entry = found.entry();
    return new Row(
        found.number(),
        entry.at(),
        entry.act(),
        entry.success(),
        AuditWords.what(entry),
        entry.kind(),
        entry.who(),
        AuditWords.by(entry),
        entry.hat() == null ? "" : entry.hat(),
        entry.door(),
        entry.from(),
        found.about().map(about -> of(entry, about)),
        AuditWords.why(entry));
  }

  private Of of(AuditEntry entry, Audit.About about) {
    return new Of(
        Optional.ofNullable(entry.study()),
        about.study().value(),
        entry.study() == null ? Optional.empty() : log.patient(about).map(PatientRef::id),
        about.patient().value());
  }
}
