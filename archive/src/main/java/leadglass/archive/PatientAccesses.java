package leadglass.archive;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import leadglass.dicom.data.Uid;
import leadglass.store.Audit;
import leadglass.store.AuditEntries;
import leadglass.store.Pseudonym;
import leadglass.store.StudyName;
import leadglass.store.StudyRow;
import org.jspecify.annotations.Nullable;

/// What was done with a patient's images, read from the trail for the patient.
///
/// What several entries tell of one visit is told once: the opening one, the one that closes it
/// with its count, those of lists, previews and images.
///
/// Safe for use by several threads.
public final class PatientAccesses {

  /// The newest that are told; the others the site can look up.
  static final int TOLD_MAX = 5_000;

  /// The reason of an emergency is told once an auditor has looked at it, or after this.
  static final Duration REASON_AFTER = Duration.ofDays(7);

  /// What a visit is made of lies no farther apart.
  private static final Duration VISIT = Duration.ofMinutes(15);

  private static final String MADE = " made, ";

  private final Custody custody;
  private final AuditEntries trail;
  private final Emergencies emergencies;

  PatientAccesses(Custody custody, AuditEntries trail, Emergencies emergencies) {
    this.custody = custody;
    this.trail = trail;
    this.emergencies = emergencies;
  }

  /// What somebody did, from the least to the most.
  private enum Deed {
    SAW_THAT_THERE("saw in a list that you have these images, and no picture"),
    SAW_DESCRIPTION("read the description of the images, and saw no picture"),
    SAW_PREVIEWS("saw small previews of the images"),
    SAW_IMAGES("looked at the images"),
    OPENED_LINK("opened the link they were given"),
    MADE_LINK("gave somebody a link to your images"),
    STOPPED_LINK("ended a link to your images"),
    GAVE("gave your images to another doctor"),
    TOOK("took your images back from another doctor"),
    EMERGENCY("opened your images in an emergency");

    private final String words;

    Deed(String words) {
      this.words = words;
    }

    boolean isLook() {
      return compareTo(SAW_IMAGES) <= 0;
    }
  }

  /// Entries of one key are one visit while they lie close together.
  private record Key(String kind, String who, @Nullable String hat, String about) {}

  private static final class Visit {
    private final long number;
    private final long at;
    private final AuditEntry first;
    private final StudyName study;
    private final Optional<String> recipient;
    private final Map<Act, long[]> counts = new EnumMap<>(Act.class); // closed, open
    private Deed deed;
    private long last;

    Visit(long number, AuditEntry first, StudyName study, Deed deed, Optional<String> recipient) {
      this.number = number;
      this.at = first.at();
      this.last = first.at();
      this.first = first;
      this.study = study;
      this.deed = deed;
      this.recipient = recipient;
    }

    void add(AuditEntry entry, Deed what) {
      deed = what.compareTo(deed) > 0 ? what : deed;
      long[] count = counts.computeIfAbsent(entry.act(), _ -> new long[2]);
      if (entry.ends()) {
        count[0] += entry.count();
        count[1] = 0;
      } else {
        count[1] = Math.max(count[1], entry.count());
        last = entry.at();
      }
    }

    boolean isOpenFor(AuditEntry entry) {
      long[] count = counts.get(entry.act());
      return entry.ends() ? count != null && count[1] > 0 : entry.at() - last <= VISIT.toMillis();
    }

    /// Once it is over: before, the trail has no number but that of the first request.
    long images() {
      long[] count =
          counts.getOrDefault(
              deed == Deed.SAW_PREVIEWS ? Act.PREVIEWED : Act.RETRIEVED, new long[2]);
      return deed == Deed.SAW_IMAGES || deed == Deed.SAW_PREVIEWS ? count[0] : 0;
    }
  }

