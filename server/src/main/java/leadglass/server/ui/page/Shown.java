package leadglass.server.ui.page;

/// Text from files and forms, made fit to be shown: what could reorder, hide or flood the text
/// around it is taken out. Escaping is the templates' task.
public final class Shown {

  /// Longer text ends in an ellipsis; a value of DICOM is at most 64 characters by the standard.
  static final int CODE_POINTS_MAX = 160;

  /// Marks put on one letter beyond this many are dropped: they would run into other rows.
  static final int MARKS_MAX = 4;

  private Shown() {}

  public static String text(String raw) {
    StringBuilder shown = new StringBuilder(Math.min(raw.length(), CODE_POINTS_MAX));
    int taken = 0;
    int marks = 0;
    int end = raw.length();
    for (int i = 0; i < end; ) {
      int point = raw.codePointAt(i);
      i += Character.charCount(point);
      int type = Character.getType(point);
      boolean mark = type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
      marks = mark ? marks + 1 : 0;
      if (hidden(point, type) || marks > MARKS_MAX) {
        continue;
      }
      if (++taken > CODE_POINTS_MAX) {
        return shown.append('…').toString();
      }
      shown.appendCodePoint(type == Character.SURROGATE ? 0xFFFD : blank(type) ? ' ' : point);
    }
    return shown.toString().strip();
  }

  /// Format characters steer the direction of text; the two joiners are needed to write Persian and
  /// the scripts of India, and steer nothing.
  private static boolean hidden(int point, int type) {
    boolean joiner = point == 0x200C || point == 0x200D;
    return (type == Character.FORMAT && !joiner)
        || (type == Character.CONTROL && !Character.isWhitespace(point));
  }

  private static boolean blank(int type) {
    return type == Character.CONTROL
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SPACE_SEPARATOR;
  }
}
