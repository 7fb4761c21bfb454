package leadglass.archive;

import java.time.LocalTime;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import leadglass.dicom.data.Uid;
import leadglass.dicom.dict.Uids;

/// Who answers for a device, and what it may do.
///
/// @param owner the name of a person; empty: nobody was named
/// @param sopClasses that it may store; empty: every one that is served
/// @param hours within which it may be here; empty: always
public record DeviceTerms(String owner, Set<Uid> sopClasses, Optional<Hours> hours) {
  private static final int OWNER_CHARS_MAX = 100;
  private static final int SOP_CLASSES_MAX = 300;
  private static final String ALL = "all";

  public DeviceTerms {
    sopClasses = Set.copyOf(sopClasses);
  }

  /// Whole hours of a day, in the archive's time zone.
  ///
  /// @param from the first hour, 0 to 23
  /// @param until the hour that is too late, 1 to 24; not after `from`: of the next day
  public record Hours(int from, int until) {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,2})-(\\d{1,2})");
    private static final int DAY = 24;

    /// `06-20`: from six to eight in the evening.
    public static Optional<Hours> parse(String text) {
      Matcher matcher = WRITTEN.matcher(text.strip());
      if (!matcher.matches()) {
        return Optional.empty();
      }
      int from = Integer.parseInt(matcher.group(1));
      int until = Integer.parseInt(matcher.group(2));
      boolean valid = from < DAY && until >= 1 && until <= DAY && from != until;
      return valid ? Optional.of(new Hours(from, until)) : Optional.empty();
    }

    boolean has(LocalTime time) {
      int hour = time.getHour();
      return from < until ? hour >= from && hour < until : hour >= from || hour < until;
    }

    @Override
    public String toString() {
      return "%02d-%02d".formatted(from, until);
    }
  }

  /// Terms as they are typed.
  public sealed interface Parsed {
    record Terms(DeviceTerms terms) implements Parsed {}

    /// @param rule a sentence that says what to do
    record Wrong(String rule) implements Parsed {}
  }

  /// @param sopClasses UIDs of storage SOP classes, parted by commas; `all` or empty: every one
  /// @param hours such as `06-20`; empty: always
  public static Parsed parse(String owner, String sopClasses, String hours) {
    String typed = sopClasses.strip();
    Set<Uid> uids = new TreeSet<>(java.util.Comparator.comparing(Uid::value));
    if (!typed.isEmpty() && !typed.equals(ALL)) {
      for (String word : typed.split(",", SOP_CLASSES_MAX + 1)) {
        Optional<Uid> uid = Uid.parse(word.strip()).filter(Uids.storageSopClasses()::contains);
        if (uid.isEmpty()) {
          return new Parsed.Wrong(
              "SOP classes are UIDs of storage SOP classes, parted by commas, or all.");
        }
        uids.add(uid.get());
      }
    }
    Optional<Hours> within = Hours.parse(hours);
    if (within.isEmpty() && !hours.isBlank() && !hours.strip().equals(ALL)) {
      return new Parsed.Wrong("Hours are written 06-20: whole hours, from and until; or all.");
    }
    return new Parsed.Terms(new DeviceTerms(owner.strip(), uids, within));
  }

  /// Why a device can't be enrolled on these terms, if it can't.
  Optional<String> objection() {
    boolean named =
        !owner.isBlank()
            && owner.length() <= OWNER_CHARS_MAX
            && owner.codePoints().noneMatch(Character::isISOControl);
    return named
        ? Optional.empty()
        : Optional.of(
            "Name the person who answers for the device, in 1 to "
                + OWNER_CHARS_MAX
                + " characters.");
  }

  /// What it may do, in words.
  public String words() {
    String what =
        sopClasses.isEmpty()
            ? "store"
            : "store "
                + sopClasses.stream().map(Uid::value).sorted().collect(Collectors.joining(", "));
    return hours.map(within -> what + ", " + within + " h").orElse(what);
  }
}