  /// Everything that is told, the newest first; empty for whoever is no patient.
  public List<PatientAccess> of(Caller caller) throws IOException {
    if (!(caller instanceof Caller.Patient patient)
        || !custody.gate().permits(caller, Verb.OWN_RECORD)) {
      return List.of();
    }
    Reading reading = new Reading(patient);
    Set<Pseudonym> patients = new HashSet<>();
    Set<StudyName> studies = new HashSet<>();
    for (String each : patient.patients()) {
      Pseudonym pseudonym = new Pseudonym(each);
      patients.add(pseudonym);
      studies.addAll(custody.lifecycle().studiesOf(custody.site(), pseudonym));
    }
    trail.about(custody.site(), patients, studies, reading::take);
    return reading.told();
  }

  /// One of them.
  Optional<PatientAccess> find(Caller.Patient patient, long number) throws IOException {
    return of(patient).stream().filter(each -> each.number() == number).findFirst();
  }

  /// One run over the trail.
  private final class Reading {
    private final Caller.Patient patient;
    private final Map<Key, Visit> open = new HashMap<>();
    private final List<Visit> visits = new ArrayList<>();
    private final Map<String, String> recipients = new HashMap<>();
    private final Map<String, List<Long>> inEmergency = new HashMap<>();
    private final Map<StudyName, Boolean> theirs = new HashMap<>();

    Reading(Caller.Patient patient) {
      this.patient = patient;
    }

    boolean take(long number, Audit.Opened opened) {
      Optional<Audit.About> about = opened.about();
      if (about.isEmpty() || !isTheirs(about.get().study())) {
        return true;
      }
      AuditEntry entry = AuditEntry.of(opened);
      Optional<Deed> deed = entry.success() ? deed(entry) : Optional.empty();
      if (deed.isEmpty()) {
        return true;
      }
      String link = link(entry);
      if (deed.get() == Deed.MADE_LINK) {
        recipients.put(link, recipient(entry));
      }
      if (entry.kind().equals("share") && entry.recipient() != null) {
        recipients.putIfAbsent(link, entry.recipient());
      }
      if (deed.get() == Deed.EMERGENCY) {
        inEmergency.computeIfAbsent(entry.who(), _ -> new ArrayList<>()).add(entry.at());
      }
      StudyName study = about.get().study();
      String of =
          deed.get().isLook()
              ? study.value() + Stated.device(entry).orElse("")
              : deed.get() + " " + link;
      Key key = new Key(entry.kind(), entry.who(), entry.hat(), of);
      Visit visit = open.get(key);
      if (visit == null || !visit.isOpenFor(entry)) {
        Optional<String> recipient = Optional.ofNullable(recipients.get(link));
        visit = new Visit(number, entry, study, deed.get(), recipient);
        open.put(key, visit);
        visits.add(visit);
        if (visits.size() > 2 * TOLD_MAX) {
          visits.subList(0, TOLD_MAX).clear();
        }
      }
      visit.add(entry, deed.get());
      return true;
    }

    /// What was filed under the patient once and is somebody else's now is not told: it was a
    /// mistake, and it is that other patient's.
    private boolean isTheirs(StudyName study) {
      return theirs.computeIfAbsent(
          study,
          name ->
              custody
                  .lifecycle()
                  .patientOf(custody.site(), name)
                  .map(found -> patient.patients().contains(found.value()))
                  .orElse(true));
    }

    List<PatientAccess> told() {
      return visits.stream()
          .map(this::told)
          .sorted(
              Comparator.comparingLong(PatientAccess::atMillis)
                  .thenComparingLong(PatientAccess::number)
                  .reversed())
          .limit(TOLD_MAX)
          .toList();
    }

    private PatientAccess told(Visit visit) {
      AuditEntry first = visit.first;
      boolean own = first.kind().equals("patient") && first.who().equals(patient.id());
      return new PatientAccess(
          visit.number,
          visit.at,
          own,
          AccessWords.who(first, visit.recipient),
          did(visit),
          // An emergency opens the patient; the study in its entry is any one of theirs.
          visit.deed == Deed.EMERGENCY ? Optional.empty() : study(visit.study),
          visit.images(),
          own ? "" : why(visit),
          visit.deed == Deed.EMERGENCY || isInEmergency(first));
    }

