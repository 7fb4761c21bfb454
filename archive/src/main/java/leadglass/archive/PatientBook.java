package leadglass.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import leadglass.archive.Patients.State;
import leadglass.store.Audit;
import leadglass.store.Pseudonym;
import leadglass.store.Registry;
import org.jspecify.annotations.Nullable;

/// The ways in that patients have, held in memory beside the registry, and the sessions they
/// opened.
///
/// Safe for use by several threads.
final class PatientBook {
  static final String KIND = "patient-account";

  /// What ended stays in the list for so long; in the audit trail for ever.
  private static final Duration LISTED_AFTER = Duration.ofDays(90);

  private final Documents<PatientRecord> documents;
  private final ErasureBook erasures;
  private final Custody custody;
  private final ShareSessions sessions;
  private final ShareSessions tickets;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Known> held = new ConcurrentSkipListMap<>();
  private final Map<String, String> patients = new ConcurrentHashMap<>();
  private final Map<ByteBuffer, String> passkeys = new ConcurrentHashMap<>();

  private record Known(long version, PatientRecord record) {}

  /// @param sessions of those who are in, by account
  /// @param tickets of those who gave the right code, by account
  PatientBook(Registry registry, Custody custody, ShareSessions sessions, ShareSessions tickets) {
    this.documents = new Documents<>(registry, KIND, PatientRecord.class);
    this.erasures = ErasureBook.in(registry);
    this.custody = custody;
    this.sessions = sessions;
    this.tickets = tickets;
    for (Documents.Kept<PatientRecord> kept : documents.list()) {
      hold(kept.key(), new Known(kept.version(), kept.document()));
    }
  }

  private void hold(String id, Known known) {
    Known before = held.put(id, known);
    patients.put(known.record().patient(), id);
    PasskeyRecord old = before == null ? null : before.record().passkey();
    if (old != null) {
      passkeys.remove(old.sought());
    }
    PasskeyRecord own = known.record().passkey();
    if (own != null) {
      passkeys.put(own.sought(), id);
    }
  }

  ShareSessions sessions() {
    return sessions;
  }

  ShareSessions tickets() {
    return tickets;
  }

  Optional<PatientRecord> find(String id) {
    return Optional.ofNullable(held.get(id)).map(Known::record);
  }

  /// Id of the account of a patient.
  Optional<String> of(Pseudonym patient) {
    return Optional.ofNullable(patients.get(patient.value()));
  }

  /// Id of the account that a passkey opens.
  Optional<String> owner(byte[] passkey) {
    return Optional.ofNullable(passkeys.get(ByteBuffer.wrap(passkey)));
  }

  List<Map.Entry<String, PatientRecord>> all() {
    List<Map.Entry<String, PatientRecord>> all = new ArrayList<>();
    held.forEach((id, known) -> all.add(Map.entry(id, known.record())));
    return all;
  }

  int count() {
    return held.size();
  }

  void add(String id, PatientRecord record) {
    lock.lock();
    try {
      if (!documents.put(id, 0, record)) {
        throw new IllegalStateException("two accounts of one name");
      }
      hold(id, new Known(1, record));
    } finally {
      lock.unlock();
    }
  }

  void remove(String id) {
    lock.lock();
    try {
      documents.remove(id);
      Known gone = held.remove(id);
      if (gone != null) {
        patients.remove(gone.record().patient(), id);
        PasskeyRecord own = gone.record().passkey();
        if (own != null) {
          passkeys.remove(own.sought());
        }
      }
    } finally {
      lock.unlock();
    }
    leave(id);
  }

  /// Whoever came by this account is nobody from now on.
  void leave(String id) {
    sessions.endAll(id);
    tickets.endAll(id);
  }

  /// @param change gets the newest; what it gives back as it was is not written
  /// @return what is kept now; empty if there is none of that id
  Optional<PatientRecord> change(String id, UnaryOperator<PatientRecord> change) {
    lock.lock();
    try {
      Known known = held.get(id);
      if (known == null) {
        return Optional.empty();
      }
      PatientRecord next = change.apply(known.record());
      if (!next.equals(known.record())) {
        if (!documents.put(id, known.version(), next)) {
          throw new IllegalStateException("somebody else changes the registry");
        }
        hold(id, new Known(known.version() + 1, next));
      }
      return Optional.of(next);
    } finally {
      lock.unlock();
    }
  }

  State state(PatientRecord record) {
    PatientRecord.Ending ending = record.ending();
    if (ending != null) {
      return State.valueOf(ending.how());
    }
    @Nullable PasskeyRecord passkey = record.passkey();
    if (passkey != null) {
      return passkey.suspect() ? State.SUSPECT : State.OPEN;
    }
    PatientRecord.Invitation invitation = record.invitation();
    if (invitation == null || custody.clock().millis() >= invitation.ends()) {
      return State.ENDED;
    }
    return invitation.wrong() >= PatientRecord.WRONG_MAX ? State.LOCKED : State.INVITED;
  }

  /// A patient is erased: their way in goes with them.
  void erased(Pseudonym patient) {
    of(patient).ifPresent(this::remove);
  }

  /// Removes what was erased, ends what leads to nothing any more, and forgets what ended long ago;
  /// call it every minute.
  void sweep() throws IOException {
    long now = custody.clock().millis();
    List<ErasureRecord> done =
        held.isEmpty()
            ? List.of()
            : erasures.documents().list().stream()
                .map(Documents.Kept::document)
                .filter(each -> each.erased() != null)
                .toList();
    for (Map.Entry<String, PatientRecord> each : all()) {
      PatientRecord record = each.getValue();
      State state = state(record);
      if (done.stream().anyMatch(erasure -> isOf(erasure, record)) || isLongOver(record, now)) {
        remove(each.getKey());
      } else if (state != State.STUDIES_GONE && !state.isOver() && isEmpty(record)) {
        note("account of a patient " + each.getKey() + " ended: " + State.STUDIES_GONE.words());
        leave(each.getKey());
        PatientRecord.Ending how =
            new PatientRecord.Ending(State.STUDIES_GONE.name(), "archive", now);
        change(each.getKey(), found -> found.ended(how));
      }
    }
  }

  private static boolean isOf(ErasureRecord erasure, PatientRecord record) {
    ErasureRecord.Mark erased = erasure.erased();
    return erased != null
        && erased.at() >= record.made()
        && erasure.patient().equals(record.patient());
  }

  private boolean isLongOver(PatientRecord record, long now) {
    PatientRecord.Ending ending = record.ending();
    PatientRecord.Invitation invitation = record.invitation();
    long over = LISTED_AFTER.toMillis();
    return (ending != null && now - ending.at() > over)
        || (invitation != null && now - invitation.ends() > over);
  }

  private boolean isEmpty(PatientRecord record) {
    return custody.lifecycle().studiesOf(custody.site(), new Pseudonym(record.patient())).isEmpty();
  }

  private void note(String what) throws IOException {
    for (Audit entry : custody.doing(Act.SECURITY, what).audit()) {
      custody.trail().write(entry);
    }
  }
}
