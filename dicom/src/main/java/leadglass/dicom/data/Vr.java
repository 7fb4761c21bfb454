package leadglass.dicom.data;

import org.jspecify.annotations.Nullable;

/// Value representations (PS3.5 §6.2).
public enum Vr {
  AE(Kind.TEXT, 1),
  AS(Kind.TEXT, 1),
  AT(Kind.BINARY, 2),
  CS(Kind.TEXT, 1),
  DA(Kind.TEXT, 1),
  DS(Kind.TEXT, 1),
  DT(Kind.TEXT, 1),
  FD(Kind.BINARY, 8),
  FL(Kind.BINARY, 4),
  IS(Kind.TEXT, 1),
  LO(Kind.LOCAL_TEXT, 1),
  LT(Kind.LOCAL_TEXT, 1),
  OB(Kind.BULK, 1),
  OD(Kind.BULK, 8),
  OF(Kind.BULK, 4),
  OL(Kind.BULK, 4),
  OV(Kind.BULK, 8),
  OW(Kind.BULK, 2),
  PN(Kind.LOCAL_TEXT, 1),
  SH(Kind.LOCAL_TEXT, 1),
  SL(Kind.BINARY, 4),
  SQ(Kind.SEQUENCE, 1),
  SS(Kind.BINARY, 2),
  ST(Kind.LOCAL_TEXT, 1),
  SV(Kind.BINARY, 8),
  TM(Kind.TEXT, 1),
  UC(Kind.LOCAL_TEXT, 1),
  UI(Kind.TEXT, 1),
  UL(Kind.BINARY, 4),
  UN(Kind.BULK, 1),
  UR(Kind.TEXT, 1),
  US(Kind.BINARY, 2),
  UT(Kind.LOCAL_TEXT, 1),
  UV(Kind.BINARY, 8);

  private enum Kind {
    TEXT,
    LOCAL_TEXT,
    BINARY,
    BULK,
    SEQUENCE
  }

  private static final int LETTERS = 26;
  private static final @Nullable Vr[] BY_LETTERS = new @Nullable Vr[LETTERS * LETTERS];

  static {
    for (Vr vr : values()) {
      BY_LETTERS[index(vr.name().charAt(0), vr.name().charAt(1))] = vr;
    }
  }

  private final Kind kind;
  private final int unitBytes;

  Vr(Kind kind, int unitBytes) {
    this.kind = kind;
    this.unitBytes = unitBytes;
  }

  /// The VR whose two letters are `first` and `second`, or null.
  public static @Nullable Vr of(int first, int second) {
    boolean letters = first >= 'A' && first <= 'Z' && second >= 'A' && second <= 'Z';
    return letters ? BY_LETTERS[index(first, second)] : null;
  }

  private static int index(int first, int second) {
    return (first - 'A') * LETTERS + second - 'A';
  }

  /// The two letters as they stand in the stream, the first in bits 8 to 15.
  public int code() {
    return name().charAt(0) << 8 | name().charAt(1);
  }

  /// Whether explicit encodings give it a 32-bit length after two reserved bytes (PS3.5 §7.1.2).
  public boolean hasLongLength() {
    return kind == Kind.BULK
        || kind == Kind.SEQUENCE
        || this == UC
        || this == UR
        || this == UT
        || this == SV
        || this == UV;
  }

  /// Whether its value is text, in whatever characters.
  public boolean isText() {
    return kind == Kind.TEXT || kind == Kind.LOCAL_TEXT;
  }

  /// Whether Specific Character Set (0008,0005) governs its text (PS3.5 §6.1.2.2).
  public boolean isLocalText() {
    return kind == Kind.LOCAL_TEXT;
  }

  /// Whether its value is one lump of bytes, not a list of values.
  public boolean isBulk() {
    return kind == Kind.BULK;
  }

  /// Whether a backslash parts its text into values (PS3.5 §6.4).
  public boolean isSplitByBackslash() {
    return isText() && this != LT && this != ST && this != UT && this != UR;
  }

  /// Bytes that are swapped together in big endian; 1 where nothing is swapped (PS3.5 §7.3).
  public int unitBytes() {
    return unitBytes;
  }

  /// What makes a value's length even (PS3.5 §6.2).
  public byte padding() {
    return (byte) (isText() && this != UI ? ' ' : 0);
  }
}
