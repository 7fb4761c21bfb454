package leadglass.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import leadglass.dicom.data.Uid;
import leadglass.store.catalogue.ApartEntry;
import leadglass.store.catalogue.AsideEntry;
import leadglass.store.keys.KeyStore;
import leadglass.store.keys.KeyStore.StudyKey;
import leadglass.store.pack.EventDetail;
import leadglass.store.pack.EventFrames;
import leadglass.store.pack.LifeEvent;
import leadglass.store.pack.LifeEvent.Kind;
import leadglass.store.pack.Records;
import leadglass.store.pack.StoredRecord;

/// Writes what becomes of studies into the log, and waits until everything obeys it.
final class StudyLives implements Lifecycle {
  private static final int NAME_BYTES = 16;

  private final PackedStore.Parts parts;
  private final AuditSeals audits;
  private final AuditSeals.Keys studyKeys;
  private final Committer committer;
  private final StudyRows rows;
  private final Absences absences;
  private final Records records;
  private final InstantSource clock;
  private final SecureRandom random;

  /// Filing holds it for reading, so that no instance is filed under a key that is being put aside.
  private final ReentrantReadWriteLock lives = new ReentrantReadWriteLock();

  private long lastNumber;

  /// Makes the row of a study that is known by its key.
  interface StudyRows {
    Optional<StudyRow> named(SiteId site, byte[] name);
  }

  StudyLives(
      PackedStore.Parts parts,
      AuditSeals audits,
      AuditSeals.Keys studyKeys,
      Committer committer,
      StudyRows rows,
      Absences absences,
      InstantSource clock,
      SecureRandom random) {
    this.parts = parts;
    this.audits = audits;
    this.studyKeys = studyKeys;
    this.committer = committer;
    this.rows = rows;
    this.absences = absences;
    this.records = new Records(parts.log(), parts.keys());
    this.clock = clock;
    this.random = random;
    this.lastNumber = parts.keys().obeyed();
  }

  /// Held while an instance is filed.
  ReentrantReadWriteLock.ReadLock filing() {
    return lives.readLock();
  }

