package leadglass.archive;

import static java.util.Map.entry;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import leadglass.archive.Question.Level;
import leadglass.archive.Question.Ways;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Vr;
import leadglass.store.StudySearch.Condition;
import leadglass.store.StudySearch.Field;

/// The keys of a sound question, made ready: what the search over studies is asked, and what each
/// row has to pass beyond that (PS3.4 §C.2.2.2). Immutable.
final class Criteria {
  private static final Map<Integer, Field> INDEXED =
      Map.ofEntries(
          entry(Tag.PATIENT_NAME, Field.PATIENT_NAME),
          entry(Tag.PATIENT_ID, Field.PATIENT_ID),
          entry(Tag.ISSUER_OF_PATIENT_ID, Field.ISSUER),
          entry(Tag.PATIENT_BIRTH_DATE, Field.BIRTH_DATE),
          entry(Tag.PATIENT_SEX, Field.SEX),
          entry(Tag.STUDY_DATE, Field.STUDY_DATE),
          entry(Tag.STUDY_TIME, Field.STUDY_TIME),
          entry(Tag.ACCESSION_NUMBER, Field.ACCESSION_NUMBER),
          entry(Tag.STUDY_ID, Field.STUDY_ID),
          entry(Tag.STUDY_DESCRIPTION, Field.DESCRIPTION),
          entry(Tag.REFERRING_PHYSICIAN_NAME, Field.REFERRER),
          entry(Tag.MODALITIES_IN_STUDY, Field.MODALITY));

  /// Dates and the times that go with them.
  private static final Map<Integer, Integer> TIMES =
      Map.of(
          Tag.STUDY_DATE,
          Tag.STUDY_TIME,
          Tag.SERIES_DATE,
          Tag.SERIES_TIME,
          Tag.CONTENT_DATE,
          Tag.CONTENT_TIME,
          0x00080012,
          0x00080013, // of the instance's creation
          0x00080022,
          0x00080032, // of acquisition
          0x00100030,
          0x00100032, // of birth
          0x00400002,
          0x00400003, // of the scheduled procedure step
          0x00400244,
          0x00400245); // of the performed one

  private final Level level;
  private final Ways ways;
  private final List<Condition> conditions = new ArrayList<>();
  private final List<Predicate<DataSet>> ofStudy = new ArrayList<>();
  private final List<Predicate<DataSet>> ofSeries = new ArrayList<>();
  private final List<Predicate<DataSet>> ofInstance = new ArrayList<>();

  Criteria(Question question) {
    this.level = question.level();
    this.ways = question.ways();
    List<Question.Key> keys =
        question.keys().stream().filter(key -> !Keys.isUniversal(key)).toList();
    Set<Integer> paired = ways.combinedDateTime() ? pair(keys) : Set.of();
    for (Question.Key key : keys) {
      if (!paired.contains(key.tag())) {
        take(key);
      }
    }
  }

  private Criteria(Ways ways) {
    this.level = Level.STUDY;
    this.ways = ways;
  }

  /// All of some sound keys, whatever level their attributes are of.
  static Predicate<DataSet> of(List<Question.Key> keys, Ways ways) {
    return new Criteria(ways).every(keys);
  }

  /// All of some keys within one data set or item.
  private Predicate<DataSet> every(List<Question.Key> all) {
    List<Question.Key> keys = all.stream().filter(key -> !Keys.isUniversal(key)).toList();
    List<Predicate<DataSet>> tests = new ArrayList<>();
    Set<Integer> paired = new HashSet<>();
    for (Question.Key date : ways.combinedDateTime() ? keys : List.<Question.Key>of()) {
      Integer time = TIMES.get(date.tag());
      keys.stream()
          .filter(key -> time != null && key.tag() == time && isPair(date, key))
          .findFirst()
          .ifPresent(key -> {
            paired.addAll(Set.of(date.tag(), key.tag()));
            tests.add(moments(date, key));
          });
    }
    keys.stream().filter(key -> !paired.contains(key.tag())).map(this::test).forEach(tests::add);
    return row -> all(tests, row);
  }

