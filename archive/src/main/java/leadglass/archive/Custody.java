package leadglass.archive;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.store.Audit;
import leadglass.store.Lifecycle;
import leadglass.store.PatientRef;
import leadglass.store.Pseudonym;
import leadglass.store.SiteId;
import leadglass.store.StudyName;
import leadglass.store.StudyRow;
import tools.jackson.databind.json.JsonMapper;

/// What all rules about what becomes of studies share: the store's acts, gate, trail and clock, and
/// one lock, so that no hold comes between a rule's check and its act.
///
/// @param zone in which a day begins
/// @param acts held over check and act
record Custody(
    Lifecycle lifecycle,
    SiteId site,
    Gate gate,
    DeedTrail trail,
    Refusals refusals,
    InstantSource clock,
    ZoneId zone,
    ReentrantLock acts) {

  static final int REASON_CHARS_MAX = 500;

  private static final int ID_CHARS_MAX = 64; // PS3.5 §6.2, LO
  private static final Origin OWN = new Origin(Origin.Door.ARCHIVE, "archive");
  private static final AuditTrail.Who ARCHIVE = new AuditTrail.Who("archive", "", null);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Whether `by` may; if not, that is in the trail.
  boolean permits(Caller by, Verb verb, String what) throws IOException {
    if (gate.permits(by, verb)) {
      return true;
    }
    refusals.refused(by, what + " refused");
    return false;
  }

  /// Whether a list that `by` may see tells whose study it is: as far as they may find it.
  ///
  /// @param study its attributes
  boolean shows(Caller by, DataSet study) {
    return within(gate.reach(by, Verb.FIND), study);
  }

  boolean within(Reach reach, DataSet study) {
    return switch (reach) {
      case NOTHING, SHARED -> false; // no list is for whoever came by a link
      case EVERYTHING -> true;
      case DAY_LIST -> {
        String today =
            LocalDate.ofInstant(clock.instant(), zone).format(DateTimeFormatter.BASIC_ISO_DATE);
        yield study
            .string(Tag.STUDY_DATE)
            .filter(date -> date.replace(".", "").equals(today))
            .isPresent();
      }
    };
  }

  /// Somebody reads a list with patients in it: in the trail before they have it.
  void listed(Caller by, String what, long patients) throws IOException {
    if (patients > 0) {
      write(by, Act.SEARCHED, what + " listed: " + patients, Optional.empty());
    }
  }

  /// Why a reason can't be taken, if it can't.
  static Optional<String> refusedReason(String reason) {
    boolean fits =
        !reason.isBlank()
            && reason.length() <= REASON_CHARS_MAX
            && reason.codePoints().noneMatch(Character::isISOControl);
    return fits
        ? Optional.empty()
        : Optional.of("Say why, in 1 to " + REASON_CHARS_MAX + " characters on one line.");
  }

  /// The name that a page or a command hands back.
  static Optional<StudyName> studyName(String text) {
    return isName(text) ? Optional.of(new StudyName(text)) : Optional.empty();
  }

  static boolean isName(String text) {
    return text.matches("[0-9a-f]{32}");
  }

  Optional<StudyName> find(Uid study) {
    return lifecycle.name(site, study);
  }

  Optional<StudyRow> row(StudyName study) {
    return lifecycle.study(site, study);
  }

  /// Whose key wraps the study's, or would wrap it.
  Optional<Pseudonym> pseudonym(About about) {
    return switch (about) {
      case About.Study(var study) -> find(study).flatMap(name -> lifecycle.patientOf(site, name));
      case About.Patient(var issuer, var id) ->
          id.isBlank() || id.length() > ID_CHARS_MAX || issuer.length() > ID_CHARS_MAX
              ? Optional.empty()
              : Optional.of(lifecycle.pseudonym(site, new PatientRef(issuer, id)));
    };
  }

  /// Those of some patients; empty if one of them is none.
  Optional<Set<String>> pseudonyms(List<About.Patient> patients) {
    Set<String> pseudonyms = new TreeSet<>();
    for (About.Patient patient : patients) {
      Optional<Pseudonym> pseudonym = pseudonym(patient);
      if (pseudonym.isEmpty()) {
        return Optional.empty();
      }
      pseudonyms.add(pseudonym.get().value());
    }
    return Optional.of(pseudonyms);
  }

  /// What tells who an entry is about.
  Optional<Audit.Subject> subject(Uid study, String reason) {
    return subject(study, reason, Stated.NOTHING);
  }

  /// The same, with why and for whom.
  Optional<Audit.Subject> subject(Uid study, String reason, Stated stated) {
    AuditTrail.Subject words =
        new AuditTrail.Subject(
            study.value(),
            null,
            null,
            reason.isEmpty() ? null : reason,
            stated.purpose(),
            stated.recipient());
    return Optional.of(new Audit.Subject(site, study, JSON.writeValueAsBytes(words)));
  }

  /// About any study of a patient's that is held, so that it goes when the patient goes.
  Optional<Audit.Subject> subject(Pseudonym patient, String reason) {
    return subject(patient, reason, Stated.NOTHING);
  }

  /// The same, with why and for whom.
  Optional<Audit.Subject> subject(Pseudonym patient, String reason, Stated stated) {
    return lifecycle.studiesOf(site, patient).stream()
        .flatMap(name -> row(name).stream())
        .map(StudyRow::study)
        .filter(study -> find(study).isPresent())
        .findFirst()
        .flatMap(study -> subject(study, reason, stated));
  }

  Audit entry(Caller by, Act act, String detail, Optional<Audit.Subject> subject) {
    return trail.entry(AuditTrail.Who.of(by), by.origin(), act, detail, subject);
  }

  Lifecycle.Doing doing(Caller by, Act act, String detail, Optional<Audit.Subject> subject) {
    return new Lifecycle.Doing(name(by), List.of(entry(by, act, detail, subject)));
  }

  /// What the archive does when its time has come.
  Lifecycle.Doing doing(Act act, String detail) {
    return new Lifecycle.Doing(
        "archive", List.of(trail.entry(ARCHIVE, OWN, act, detail, Optional.empty())));
  }

  void write(Caller by, Act act, String detail, Optional<Audit.Subject> subject)
      throws IOException {
    trail.write(entry(by, act, detail, subject));
  }

  /// A caller in words: an account's name has no space in it, so nobody passes for the console.
  static String name(Caller by) {
    AuditTrail.Who who = AuditTrail.Who.of(by);
    return who.kind().equals("person") ? who.name() : who.kind() + " " + who.name();
  }

  static LocalDate date(long millis) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
  }
}