  private KeyStore keys() {
    return parts.keys();
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static StudyName name(StudyKey key) {
    return new StudyName(HexFormat.of().formatHex(key.name()));
  }

  /// What is read of keys: a disk that fails is unchecked.
  private interface Reading<T> {
    T read() throws IOException;
  }

  private static <T> T read(Reading<T> reading) {
    try {
      return reading.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<StudyName> name(SiteId site, Uid study) {
    return read(() -> keys().study(site, keys().hash(site, "study", study)).map(StudyLives::name));
  }

  @Override
  public Optional<Pseudonym> patientOf(SiteId site, StudyName study) {
    return read(() ->
        keys()
            .named(site, bytes(study.value()))
            .map(key -> new Pseudonym(HexFormat.of().formatHex(key.patient()))));
  }

  @Override
  public Pseudonym pseudonym(SiteId site, PatientRef patient) {
    if (patient.id().isEmpty()) {
      throw new IllegalArgumentException("a patient without ID is known by a study alone");
    }
    byte[] hash = keys().patient(site, patient, new Uid("1"));
    return new Pseudonym(HexFormat.of().formatHex(hash));
  }

  @Override
  public List<StudyName> studiesOf(SiteId site, Pseudonym patient) {
    return read(() ->
        keys().studiesOf(site, bytes(patient.value())).stream()
            .map(each -> new StudyName(HexFormat.of().formatHex(each)))
            .toList());
  }

  @Override
  public Optional<StudyRow> study(SiteId site, StudyName name) {
    return rows.named(site, bytes(name.value()));
  }

  @Override
  public Done delete(SiteId site, StudyName study, byte[] reason, Doing doing) throws IOException {
    return act(() -> {
      byte[] name = bytes(study.value());
      Optional<StudyKey> key = keys().named(site, name);
      if (key.isEmpty() || keys().isAside(name)) {
        return Done.NOT_THERE;
      }
      write(site, Kind.DELETED, name, List.of(), key, reason, doing);
      return Done.DONE;
    });
  }

  @Override
  public Done restore(SiteId site, StudyName study, Doing doing) throws IOException {
    return act(() -> {
      byte[] name = bytes(study.value());
      Optional<StudyKey> key = keys().named(site, name);
      if (key.isEmpty() || !keys().isAside(name)) {
        return Done.NOT_THERE;
      }
      Optional<StudyKey> other = keys().study(site, key.get().study());
      if (other.isPresent()) {
        byte[] empty = other.get().name();
        if (rows.named(site, empty).isPresent()) {
          return Done.CAME_AGAIN;
        }
        // Made for something that was never kept: a run ended before, or it was refused.
        write(site, Kind.PURGED, empty, List.of(empty), Optional.empty(), new byte[0], doing);
      }
      write(site, Kind.RESTORED, name, List.of(), key, new byte[0], doing);
      return Done.DONE;
    });
  }

  @Override
  public Done purge(SiteId site, StudyName study, Doing doing) throws IOException {
    return act(() -> {
      byte[] name = bytes(study.value());
      Optional<StudyKey> key = keys().named(site, name);
      if (key.isEmpty() || !keys().isAside(name)) {
        return Done.NOT_THERE;
      }
      write(site, Kind.PURGED, name, List.of(name), key, new byte[0], doing);
      return Done.DONE;
    });
  }

  @Override
  public Done move(SiteId site, StudyName study, Optional<PatientIdentity> to, Doing doing)
      throws IOException {
    return act(() -> {
      byte[] name = bytes(study.value());
      Optional<StudyKey> key = keys().named(site, name);
      if (key.isEmpty() || keys().isAside(name)) {
        return Done.NOT_THERE;
      }
      byte[] detail = to.map(PatientIdentity::encode).orElse(new byte[0]);
      List<byte[]> patient = List.of(patientHash(site, name, to));
      write(site, Kind.MOVED, name, patient, key, detail, doing);
      return Done.DONE;
    });
  }

  /// @param to empty: the one that the study's first instance was filed under
  private byte[] patientHash(SiteId site, byte[] study, Optional<PatientIdentity> to)
      throws IOException {
    InstanceRow first = parts.catalogue().instances(site, study).getFirst();
    try (StoredRecord record = records.open(site, first.location())) {
      PatientRef ref = to.isPresent() ? to.get().ref() : record.filing().patient();
      return keys().patient(site, ref, first.study());
    }
  }

  @Override
  public int erase(SiteId site, Pseudonym patient, Doing doing) throws IOException {
    int[] erased = new int[1];
    var _ =
        act(() -> {
          byte[] hash = bytes(patient.value());
          List<byte[]> names = new ArrayList<>(keys().studiesOf(site, hash));
          erased[0] = names.size();
          keys().patientName(hash).ifPresent(names::add);
          if (names.isEmpty()) {
            return Done.NOT_THERE;
          }
          write(site, Kind.ERASED, hash, names, Optional.empty(), new byte[0], doing);
          return Done.DONE;
        });
    return erased[0];
  }

  @Override
  public List<Apart> apart(SiteId site, long after, int limit) {
    return parts.catalogue().apart(site, after, limit).stream().map(StudyLives::apart).toList();
  }

  @Override
  public Optional<Apart> apart(SiteId site, String record) {
    return parts.catalogue().apart(site, bytes(record)).map(StudyLives::apart);
  }

  private static Apart apart(ApartEntry entry) {
    return new Apart(
        HexFormat.of().formatHex(entry.record()),
        new StudyName(HexFormat.of().formatHex(entry.study())),
        entry.filing(),
        entry.dataSetBytes(),
        entry.number(),
        entry.at());
  }

  @Override
  public Done accept(SiteId site, String record, Doing doing) throws IOException {
    return decide(site, Kind.ACCEPTED, record, new byte[0], doing);
  }

  @Override
  public Done discard(SiteId site, String record, byte[] reason, Doing doing) throws IOException {
    return decide(site, Kind.DISCARDED, record, reason, doing);
  }

  private Done decide(SiteId site, Kind kind, String record, byte[] reason, Doing doing)
      throws IOException {
    return act(() -> {
      Optional<ApartEntry> entry = parts.catalogue().apart(site, bytes(record));
      if (entry.isEmpty() || keys().isAside(entry.get().study())) {
        return Done.NOT_THERE;
      }
      Optional<StudyKey> key = keys().named(site, entry.get().study());
      write(site, kind, entry.get().record(), List.of(), key, reason, doing);
      return Done.DONE;
    });
  }

  private interface Acting {
    Done act() throws IOException;
  }

  private Done act(Acting acting) throws IOException {
    parts.failures().check();
    parts.headroom().beforeSmallWrite();
    lives.writeLock().lock();
    try {
      return acting.act();
    } finally {
      absences.mayBeBack();
      lives.writeLock().unlock();
    }
  }

  private void write(
      SiteId site,
      Kind kind,
      byte[] subject,
      List<byte[]> destroyed,
      Optional<StudyKey> key,
      byte[] detail,
      Doing doing)
      throws IOException {
    byte[] id = new byte[NAME_BYTES];
    random.nextBytes(id);
    byte[] sealed =
        detail.length == 0 || key.isEmpty() ? new byte[0] : EventDetail.seal(key.get(), id, detail);
    LifeEvent event =
        new LifeEvent(
            site, id, ++lastNumber, kind, clock.millis(), doing.by(), subject, destroyed, sealed);
    List<List<ByteBuffer>> frames = new ArrayList<>();
    frames.add(List.of(EventFrames.frame(event, keys().site(site).events())));
    frames.addAll(audits.frames(doing.audit(), studyKeys));
    var _ = committer.commit(Work.of(frames, event));
  }

  @Override
  public List<Aside> aside(SiteId site, Optional<StudyName> after, int limit) {
    Optional<byte[]> last = after.map(name -> bytes(name.value()));
    List<Aside> found = new ArrayList<>();
    for (AsideEntry each : parts.catalogue().aside(site, last, limit)) {
      StudyName name = new StudyName(HexFormat.of().formatHex(each.study().name()));
      Optional<StudyRow> row = study(site, name);
      Optional<Pseudonym> patient = patientOf(site, name);
      if (row.isPresent() && patient.isPresent()) { // else it was purged just now
        found.add(
            new Aside(
                name, patient.get(), row.get(), each.asideMillis(), each.by(), each.reason()));
      }
    }
    return found;
  }
}
