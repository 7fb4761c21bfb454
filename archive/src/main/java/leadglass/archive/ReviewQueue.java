package leadglass.archive;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leadglass.dicom.data.DataSet;
import leadglass.store.Audit;
import leadglass.store.Pseudonym;
import org.jspecify.annotations.Nullable;

/// Gathers from the entries of a week what has to be looked at. Entries go in oldest first.
/// Confined to one thread.
final class ReviewQueue {
  /// More are counted, not told.
  static final int ITEMS_MAX = 1_000;

  private static final int PAIRS_MAX = 20_000;
  private static final int PATIENTS_MAX = 5_000;
  private static final Pattern USED =
      Pattern.compile("(?:100|150) % of a day's budget used by (.+)");
  private static final Pattern EXCEEDED =
      Pattern.compile("a day's budget exceeded by (.+?) for a purpose: .*");
  private static final Pattern ALLOWED = Pattern.compile("a budget more allowed to (.+?): .*");
  private static final Pattern MORE = Pattern.compile("(.*), (\\d{1,9}) more within a minute");
  private static final String FIRST = "for the first time: ";

  private final @Nullable String site;
  private final ZoneId zone;
  private final Function<Audit.About, Optional<String>> patients;
  private final Function<Audit.About, Optional<DataSet>> studies;
  private final Map<String, Gathered> gathered = new LinkedHashMap<>();
  private final Set<String> pairs = new HashSet<>();
  private final Set<Pseudonym> named = new HashSet<>();
  private long left;

  private static final class Gathered {
    private final ReviewItem first;
    private final Set<String> patients = new HashSet<>();
    private long count;

    Gathered(ReviewItem first) {
      this.first = first;
    }

    ReviewItem item() {
      boolean night = first.kind() == ReviewItem.Kind.NIGHT;
      String words =
          night
              ? "opened "
                  + patients.size()
                  + (patients.size() == 1 ? " patient" : " patients")
                  + " between 22:00 and 06:00"
              : first.words();
      return new ReviewItem(
          first.kind(),
          first.atMillis(),
          count,
          first.subject(),
          first.by(),
          words,
          first.patient(),
          first.entry());
    }
  }

  /// @param site id of a further one
  /// @param patients gives a Patient ID, as long as it is known
  /// @param studies gives a study, as long as it is held
  ReviewQueue(
      @Nullable String site,
      ZoneId zone,
      Function<Audit.About, Optional<String>> patients,
      Function<Audit.About, Optional<DataSet>> studies) {
    this.site = site;
    this.zone = zone;
    this.patients = patients;
    this.studies = studies;
  }

  void take(long number, AuditEntry entry, Optional<Audit.About> about) {
    if (!Objects.equals(entry.site(), site)) {
      return;
    }
    switch (entry.act()) {
      case EMERGENCY -> emergency(number, entry, about);
      case SECURITY -> security(number, entry);
      case RETRIEVED, PREVIEWED -> about.ifPresent(of -> looked(number, entry, of));
      case STORED,
          SEARCHED,
          DESCRIBED,
          ACTIVITY,
          DELETED,
          RESTORED,
          PURGED,
          MOVED,
          HELD,
          ERASED,
          POLICY,
          QUARANTINE,
          SHARED,
          LOG_USED,
          ASKED,
          STATE,
          REVIEWED,
          SCHEDULED,
          PERFORMED -> {
        // Nothing that is looked at once a week.
      }
    }
  }

  /// What patients asked and nobody answered.
  void waits(PatientTaskRecord task) {
    PatientTaskRecord.Questioned access = task.access();
    String who = access == null ? "" : access.who().replaceFirst(",.*", "");
    add(
        "question " + task.number(),
        new ReviewItem(
            ReviewItem.Kind.QUESTION,
            task.at(),
            1,
            access == null ? "a link" : "person " + who,
            "",
            access == null ? "a patient asks for a link to end" : "a patient asks about an access",
            Optional.empty(),
            Optional.ofNullable(access).map(PatientTaskRecord.Questioned::number)));
  }

  private void emergency(long number, AuditEntry entry, Optional<Audit.About> about) {
    if (!entry.success() || !"emergency access opened".equals(entry.detail())) {
      return;
    }
    String why = entry.reason() == null ? "the reason is gone with the patient" : entry.reason();
    about.ifPresent(this::name);
    add(
        "emergency " + number,
        item(ReviewItem.Kind.EMERGENCY, number, entry, subject(entry), "", why)
            .apply(about.flatMap(patients)));
  }

