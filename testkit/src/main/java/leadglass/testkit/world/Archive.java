package leadglass.testkit.world;

import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// What a host has. Nothing is kept: every study follows from the seed and its number. Two studies
/// are one patient's.
///
/// @param studies as it counts them; of which it lists all, or the first 40 if there are more than
///   400
/// @param firstPatient number of its first patient in the world, which makes birth dates unique
record Archive(Names names, long seed, long studies, int firstPatient) {
  static final int ROWS_MAX = 400;

  private static final int ROWS_OF_LARGE = 40;
  static final int PATIENTS_MAX = (int) LocalDate.of(2024, 12, 31).toEpochDay() + daysBefore1970();

  private static final int IMAGES_MAX = 600;
  private static final int STRIDE = 75_503; // a prime: every day comes once

  static Archive none(Names names) {
    return new Archive(names, 0, 0, 0);
  }

  private static int daysBefore1970() {
    return (int) -LocalDate.of(1700, 1, 1).toEpochDay();
  }

  /// How many it lists.
  int rows() {
    return studies <= ROWS_MAX ? (int) studies : ROWS_OF_LARGE;
  }

  /// Patients that it lists.
  int patients() {
    return (rows() + 1) / 2;
  }

  long patientsCounted() {
    return (studies + 1) / 2;
  }

  /// All images. Beyond what is listed every study has as many as the hundredth.
  long images() {
    long sum = (studies - rows()) * imagesOf(100);
    for (int i = 0; i < rows(); i++) {
      sum += imagesOf(i);
    }
    return sum;
  }

  private int imagesOf(int number) {
    long mixed = (seed + number) * 0x9E37_79B9_7F4A_7C15L;
    mixed = (mixed ^ mixed >>> 32) * 0xD6E8_FEB8_6659_FD93L;
    return 1 + (int) Math.floorMod(mixed >>> 16, (long) IMAGES_MAX);
  }

  /// @param number from 0
  Study study(int number) {
    int patient = number / 2;
    String token = names.token();
    return new Study(
        names.uidRoot() + digits(number, 6),
        token + "^Patient" + patient,
        token + "-" + patient,
        birthDate(patient),
        "2019" + digits(1 + number % 12, 2) + digits(1 + number % 28, 2),
        token + " study " + number,
        token + "/" + number,
        orthancId(number),
        imagesOf(number));
  }

  private String birthDate(int patient) {
    long day = Math.floorMod((firstPatient + (long) patient) * STRIDE, (long) PATIENTS_MAX);
    LocalDate date = LocalDate.ofEpochDay(day - daysBefore1970());
    return date.getYear()
        + "."
        + digits(date.getMonthValue(), 2)
        + "."
        + digits(date.getDayOfMonth(), 2);
  }

  private static String digits(int number, int count) {
    String text = Integer.toString(number);
    return "0".repeat(count - text.length()) + text;
  }

  /// Five groups of eight hexadecimal digits, the first two the host's own.
  private String orthancId(int number) {
    HexFormat hex = HexFormat.of();
    String own = hex.toHexDigits(Long.parseLong(names.uidRoot(), 5, names.uidRoot().length(), 10));
    return own.substring(0, 8)
        + "-"
        + own.substring(8)
        + "-00000000-00000000-"
        + hex.toHexDigits(number);
  }

  /// Numbers of the studies among which those with this UID are.
  ///
  /// @param uid one, several, or a pattern; empty for all
  IntStream candidates(String uid) {
    if (uid.isEmpty() || !uid.matches("[0-9.]+")) {
      return IntStream.range(0, rows());
    }
    return find(uid).stream().mapToInt(_ -> Integer.parseInt(uid.substring(uid.length() - 6)));
  }

  /// The study with this UID, if it is listed.
  Optional<Study> find(String uid) {
    int root = names.uidRoot().length();
    if (uid.length() != root + 6
        || !uid.startsWith(names.uidRoot())
        || !uid.chars().skip(root).allMatch(each -> each >= '0' && each <= '9')) {
      return Optional.empty();
    }
    int number = Integer.parseInt(uid, root, uid.length(), 10);
    return number < rows() ? Optional.of(study(number)) : Optional.empty();
  }

  /// What a patient-level row says.
  Map<Integer, String> patient(int number) {
    Map<Integer, String> all = new TreeMap<>();
    int studies = Math.min(2, rows() - 2 * number);
    int images = 0;
    for (int i = 0; i < studies; i++) {
      images += imagesOf(2 * number + i);
    }
    Study first = study(2 * number);
    all.put(Attributes.PATIENT_NAME, first.patientName());
    all.put(Attributes.PATIENT_ID, first.patientId());
    all.put(Attributes.BIRTH_DATE, first.birthDate());
    all.put(Attributes.PATIENT_STUDIES, Integer.toString(studies));
    all.put(Attributes.PATIENT_SERIES, Integer.toString(studies));
    all.put(Attributes.PATIENT_IMAGES, Integer.toString(images));
    return all;
  }
}
