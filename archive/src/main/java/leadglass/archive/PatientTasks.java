package leadglass.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.dicom.data.Tag;
import leadglass.store.Pseudonym;
import leadglass.store.Registry;
import leadglass.store.StudyName;

/// What patients ask of the site: to end a link to their images, and who somebody was that looked.
/// An auditor answers; ending a link stays an act of whoever shares.
///
/// Safe for use by several threads.
public final class PatientTasks {
  public static final int WORDS_CHARS_MAX = 1_000;

  /// Of one patient that wait for an answer.
  static final int OPEN_MAX = 20;

  private static final int COUNT_MAX = 100_000;
  private static final String NAMED =
      "Don't write your name or number here, please: we know who asks, and these words are kept"
          + " where names are not.";

  private final Custody custody;
  private final Documents<PatientTaskRecord> documents;
  private final ShareLinks links;
  private final PatientAccesses accesses;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, Documents.Kept<PatientTaskRecord>> held = new ConcurrentSkipListMap<>();

  PatientTasks(Custody custody, Registry registry, ShareLinks links, PatientAccesses accesses) {
    this.custody = custody;
    this.documents = new Documents<>(registry, PatientTaskRecord.KIND, PatientTaskRecord.class);
    this.links = links;
    this.accesses = accesses;
    documents.list().forEach(kept -> held.put(kept.document().number(), kept));
  }

  /// What a patient asked.
  ///
  /// @param link id of the one that is to end; empty if an access is questioned
  /// @param patientId for the auditor; empty once nothing of the patient is held
  /// @param about what it is about, in words; empty of a link that is forgotten
  /// @param aboutMillis when what is questioned was done; empty of a link
  /// @param words the patient's
  public record Task(
      long number,
      Optional<String> link,
      String patientId,
      long atMillis,
      String about,
      Optional<Long> aboutMillis,
      String words,
      Optional<Answer> answer) {
    @Override
    public String toString() {
      return "Task[" + number + "]";
    }
  }

  /// What an auditor answered.
  public record Answer(String by, long atMillis, String words) {
    @Override
    public String toString() {
      return "Answer[]";
    }
  }

  /// Asks for a link to end.
  ///
  /// @param share id of the link
  /// @param words may be empty
  public Ruling askToEnd(Caller by, String share, String words) throws IOException {
    boolean open = links.own(by).stream().anyMatch(each -> each.id().equals(share));
    if (!(by instanceof Caller.Patient patient) || !open) {
      return notThere(by);
    }
    return ask(patient, words, share, null, "share " + share + " to end");
  }

  /// Asks about an access.
  ///
  /// @param number of it
  public Ruling question(Caller by, long number, String words) throws IOException {
    Optional<PatientAccess> access =
        by instanceof Caller.Patient patient
            ? accesses.find(patient, number).filter(found -> !found.own())
            : Optional.empty();
    if (!(by instanceof Caller.Patient patient) || access.isEmpty()) {
      return notThere(by);
    }
    if (words.isBlank()) {
      return new Ruling.Refused("Say what you want to know.");
    }
    PatientAccess found = access.get();
    PatientTaskRecord.Questioned about =
        new PatientTaskRecord.Questioned(number, found.atMillis(), found.who(), found.did());
    return ask(patient, words, null, about, "about entry " + number);
  }

  private Ruling notThere(Caller by) throws IOException {
    custody.permits(by, Verb.OWN_RECORD, "a patient's question");
    return new Ruling.NotThere();
  }

  private Ruling ask(
      Caller.Patient by,
      String typed,
      @org.jspecify.annotations.Nullable String share,
      PatientTaskRecord.@org.jspecify.annotations.Nullable Questioned access,
      String what)
      throws IOException {
    String words = oneLine(typed);
    Optional<String> wrong = refused(by, words);
    if (wrong.isPresent()) {
      return new Ruling.Refused(wrong.get());
    }
    String patient = by.patients().iterator().next();
    lock.lock();
    try {
      List<PatientTaskRecord> own = open(patient);
      if (own.size() >= OPEN_MAX || held.size() >= COUNT_MAX) {
        return new Ruling.Refused(
            "That is a lot of questions. Please wait for the answers to those you asked.");
      }
      boolean asked =
          own.stream()
              .anyMatch(each ->
                  share != null
                      ? share.equals(each.share())
                      : each.access() != null
                          && access != null
                          && each.access().number() == access.number());
      if (asked) {
        return new Ruling.Refused("You have asked this already. The answer will stand here.");
      }
      long number = held.keySet().stream().mapToLong(Long::longValue).max().orElse(0) + 1;
      custody.write(
          by,
          Act.ASKED,
          "task " + number + ": a patient asks " + what,
          custody.subject(new Pseudonym(patient), words));
      PatientTaskRecord record =
          new PatientTaskRecord(
              number, by.id(), patient, custody.clock().millis(), share, access, words, null);
      if (!documents.put(key(number), 0, record)) {
        throw new IllegalStateException("two tasks of one number");
      }
      held.put(number, new Documents.Kept<>(key(number), 1, record));
      return new Ruling.Done(Long.toString(number));
    } finally {
      lock.unlock();
    }
  }

  private static String key(long number) {
    return String.format("%012d", number);
  }

  private static String oneLine(String typed) {
    return typed.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
  }

