package leadglass.net.dimse;

import java.util.List;

/// How a request went: what becomes Status (0000,0900), Error Comment (0000,0902) and Offending
/// Element (0000,0901) of the response (PS3.7 Annex C).
///
/// @param code 16 bits
/// @param errorComment for a technician to act on, without any value of a data element; empty for
///   none. Cut to the 64 characters an LO may have; what is not printable ASCII becomes `?`
/// @param offendingElements tags; empty for none
public record Status(int code, String errorComment, List<Integer> offendingElements) {
  public static final int SUCCESS = 0x0000;
  public static final int PROCESSING_FAILURE = 0x0110;
  public static final int INVALID_SOP_INSTANCE = 0x0117;
  public static final int SOP_CLASS_NOT_SUPPORTED = 0x0122;
  public static final int UNRECOGNIZED_OPERATION = 0x0211;
  public static final int MISTYPED_ARGUMENT = 0x0212;

  public static final int DUPLICATE_INVOCATION = 0x0210;
  public static final int NOT_AUTHORIZED = 0x0124;

  /// Of C-FIND, C-GET and C-MOVE (PS3.4 §C.4); also of C-STORE.
  public static final int UNABLE_TO_PROCESS = 0xC000;

  public static final int CANCEL = 0xFE00;
  public static final int PENDING = 0xFF00;

  /// Pending, and some optional keys are not matched (PS3.4 §C.4.1.1.4).
  public static final int PENDING_WITHOUT_OPTIONAL_KEYS = 0xFF01;

  private static final int COMMENT_CHARS_MAX = 64;

  public Status {
    if (code < 0 || code > 0xFFFF) {
      throw new IllegalArgumentException("a status has 16 bits");
    }
    errorComment = printable(errorComment);
    offendingElements = List.copyOf(offendingElements);
  }

  public static Status success() {
    return new Status(SUCCESS, "", List.of());
  }

  public static Status of(int code, String errorComment) {
    return new Status(code, errorComment, List.of());
  }

  /// Whether more responses to the same request follow.
  public static boolean isPending(int code) {
    return code == PENDING || code == PENDING_WITHOUT_OPTIONAL_KEYS;
  }

  /// Whether it was done, and something about it is to be known (PS3.7 §C.3, §C.4): 0001H, 0107H,
  /// 0116H, Bxxx.
  public static boolean isWarning(int code) {
    return code == 0x0001 || code == 0x0107 || code == 0x0116 || (code & 0xF000) == 0xB000;
  }

  private static String printable(String text) {
    StringBuilder kept = new StringBuilder();
    text.chars()
        .limit(COMMENT_CHARS_MAX)
        .forEach(c -> kept.append(c >= ' ' && c <= '~' && c != '\\' ? (char) c : '?'));
    return kept.toString();
  }
}
