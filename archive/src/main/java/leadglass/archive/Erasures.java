package leadglass.archive;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import leadglass.archive.ErasureRecord.Mark;
import leadglass.store.Lifecycle;
import leadglass.store.Pseudonym;
import leadglass.store.Registry;
import leadglass.store.StudyName;

/// Destroys a patient's keys for ever: asked for by an administrator, confirmed by a second person,
/// done after days of grace in which either can take it back. A hold or retention refuses it at
/// every step.
///
/// Safe for use by several threads.
public final class Erasures {
  private final Custody custody;
  private final Holds holds;
  private final Retention retention;
  private final Days days;
  private final SiteRules rules;
  private final KeyBackups backups;
  private final ErasureBook book;
  private final Documents<ErasureRecord> documents;
  private final Moves moves;
  private final Supplier<String> names;
  private final List<Consumer<Pseudonym>> erased = new CopyOnWriteArrayList<>();

  Erasures(
      Custody custody,
      Keeping keeping,
      Days days,
      SiteRules rules,
      Moves moves,
      Registry registry,
      Supplier<String> names) {
    this.custody = custody;
    this.holds = keeping.holds();
    this.retention = keeping.retention();
    this.days = days;
    this.rules = rules;
    this.backups = new KeyBackups(registry);
    this.book = ErasureBook.in(registry);
    this.documents = book.documents();
    this.moves = moves;
    this.names = names;
  }

  /// Told of every patient whose keys were destroyed, before the erasure counts as done; perhaps
  /// twice.
  void whenErased(Consumer<Pseudonym> told) {
    erased.add(told);
  }

  /// Why, as the certificate says it.
  public enum Category {
    REQUEST("the patient asked for it"),
    COURT_ORDER("a court or authority ordered it"),
    END_OF_PURPOSE("the images are needed no more"),
    WRONGLY_HELD("the images should never have been here"),
    OTHER("another reason");

    private final String words;

    Category(String words) {
      this.words = words;
    }

    /// For people.
    public String words() {
      return words;
    }

    /// For forms and the command line, such as `court-order`.
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Category> of(String word) {
      return List.of(values()).stream().filter(each -> each.word().equals(word)).findFirst();
    }
  }

  /// How far an erasure is.
  public enum State {
    /// Waits for a second person.
    ASKED,
    /// Waits for the days of grace to pass, or for what keeps it.
    CONFIRMED,
    /// Being done.
    ERASING,
    /// Done.
    ERASED,
    TAKEN_BACK
  }

  /// An erasure, at any time of its life.
  ///
  /// @param name for the other methods
  /// @param note as typed by who asked; empty once it is over
  /// @param confirmedBy with its time: empty until a second person said yes
  /// @param dueMillis when it is done at the earliest
  /// @param kept a sentence that says what keeps it from being done, if something does
  /// @param studies of the patient now; once it is over, those whose keys were destroyed
  public record Erasure(
      String name,
      State state,
      String pseudonym,
      Category category,
      String note,
      String askedBy,
      long askedMillis,
      Optional<String> confirmedBy,
      Optional<Long> confirmedMillis,
      int graceDays,
      Optional<Long> dueMillis,
      Optional<String> kept,
      int studies,
      Optional<Long> erasedMillis) {
    @Override
    public String toString() {
      return "Erasure[" + state + "]";
    }
  }

