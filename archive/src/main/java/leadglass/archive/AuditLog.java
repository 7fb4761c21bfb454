package leadglass.archive;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import leadglass.audit.message.AuditMessage;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.store.Audit;
import leadglass.store.PatientRef;
import leadglass.store.Store;
import leadglass.store.StudyRow;
import org.jspecify.annotations.Nullable;

/// The audit trail as DICOM audit messages, for whoever may read it. That somebody read it is in
/// the trail before they have it.
///
/// Safe for use by several threads.
public final class AuditLog {
  static final String STARTED = "started";
  static final String STOPPED = "stopped";

  /// So many entries are looked at for one page at most.
  static final int SCANNED_MAX = 50_000;

  private static final int KNOWN_MAX = 10_000;
  private static final int PATIENT_CHARS_MAX = 64;

  private final Store store;
  private final Gate gate;
  private final AuditTrail trail;
  private final @Nullable String site;

  /// @param site of a further site, whose entries alone are read; null for the one that runs the
  ///   archive
  AuditLog(Store store, Gate gate, AuditTrail trail, @Nullable String site) {
    this.store = store;
    this.gate = gate;
    this.trail = trail;
    this.site = site;
  }

  /// How whom messages are about is told.
  public enum Naming {
    /// Study Instance UID and Patient ID as long as they can be known, and what somebody typed;
    /// else the pseudonym.
    IDENTIFIERS,
    /// The patient's pseudonym and a UID made of the study's name: the same for ever, and nobody
    /// outside knows whose.
    PSEUDONYMS
  }

  /// Which entries.
  ///
  /// @param fromMillis not before
  /// @param untilMillis before
  public record Range(long fromMillis, long untilMillis) {
    public static final Range ALL = new Range(Long.MIN_VALUE, Long.MAX_VALUE);

    boolean has(long at) {
      return at >= fromMillis && at < untilMillis;
    }
  }

  /// Takes one message at a time, oldest first.
  @FunctionalInterface
  public interface Visitor {
    /// @return false to stop
    boolean visit(AuditMessage message) throws IOException;
  }

  /// How far a reading is.
  @FunctionalInterface
  public interface Progress {
    void at(long entry, long of);
  }

  /// What came of a reading.
  public sealed interface Reading {
    record Done(long messages) implements Reading {}

    /// The caller may not.
    record NotThere() implements Reading {}
  }

  /// How many entries there are, of all sites.
  public long size() throws IOException {
    return store.trail().size();
  }

  /// Reads the site's entries.
  ///
  /// @param source what the archive calls itself in messages
  /// @param what for the trail: words of ours
  public Reading read(
      Caller by,
      Range range,
      Naming naming,
      String source,
      String what,
      Progress progress,
      Visitor visitor)
      throws IOException {
    if (!gate.permits(by, Verb.READ_AUDIT)) {
      trail.note(by, Act.LOG_USED, false, null, what + " refused");
      return new Reading.NotThere();
    }
    trail.note(by, Act.LOG_USED, true, null, what);
    Messages messages = new Messages(naming, source);
    long end = size();
    long[] count = {0};
    store
        .trail()
        .read(
            0,
            (number, opened) -> {
              progress.at(number + 1, end);
              AuditEntry entry = trail.decode(opened);
              boolean go = true;
              if (Objects.equals(entry.site(), site) && range.has(entry.at())) {
                count[0]++;
                go = visitor.visit(messages.of(number, entry, opened));
              }
              return go && number + 1 < end;
            });
    return new Reading.Done(count[0]);
  }

  /// Some of the site's entries, oldest first.
  ///
  /// @param next number to go on from; empty behind the last
  public record Page(List<AuditMessage> messages, OptionalLong next) {
    @Override
    public String toString() {
      return "Page[" + messages.size() + "]";
    }
  }

  /// Some of the site's entries from a number on: so many, or those among [#SCANNED_MAX].
  ///
  /// @param what for the trail: words of ours
  /// @return empty if the caller may not
  public Optional<Page> page(
      Caller by,
      long from,
      Range range,
      Naming naming,
      String source,
      String what,
      Predicate<AuditMessage> wanted,
      int count)
      throws IOException {
    if (!gate.permits(by, Verb.READ_AUDIT)) {
      trail.note(by, Act.LOG_USED, false, null, what + " refused");
      return Optional.empty();
    }
    trail.note(by, Act.LOG_USED, true, null, what);
    Messages messages = new Messages(naming, source);
    long end = size();
    List<AuditMessage> found = new ArrayList<>();
    long[] next = {from};
    if (from >= 0 && from < end) {
      store
          .trail()
          .read(
              from,
              (number, opened) -> {
                if (number >= end || found.size() == count || number - from >= SCANNED_MAX) {
                  return false;
                }
                next[0] = number + 1;
                AuditEntry entry = trail.decode(opened);
                if (Objects.equals(entry.site(), site) && range.has(entry.at())) {
                  AuditMessage message = messages.of(number, entry, opened);
                  if (wanted.test(message)) {
                    found.add(message);
                  }
                }
                return true;
              });
    }
    return Optional.of(
        new Page(
            List.copyOf(found),
            next[0] < end && from >= 0 ? OptionalLong.of(next[0]) : OptionalLong.empty()));
  }

