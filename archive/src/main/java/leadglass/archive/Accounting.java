package leadglass.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.store.PatientRef;
import leadglass.store.Pseudonym;
import leadglass.store.SiteId;
import leadglass.store.Store;
import leadglass.store.StudyName;

/// Who was given images of a patient, and whose images were given in a span of time: read from the
/// trail, for whoever may read it. That somebody asked is in the trail before they have an answer.
///
/// Safe for use by several threads.
public final class Accounting {
  private final Store store;
  private final SiteId site;
  private final Gate gate;
  private final AuditTrail trail;

  Accounting(Store store, SiteId site, Gate gate, AuditTrail trail) {
    this.store = store;
    this.site = site;
    this.gate = gate;
    this.trail = trail;
  }

  /// Which are told.
  public enum Wanted {
    /// What left the site.
    DISCLOSURES,
    /// Looks within it too.
    USES_TOO
  }

  /// What came of a question.
  public sealed interface Answer {

    /// @param patient pseudonym of who was asked about
    /// @param rows oldest first
    record Told(String patient, List<Disclosure> rows) implements Answer {
      public Told {
        rows = List.copyOf(rows);
      }

      @Override
      public String toString() {
        return "Told[" + rows.size() + "]";
      }
    }

    /// The caller may not.
    record NotThere() implements Answer {}

    /// @param rule a sentence
    record Refused(String rule) implements Answer {}
  }

  /// Everybody who was given something of a patient's. A patient whose key was destroyed is found
  /// by the same Patient ID; recipients that were typed are gone then.
  ///
  /// @param issuer Issuer of Patient ID, may be empty
  /// @param id Patient ID
  public Answer disclosures(
      Caller by, String issuer, String id, AuditLog.Range range, Wanted wanted) throws IOException {
    if (!permits(by, "accounting of disclosures")) {
      return new Answer.NotThere();
    }
    if (id.isBlank()) {
      return new Answer.Refused("Name the patient by their Patient ID.");
    }
    return disclosures(
        store.lifecycle().pseudonym(site, new PatientRef(issuer.strip(), id.strip())),
        range,
        wanted);
  }

  private Answer disclosures(Pseudonym patient, AuditLog.Range range, Wanted wanted)
      throws IOException {
    Set<StudyName> studies = new HashSet<>(store.lifecycle().studiesOf(site, patient));
    List<Disclosure> rows = new ArrayList<>();
    Ledger told = new Ledger(Optional.of(studies));
    Accesses accesses =
        new Accesses(access -> {
          Disclosure row = told.of(access);
          if (range.has(row.atMillis()) && (wanted == Wanted.USES_TOO || row.to().isOutside())) {
            rows.add(row);
          }
        });
    store
        .trail()
        .about(
            site,
            Set.of(patient),
            studies,
            (number, opened) -> {
              accesses.take(number, trail.decode(opened), opened.about());
              return true;
            });
    accesses.end();
    rows.sort(Comparator.comparingLong(Disclosure::number));
    return new Answer.Told(patient.value(), rows);
  }

  private boolean permits(Caller by, String what) throws IOException {
    boolean may = gate.permits(by, Verb.READ_AUDIT);
    trail.note(by, Act.LOG_USED, may, null, may ? what : what + " refused");
    return may;
  }

  /// What was given to anybody in a span of time.
  ///
  /// @param patient Patient ID, as long as the study is held; else empty
  /// @param pseudonym of the patient
  /// @param who caller in the words of the trail, such as `person mara`
  /// @param address they came from
  /// @param prefetch whether the viewer may have fetched some of it in advance
  public record Delivery(
      Disclosure given,
      Optional<String> patient,
      String pseudonym,
      String who,
      Origin.Door door,
      String address,
      boolean prefetch) {
    @Override
    public String toString() {
      return "Delivery[" + given.number() + "]";
    }
  }

  /// Takes one at a time.
  @FunctionalInterface
  public interface Visitor {
    void visit(Delivery delivery) throws IOException;
  }

  /// Whose images went to whom between two moments, as accesses end: what a breach put at risk.
  /// Visits that began before count too.
  ///
  /// @param who caller in the words of the trail, such as `mara`, `mara/T1` or `CT1`; empty:
  ///   anybody
  /// @param progress told how far it is
  /// @return whether the caller may know
  public boolean deliveries(
      Caller by,
      AuditLog.Range range,
      Optional<String> who,
      AuditLog.Progress progress,
      Visitor visitor)
      throws IOException {
    if (!permits(by, "what was delivered in a span of time")) {
      return false;
    }
    new Deliveries(store, site, trail, range, who).read(progress, visitor);
    return true;
  }

  /// Makes rows of accesses.
  static final class Ledger {
    private final Optional<Set<StudyName>> theirs;

    /// @param theirs studies that are the patient's now, if it is about one
    Ledger(Optional<Set<StudyName>> theirs) {
      this.theirs = theirs;
    }

    Disclosure of(Access access) {
      AuditEntry first = access.first();
      StudyName study = access.about().study();
      String purpose = first.purpose();
      return new Disclosure(
          access.number(),
          first.at(),
          access.lastMillis(),
          to(first),
          recipient(first),
          Optional.ofNullable(first.study()),
          study.value(),
          what(first.act()),
          access.instances(),
          access.frames(),
          access.bytes(),
          purpose == null ? presumed(first) : purpose,
          purpose != null,
          theirs.isPresent()
              && access.about().detail().isPresent()
              && !theirs.get().contains(study));
    }

    private static Disclosure.To to(AuditEntry entry) {
      return switch (entry.kind()) {
        case "share" -> Disclosure.To.LINK;
        case "program" -> Disclosure.To.PROGRAM;
        case "device" -> Disclosure.To.DEVICE;
        case "patient" -> Disclosure.To.PATIENT;
        case "person" ->
            Role.REFERRER.word().equals(entry.hat()) ? Disclosure.To.REFERRER : Disclosure.To.STAFF;
        default -> Disclosure.To.CONSOLE;
      };
    }

    private static String recipient(AuditEntry entry) {
      String recipient = entry.recipient();
      return switch (entry.kind()) {
        case "share" ->
            (recipient == null ? "a recipient that is not known any more" : recipient)
                + " (link "
                + entry.who().substring(0, Math.min(8, entry.who().length()))
                + ")";
        case "program" -> "program " + entry.who();
        case "device" ->
            Stated.device(entry)
                .map(other -> other + ", by order of device " + entry.who())
                .orElseGet(() ->
                    "device "
                        + entry.who()
                        + ", "
                        + (recipient == null ? AuditTrail.PERSON_NOT_KNOWN : recipient));
        case "patient" -> "the patient (" + entry.who() + ")";
        case "person" -> entry.who() + (entry.hat() == null ? "" : ", " + entry.hat());
        default -> entry.kind() + " " + entry.who();
      };
    }

    private static Disclosure.What what(Act act) {
      return switch (act) {
        case RETRIEVED -> Disclosure.What.IMAGES;
        case PREVIEWED -> Disclosure.What.PREVIEWS;
        default -> Disclosure.What.DESCRIPTION;
      };
    }

    private static String presumed(AuditEntry entry) {
      return Purposes.of(entry).map(purpose -> purpose.code().meaning()).orElse("not known");
    }
  }
}