  /// Asks for the erasure of a patient; of a study, of its patient with all their studies.
  ///
  /// @param note such as a file number, may be empty; refused if it names the patient
  public Ruling ask(Caller by, About about, Category category, String note) throws IOException {
    if (!custody.permits(by, Verb.ERASE, "an erasure")) {
      return new Ruling.NotThere();
    }
    custody.acts().lock();
    try {
      Optional<Pseudonym> found = custody.pseudonym(about);
      List<StudyName> studies = found.map(this::studies).orElse(List.of());
      if (found.isEmpty() || studies.isEmpty()) {
        return new Ruling.NotThere();
      }
      Pseudonym patient = found.get();
      Optional<String> wrong =
          note.isBlank() ? Optional.empty() : Namesake.refused(custody, studies, note);
      wrong = wrong.isPresent() ? wrong : kept(patient);
      if (wrong.isPresent()) {
        return new Ruling.Refused(wrong.get());
      }
      if (book.isAskedFor(patient)) {
        return new Ruling.Refused("The erasure of this patient has been asked for already.");
      }
      String name = names.get();
      custody.write(
          by,
          Act.ERASED,
          "erasure " + name + " of patient " + patient.value() + " asked for: " + category.word(),
          custody.subject(patient, note.strip()));
      Mark mark = new Mark(Custody.name(by), custody.clock().millis());
      return put(name, 0, ErasureRecord.asked(patient.value(), category, note.strip(), mark));
    } finally {
      custody.acts().unlock();
    }
  }

  private List<StudyName> studies(Pseudonym patient) {
    return custody.lifecycle().studiesOf(custody.site(), patient);
  }

  private Ruling put(String name, long version, ErasureRecord record) {
    return documents.put(name, version, record)
        ? new Ruling.Done(name)
        : new Ruling.Refused("Somebody else changed this erasure just now. Look at it again.");
  }

  /// What keeps a patient from being erased, if something does: a sentence.
  private Optional<String> kept(Pseudonym patient) {
    List<StudyName> studies = studies(patient);
    Optional<Holds.Hold> hold =
        holds
            .on(patient)
            .or(() -> studies.stream().flatMap(study -> holds.on(study).stream()).findFirst());
    if (hold.isPresent()) {
      return Optional.of(
          "A legal hold has lain on this patient or a study of theirs since "
              + Custody.date(hold.get().setMillis())
              + ". It has to be released first.");
    }
    LocalDate today = Custody.date(days.now());
    return studies.stream()
        .flatMap(study -> custody.row(study).stream())
        .flatMap(row -> retention.until(row).stream())
        .filter(until -> !today.isAfter(until))
        .max(Comparator.naturalOrder())
        .map(until ->
            "The site's retention rules keep studies of this patient until " + until + ".");
  }

  /// Whether an erasure is of that patient: for a second person who wants to be sure.
  public boolean matches(Caller by, String name, About about) {
    if (!maySee(by)) {
      return false;
    }
    Optional<String> pseudonym = custody.pseudonym(about).map(Pseudonym::value);
    return find(name).map(kept -> kept.document().patient()).equals(pseudonym)
        && pseudonym.isPresent();
  }

  private boolean maySee(Caller by) {
    return custody.gate().permits(by, Verb.ERASE) || custody.gate().permits(by, Verb.CONFIRM);
  }

  private Optional<Documents.Kept<ErasureRecord>> find(String name) {
    return Custody.isName(name) ? documents.find(name) : Optional.empty();
  }

  /// The second person says yes; the days of grace begin.
  public Ruling confirm(Caller by, String name) throws IOException {
    if (!custody.permits(by, Verb.CONFIRM, "confirming an erasure")) {
      return new Ruling.NotThere();
    }
    custody.acts().lock();
    try {
      Documents.Kept<ErasureRecord> kept = find(name).orElse(null);
      if (kept == null || kept.document().state() != State.ASKED) {
        return new Ruling.NotThere();
      }
      ErasureRecord record = kept.document();
      if (Accounts.key(record.asked().by()).equals(Accounts.key(Custody.name(by)))) {
        return new Ruling.Refused(
            "You asked for it yourself. Another administrator or a witness has to confirm it.");
      }
      Pseudonym patient = new Pseudonym(record.patient());
      Optional<String> keeps = kept(patient);
      if (keeps.isPresent()) {
        return new Ruling.Refused(keeps.get());
      }
      custody.write(by, Act.ERASED, "erasure " + name + " confirmed", custody.subject(patient, ""));
      Mark mark = new Mark(Custody.name(by), custody.clock().millis());
      return put(name, kept.version(), record.confirmed(mark, rules.graceDays(), days.count()));
    } finally {
      custody.acts().unlock();
    }
  }