    private String did(Visit visit) {
      return switch (visit.deed) {
        case MADE_LINK -> "gave " + visit.recipient.orElse("somebody") + " a link to your images";
        case STOPPED_LINK -> "ended the link of " + visit.recipient.orElse("somebody");
        case GAVE, TOOK -> visit.deed.words.replace("another doctor", doctor(visit.first));
        default -> visit.deed.words;
      };
    }

    private String why(Visit visit) {
      AuditEntry first = visit.first;
      if (visit.deed == Deed.EMERGENCY) {
        return emergency(first);
      }
      if (isInEmergency(first)) {
        return "in an emergency";
      }
      Optional<String> said =
          Optional.ofNullable(first.purpose()).filter(words -> !words.isBlank());
      return said.orElseGet(() -> AccessWords.why(first));
    }

    private String emergency(AuditEntry entry) {
      long age = custody.clock().millis() - entry.at();
      boolean told =
          age >= REASON_AFTER.toMillis()
              || patient.patients().stream()
                  .anyMatch(each -> emergencies.isReviewed(entry.who(), each, entry.at()));
      String reason = entry.reason();
      return told && reason != null
          ? reason
          : "the clinic is looking at it; the reason stands here in a few days";
    }

    private boolean isInEmergency(AuditEntry entry) {
      return AuditTrail.EMERGENCY.equals(entry.detail())
          || inEmergency.getOrDefault(entry.who(), List.of()).stream()
              .anyMatch(at -> entry.at() >= at && entry.at() - at < Emergencies.LASTS.toMillis());
    }
  }

  private static Optional<Deed> deed(AuditEntry entry) {
    return switch (entry.act()) {
      // Whoever asked and was shown nothing saw nothing.
      case SEARCHED -> entry.count() > 0 ? Optional.of(Deed.SAW_THAT_THERE) : Optional.empty();
      case DESCRIBED -> Optional.of(Deed.SAW_DESCRIPTION);
      case PREVIEWED -> Optional.of(Deed.SAW_PREVIEWS);
      case RETRIEVED -> Optional.of(Deed.SAW_IMAGES);
      case SHARED -> shared(entry);
      case EMERGENCY ->
          "emergency access opened".equals(entry.detail())
              ? Optional.of(Deed.EMERGENCY)
              : Optional.empty();
      // What becomes of studies, and who may do what: not looks.
      case STORED,
          SECURITY,
          ACTIVITY,
          DELETED,
          RESTORED,
          PURGED,
          MOVED,
          HELD,
          ERASED,
          POLICY,
          QUARANTINE,
          LOG_USED,
          ASKED,
          STATE,
          REVIEWED,
          SCHEDULED,
          PERFORMED ->
          Optional.empty();
    };
  }

  private static Optional<Deed> shared(AuditEntry entry) {
    String detail = entry.detail() == null ? "" : entry.detail();
    if (detail.startsWith("given to referrer ")) {
      return Optional.of(Deed.GAVE);
    }
    if (detail.startsWith("taken back from referrer ")) {
      return Optional.of(Deed.TOOK);
    }
    if (detail.contains(MADE)) {
      return Optional.of(Deed.MADE_LINK);
    }
    if (detail.endsWith(" opened")) {
      return Optional.of(Deed.OPENED_LINK);
    }
    return detail.endsWith(" stopped") ? Optional.of(Deed.STOPPED_LINK) : Optional.empty();
  }

  /// Id of the link that an entry is about, or came by.
  private static String link(AuditEntry entry) {
    if (entry.kind().equals("share")) {
      return entry.who();
    }
    String[] words = entry.detail() == null ? new String[0] : entry.detail().split(" ", 3);
    return words.length > 1 && words[0].equals("share") ? words[1] : "";
  }

  private static String recipient(AuditEntry entry) {
    return entry.recipient() == null ? "somebody" : entry.recipient();
  }

  private static String doctor(AuditEntry entry) {
    String[] words = entry.detail() == null ? new String[0] : entry.detail().split("referrer ", 2);
    return words.length == 2 ? words[1].split(" ", 2)[0] : "another doctor";
  }

  private Optional<Uid> study(StudyName name) {
    return custody
        .row(name)
        .map(StudyRow::study)
        .filter(study -> custody.find(study).equals(Optional.of(name)));
  }
}