  /// The site's one entry of a number.
  public Optional<AuditMessage> find(
      Caller by, long number, Naming naming, String source, String what) throws IOException {
    if (!gate.permits(by, Verb.READ_AUDIT)) {
      trail.note(by, Act.LOG_USED, false, null, what + " refused");
      return Optional.empty();
    }
    trail.note(by, Act.LOG_USED, true, null, what);
    AuditMessage[] found = new AuditMessage[1];
    if (number >= 0 && number < size()) {
      Messages messages = new Messages(naming, source);
      store
          .trail()
          .read(
              number,
              (at, opened) -> {
                AuditEntry entry = trail.decode(opened);
                if (at == number && Objects.equals(entry.site(), site)) {
                  found[0] = messages.of(at, entry, opened);
                }
                return false;
              });
    }
    return Optional.ofNullable(found[0]);
  }

  /// Says in the trail that entries are forwarded from here on, as they come.
  ///
  /// @param where words of ours
  public Reading forwarding(Caller.Console by, String where) throws IOException {
    if (site != null || !gate.permits(by, Verb.READ_AUDIT)) {
      return new Reading.NotThere();
    }
    trail.note(by, Act.LOG_USED, true, null, "forwarded to " + where);
    return new Reading.Done(0);
  }

  /// Entries of all sites from a number on, for whoever looks after the machine; [#forwarding] says
  /// so once.
  public Reading follow(Caller.Console by, long from, Naming naming, String source, Visitor visitor)
      throws IOException {
    if (site != null || !gate.permits(by, Verb.READ_AUDIT)) {
      return new Reading.NotThere();
    }
    Messages messages = new Messages(naming, source);
    long[] count = {0};
    store
        .trail()
        .read(
            from,
            (number, opened) -> {
              count[0]++;
              return visitor.visit(messages.of(number, trail.decode(opened), opened));
            });
    return new Reading.Done(count[0]);
  }

  /// The archive runs from now on, or does not any more.
  public void activity(Caller.Console by, boolean started, String version) throws IOException {
    trail.note(by, Act.ACTIVITY, true, null, (started ? STARTED : STOPPED) + ", " + version);
  }

  /// Makes messages, and remembers who patients are while it does.
  private final class Messages {
    private final Naming naming;
    private final AuditMessages messages;
    private final Map<Audit.About, Optional<PatientRef>> known = new HashMap<>();

    Messages(Naming naming, String source) {
      this.naming = naming;
      this.messages = new AuditMessages(source, naming == Naming.IDENTIFIERS);
    }

    AuditMessage of(long number, AuditEntry entry, Audit.Opened opened) {
      return messages.of(number, entry, opened.about().map(about -> whom(entry, about)));
    }

    private Whom whom(AuditEntry entry, Audit.About about) {
      String study = entry.study();
      if (naming == Naming.PSEUDONYMS || study == null) {
        return new Whom(uid(about), about.patient().value(), Optional.empty(), true);
      }
      Audit.About plain =
          new Audit.About(about.site(), about.study(), about.patient(), Optional.empty());
      if (known.size() >= KNOWN_MAX) {
        known.clear();
      }
      Optional<PatientRef> patient = known.computeIfAbsent(plain, AuditLog.this::patient);
      return new Whom(
          study,
          patient.map(PatientRef::id).orElse(about.patient().value()),
          patient.map(PatientRef::issuer).filter(issuer -> !issuer.isEmpty()),
          false);
    }
  }

  /// Who an entry's patient is, as long as their study is held: of a study that was given to
  /// another patient since, nothing is told.
  Optional<PatientRef> patient(Audit.About about) {
    return store
        .lifecycle()
        .study(about.site(), about.study())
        .map(AuditLog::reference)
        .filter(ref -> !ref.id().isBlank() && ref.id().length() <= PATIENT_CHARS_MAX)
        .filter(ref -> store.lifecycle().pseudonym(about.site(), ref).equals(about.patient()));
  }

  private static PatientRef reference(StudyRow row) {
    DataSet study = Rows.whole(row);
    return new PatientRef(
        study.string(Tag.ISSUER_OF_PATIENT_ID).orElse("").strip(),
        study.string(Tag.PATIENT_ID).orElse("").strip());
  }

  /// A UID of the study's name: as a UUID of the form that is free for own use (RFC 9562 §5.8).
  private static String uid(Audit.About about) {
    byte[] name = HexFormat.of().parseHex(about.study().value());
    name[6] = (byte) ((name[6] & 0x0F) | 0x80);
    name[8] = (byte) ((name[8] & 0x3F) | 0x80);
    return "2.25." + new BigInteger(1, name);
  }
}
