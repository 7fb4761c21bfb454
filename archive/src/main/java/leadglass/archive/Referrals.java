package leadglass.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.store.Registry;
import leadglass.store.StudyName;
import leadglass.store.StudyRow;

/// Which studies a referrer reaches: those that somebody of the site gave them, and those that come
/// with an identifier of theirs which an administrator confirmed. A name proves nothing: any sender
/// writes any name.
///
/// Safe for use by several threads.
public final class Referrals {

  /// Of one referrer; the newest are listed, the others have to be given again.
  static final int LISTED_MAX = 1_000;

  private static final int IDENTIFIERS_MAX = 5_000;
  private static final int WORD_CHARS_MAX = 64;
  private static final String ARCHIVE = "archive";

  private final Custody custody;
  private final Accounts accounts;
  private final Documents<ReferralRecord> documents;
  private final Documents<ReferralRecord.Identifier> identifiers;

  /// By account; under each the studies by name.
  private final Map<String, Map<String, ReferralRecord>> known = new ConcurrentHashMap<>();

  private final Map<String, ReferralRecord.Identifier> confirmed = new ConcurrentHashMap<>();

  Referrals(Custody custody, Accounts accounts, Registry registry) {
    this.custody = custody;
    this.accounts = accounts;
    this.documents = new Documents<>(registry, "referral", ReferralRecord.class);
    this.identifiers =
        new Documents<>(registry, "referrer-identifier", ReferralRecord.Identifier.class);
    documents.list().forEach(kept -> keep(kept.document()));
    identifiers.list().forEach(kept -> confirmed.put(kept.key(), kept.document()));
  }

  private void keep(ReferralRecord record) {
    known
        .computeIfAbsent(record.account(), _ -> new ConcurrentHashMap<>())
        .put(record.study(), record);
  }

  private static String key(String account, StudyName study) {
    return account + " " + study.value();
  }

  /// An identifier of a referrer, as Person Identification Code Sequence (0040,1101) of the
  /// Referring Physician Identification Sequence (0008,0096) has it.
  ///
  /// @param scheme Coding Scheme Designator, such as `NPI`
  /// @param code Code Value
  public record Identifier(String account, String scheme, String code) {
    @Override
    public String toString() {
      return "Identifier[]";
    }
  }

  /// Gives a study to a referrer.
  ///
  /// @param by finds the study themselves
  public Ruling give(Caller by, Uid study, String account) throws IOException {
    Optional<StudyName> name = reached(by, study);
    if (name.isEmpty()) {
      return new Ruling.NotThere();
    }
    Optional<String> referrer = referrer(account);
    if (referrer.isEmpty()) {
      return new Ruling.Refused("There is no referrer of that name.");
    }
    custody.acts().lock();
    try {
      if (!isGiven(referrer.get(), name.get())) {
        custody.write(
            by,
            Act.SHARED,
            "given to referrer " + referrer.get(),
            custody.subject(study, "", new Stated(null, referrer.get())));
        write(referrer.get(), name.get(), Custody.name(by));
      }
      return new Ruling.Done(name.get().value());
    } finally {
      custody.acts().unlock();
    }
  }

  /// Takes it back.
  public Ruling take(Caller by, Uid study, String account) throws IOException {
    Optional<StudyName> name = reached(by, study);
    String referrer = Accounts.key(account);
    if (name.isEmpty() || !isGiven(referrer, name.get())) {
      return new Ruling.NotThere();
    }
    custody.acts().lock();
    try {
      custody.write(
          by,
          Act.SHARED,
          "taken back from referrer " + referrer,
          custody.subject(study, "", new Stated(null, referrer)));
      drop(referrer, name.get().value());
      return new Ruling.Done(name.get().value());
    } finally {
      custody.acts().unlock();
    }
  }

  private void write(String account, StudyName study, String by) {
    ReferralRecord record =
        new ReferralRecord(account, study.value(), by, custody.clock().millis());
    documents.put(key(account, study), 0, record);
    keep(record);
  }

  private void drop(String account, String study) {
    documents.remove(key(account, new StudyName(study)));
    known.getOrDefault(account, Map.of()).remove(study);
  }

