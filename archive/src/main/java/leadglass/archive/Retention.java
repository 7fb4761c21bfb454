package leadglass.archive;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import leadglass.dicom.data.DataSet;
import leadglass.store.Registry;
import leadglass.store.StudyRow;

/// How long a site keeps studies at least. Every version of its rules is kept, and a study stays as
/// long as any version asked that was in force since it came: retention only ever extends. Without
/// rules nothing is kept longer than somebody wants it.
///
/// Safe for use by several threads.
public final class Retention {
  private static final int RULES_MAX = 100;
  private static final int YEARS_MAX = 200;
  private static final int AGE_MAX = 30;

  private final Custody custody;
  private final Days days;
  private final Documents<RetentionRecord> documents;
  private final List<RetentionRecord> versions = new CopyOnWriteArrayList<>();

  Retention(Custody custody, Days days, Registry registry) {
    this.custody = custody;
    this.days = days;
    this.documents = new Documents<>(registry, "retention", RetentionRecord.class);
    documents.list().stream()
        .map(Documents.Kept::document)
        .sorted(Comparator.comparingInt(RetentionRecord::number))
        .forEach(versions::add);
  }

  /// What a site asks for. Of several that fit, the longest counts.
  ///
  /// @param modalities of any series of the study, such as `MG`; empty for all
  /// @param years after the study date
  /// @param minorUntilAge patients younger than that at the study are kept longer; 0 for no
  ///   difference
  /// @param minorYears years after the birthday on which they reach that age
  public record Rule(List<String> modalities, int years, int minorUntilAge, int minorYears) {
    public Rule {
      modalities = List.copyOf(modalities);
    }

    /// Such as `MG: 10 years; patients under 18: until they are 28`.
    public String words() {
      String what = modalities.isEmpty() ? "all" : String.join(", ", modalities);
      String minors =
          minorUntilAge == 0
              ? ""
              : "; patients under "
                  + minorUntilAge
                  + ": at least until they are "
                  + (minorUntilAge + minorYears);
      return what + ": " + years + (years == 1 ? " year" : " years") + minors;
    }

    private Optional<String> refusal() {
      boolean fits =
          modalities.size() <= RULES_MAX
              && modalities.stream().allMatch(m -> m.matches("[A-Z0-9_]{1,16}"))
              && years >= 0
              && years <= YEARS_MAX
              && minorUntilAge >= 0
              && minorUntilAge <= AGE_MAX
              && minorYears >= 0
              && minorYears <= YEARS_MAX
              && (minorUntilAge > 0 || minorYears == 0);
      return fits
          ? Optional.empty()
          : Optional.of(
              "A rule has modalities such as CT or MG, 0 to "
                  + YEARS_MAX
                  + " years, and an age of 0 to "
                  + AGE_MAX
                  + " up to which patients are minors.");
    }
  }

  /// Rules as they were set once.
  ///
  /// @param number from 1
  public record Version(int number, long fromMillis, String by, List<Rule> rules) {}

  /// An example of a country's rules.
  ///
  /// @param source the law or code it was read from; whoever uses it has to look there
  public record Preset(String country, String words, String source, List<Rule> rules) {}

  /// Examples, by country; not advice on any law.
  public static List<Preset> presets() {
    return RetentionPresets.ALL;
  }

  /// All versions, newest last; empty for whoever may not know.
  public List<Version> versions(Caller by) {
    return custody.gate().permits(by, Verb.ADMINISTER)
        ? versions.stream().map(v -> new Version(v.number(), v.from(), v.by(), v.rules())).toList()
        : List.of();
  }

  /// Sets the rules from now on. What came before stays at least as long as the rules asked that
  /// were in force until now.
  ///
  /// @param rules empty: nothing that comes from now on has to be kept
  /// @return [Ruling.Done] names the version by its number
  public Ruling set(Caller by, List<Rule> rules) throws IOException {
    if (!custody.permits(by, Verb.ADMINISTER, "setting retention")) {
      return new Ruling.NotThere();
    }
    Optional<String> wrong = rules.stream().flatMap(rule -> rule.refusal().stream()).findFirst();
    if (wrong.isPresent() || rules.size() > RULES_MAX) {
      return new Ruling.Refused(wrong.orElse("There are " + RULES_MAX + " rules at most."));
    }
    custody.acts().lock();
    try {
      int number = versions.isEmpty() ? 1 : versions.getLast().number() + 1;
      // A clock that fell behind must not end the rules before for what has come since.
      long from = Math.max(days.latest(), versions.isEmpty() ? 0 : versions.getLast().from());
      RetentionRecord record = new RetentionRecord(number, from, Custody.name(by), rules);
      List<String> words = rules.stream().map(Rule::words).toList();
      custody.write(
          by,
          Act.POLICY,
          "retention version " + number + ": " + (words.isEmpty() ? "none" : words),
          Optional.empty());
      if (!documents.put("" + number, 0, record)) {
        return new Ruling.Refused("Somebody else set the rules just now. Look at them again.");
      }
      versions.add(record);
      return new Ruling.Done("" + number);
    } finally {
      custody.acts().unlock();
    }
  }

  /// Why a study may not be destroyed yet, if so: a sentence that says until when.
  Optional<String> keeps(StudyRow row) {
    return until(row)
        .filter(until -> !Custody.date(days.now()).isAfter(until))
        .map(until -> "The site's retention rules keep this study until " + until + ".");
  }

  /// Last day on which a version in force since the study came keeps it.
  Optional<LocalDate> until(StudyRow row) {
    RetentionTerm term = RetentionTerm.of(row, identities(row));
    List<LocalDate> ends = new ArrayList<>();
    for (int i = 0; i < versions.size(); i++) {
      boolean over = i + 1 < versions.size() && versions.get(i + 1).from() <= row.receivedMillis();
      if (!over) {
        term.until(versions.get(i).rules()).ifPresent(ends::add);
      }
    }
    return ends.stream().max(Comparator.naturalOrder());
  }

  private static List<DataSet> identities(StudyRow row) {
    DataSet filed = Rows.filed(row);
    return row.moved().isPresent() ? List.of(filed, Rows.current(row)) : List.of(filed);
  }
}
