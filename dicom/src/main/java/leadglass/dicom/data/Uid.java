package leadglass.dicom.data;

import java.util.Optional;
import java.util.regex.Pattern;

/// A DICOM unique identifier, unpadded: 1 to 64 characters of `0`-`9` and `.` (PS3.5 §9.1).
///
/// Archives hold many UIDs that break §9.1 (leading zeros, empty components). Refusing them loses
/// images, so construction checks only the safe alphabet and [#conforms()] tells the rest.
///
/// @param value the identifier without the trailing NUL that pads it on the wire (PS3.5 §6.2, UI)
public record Uid(String value) {

  /// Longest UID, in characters (PS3.5 §9.1).
  public static final int CHARS_MAX = 64;

  /// What every UID of the standard begins with (PS3.5 §9.1, PS3.6 Annex A).
  public static final String DICOM_ROOT = "1.2.840.10008.";

  private static final Pattern CONFORMING = Pattern.compile("(0|[1-9][0-9]*)(\\.(0|[1-9][0-9]*))+");

  /// @throws IllegalArgumentException if `value` has another length or alphabet; the message does
  ///   not repeat `value`, which may identify a patient's study
  public Uid {
    if (value.isEmpty() || value.length() > CHARS_MAX) {
      throw new IllegalArgumentException("UID of " + value.length() + " characters");
    }
    if (!isOfAlphabet(value)) {
      throw new IllegalArgumentException("UID with characters outside 0-9 and '.'");
    }
  }

  /// The UID that `value` is, if it is one by the rules of the constructor.
  public static Optional<Uid> parse(String value) {
    return value.isEmpty() || value.length() > CHARS_MAX || !isOfAlphabet(value)
        ? Optional.empty()
        : Optional.of(new Uid(value));
  }

  private static boolean isOfAlphabet(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c != '.' && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  /// Whether every component obeys PS3.5 §9.1. Leadglass mints only UIDs for which this holds.
  public boolean conforms() {
    return CONFORMING.matcher(value).matches();
  }

  /// Whether it is not the standard's but somebody's own (PS3.5 §9.1).
  public boolean isPrivate() {
    return !value.startsWith(DICOM_ROOT);
  }
}
