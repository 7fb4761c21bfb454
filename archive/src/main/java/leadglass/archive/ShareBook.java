package leadglass.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import leadglass.archive.ShareLinks.State;
import leadglass.dicom.data.Uid;
import leadglass.store.Pseudonym;
import leadglass.store.Registry;
import leadglass.store.StudyName;
import leadglass.store.StudyRow;

/// All links to studies, held in memory beside the registry, and whether each still reaches
/// anything: asked anew with every request, so that nothing has to be told when something ends.
///
/// Safe for use by several threads.
final class ShareBook {
  static final String KIND = "share";

  private final Documents<ShareRecord> documents;
  private final Custody custody;
  private final Accounts accounts;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Known> held = new ConcurrentSkipListMap<>();

  private record Known(long version, ShareRecord record) {}

  ShareBook(Registry registry, Custody custody, Accounts accounts) {
    this.documents = new Documents<>(registry, KIND, ShareRecord.class);
    this.custody = custody;
    this.accounts = accounts;
    for (Documents.Kept<ShareRecord> kept : documents.list()) {
      held.put(kept.key(), new Known(kept.version(), kept.document()));
    }
  }

  Optional<ShareRecord> find(String id) {
    return Optional.ofNullable(held.get(id)).map(Known::record);
  }

  List<Map.Entry<String, ShareRecord>> all() {
    List<Map.Entry<String, ShareRecord>> all = new ArrayList<>();
    held.forEach((id, known) -> all.add(Map.entry(id, known.record())));
    return all;
  }

  int count() {
    return held.size();
  }

  void add(String id, ShareRecord record) {
    if (!documents.put(id, 0, record)) {
      throw new IllegalStateException("two shares of one name");
    }
    held.put(id, new Known(1, record));
  }

  void remove(String id) {
    documents.remove(id);
    held.remove(id);
  }

  /// @param change gets the newest; what it gives back as it was is not written
  /// @return what is kept now; empty if there is none of that id
  Optional<ShareRecord> change(String id, UnaryOperator<ShareRecord> change) {
    lock.lock();
    try {
      Known known = held.get(id);
      if (known == null) {
        return Optional.empty();
      }
      ShareRecord next = change.apply(known.record());
      if (!next.equals(known.record())) {
        if (!documents.put(id, known.version(), next)) {
          throw new IllegalStateException("somebody else changes the registry");
        }
        held.put(id, new Known(known.version() + 1, next));
      }
      return Optional.of(next);
    } finally {
      lock.unlock();
    }
  }

  /// How it stands, but for its studies: see [#studies].
  State state(ShareRecord record) {
    ShareRecord.Ending ending = record.ending();
    if (ending != null) {
      return State.valueOf(ending.how());
    }
    if (record.wrong() >= ShareRecord.WRONG_MAX) {
      return State.LOCKED;
    }
    if (custody.clock().millis() >= record.ends()) {
      return State.ENDED;
    }
    return maker(record).isPresent() ? State.OPEN : State.MAKER_GONE;
  }

  /// Whoever made it, if they still may: neither disabled nor reset since, and not without every
  /// role that shares.
  private Optional<Accounts.Known> maker(ShareRecord record) {
    return accounts
        .find(record.by())
        .filter(known -> known.enabled() && known.record().epoch() == record.epoch())
        .filter(known -> known.roles().stream().anyMatch(this::shares));
  }

  private boolean shares(Role role) {
    Origin nowhere = new Origin(Origin.Door.ARCHIVE, "archive");
    return custody
        .gate()
        .permits(new Caller.Person("", role, java.util.Set.of(role), nowhere), Verb.SHARE);
  }

  /// How the maker is called.
  String makerName(ShareRecord record) {
    return accounts.find(record.by()).map(known -> known.record().name()).orElse(record.by());
  }

  /// The studies it reaches: those that are held, found, and still that patient's. One that is not
  /// has left for good, so that no undoing gives it out again.
  List<Uid> studies(String id, ShareRecord record) throws IOException {
    List<String> left = new ArrayList<>();
    List<Uid> reached = new ArrayList<>();
    for (String name : record.studies()) {
      Optional<Uid> study = reached(new StudyName(name), record.patient());
      study.ifPresent(uid -> {
        left.add(name);
        reached.add(uid);
      });
    }
    if (left.size() < record.studies().size()) {
      int gone = record.studies().size() - left.size();
      note("share " + id + ": " + gone + " studies left it, " + left.size() + " remain");
      change(id, now -> now.reaching(now.studies().stream().filter(left::contains).toList()));
    }
    return reached;
  }

  private Optional<Uid> reached(StudyName name, String patient) {
    return custody
        .row(name)
        .map(StudyRow::study)
        .filter(uid -> custody.find(uid).equals(Optional.of(name)))
        .filter(_ ->
            custody
                .lifecycle()
                .patientOf(custody.site(), name)
                .map(Pseudonym::value)
                .equals(Optional.of(patient)));
  }

  /// Attributes of a study, as lists show it.
  Optional<StudyRow> row(String study) {
    return custody.row(new StudyName(study));
  }

  private void note(String what) throws IOException {
    for (leadglass.store.Audit entry : custody.doing(Act.SHARED, what).audit()) {
      custody.trail().write(entry);
    }
  }

  /// Writes down what ended by itself, and forgets what ended long ago; call it every minute.
  void sweep() throws IOException {
    long now = custody.clock().millis();
    for (Map.Entry<String, ShareRecord> each : all()) {
      ShareRecord record = each.getValue();
      State state = state(record);
      if (state == State.OPEN && studies(each.getKey(), record).isEmpty()) {
        state = State.STUDIES_GONE;
      }
      if (record.ending() == null && state != State.OPEN) {
        end(each.getKey(), state, now);
      } else if (record.ending() != null
          && now - record.ending().at() > ShareLinks.LISTED_AFTER.toMillis()) {
        remove(each.getKey());
      }
    }
  }

  private void end(String id, State how, long now) throws IOException {
    note("share " + id + " ended: " + how.words());
    change(id, found -> found.ended(new ShareRecord.Ending(how.name(), "archive", now)));
  }
}
