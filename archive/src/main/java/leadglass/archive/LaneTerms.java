package leadglass.archive;

import java.net.InetAddress;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// A lane as it is asked for: who answers for it, from which one address to which one of this
/// machine, and its last day.
///
/// @param worklist whether the device may ask for the worklist of its own station too
public record LaneTerms(
    String owner, InetAddress from, InetAddress listen, LocalDate until, boolean worklist) {
  static final int MONTHS_MAX = 12;
  private static final int OWNER_CHARS_MAX = 100;

  /// Terms as they are typed.
  public sealed interface Parsed {
    record Terms(LaneTerms terms) implements Parsed {}

    /// @param rule a sentence that says what to do
    record Wrong(String rule) implements Parsed {}
  }

  /// What somebody types.
  ///
  /// @param from an IP address
  /// @param listen an IP address of this machine
  /// @param until a day, such as 2026-06-01
  public record Typed(String owner, String from, String listen, String until, boolean worklist) {}

  public static Parsed parse(Typed typed) {
    Optional<InetAddress> from = address(typed.from());
    if (from.isEmpty()) {
      return new Parsed.Wrong(
          "Say from which one address the device comes: an IP address, no name and no range.");
    }
    Optional<InetAddress> listen = address(typed.listen());
    if (listen.isEmpty()) {
      return new Parsed.Wrong(
          "Say on which address of this machine the lane listens: an IP address.");
    }
    Optional<LocalDate> until = day(typed.until());
    return until.isEmpty()
        ? new Parsed.Wrong("Say until which day, such as 2026-06-01, at most 12 months from now.")
        : new Parsed.Terms(
            new LaneTerms(
                typed.owner().strip(), from.get(), listen.get(), until.get(), typed.worklist()));
  }

  /// A literal: nobody who answers for names may say who comes in.
  public static Optional<InetAddress> address(String text) {
    try {
      InetAddress parsed = InetAddress.ofLiteral(text.strip());
      // 192.168.7 is an address too, and not the one that is meant.
      boolean short4 =
          parsed.getAddress().length == 4 && !parsed.getHostAddress().equals(text.strip());
      return short4 ? Optional.empty() : Optional.of(parsed);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  public static Optional<LocalDate> day(String text) {
    try {
      return Optional.of(LocalDate.parse(text.strip()));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  /// Why there can be no such lane, if there can't.
  Optional<String> objection(LocalDate today) {
    Optional<String> nameless = unnamed(owner);
    if (nameless.isPresent()) {
      return nameless;
    }
    if (!isPrivate(from)) {
      return Optional.of("A lane is for a device on a private network: that address is public.");
    }
    if (!isPrivate(listen)) {
      return Optional.of("A lane listens on one private address of this machine, or loopback.");
    }
    if (from.getAddress().length != listen.getAddress().length) {
      return Optional.of("Both addresses are IPv4, or both are IPv6.");
    }
    return outOfReach(until, today);
  }

  static Optional<String> outOfReach(LocalDate until, LocalDate today) {
    return until.isBefore(today) || until.isAfter(today.plusMonths(MONTHS_MAX))
        ? Optional.of("A lane ends within 12 months from today, and not before today.")
        : Optional.empty();
  }

  static Optional<String> unnamed(String owner) {
    boolean named =
        !owner.isBlank()
            && owner.length() <= OWNER_CHARS_MAX
            && owner.codePoints().noneMatch(Character::isISOControl);
    return named
        ? Optional.empty()
        : Optional.of(
            "Name the person who answers for the lane, in 1 to "
                + OWNER_CHARS_MAX
                + " characters.");
  }

  /// Of this machine, or of a range that the internet has no way to (RFC 1918, RFC 3927, RFC 4193,
  /// RFC 4291 §2.5.6).
  private static boolean isPrivate(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean unique = bytes.length == 16 && (bytes[0] & 0xFE) == 0xFC;
    return address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || unique
        || (bytes.length == 4 && address.isSiteLocalAddress());
  }
}
