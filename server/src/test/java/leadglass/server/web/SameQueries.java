package leadglass.server.web;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import leadglass.dicom.data.Tag;

/// Queries made at random from what is held, and what they must find by a matcher of its own. The
/// same seed makes the same queries.
final class SameQueries {
  private static final Pattern LETTERS = Pattern.compile("[A-Za-z0-9 ^-]+");

  private final List<Map<String, String>> rows;
  private final Map<String, Map<String, String>> firstOfStudy = new TreeMap<>();
  private final Map<String, Set<String>> modalities = new TreeMap<>();
  private final Map<String, Map<String, String>> firstOfSeries = new TreeMap<>();
  private final Random random;

  /// What a row of an answer is.
  enum Level {
    STUDY("STUDY", "studies", Tag.STUDY_INSTANCE_UID, "study_uid"),
    SERIES("SERIES", "series", Tag.SERIES_INSTANCE_UID, "series_uid"),
    IMAGE("IMAGE", "instances", Tag.SOP_INSTANCE_UID, "sop_uid");

    private final String word;
    private final String resource;
    private final int uid;
    private final String column;

    Level(String word, String resource, int uid, String column) {
      this.word = word;
      this.resource = resource;
      this.uid = uid;
      this.column = column;
    }

    String word() {
      return word;
    }

    String resource() {
      return resource;
    }

    int uid() {
      return uid;
    }
  }

  /// @param keys by their keywords
  /// @param expected UIDs that must be found; empty where only the doors are compared
  record Asked(Level level, Map<String, String> keys, Optional<Set<String>> expected) {
    @Override
    public String toString() {
      return level + " " + keys;
    }
  }

  /// A key with what it means.
  private record Part(String keyword, String value, Optional<Predicate<Map<String, String>>> test) {
    static Part of(String keyword, String value, Predicate<Map<String, String>> test) {
      return new Part(keyword, value, Optional.of(test));
    }
  }

  /// @param rows those of a study in the order they were stored
  SameQueries(List<Map<String, String>> rows, long seed) {
    this.rows = rows;
    this.random = new Random(seed);
    for (Map<String, String> row : rows) {
      firstOfStudy.putIfAbsent(row.getOrDefault("study_uid", ""), row);
      firstOfSeries.putIfAbsent(row.getOrDefault("series_uid", ""), row);
      modalities
          .computeIfAbsent(row.getOrDefault("study_uid", ""), _ -> new TreeSet<>())
          .add(row.getOrDefault("modality", ""));
    }
  }

  List<Asked> take(int count) {
    List<Asked> asked = new ArrayList<>();
    while (asked.size() < count) {
      asked.add(next());
    }
    return asked;
  }

  private Asked next() {
    Level level = Level.values()[Math.min(2, random.nextInt(5) / 2)];
    Map<String, String> like = rows.get(random.nextInt(rows.size()));
    List<Part> parts = new ArrayList<>();
    parts.add(ofStudy(like));
    if (random.nextInt(3) == 0) {
      parts.add(ofStudy(like));
    }
    if (level != Level.STUDY && random.nextBoolean()) {
      parts.add(ofSeries(like));
    }
    if (level == Level.IMAGE && random.nextBoolean()) {
      parts.add(ofImage(like));
    }
    Map<String, String> keys = new LinkedHashMap<>();
    boolean known = true;
    Predicate<Map<String, String>> all = _ -> true;
    for (Part part : parts) {
      if (keys.putIfAbsent(part.keyword(), part.value()) == null) {
        known &= part.test().isPresent();
        all = all.and(part.test().orElse(_ -> true));
      }
    }
    return new Asked(level, keys, known ? Optional.of(found(level, all)) : Optional.empty());
  }

  private Set<String> found(Level level, Predicate<Map<String, String>> test) {
    Set<String> uids = new TreeSet<>();
    rows.stream().filter(test).forEach(row -> uids.add(row.getOrDefault(level.column, "")));
    return uids;
  }

  private Map<String, String> study(Map<String, String> row) {
    return firstOfStudy.getOrDefault(row.getOrDefault("study_uid", ""), row);
  }

  private Map<String, String> series(Map<String, String> row) {
    return firstOfSeries.getOrDefault(row.getOrDefault("series_uid", ""), row);
  }

