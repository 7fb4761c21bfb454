package leadglass.archive;

import java.time.LocalTime;
import java.util.Comparator;
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
/// @param may at least one
/// @param destination where it listens: for instances, if it may retrieve, and for reports of
///   storage commitment; empty: nowhere
/// @param reader the one person who uses it; empty: whoever proves who they are, or nobody known
public record DeviceTerms(
    String owner,
    Set<Uid> sopClasses,
    Optional<Hours> hours,
    Set<DeviceVerb> may,
    Optional<Destination> destination,
    Optional<String> reader) {
  private static final int OWNER_CHARS_MAX = 100;
  private static final int SOP_CLASSES_MAX = 300;
  private static final String ALL = "all";
  private static final String NONE = "none";

  public DeviceTerms {
    sopClasses = Set.copyOf(sopClasses);
    may = Set.copyOf(may);
  }

  /// Of one that may store, and nothing else.
  public DeviceTerms(String owner, Set<Uid> sopClasses, Optional<Hours> hours) {
    this(owner, sopClasses, hours, Set.of(DeviceVerb.STORE), Optional.empty(), Optional.empty());
  }

  /// Where a device listens. It is reached over TLS alone, and has to show the certificate that it
  /// was enrolled with.
  public record Destination(String host, int port) {
    private static final Pattern WRITTEN =
        Pattern.compile("(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9][A-Za-z0-9.-]{0,252}):(\\d{1,5})");
    private static final int PORT_MAX = 65_535;

    /// `reading.example:2762`, `[::1]:2762`.
    public static Optional<Destination> parse(String text) {
      Matcher matcher = WRITTEN.matcher(text.strip());
      if (!matcher.matches()) {
        return Optional.empty();
      }
      int port = Integer.parseInt(matcher.group(2));
      String host = matcher.group(1).replace("[", "").replace("]", "");
      return port >= 1 && port <= PORT_MAX
          ? Optional.of(new Destination(host, port))
          : Optional.empty();
    }

    @Override
    public String toString() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
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

  /// What somebody types; empty: the usual.
  ///
  /// @param sopClasses UIDs of storage SOP classes, parted by commas; `all` or empty: every one
  /// @param hours such as `06-20`; `all` or empty: always
  /// @param may [DeviceVerb]s parted by commas; empty: store
  /// @param destination `HOST:PORT`; `none` or empty: nowhere
  /// @param reader a name; `none` or empty: nobody
  public record Typed(
      String owner,
      String sopClasses,
      String hours,
      String may,
      String destination,
      String reader) {}

  /// Terms of a device that may store.
  public static Parsed parse(String owner, String sopClasses, String hours) {
    return parse(new Typed(owner, sopClasses, hours, "", "", ""));
  }

  public static Parsed parse(Typed typed) {
    Set<Uid> uids = new TreeSet<>(Comparator.comparing(Uid::value));
    if (!isNone(typed.sopClasses(), ALL)) {
      for (String word : typed.sopClasses().strip().split(",", SOP_CLASSES_MAX + 1)) {
        Optional<Uid> uid = Uid.parse(word.strip()).filter(DeviceTerms::isStored);
        if (uid.isEmpty()) {
          return new Parsed.Wrong(
              "SOP classes are UIDs of storage SOP classes or private ones, parted by commas, or all.");
        }
        uids.add(uid.get());
      }
    }
    Optional<Hours> within = Hours.parse(typed.hours());
    if (within.isEmpty() && !isNone(typed.hours(), ALL)) {
      return new Parsed.Wrong("Hours are written 06-20: whole hours, from and until; or all.");
    }
    Optional<Set<DeviceVerb>> may =
        typed.may().isBlank()
            ? Optional.of(Set.of(DeviceVerb.STORE))
            : DeviceVerb.parse(typed.may());
    if (may.isEmpty()) {
      return new Parsed.Wrong(
          "A device may store, find, retrieve, worklist: one or several, parted by commas.");
    }
    Optional<Destination> destination = Destination.parse(typed.destination());
    if (destination.isEmpty() && !isNone(typed.destination(), NONE)) {
      return new Parsed.Wrong("A destination is written HOST:PORT, or none.");
    }
    Optional<String> reader =
        isNone(typed.reader(), NONE) ? Optional.empty() : Optional.of(typed.reader().strip());
    return new Parsed.Terms(
        new DeviceTerms(typed.owner().strip(), uids, within, may.get(), destination, reader));
  }

  /// A private one may be: the configuration says which are.
  private static boolean isStored(Uid sopClass) {
    return sopClass.isPrivate() || Uids.storageSopClasses().contains(sopClass);
  }

  private static boolean isNone(String typed, String word) {
    return typed.isBlank() || typed.strip().equals(word);
  }

  /// As they would be typed.
  public Typed typed() {
    return new Typed(
        owner,
        sopClasses.isEmpty()
            ? ALL
            : sopClasses.stream().map(Uid::value).sorted().collect(Collectors.joining(",")),
        hours.map(Hours::toString).orElse(ALL),
        may.stream().sorted().map(DeviceVerb::word).collect(Collectors.joining(",")),
        destination.map(Destination::toString).orElse(NONE),
        reader.orElse(NONE));
  }

  /// Why a device can't be enrolled on these terms, if it can't.
  Optional<String> objection() {
    if (!isName(owner)) {
      return Optional.of(
          "Name the person who answers for the device, in 1 to "
              + OWNER_CHARS_MAX
              + " characters.");
    }
    if (reader.isPresent() && !isName(reader.get())) {
      return Optional.of("Name the reader in 1 to " + OWNER_CHARS_MAX + " characters, or none.");
    }
    if (may.isEmpty()) {
      return Optional.of("Say what the device may do: store, find, retrieve, worklist.");
    }
    boolean listens = may.contains(DeviceVerb.RETRIEVE) || may.contains(DeviceVerb.STORE);
    return destination.isPresent() && !listens
        ? Optional.of("A device that neither stores nor retrieves is sent nothing.")
        : Optional.empty();
  }

  private static boolean isName(String text) {
    return !text.isBlank()
        && text.length() <= OWNER_CHARS_MAX
        && text.codePoints().noneMatch(Character::isISOControl);
  }

  /// What it may do, in words.
  public String words() {
    String what = DeviceVerb.words(may);
    if (!sopClasses.isEmpty()) {
      what +=
          " ("
              + sopClasses.stream().map(Uid::value).sorted().collect(Collectors.joining(", "))
              + ")";
    }
    if (hours.isPresent()) {
      what += ", " + hours.get() + " h";
    }
    if (destination.isPresent()) {
      what += ", sent to " + destination.get();
    }
    return reader.isPresent() ? what + ", one reader: " + reader.get() : what;
  }
}
