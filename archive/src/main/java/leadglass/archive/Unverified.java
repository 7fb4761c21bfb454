package leadglass.archive;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Uid;
import leadglass.store.InstanceRow;
import leadglass.store.Registry;
import leadglass.store.StudyName;
import leadglass.store.StudyRow;
import org.jspecify.annotations.Nullable;

/// What came from where nobody proved anything: a study with something in it that came over a lane
/// is marked until somebody who corrects studies says that it is what it says. And what is kept
/// apart because of how it came.
///
/// Safe for use by several threads.
public final class Unverified {

  /// A study to which nothing came for this long is taken for complete: an examination may take a
  /// break of some hours.
  static final Duration SETTLED = Duration.ofHours(4);

  /// A device may send again what was confirmed; that is no news for this long.
  private static final Duration CONFIRMED_KEPT = Duration.ofDays(30);

  private final Custody custody;
  private final Documents<UnverifiedRecord> documents;
  private final Map<String, Documents.Kept<UnverifiedRecord>> known = new ConcurrentHashMap<>();

  Unverified(Custody custody, Registry registry) {
    this.custody = custody;
    this.documents = new Documents<>(registry, UnverifiedRecord.KIND, UnverifiedRecord.class);
    documents.list().forEach(kept -> known.put(kept.key(), kept));
  }

  /// A study that waits for somebody's word.
  ///
  /// @param lane AE title of the device whose lane the first such image came over
  /// @param attributes of patient and study; empty for who may not find it
  public record Waiting(Uid study, String lane, long sinceMillis, DataSet attributes) {
    @Override
    public String toString() {
      return "Waiting[]";
    }
  }

  private static Caller.Proof proof(Caller caller) {
    return caller instanceof Caller.Device device ? device.proof() : Caller.Proof.CERTIFICATE;
  }

  /// Why an instance is kept apart although nobody has its UID, if it is.
  Optional<Came> apart(Caller caller, Uid study) {
    return switch (proof(caller)) {
      case CERTIFICATE -> Optional.empty();
      case ENDED_CERTIFICATE -> Optional.of(Came.CERTIFICATE_ENDED);
      case ENDED_LANE -> Optional.of(Came.LANE_ENDED);
      case LANE -> isSettled(study) ? Optional.of(Came.LATE) : Optional.empty();
    };
  }

  private boolean isSettled(Uid study) {
    long before = custody.clock().millis() - SETTLED.toMillis();
    return custody
        .find(study)
        .flatMap(custody::row)
        .filter(row -> row.changedMillis() <= before)
        .isPresent();
  }

  /// What is kept with an instance about how it came.
  Optional<Came> came(Caller caller, Uid study) {
    Optional<Came> apart = apart(caller, study);
    return apart.isPresent() || proof(caller) != Caller.Proof.LANE ? apart : Optional.of(Came.LANE);
  }

  /// Whether another instance under a UID that is taken is kept beside the first whatever the
  /// site's rule is: the sender is to learn nothing of what is held, or the first one may be the
  /// wrong one.
  boolean keepsBeside(Caller caller, InstanceRow first) {
    return proof(caller) != Caller.Proof.CERTIFICATE || is(first.study());
  }

  /// Something comes over a lane, or came: its study is marked before the sender is told.
  void mark(Caller caller, Uid study) {
    if (proof(caller) != Caller.Proof.LANE) {
      return;
    }
    Optional<StudyName> name = custody.find(study);
    if (name.isEmpty()) {
      return; // it is marked once it is there
    }
    custody.acts().lock();
    try {
      Documents.Kept<UnverifiedRecord> there = known.get(name.get().value());
      if (there == null || !there.document().isOpen()) {
        String lane = ((Caller.Device) caller).aeTitle();
        UnverifiedRecord record = new UnverifiedRecord(lane, custody.clock().millis(), null, 0);
        put(name.get().value(), there, record);
      }
    } finally {
      custody.acts().unlock();
    }
  }