  private void security(long number, AuditEntry entry) {
    String detail = entry.detail() == null ? "" : entry.detail();
    if (entry.success()) {
      for (Pattern each : List.of(USED, EXCEEDED, ALLOWED)) {
        Matcher matcher = each.matcher(detail);
        if (matcher.matches()) {
          String subject = matcher.group(1);
          String by = each == ALLOWED ? subject(entry) : "";
          add(
              "brake " + number,
              item(ReviewItem.Kind.BRAKE, number, entry, subject, by, detail)
                  .apply(Optional.empty()));
        }
      }
      if (detail.startsWith(FIRST)) {
        add(
            "first " + number,
            item(
                    ReviewItem.Kind.FIRST,
                    number,
                    entry,
                    subject(entry),
                    "",
                    detail.substring(FIRST.length()))
                .apply(Optional.empty()));
      }
    } else if (entry.door() == Origin.Door.DIMSE) {
      refused(number, entry, detail);
    }
  }

  private void refused(long number, AuditEntry entry, String detail) {
    Matcher more = MORE.matcher(detail);
    boolean summed = more.matches();
    String what = summed ? more.group(1) : detail;
    String subject =
        entry.who().isEmpty() ? "address " + entry.from() : subject(entry) + " at " + entry.from();
    String key = "device " + subject + " " + what;
    add(
        key,
        item(ReviewItem.Kind.DEVICE_REFUSED, number, entry, subject, "", what)
            .apply(Optional.empty()));
    Gathered known = gathered.get(key);
    if (summed && known != null) {
      known.count += Long.parseLong(more.group(2)) - 1;
    }
  }

  private void looked(long number, AuditEntry entry, Audit.About about) {
    boolean somebody = entry.kind().equals("person") || entry.kind().equals("program");
    if (!somebody || !entry.success() || entry.ends()) {
      return;
    }
    String subject = subject(entry);
    if (Firsts.isNight(Instant.ofEpochMilli(entry.at()).atZone(zone))) {
      String key = "night " + subject;
      add(key, item(ReviewItem.Kind.NIGHT, number, entry, subject, "", "").apply(Optional.empty()));
      Gathered night = gathered.get(key);
      if (night != null && night.patients.size() < PATIENTS_MAX) {
        night.patients.add(about.patient().value());
      }
    }
    String pair = subject + " " + about.study().value();
    if (pairs.size() < PAIRS_MAX && pairs.add(pair)) {
      String account = subject.substring("person ".length());
      if (studies.apply(about).filter(study -> Firsts.isNamesake(account, study)).isPresent()) {
        name(about);
        add(
            "own " + subject + " " + about.patient().value(),
            item(
                    ReviewItem.Kind.OWN_NAME,
                    number,
                    entry,
                    subject,
                    "",
                    "opened a patient of their own name")
                .apply(patients.apply(about)));
      }
    }
  }

  /// A token is its owner's.
  private static String subject(AuditEntry entry) {
    return entry.kind().equals("program")
        ? "person " + entry.who().replaceFirst("/[^/]*$", "")
        : entry.kind() + " " + entry.who();
  }

  private void name(Audit.About about) {
    if (named.size() < PATIENTS_MAX) {
      named.add(about.patient());
    }
  }

  private static Function<Optional<String>, ReviewItem> item(
      ReviewItem.Kind kind,
      long number,
      AuditEntry entry,
      String subject,
      String by,
      String words) {
    return patient ->
        new ReviewItem(kind, entry.at(), 1, subject, by, words, patient, Optional.of(number));
  }

  private void add(String key, ReviewItem item) {
    Gathered known = gathered.get(key);
    if (known == null && gathered.size() >= ITEMS_MAX) {
      left++;
      return;
    }
    gathered.computeIfAbsent(key, _ -> new Gathered(item)).count++;
  }

  /// What was gathered, by kind and time.
  List<ReviewItem> items() {
    List<ReviewItem> items = new ArrayList<>();
    gathered.values().forEach(each -> items.add(each.item()));
    items.sort(Comparator.comparing(ReviewItem::kind).thenComparingLong(ReviewItem::atMillis));
    return items;
  }

  /// How many entries found no room any more.
  long left() {
    return left;
  }

  /// Whom words about this queue must not name.
  Set<Pseudonym> named() {
    return Set.copyOf(named);
  }
}