  private boolean isGiven(String account, StudyName study) {
    return known.getOrDefault(account, Map.of()).containsKey(study.value());
  }

  /// The study, if this caller may give it to somebody.
  private Optional<StudyName> reached(Caller by, Uid study) throws IOException {
    if (!custody.permits(by, Verb.SHARE, "giving a study to a referrer")) {
      return Optional.empty();
    }
    Reach reach = custody.gate().reach(by, Verb.SHARE);
    return custody
        .find(study)
        .filter(name ->
            custody.row(name).filter(row -> custody.within(reach, Rows.whole(row))).isPresent());
  }

  private Optional<String> referrer(String account) {
    return accounts
        .find(account)
        .filter(found -> found.enabled() && found.roles().contains(Role.REFERRER))
        .map(Accounts.Known::key);
  }

  /// Names of all who may be given a study, for whoever may give one.
  public List<String> referrers(Caller by) {
    boolean told =
        custody.gate().permits(by, Verb.SHARE) || custody.gate().permits(by, Verb.ADMINISTER);
    return told
        ? accounts.list().stream()
            .filter(each -> each.enabled() && each.roles().contains(Role.REFERRER))
            .map(each -> each.record().name())
            .toList()
        : List.of();
  }

  /// To whom a study is given; empty for whoever could not give it.
  public Optional<List<String>> of(Caller by, Uid study) throws IOException {
    return reached(by, study)
        .map(name ->
            known.entrySet().stream()
                .filter(each -> each.getValue().containsKey(name.value()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList());
  }

  /// Confirms that an identifier is a referrer's: studies that come with it from now on are theirs.
  public Ruling confirm(Caller by, Identifier identifier) throws IOException {
    if (!custody.permits(by, Verb.ADMINISTER, "confirming an identifier")) {
      return new Ruling.NotThere();
    }
    Optional<String> referrer = referrer(identifier.account());
    if (referrer.isEmpty()) {
      return new Ruling.Refused("There is no referrer of that name.");
    }
    String scheme = identifier.scheme().strip();
    String code = identifier.code().strip();
    if (!Foundation.isVisible(scheme, WORD_CHARS_MAX)
        || !Foundation.isVisible(code, WORD_CHARS_MAX)) {
      return new Ruling.Refused(
          "Type the scheme, such as NPI, and the number: each 1 to "
              + WORD_CHARS_MAX
              + " characters.");
    }
    custody.acts().lock();
    try {
      ReferralRecord.Identifier record =
          new ReferralRecord.Identifier(
              referrer.get(), scheme, code, Custody.name(by), custody.clock().millis());
      ReferralRecord.Identifier there = confirmed.get(record.key());
      if (there != null) {
        return there.account().equals(referrer.get())
            ? new Ruling.Done(referrer.get())
            : new Ruling.Refused("That identifier is confirmed for somebody else.");
      }
      if (confirmed.size() >= IDENTIFIERS_MAX) {
        return new Ruling.Refused("There are " + IDENTIFIERS_MAX + " identifiers; no more fit.");
      }
      custody.write(
          by, Act.POLICY, "identifier confirmed for referrer " + referrer.get(), Optional.empty());
      identifiers.put(record.key(), 0, record);
      confirmed.put(record.key(), record);
      return new Ruling.Done(referrer.get());
    } finally {
      custody.acts().unlock();
    }
  }

  /// It is theirs no more; what they were given by it stays theirs.
  public Ruling unconfirm(Caller by, Identifier identifier) throws IOException {
    if (!custody.permits(by, Verb.ADMINISTER, "removing an identifier")) {
      return new Ruling.NotThere();
    }
    custody.acts().lock();
    try {
      String key = identifier.scheme() + "\n" + identifier.code();
      ReferralRecord.Identifier there = confirmed.get(key);
      if (there == null || !there.account().equals(Accounts.key(identifier.account()))) {
        return new Ruling.NotThere();
      }
      custody.write(
          by, Act.POLICY, "identifier removed from referrer " + there.account(), Optional.empty());
      identifiers.remove(key);
      confirmed.remove(key);
      return new Ruling.Done(there.account());
    } finally {
      custody.acts().unlock();
    }
  }

  /// Confirmed identifiers, by account; empty for whoever may not know.
  public List<Identifier> identifiers(Caller by) {
    return custody.gate().permits(by, Verb.ADMINISTER)
        ? confirmed.values().stream()
            .map(each -> new Identifier(each.account(), each.scheme(), each.code()))
            .sorted(
                Comparator.comparing(Identifier::account)
                    .thenComparing(Identifier::scheme)
                    .thenComparing(Identifier::code))
            .toList()
        : List.of();
  }

  /// An instance was kept.
  ///
  /// @param referring items of (0008,0096), one for each referring physician
  void arrived(Uid study, List<DataSet> referring) throws IOException {
    if (confirmed.isEmpty() || referring.isEmpty()) {
      return;
    }
    for (String account : named(referring)) {
      Optional<StudyName> name = custody.find(study);
      if (name.isPresent() && !isGiven(account, name.get())) {
        custody.acts().lock();
        try {
          custody.write(
              new Caller.Console(ARCHIVE, new Origin(Origin.Door.ARCHIVE, ARCHIVE)),
              Act.SHARED,
              "given to referrer " + account + " by a confirmed identifier",
              custody.subject(study, "", new Stated(null, account)));
          write(account, name.get(), ARCHIVE);
        } finally {
          custody.acts().unlock();
        }
      }
    }
  }

  private Set<String> named(List<DataSet> referring) {
    Set<String> named = new HashSet<>();
    for (DataSet physician : referring) {
      for (DataSet code : physician.items(Tag.PERSON_IDENTIFICATION_CODE_SEQUENCE)) {
        String key =
            code.string(Tag.CODING_SCHEME_DESIGNATOR).orElse("").strip()
                + "\n"
                + code.string(Tag.CODE_VALUE).orElse("").strip();
        ReferralRecord.Identifier found = confirmed.get(key);
        if (found != null) {
          named.add(found.account());
        }
      }
    }
    return named;
  }

  private static Optional<String> account(Caller caller) {
    return switch (caller) {
      case Caller.Person person when person.hat() == Role.REFERRER ->
          Optional.of(Accounts.key(person.name()));
      case Caller.Program program when program.held().contains(Role.REFERRER) ->
          Optional.of(Accounts.key(program.owner()));
      case Caller.Person _,
          Caller.Program _,
          Caller.Stranger _,
          Caller.Device _,
          Caller.Share _,
          Caller.Patient _,
          Caller.Console _ ->
          Optional.empty();
    };
  }

  /// Whether a study is one of this caller's.
  boolean opens(Caller caller, Uid study) {
    return account(caller)
        .map(account -> known.getOrDefault(account, Map.of()))
        .filter(Predicate.not(Map::isEmpty))
        .filter(theirs ->
            custody.find(study).filter(name -> theirs.containsKey(name.value())).isPresent())
        .isPresent();
  }

  /// The caller's studies that are held and found, the newest given first.
  Set<Uid> studies(Caller caller) {
    List<ReferralRecord> theirs =
        account(caller)
            .map(account -> known.getOrDefault(account, Map.of()))
            .map(records -> new ArrayList<>(records.values()))
            .orElseGet(ArrayList::new)
            .stream()
            .sorted(Comparator.comparingLong(ReferralRecord::at).reversed())
            .limit(LISTED_MAX)
            .toList();
    Set<Uid> studies = new LinkedHashSet<>();
    for (ReferralRecord record : theirs) {
      StudyName name = new StudyName(record.study());
      custody
          .row(name)
          .map(StudyRow::study)
          .filter(study -> custody.find(study).filter(name::equals).isPresent())
          .ifPresent(studies::add);
    }
    return studies;
  }

  /// Forgets what is held no more.
  void sweep() {
    for (Map.Entry<String, Map<String, ReferralRecord>> each : known.entrySet()) {
      for (String study : List.copyOf(each.getValue().keySet())) {
        if (custody.row(new StudyName(study)).isEmpty()) {
          drop(each.getKey(), study);
        }
      }
    }
  }
}