  /// Nothing is erased after all.
  public Ruling takeBack(Caller by, String name) throws IOException {
    if (!maySee(by)) {
      custody.permits(by, Verb.ERASE, "taking an erasure back"); // for the trail
      return new Ruling.NotThere();
    }
    custody.acts().lock();
    try {
      Documents.Kept<ErasureRecord> kept = find(name).orElse(null);
      if (kept == null) {
        return new Ruling.NotThere();
      }
      ErasureRecord record = kept.document();
      return switch (record.state()) {
        case ASKED, CONFIRMED -> {
          custody.write(
              by,
              Act.ERASED,
              "erasure " + name + " taken back",
              custody.subject(new Pseudonym(record.patient()), ""));
          Mark mark = new Mark(Custody.name(by), custody.clock().millis());
          yield put(name, kept.version(), record.takenBack(mark));
        }
        case ERASING, ERASED -> new Ruling.Refused("It is done and can't be taken back.");
        case TAKEN_BACK -> new Ruling.NotThere();
      };
    } finally {
      custody.acts().unlock();
    }
  }

  /// All erasures, oldest first; empty for whoever may not know.
  public List<Erasure> list(Caller by) {
    return maySee(by)
        ? documents.list().stream().map(kept -> seen(kept.key(), kept.document())).toList()
        : List.of();
  }

  private Erasure seen(String name, ErasureRecord record) {
    Pseudonym patient = new Pseudonym(record.patient());
    Optional<Mark> confirmed = Optional.ofNullable(record.confirmed());
    boolean waits = record.state() == State.ASKED || record.state() == State.CONFIRMED;
    return new Erasure(
        name,
        record.state(),
        record.patient(),
        record.category(),
        record.note(),
        record.asked().by(),
        record.asked().at(),
        confirmed.map(Mark::by),
        confirmed.map(Mark::at),
        confirmed.isPresent() ? record.graceDays() : rules.graceDays(),
        confirmed.filter(mark -> waits).map(mark -> due(record, mark)),
        waits ? kept(patient) : Optional.empty(),
        waits ? studies(patient).size() : record.studies(),
        Optional.ofNullable(record.erased()).map(Mark::at));
  }

  private static long due(ErasureRecord record, Mark confirmed) {
    return confirmed.at() + Duration.ofDays(record.graceDays()).toMillis();
  }

  /// What everybody who signed in may know: how many are under way, not of whom.
  ///
  /// @param asked wait for a second person
  /// @param confirmed will be done when the days of grace are over
  /// @param firstDueMillis when the first of those is done at the earliest
  public record Pending(int asked, int confirmed, Optional<Long> firstDueMillis) {}

  /// Nothing for whoever is not known.
  public Pending pending(Caller by) {
    List<ErasureRecord> open =
        custody.gate().permits(by, Verb.BE_KNOWN)
            ? documents.list().stream()
                .map(Documents.Kept::document)
                .filter(ErasureRecord::open)
                .toList()
            : List.of();
    int asked = (int) open.stream().filter(record -> record.state() == State.ASKED).count();
    Optional<Long> first =
        open.stream()
            .flatMap(record ->
                Optional.ofNullable(record.confirmed()).map(mark -> due(record, mark)).stream())
            .min(Comparator.naturalOrder());
    return new Pending(asked, open.size() - asked, first);
  }

  /// Of an erasure that was done.
  public Optional<Certificate> certificate(Caller by, String name) {
    if (!maySee(by)) {
      return Optional.empty();
    }
    return find(name).flatMap(kept -> certificate(name, kept.document()));
  }

