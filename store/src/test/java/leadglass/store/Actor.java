package leadglass.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.store.Act.Reply;
import leadglass.store.Lifecycle.Doing;

/// Does acts on a store.
final class Actor {
  private static final int PIECE_BYTES = 100_000;

  private static final long MIB = 1L << 20;

  private final Store store;
  private final SiteId site;
  private final TestVolume volume;
  private final Orders orders;
  private final ReentrantLock filling = new ReentrantLock();

  /// Says where a backup goes.
  interface Orders {
    BackupOrder order() throws IOException;
  }

  /// @param volume that the store looks at
  Actor(Store store, SiteId site, TestVolume volume, Orders orders) {
    this.store = store;
    this.site = site;
    this.volume = volume;
    this.orders = orders;
  }

  /// @throws IOException if nobody knows whether it was done
  Reply perform(Act act) throws IOException {
    long fills = volume.fills();
    try {
      return done(act);
    } catch (Store.OutOfSpaceException e) {
      if (!volume.wasFull(fills)) {
        throw new IOException("refused though there was room", e);
      }
      return Reply.REFUSED;
    }
  }

  private Reply done(Act act) throws IOException {
    return switch (act.kind()) {
      case FILE -> file(act);
      case AUDIT -> audit(act, true);
      case MENTION -> audit(act, false);
      case DELETE -> delete(act);
      case RESTORE ->
          reply(store.lifecycle().restore(site, new StudyName(act.name()), doing()), act.name());
      case PURGE ->
          reply(store.lifecycle().purge(site, new StudyName(act.name()), doing()), act.name());
      case MOVE -> move(act);
      case ERASE -> erase(act);
      case REPACK -> repack();
      case SCRUB -> scrub(act);
      case BACKUP -> backup();
      case FULL -> full(act);
    };
  }

  private static Doing doing() {
    return new Doing("campaign", List.of());
  }

  private Reply file(Act act) throws IOException {
    byte[] bytes = act.dataSet();
    try (Incoming incoming = store.receive()) {
      for (int at = 0; at < bytes.length; at += PIECE_BYTES) {
        incoming.write(bytes, at, Math.min(PIECE_BYTES, bytes.length - at));
      }
      store.file(incoming, act.filing(site)); // kept, or taken when it is sent again
      return new Reply(true, name(act).map(StudyName::value).orElse("-"));
    }
  }

  private Reply audit(Act act, boolean synced) throws IOException {
    store.audit(List.of(Samples.audit(Act.entry(act.instance()))), synced);
    return Reply.DONE;
  }

  /// The name of a study that is held.
  Optional<StudyName> name(Act act) {
    return store.lifecycle().name(site, Samples.studyUid(act.study()));
  }

  private Reply delete(Act act) throws IOException {
    Optional<StudyName> name = name(act);
    if (name.isEmpty()) {
      return Reply.REFUSED;
    }
    byte[] reason = Act.entry(act.study()).getBytes(US_ASCII);
    return reply(store.lifecycle().delete(site, name.get(), reason, doing()), name.get().value());
  }

  private Reply move(Act act) throws IOException {
    Optional<StudyName> name = name(act);
    if (name.isEmpty()) {
      return Reply.REFUSED;
    }
    PatientIdentity to = identity(act.patient());
    return reply(
        store.lifecycle().move(site, name.get(), Optional.of(to), doing()), name.get().value());
  }

  private static PatientIdentity identity(int patient) {
    StudyTerms terms = Act.terms(patient);
    return new PatientIdentity(
        Act.patient(patient),
        ("attributes of " + patient).getBytes(US_ASCII),
        terms.patientNames(),
        terms.birthDate(),
        terms.sex());
  }

  private Reply erase(Act act) throws IOException {
    Pseudonym patient = store.lifecycle().pseudonym(site, Act.patient(act.patient()));
    store.lifecycle().erase(site, patient, doing());
    return Reply.DONE;
  }

  private Reply repack() throws IOException {
    return new Reply(true, Integer.toString(store.scrub().repack(Scrub.Progress.NOBODY).packs()));
  }

  /// What is found damaged was not written, or is told wrong.
  private Reply scrub(Act act) throws IOException {
    Scrub.Report packs = store.scrub().slice(act.bytes(), Scrub.Progress.NOBODY);
    IndexReport index = store.checkIndex(Progress.NONE);
    boolean whole = packs.damages() + packs.disagreeing() == 0 && packs.keyDamages().isEmpty();
    if (!whole || !index.agrees()) {
      throw new IOException(packs + ", " + index);
    }
    return Reply.DONE;
  }

  private Reply backup() throws IOException {
    try {
      return new Reply(true, store.backup(orders.order()).snapshot());
    } catch (BackupRefusedException e) {
      if ("a backup or a prune is running".equals(e.getMessage())) {
        return Reply.REFUSED;
      }
      throw e;
    }
  }

  /// No data set is taken on a full volume; audit, sign-in and reading go on, and everything does
  /// once there is room.
  private Reply full(Act act) throws IOException {
    if (!filling.tryLock()) {
      return Reply.REFUSED;
    }
    try {
      volume.fill(act.bytes() * MIB);
      try (Incoming _ = store.receive()) {
        throw new IOException("taken though the volume is full");
      } catch (Store.OutOfSpaceException _) {
        // As it should be.
      }
      var _ = audit(act, true);
      if (!store.registry().put("session", Integer.toString(act.instance()), 0, new byte[1])) {
        throw new IOException("nobody can sign in when the volume is full");
      }
      for (InstanceRow row :
          store.instances(site, Samples.studyUid(act.study()), Optional.empty())) {
        var _ = Samples.read(store, site, row.sopInstance());
      }
    } finally {
      volume.empty();
      filling.unlock();
    }
    store.receive().close();
    return Reply.DONE;
  }

  private static Reply reply(Lifecycle.Done done, String name) {
    return switch (done) {
      case DONE -> new Reply(true, name);
      case NOT_THERE, CAME_AGAIN -> Reply.REFUSED;
    };
  }
}
