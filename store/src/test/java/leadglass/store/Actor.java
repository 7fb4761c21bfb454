package leadglass.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import leadglass.store.Act.Reply;
import leadglass.store.Lifecycle.Doing;

/// Does acts on a store.
final class Actor {
  private static final int PIECE_BYTES = 100_000;

  private final Store store;
  private final SiteId site;

  Actor(Store store, SiteId site) {
    this.store = store;
    this.site = site;
  }

  /// @throws IOException if nobody knows whether it was done
  Reply perform(Act act) throws IOException {
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
    } catch (Store.OutOfSpaceException _) {
      return Reply.REFUSED;
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

  private static Reply reply(Lifecycle.Done done, String name) {
    return switch (done) {
      case DONE -> new Reply(true, name);
      case NOT_THERE, CAME_AGAIN -> Reply.REFUSED;
    };
  }
}
