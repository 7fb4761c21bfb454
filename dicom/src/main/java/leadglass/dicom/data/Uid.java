package leadglass.dicom.data;

import java.util.Optional;

/// A DICOM unique identifier, unpadded: 1 to 64 characters of `0`-`9` and `.` (PS3.5 §9.1).
///
/// Archives hold many UIDs that break §9.1 (leading zeros, empty components). Refusing them loses
/// images, so construction checks only the safe alphabet and [#conforms()] tells the rest.
///
/// @param value the identifier without the trailing NUL that pads it on the wire (PS3.5 §6.2, UI)
public record Uid(String value) {

  /// Longest UID, in characters (PS3.5 §9.1).
  public static final int CHARS_MAX = 64;

  /// @throws IllegalArgumentException if `value` has another length or alphabet; the message does
  ///   not repeat `value`, which may identify a patient's study
  public Uid {
    if (value.isEmpty() || value.length() > CHARS_MAX) {
      throw new IllegalArgumentException("UID of " + value.length() + " characters");
    }
    if (!value.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'))) {
      throw new IllegalArgumentException("UID with characters outside 0-9 and '.'");
    }
  }

  /// The UID that `value` is, if it is one by the rules of the constructor.
  public static Optional<Uid> parse(String value) {
    boolean alphabet = value.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    return value.isEmpty() || value.length() > CHARS_MAX || !alphabet
        ? Optional.empty()
        : Optional.of(new Uid(value));
  }

  /// Whether every component obeys PS3.5 §9.1. Leadglass mints only UIDs for which this holds.
  public boolean conforms() {
    return value.matches("(0|[1-9][0-9]*)(\\.(0|[1-9][0-9]*))+");
  }
}