  /// What is asked of a study is what its first instance says.
  private Part ofStudy(Map<String, String> like) {
    Map<String, String> first = study(like);
    return switch (random.nextInt(9)) {
      case 0 -> exact("PatientID", first, "patient_id");
      case 1 -> wild("PatientID", first, "patient_id");
      case 2 -> wild("AccessionNumber", first, "accession");
      case 3 -> exact("IssuerOfPatientID", first, "issuer");
      case 4, 5 -> dates(first);
      case 6 -> name(first);
      case 7 -> {
        String modality = like.getOrDefault("modality", "");
        yield modality.isEmpty()
            ? exact("PatientID", first, "patient_id")
            : Part.of(
                "ModalitiesInStudy",
                modality,
                row ->
                    modalities
                        .getOrDefault(row.getOrDefault("study_uid", ""), Set.of())
                        .contains(modality));
      }
      default -> {
        Set<String> uids = new TreeSet<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
          uids.add(rows.get(random.nextInt(rows.size())).getOrDefault("study_uid", ""));
        }
        uids.add("2.25.404");
        yield Part.of(
            "StudyInstanceUID",
            String.join("\\", uids),
            row -> uids.contains(row.getOrDefault("study_uid", "")));
      }
    };
  }

  private Part ofSeries(Map<String, String> like) {
    Map<String, String> first = series(like);
    return switch (random.nextInt(3)) {
      case 0 -> {
        String modality = first.getOrDefault("modality", "");
        yield Part.of(
            "Modality",
            modality,
            row -> modality.isEmpty() || modality.equals(series(row).getOrDefault("modality", "")));
      }
      case 1 -> {
        String number = first.getOrDefault("series_number", "");
        yield Part.of(
            "SeriesNumber",
            number,
            row ->
                number.isEmpty() || isSame(number, series(row).getOrDefault("series_number", "")));
      }
      default -> {
        String uid = first.getOrDefault("series_uid", "");
        yield Part.of(
            "SeriesInstanceUID", uid, row -> uid.equals(row.getOrDefault("series_uid", "")));
      }
    };
  }

  private Part ofImage(Map<String, String> like) {
    return switch (random.nextInt(3)) {
      case 0 -> {
        String number = like.getOrDefault("instance_number", "");
        yield Part.of(
            "InstanceNumber",
            number,
            row -> number.isEmpty() || isSame(number, row.getOrDefault("instance_number", "")));
      }
      case 1 -> {
        String uid = like.getOrDefault("sop_class", "");
        yield Part.of("SOPClassUID", uid, row -> uid.equals(row.getOrDefault("sop_class", "")));
      }
      default -> {
        String uid = like.getOrDefault("sop_uid", "");
        yield Part.of("SOPInstanceUID", uid, row -> uid.equals(row.getOrDefault("sop_uid", "")));
      }
    };
  }

  /// Numbers are compared as such (PS3.4 §C.2.2.2.1.4).
  private static boolean isSame(String number, String other) {
    return !other.isEmpty() && new BigDecimal(number).compareTo(new BigDecimal(other)) == 0;
  }

  private Part exact(String keyword, Map<String, String> first, String column) {
    String value = first.getOrDefault(column, "");
    if (value.contains("*") || value.contains("?") || value.contains("\\")) {
      return new Part(keyword, value, Optional.empty());
    }
    return Part.of(
        keyword,
        value,
        row -> value.isEmpty() || value.equals(study(row).getOrDefault(column, "")));
  }

  /// A value with a piece of it behind a wildcard.
  private Part wild(String keyword, Map<String, String> first, String column) {
    String value = first.getOrDefault(column, "");
    if (value.isEmpty() || value.contains("\\")) {
      return exact(keyword, first, column);
    }
    String pattern = pattern(value);
    Pattern expression = expression(pattern);
    return Part.of(
        keyword, pattern, row -> expression.matcher(study(row).getOrDefault(column, "")).matches());
  }

  private String pattern(String value) {
    int at = random.nextInt(value.length());
    int end = at + random.nextInt(value.length() - at + 1);
    return switch (random.nextInt(4)) {
      case 0 -> value.substring(0, at) + "*";
      case 1 -> "*" + value.substring(at);
      case 2 -> value.substring(0, at) + "?" + value.substring(at + 1);
      default -> value.substring(0, at) + "*" + value.substring(end);
    };
  }

  private static Pattern expression(String pattern) {
    StringBuilder expression = new StringBuilder();
    pattern
        .chars()
        .forEach(c ->
            expression.append(
                c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c))));
    return Pattern.compile(expression.toString(), Pattern.DOTALL);
  }

  /// Names are matched a second way only where all of them are plain letters.
  private Part name(Map<String, String> first) {
    String name = first.getOrDefault("patient_name", "");
    if (name.isEmpty() || name.contains("\\")) {
      return exact("PatientID", first, "patient_id");
    }
    int length = 1 + random.nextInt(Math.min(name.length(), 12));
    String begin = name.substring(0, length);
    boolean plain =
        LETTERS.matcher(begin).matches() && !begin.endsWith(" ") && !begin.contains("^");
    String value = begin + "*";
    if (!plain || !rows.stream().allMatch(SameQueries::hasPlainName)) {
      return new Part("PatientName", value, Optional.empty());
    }
    return Part.of(
        "PatientName",
        value,
        row ->
            study(row)
                .getOrDefault("patient_name", "")
                .toLowerCase(java.util.Locale.ROOT)
                .startsWith(begin.toLowerCase(java.util.Locale.ROOT)));
  }

  private static boolean hasPlainName(Map<String, String> row) {
    String name = row.getOrDefault("patient_name", "");
    return name.isEmpty() || LETTERS.matcher(name).matches();
  }

  private Part dates(Map<String, String> first) {
    String from = first.getOrDefault("study_date", "");
    String other = study(rows.get(random.nextInt(rows.size()))).getOrDefault("study_date", "");
    if (!from.matches("\\d{8}") || !other.matches("\\d{8}")) {
      return exact("PatientID", first, "patient_id");
    }
    String low = from.compareTo(other) < 0 ? from : other;
    String high = from.compareTo(other) < 0 ? other : from;
    return switch (random.nextInt(4)) {
      case 0 -> dates(from, from, from);
      case 1 -> dates(low + "-" + high, low, high);
      case 2 -> dates(low + "-", low, "99999999");
      default -> dates("-" + high, "00000000", high);
    };
  }

  private Part dates(String value, String low, String high) {
    return Part.of(
        "StudyDate",
        value,
        row -> {
          String date = study(row).getOrDefault("study_date", "");
          return !date.isEmpty() && date.compareTo(low) >= 0 && date.compareTo(high) <= 0;
        });
  }
}