  private Optional<String> refused(Caller.Patient by, String words) {
    if (words.length() > WORDS_CHARS_MAX) {
      return Optional.of("Please say it in " + WORDS_CHARS_MAX + " characters at most.");
    }
    return Namesake.isNamed(custody, studies(by.patients().iterator().next()), words)
        ? Optional.of(NAMED)
        : Optional.empty();
  }

  private List<StudyName> studies(String patient) {
    return custody.lifecycle().studiesOf(custody.site(), new Pseudonym(patient));
  }

  private List<PatientTaskRecord> open(String patient) {
    return held.values().stream()
        .map(Documents.Kept::document)
        .filter(each -> each.patient().equals(patient) && each.answer() == null)
        .toList();
  }

  /// What a patient asked, the newest first.
  public List<Task> own(Caller by) {
    return by instanceof Caller.Patient patient && custody.gate().permits(by, Verb.OWN_RECORD)
        ? all().stream()
            .filter(each -> patient.patients().contains(each.patient()))
            .map(each -> seen(each, ""))
            .toList()
        : List.of();
  }

  /// All of them, the open ones first, for an auditor; empty for whoever may not know.
  public List<Task> list(Caller by) throws IOException {
    if (!custody.gate().permits(by, Verb.READ_AUDIT)) {
      return List.of();
    }
    List<Task> all = new ArrayList<>(all().stream().map(each -> seen(each, id(each))).toList());
    all.sort(Comparator.comparing((Task task) -> task.answer().isPresent()));
    custody.listed(by, "questions of patients", all.size());
    return all;
  }

  /// How many wait for an answer, for auditors; 0 for others.
  public long toAnswer(Caller by) {
    return custody.gate().permits(by, Verb.READ_AUDIT)
        ? held.values().stream().filter(each -> each.document().answer() == null).count()
        : 0;
  }

  /// Those asked before a moment that wait for an answer.
  List<PatientTaskRecord> waiting(long untilMillis) {
    return all().stream().filter(each -> each.answer() == null && each.at() < untilMillis).toList();
  }

  /// When the patient asked for a link to end, if that waits for an answer, for whoever may stop
  /// links.
  public Optional<Long> askedToEnd(Caller by, String share) {
    return custody.gate().permits(by, Verb.UNSHARE)
        ? all().stream()
            .filter(each -> share.equals(each.share()) && each.answer() == null)
            .map(PatientTaskRecord::at)
            .findFirst()
        : Optional.empty();
  }

  private List<PatientTaskRecord> all() {
    return held.values().stream()
        .map(Documents.Kept::document)
        .sorted(Comparator.comparingLong(PatientTaskRecord::number).reversed())
        .toList();
  }

  private String id(PatientTaskRecord record) {
    return studies(record.patient()).stream()
        .flatMap(name -> custody.row(name).stream())
        .filter(row -> custody.find(row.study()).isPresent())
        .map(row -> Rows.whole(row).string(Tag.PATIENT_ID).orElse(""))
        .findFirst()
        .orElse("");
  }

  private Task seen(PatientTaskRecord record, String patientId) {
    PatientTaskRecord.Questioned access = record.access();
    return new Task(
        record.number(),
        Optional.ofNullable(record.share()),
        patientId,
        record.at(),
        access == null
            ? Optional.ofNullable(record.share()).flatMap(links::told).orElse("")
            : access.who() + " " + access.did(),
        access == null ? Optional.empty() : Optional.of(access.at()),
        record.words(),
        Optional.ofNullable(record.answer())
            .map(answer -> new Answer(answer.by(), answer.at(), answer.words())));
  }

  /// Answers one, for the patient to read; nobody answers what is asked about themselves.
  ///
  /// @param words must not say who the patient is
  public Ruling answer(Caller by, long number, String words) throws IOException {
    if (!custody.permits(by, Verb.READ_AUDIT, "answering a patient")) {
      return new Ruling.NotThere();
    }
    lock.lock();
    try {
      Documents.Kept<PatientTaskRecord> kept = held.get(number);
      if (kept == null || kept.document().answer() != null) {
        return new Ruling.NotThere();
      }
      PatientTaskRecord record = kept.document();
      String who = Custody.name(by);
      if (record.access() != null && record.access().who().startsWith(who + ",")) {
        return new Ruling.Refused("It is about you. Another auditor has to answer it.");
      }
      Optional<String> wrong = Namesake.refused(custody, studies(record.patient()), words);
      if (wrong.isPresent()) {
        return new Ruling.Refused(wrong.get());
      }
      custody.write(
          by,
          Act.ASKED,
          "task " + number + " answered",
          custody.subject(new Pseudonym(record.patient()), words.strip()));
      PatientTaskRecord after =
          record.answered(
              new PatientTaskRecord.Answer(who, custody.clock().millis(), words.strip()));
      if (!documents.put(kept.key(), kept.version(), after)) {
        throw new IllegalStateException("somebody else changes the registry");
      }
      held.put(number, new Documents.Kept<>(kept.key(), kept.version() + 1, after));
      return new Ruling.Done(Long.toString(number));
    } finally {
      lock.unlock();
    }
  }

  /// A patient is erased: what they asked goes with them.
  void erased(Pseudonym patient) {
    lock.lock();
    try {
      for (PatientTaskRecord each : all()) {
        if (each.patient().equals(patient.value())) {
          documents.remove(key(each.number()));
          held.remove(each.number());
        }
      }
    } finally {
      lock.unlock();
    }
  }
}
