package leadglass.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import leadglass.dicom.charset.CharacterSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.dicom.io.DataSetReader;
import leadglass.dicom.io.DataSetReader.Event;
import leadglass.dicom.io.DicomException;

/// Values that are not what their VR says (PS3.5 §6.2). An image with a date that is none is kept
/// as it is, but its sender is told. Confined to one thread.
final class ValueRules {
  private static final int VALUE_BYTES_MAX = 4 << 10;
  private static final int WARNINGS_MAX = 20;

  /// A stranger's data set may have millions of values; what is wrong shows in the first of them.
  private static final int VALUES_MAX = 20_000;

  /// PS3.5 §6.2, PN: of each component group.
  private static final int NAME_CHARS_MAX = 64;

  private static final int NAME_COMPONENTS_MAX = 5;
  private static final int ESCAPE = 0x1B;

  private static final Pattern DATE =
      Pattern.compile(
          "\\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])|\\d{4}\\.\\d\\d\\.\\d\\d"); // old style
  private static final Pattern TIME =
      Pattern.compile(
          "\\d\\d(\\d\\d(\\d\\d(\\.\\d{1,6})?)?)?|\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,6})?)?");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([Ee][+-]?\\d+)?");
  private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,11}");

  private final Set<String> warnings = new LinkedHashSet<>();
  private final Deque<CharacterSet> characterSets = new ArrayDeque<>(List.of(CharacterSet.DEFAULT));
  private int values;

  /// Looks at what the reader stands at.
  void saw(Event event, DataSetReader reader) throws IOException, DicomException {
    switch (event) {
      case ELEMENT -> element(reader);
      case ITEM -> characterSets.push(characterSets.element());
      case ITEM_END -> characterSets.pop();
      case SEQUENCE, SEQUENCE_END, FRAGMENTS, FRAGMENT, FRAGMENTS_END, END -> {
        // No value.
      }
    }
  }

  /// Rules broken, with their tags, without values; the first few.
  Collection<String> warnings() {
    return warnings;
  }

  private void element(DataSetReader reader) throws IOException, DicomException {
    Vr vr = reader.vr();
    if (!vr.isText() || values >= VALUES_MAX || warnings.size() >= WARNINGS_MAX) {
      return;
    }
    values++;
    if (reader.length() > VALUE_BYTES_MAX) {
      if (vr == Vr.PN) {
        warn(reader, "longer than a name may be");
      }
      return;
    }
    byte[] value = reader.value();
    if (reader.tag() == Tag.SPECIFIC_CHARACTER_SET) {
      characterSets.pop();
      characterSets.push(CharacterSet.named(value));
      if (!characterSets.element().isKnown()) {
        warn(reader, "names a character set that the standard does not have");
      }
    } else if (vr.isLocalText()) {
      text(reader, vr, value);
    } else {
      form(reader, vr, value);
    }
  }

  private void warn(DataSetReader reader, String rule) {
    warnings.add(Tag.format(reader.tag()) + " " + rule);
  }

  private void form(DataSetReader reader, Vr vr, byte[] value) {
    switch (vr) {
      case DA -> each(reader, value, text -> DATE.matcher(text).matches(), "is no date");
      case TM -> each(reader, value, text -> TIME.matcher(text).matches(), "is no time");
      case IS -> each(reader, value, text -> INTEGER.matcher(text).matches(), "is no number");
      case DS -> each(reader, value, ValueRules::isDecimal, "is no number");
      case UI -> each(reader, value, ValueRules::isUid, "is no UID");
      default -> {
        // Nothing that is worth a word.
      }
    }
  }

  private static boolean isUid(String text) {
    return Uid.parse(text).filter(Uid::conforms).isPresent();
  }

  private static boolean isDecimal(String text) {
    return DECIMAL.matcher(text).matches() && Double.isFinite(Double.parseDouble(text));
  }

  private void each(DataSetReader reader, byte[] value, Predicate<String> rule, String broken) {
    for (String text : CharacterSet.DEFAULT.decodeValues(value, reader.vr())) {
      if (!text.isEmpty() && !rule.test(text)) {
        warn(reader, broken);
        return;
      }
    }
  }

  private void text(DataSetReader reader, Vr vr, byte[] value) {
    CharacterSet characterSet = characterSets.element();
    if (hasControls(value, vr.isSplitByBackslash())) {
      warn(reader, "has control characters");
    }
    if (leavesSetSwitched(value)) {
      warn(reader, "does not switch back to the first character set");
    }
    if (characterSet.terms().equals(List.of("ISO_IR 192")) && !isUtf8(value)) {
      warn(reader, "is not in the character set named");
    }
    if (vr == Vr.PN) {
      for (String name : characterSet.decodeValues(value, vr)) {
        name(reader, name);
      }
    }
  }

  private void name(DataSetReader reader, String name) {
    for (String group : name.split("=", -1)) {
      if (group.codePointCount(0, group.length()) > NAME_CHARS_MAX
          || group.split("\\^", -1).length > NAME_COMPONENTS_MAX) {
        warn(reader, "longer than a name may be");
      }
    }
  }

  /// PS3.5 §6.1.3: of the control characters some are for text of many lines alone.
  private static boolean hasControls(byte[] value, boolean oneLine) {
    int end = value.length;
    while (end > 0 && value[end - 1] == 0) {
      end--; // wrong padding is harmless
    }
    for (int i = 0; i < end; i++) {
      int c = value[i];
      boolean layout = !oneLine && (c == '\t' || c == '\n' || c == '\f' || c == '\r');
      if (c >= 0 && c < ' ' && c != ESCAPE && !layout) {
        return true;
      }
    }
    return false;
  }

  /// PS3.5 §6.1.2.5.3: a value ends as it began. Looks at what the last escape sequence for G0
  /// leaves there.
  private static boolean leavesSetSwitched(byte[] value) {
    boolean switched = false;
    for (int i = 0; i + 2 < value.length; i++) {
      if (value[i] == ESCAPE && value[i + 1] == '(') {
        switched = value[i + 2] != 'B' && value[i + 2] != 'J';
      } else if (value[i] == ESCAPE && value[i + 1] == '$' && value[i + 2] != ')') {
        switched = true;
      }
    }
    return switched;
  }

  private static boolean isUtf8(byte[] value) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value));
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }
}