  private Optional<Certificate> certificate(String name, ErasureRecord record) {
    Mark erased = record.erased();
    Mark confirmed = record.confirmed();
    if (erased == null || confirmed == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Certificate(
            name,
            custody.site().value(),
            record.patient(),
            record.category().words(),
            record.asked().by(),
            record.asked().at(),
            confirmed.by(),
            confirmed.at(),
            erased.at(),
            record.studies(),
            record.movedAway(),
            record.backups().stream().map(backups::find).toList()));
  }

  /// Somebody answers for it that an older copy of the keys is destroyed.
  ///
  /// @param backup [Certificate.KeyBackup#key]
  public Ruling tick(Caller by, String backup) throws IOException {
    if (!custody.permits(by, Verb.ERASE, "ticking a key backup off")) {
      return new Ruling.NotThere();
    }
    custody.acts().lock();
    try {
      if (!backups.all().contains(backup) || backups.find(backup).gone()) {
        return new Ruling.NotThere();
      }
      custody.write(by, Act.ERASED, "key backup ticked off: " + backup, Optional.empty());
      return backups.tick(backup, Custody.name(by), custody.clock().millis())
          ? new Ruling.Done(backup)
          : new Ruling.NotThere();
    } finally {
      custody.acts().unlock();
    }
  }

  /// Does what was confirmed long enough ago, by the clock and in days counted, and what a power
  /// cut left half done.
  void sweep() throws IOException {
    for (Documents.Kept<ErasureRecord> kept : documents.list()) {
      switch (kept.document().state()) {
        case CONFIRMED -> {
          if (isDue(kept.document())) {
            begin(kept.key());
          }
        }
        case ERASING -> finish(kept.key());
        case ASKED, ERASED, TAKEN_BACK -> {
          // Nothing to do.
        }
      }
    }
  }

  private boolean isDue(ErasureRecord record) {
    Mark confirmed = record.confirmed();
    return confirmed != null
        && custody.clock().millis() >= due(record, confirmed)
        && days.count() - record.confirmedDays() >= record.graceDays();
  }

  /// What will be destroyed is written down first: whatever comes after that under the same Patient
  /// ID is not meant.
  private void begin(String name) throws IOException {
    custody.acts().lock();
    try {
      Documents.Kept<ErasureRecord> kept = find(name).orElseThrow();
      Pseudonym patient = new Pseudonym(kept.document().patient());
      boolean still = kept.document().state() == State.CONFIRMED;
      if (!still || kept(patient).isPresent()) {
        return; // taken back just now, or kept by a hold that came since
      }
      List<String> doomed = new ArrayList<>();
      studies(patient).forEach(study -> doomed.add(study.value()));
      ErasureRecord begun = kept.document().begun(doomed, moves.away(patient), backups.all());
      if (documents.put(name, kept.version(), begun)) {
        finish(name);
      }
    } finally {
      custody.acts().unlock();
    }
  }

  private void finish(String name) throws IOException {
    custody.acts().lock();
    try {
      Documents.Kept<ErasureRecord> kept = find(name).orElseThrow();
      ErasureRecord record = kept.document();
      Pseudonym patient = new Pseudonym(record.patient());
      List<String> left = studies(patient).stream().map(StudyName::value).toList();
      // What came since it was begun is not meant; a patient of whom nothing is left still has a
      // key.
      if (left.isEmpty() || !java.util.Collections.disjoint(left, record.names())) {
        Lifecycle.Doing doing =
            custody.doing(
                Act.ERASED,
                "erasure "
                    + name
                    + " done: patient "
                    + patient.value()
                    + ", studies "
                    + record.studies());
        custody.lifecycle().erase(custody.site(), patient, doing);
      }
      erased.forEach(each -> each.accept(patient));
      documents.put(
          name, kept.version(), record.done(new Mark("archive", custody.clock().millis())));
    } finally {
      custody.acts().unlock();
    }
  }
}
