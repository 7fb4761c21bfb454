package leadglass.dicom.json;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import leadglass.dicom.charset.CharacterSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Vr;

/// Values of one attribute as `,"Value":[...]` or `,"InlineBinary":"..."`; nothing if it is empty
/// (PS3.18 §F.2.3 to §F.2.7).
final class JsonValues {
  private final JsonBytes json;

  JsonValues(JsonBytes json) {
    this.json = json;
  }

  void write(int tag, Vr vr, byte[] value, CharacterSet characterSet) throws IOException {
    if (tag == Tag.SPECIFIC_CHARACTER_SET && vr == Vr.CS) {
      // All text is UTF-8 here, whatever it was.
      json.put(",\"Value\":[\"ISO_IR 192\"]");
    } else if (value.length == 0) {
      return;
    } else if (vr.isBulk()) {
      json.put(",\"InlineBinary\":");
      json.base64(even(value));
    } else if (vr.isText()) {
      texts(vr, characterSet.decodeValues(value, vr));
    } else {
      numbers(vr, ByteBuffer.wrap(even(value)).order(ByteOrder.LITTLE_ENDIAN));
    }
  }

  /// A value field is of even length (PS3.5 §7.1.1), even if the source forgot.
  private static byte[] even(byte[] value) {
    return value.length % 2 == 0 ? value : Arrays.copyOf(value, value.length + 1);
  }

  private void texts(Vr vr, List<String> texts) throws IOException {
    if (texts.stream().allMatch(text -> isNothing(vr, text))) {
      return;
    }
    String between = ",\"Value\":[";
    for (String text : texts) {
      json.put(between);
      between = ",";
      if (vr == Vr.PN) {
        personName(text);
      } else if (text.isEmpty()) {
        json.put("null");
      } else if (vr == Vr.DS || vr == Vr.IS) {
        number(vr, text);
      } else {
        json.string(text);
      }
    }
    json.put(']');
  }

  private static boolean isNothing(Vr vr, String text) {
    return vr == Vr.PN ? text.chars().allMatch(c -> "^= ".indexOf(c) >= 0) : text.isEmpty();
  }

  /// A number where the string is one by its VR and can be told exactly, else the string.
  private void number(Vr vr, String text) throws IOException {
    String number = vr == Vr.DS ? NumberText.decimal(text) : NumberText.integer(text);
    if (number.isEmpty()) {
      json.string(text);
    } else {
      json.put(number);
    }
  }

  private static final String[] GROUPS = {"Alphabetic", "Ideographic", "Phonetic"};

  private void personName(String text) throws IOException {
    String between = "{";
    int from = 0;
    for (String group : GROUPS) {
      int to = text.indexOf('=', from);
      String components =
          from > text.length() ? "" : text.substring(from, to < 0 ? text.length() : to);
      from = to < 0 ? text.length() + 1 : to + 1;
      String name = withoutEmptyEnd(components);
      if (!name.isEmpty()) {
        json.put(between);
        json.string(group);
        json.put(':');
        json.string(name);
        between = ",";
      }
    }
    json.put(between.equals("{") ? "null" : "}");
  }

  /// Components that are empty, and their delimiters, may be left out at the end (PS3.5 §6.2.1.1).
  private static String withoutEmptyEnd(String components) {
    int end = components.length();
    while (end > 0 && (components.charAt(end - 1) == '^' || components.charAt(end - 1) == ' ')) {
      end--;
    }
    return components.substring(0, end);
  }

  private void numbers(Vr vr, ByteBuffer values) throws IOException {
    int unit = vr == Vr.AT ? 4 : vr.unitBytes();
    String between = ",\"Value\":[";
    while (values.remaining() >= unit) {
      json.put(between);
      between = ",";
      switch (vr) {
        case US -> json.put(Integer.toString(values.getChar()));
        case SS -> json.put(Integer.toString(values.getShort()));
        case UL -> json.put(Integer.toUnsignedString(values.getInt()));
        case SL -> json.put(Integer.toString(values.getInt()));
        case SV -> long64(Long.toString(values.getLong()));
        case UV -> long64(Long.toUnsignedString(values.getLong()));
        case FL -> real(values.getFloat());
        case FD -> real(values.getDouble());
        case AT -> tag(values.getChar() << 16 | values.getChar());
        default -> throw new IllegalStateException(vr + " is no list of numbers");
      }
    }
    if (between.equals(",")) {
      json.put(']');
    }
  }

  private void tag(int value) throws IOException {
    json.put('"');
    json.hex(value);
    json.put('"');
  }

  /// A string where a reader that knows only doubles would lose digits (note to Table F.2.3-1).
  private void long64(String number) throws IOException {
    if (NumberText.isSafe(number)) {
      json.put(number);
    } else {
      json.string(number);
    }
  }

  private void real(float number) throws IOException {
    json.put(Float.isFinite(number) ? NumberText.nineDigits(number) : odd(number));
  }

  private void real(double number) throws IOException {
    json.put(Double.isFinite(number) ? NumberText.shorter(Double.toString(number)) : odd(number));
  }

  /// JSON knows no such number; the quotes keep it readable.
  private static String odd(double number) {
    return Double.isNaN(number) ? "\"NaN\"" : number > 0 ? "\"inf\"" : "\"-inf\"";
  }
}