  /// What the search over studies is asked.
  List<Condition> conditions() {
    return List.copyOf(conditions);
  }

  /// Whether the search over studies says all there is to say of them.
  boolean isIndexed() {
    return ofStudy.isEmpty();
  }

  boolean matchStudy(DataSet attributes) {
    return all(ofStudy, attributes);
  }

  boolean matchSeries(DataSet attributes) {
    return all(ofSeries, attributes);
  }

  boolean matchInstance(DataSet attributes) {
    return all(ofInstance, attributes);
  }

  private static boolean all(List<Predicate<DataSet>> tests, DataSet attributes) {
    for (Predicate<DataSet> each : tests) {
      if (!each.test(attributes)) {
        return false;
      }
    }
    return true;
  }

  private List<Predicate<DataSet>> tests(int tag) {
    Level of = tag == Tag.INSTANCE_AVAILABILITY ? level : Keys.level(tag).orElse(Level.INSTANCE);
    return switch (of) {
      case PATIENT, STUDY -> ofStudy;
      case SERIES -> ofSeries;
      case INSTANCE -> ofInstance;
    };
  }

  private void take(Question.Key key) {
    if (key.tag() == Question.Key.TYPED) {
      conditions.add(new Condition.Typed(key.value()));
    } else if (key.tag() == Tag.STUDY_INSTANCE_UID) {
      conditions.add(new Condition.AnyUid(Matching.uids(key.value())));
    } else if (INDEXED.containsKey(key.tag())) {
      Field field = java.util.Objects.requireNonNull(INDEXED.get(key.tag()));
      conditions.add(
          any(
              Keys.values(key, ways).stream()
                  .map(value -> condition(field, key.tag(), value))
                  .toList()));
      if (ways.fuzzyNames() && Keys.vr(key.tag()) == Vr.PN) {
        tests(key.tag()).add(test(key));
      }
    } else {
      tests(key.tag()).add(test(key));
    }
  }

  private static Condition any(List<Condition> conditions) {
    return conditions.size() == 1 ? conditions.getFirst() : new Condition.Any(conditions);
  }

  private Condition condition(Field field, int tag, String value) {
    if (Keys.isForEmpty(value, ways)) {
      return new Condition.Absent(field);
    }
    Vr vr = Keys.vr(tag);
    return switch (vr) {
      case DA, TM -> {
        Matching.Range range = Matching.range(compact(vr, value));
        yield new Condition.Range(field, range.from(), range.to());
      }
      case PN -> name(field, value);
      default -> text(field, value);
    };
  }

  private static Condition text(Field field, String value) {
    return Matching.isWildcard(value)
        ? new Condition.Wildcard(field, value)
        : new Condition.Equal(field, value);
  }

  /// Words somewhere in a name are looked for here, how they stand in it is looked at in the row.
  private Condition name(Field field, String value) {
    List<Condition> parts =
        ways.fuzzyNames()
            ? Matching.words(value).stream()
                .<Condition>map(word -> new Condition.Wildcard(field, "*" + word + "*"))
                .toList()
            : Matching.groups(value).stream().map(group -> text(field, group)).toList();
    return parts.size() == 1 ? parts.getFirst() : new Condition.All(parts);
  }

  /// Dates and times without the separators that older writers used (PS3.5 §6.2).
  private static String compact(Vr vr, String value) {
    return vr == Vr.DA ? value.replace(".", "") : value.replace(":", "");
  }

  /// Takes pairs of a range of dates and one of times that have the same ends as what they are
  /// together (PS3.4 §C.2.2.2.5.4).
  ///
  /// @return tags of those
  private Set<Integer> pair(List<Question.Key> keys) {
    Set<Integer> paired = new HashSet<>();
    for (Question.Key date : keys) {
      Integer time = TIMES.get(date.tag());
      keys.stream()
          .filter(key -> time != null && key.tag() == time)
          .findFirst()
          .filter(key -> pair(date, key))
          .ifPresent(key -> paired.addAll(Set.of(date.tag(), key.tag())));
    }
    return paired;
  }