  /// The same instance came once more over a lane: should its study have lost its mark, it has it
  /// back.
  void again(Caller caller, InstanceRow held) {
    boolean overLane =
        Came.of(Rows.decode(held.attributes())).filter(Came.LANE::equals).isPresent();
    Optional<StudyName> name = overLane ? custody.find(held.study()) : Optional.empty();
    if (name.isPresent() && !known.containsKey(name.get().value())) {
      mark(caller, held.study());
    }
  }

  private void put(
      String name, Documents.@Nullable Kept<UnverifiedRecord> there, UnverifiedRecord record) {
    long version = there == null ? 0 : there.version();
    if (!documents.put(name, version, record)) {
      throw new IllegalStateException("two at a time marked a study");
    }
    known.put(name, new Documents.Kept<>(name, version + 1, record));
  }

  /// Whether a study is marked. For the archive itself.
  boolean is(Uid study) {
    return !known.isEmpty() && custody.find(study).filter(this::isOpen).isPresent();
  }

  private boolean isOpen(StudyName name) {
    Documents.Kept<UnverifiedRecord> kept = known.get(name.value());
    return kept != null && kept.document().isOpen();
  }

  /// Which of some studies are marked; for whoever found them.
  public Set<Uid> among(Caller caller, Collection<Uid> studies) {
    Set<Uid> marked = new HashSet<>();
    if (custody.gate().permits(caller, Verb.FIND)) {
      studies.stream().filter(this::is).forEach(marked::add);
    }
    return marked;
  }

  /// All that are marked, oldest first; empty for who can't confirm any.
  public List<Waiting> list(Caller by) throws IOException {
    if (!custody.gate().permits(by, Verb.CORRECT)) {
      return List.of();
    }
    List<Waiting> waiting = new ArrayList<>();
    for (Documents.Kept<UnverifiedRecord> kept : known.values()) {
      if (kept.document().isOpen()) {
        StudyName name = new StudyName(kept.key());
        custody
            .row(name)
            .filter(row -> custody.find(row.study()).filter(name::equals).isPresent())
            .ifPresent(row -> waiting.add(waiting(by, row, kept.document())));
      }
    }
    waiting.sort(Comparator.comparingLong(Waiting::sinceMillis));
    custody.listed(
        by, "unverified", waiting.stream().filter(each -> each.attributes().size() > 0).count());
    return List.copyOf(waiting);
  }

  private Waiting waiting(Caller by, StudyRow row, UnverifiedRecord record) {
    DataSet whole = Rows.whole(row);
    return new Waiting(
        row.study(), record.lane(), record.at(), custody.shows(by, whole) ? whole : DataSet.EMPTY);
  }

  /// Somebody looked and says that a study is what it says: the mark goes.
  public Ruling confirm(Caller by, Uid study) throws IOException {
    if (!custody.permits(by, Verb.CORRECT, "confirming what came over a lane")) {
      return new Ruling.NotThere();
    }
    custody.acts().lock();
    try {
      Optional<StudyName> name = custody.find(study).filter(this::isOpen);
      if (name.isEmpty()) {
        return new Ruling.NotThere();
      }
      Documents.Kept<UnverifiedRecord> there =
          Objects.requireNonNull(known.get(name.get().value()));
      custody.write(by, Act.QUARANTINE, "images from a lane confirmed", custody.subject(study, ""));
      put(
          name.get().value(),
          there,
          there.document().confirmed(Custody.name(by), custody.clock().millis()));
      return new Ruling.Done(study.value());
    } finally {
      custody.acts().unlock();
    }
  }

  /// Forgets what is held no more, and what was confirmed long ago.
  void sweep() {
    long before = custody.clock().millis() - CONFIRMED_KEPT.toMillis();
    for (Documents.Kept<UnverifiedRecord> kept : List.copyOf(known.values())) {
      boolean done = !kept.document().isOpen() && kept.document().confirmedAt() < before;
      if (done || custody.row(new StudyName(kept.key())).isEmpty()) {
        documents.remove(kept.key());
        known.remove(kept.key());
      }
    }
  }
}