  private boolean pair(Question.Key date, Question.Key time) {
    if (!isPair(date, time)) {
      return false;
    }
    Field field = INDEXED.get(date.tag());
    if (field != null) {
      Matching.Range dates = days(date);
      conditions.add(new Condition.Range(field, dates.from(), dates.to()));
    }
    tests(date.tag()).add(moments(date, time));
    return true;
  }

  private static Matching.Range days(Question.Key date) {
    return Matching.range(compact(Vr.DA, date.value().strip()));
  }

  private static Matching.Range hours(Question.Key time) {
    return Matching.range(compact(Vr.TM, time.value().strip()));
  }

  private static boolean isPair(Question.Key date, Question.Key time) {
    Matching.Range dates = days(date);
    Matching.Range times = hours(time);
    return date.value().contains("-")
        && time.value().contains("-")
        && dates.from().isEmpty() == times.from().isEmpty()
        && dates.to().isEmpty() == times.to().isEmpty();
  }

  private static Predicate<DataSet> moments(Question.Key date, Question.Key time) {
    Matching.Range dates = days(date);
    Matching.Range times = hours(time);
    Matching.Range both = new Matching.Range(dates.from() + times.from(), dates.to() + times.to());
    return row -> {
      String day = compact(Vr.DA, row.string(date.tag()).orElse(""));
      String hour = compact(Vr.TM, row.string(time.tag()).orElse(""));
      return !day.isEmpty() && Matching.within(both, day + hour);
    };
  }

  private Predicate<DataSet> test(Question.Key key) {
    if (!key.item().isEmpty()) {
      Predicate<DataSet> ofItem = every(key.item());
      return row -> row.items(key.tag()).stream().anyMatch(ofItem);
    }
    List<Predicate<DataSet>> any =
        Keys.values(key, ways).stream().map(value -> test(key.tag(), value)).toList();
    return row -> any.stream().anyMatch(each -> each.test(row));
  }

  private Predicate<DataSet> test(int tag, String value) {
    if (value.isEmpty()) {
      return _ -> true; // one of several, and universal
    }
    if (Keys.isForEmpty(value, ways)) {
      return row -> row.items(tag).isEmpty() && values(tag, row).stream().allMatch(String::isEmpty);
    }
    Predicate<String> one = test(Keys.vr(tag), value);
    return row -> values(tag, row).stream().anyMatch(one);
  }

  private Predicate<String> test(Vr vr, String value) {
    return switch (vr) {
      case UI -> Matching.uids(value)::contains;
      case DA, TM -> {
        Matching.Range range = Matching.range(compact(vr, value));
        yield held -> Matching.within(range, compact(vr, held));
      }
      case DT -> {
        Optional<Matching.Range> range = Matching.moments(value);
        yield held -> range.isPresent() && Matching.withinMoments(range.get(), held);
      }
      case PN ->
          ways.fuzzyNames()
              ? held -> Matching.isNearName(value, held)
              : held -> Matching.isName(value, held);
      case IS, DS -> {
        Object number = number(value);
        yield held -> number(held).equals(number);
      }
      case AE, CS, LO, LT, SH, ST, UC, UR, UT -> held -> Matching.wildcard(value, held);
      default -> value::equals;
    };
  }

  private static List<String> values(int tag, DataSet attributes) {
    List<String> texts = attributes.strings(tag);
    return texts.isEmpty()
        ? attributes.integer(tag).stream().mapToObj(Integer::toString).toList()
        : texts;
  }

  private static Object number(String text) {
    try {
      return new BigDecimal(text.strip()).stripTrailingZeros();
    } catch (NumberFormatException _) {
      return text;
    }
  }
}
