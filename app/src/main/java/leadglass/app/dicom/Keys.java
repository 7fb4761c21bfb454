package leadglass.app.dicom;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Vr;
import leadglass.dicom.dict.Dictionary;

/// Keys of a query as they are typed: `PatientID=1234`, `StudyDescription` to be told it, and
/// `ScheduledProcedureStepSequence.Modality=CT` within the item of a sequence.
public record Keys(List<Key> all) {
  private static final int DEPTH_MAX = 4;
  private static final int COUNT_MAX = 200;

  public Keys {
    all = List.copyOf(all);
  }

  /// @param path tags of sequences, then the attribute's
  /// @param name as typed
  /// @param value empty to be told it
  public record Key(List<Integer> path, String name, String value) {
    @Override
    public String toString() {
      return "Key[" + name + "]";
    }
  }

  /// @return a key, or empty if it names no attribute that can be asked for
  public static Optional<Key> parse(String typed) {
    int equals = typed.indexOf('=');
    String name = (equals < 0 ? typed : typed.substring(0, equals)).strip();
    List<Integer> path = new ArrayList<>();
    String[] parts = name.split("\\.", DEPTH_MAX + 1);
    for (int i = 0; i < parts.length; i++) {
      OptionalInt tag = tag(parts[i]);
      if (tag.isEmpty() || parts.length > DEPTH_MAX) {
        return Optional.empty();
      }
      boolean last = i == parts.length - 1;
      Vr vr = Dictionary.vr(tag.getAsInt(), false);
      if (last ? !vr.isText() && equals >= 0 : vr != Vr.SQ) {
        return Optional.empty();
      }
      path.add(tag.getAsInt());
    }
    return Optional.of(new Key(path, name, equals < 0 ? "" : typed.substring(equals + 1)));
  }

  private static OptionalInt tag(String name) {
    if (name.matches("[0-9A-Fa-f]{8}")) {
      return OptionalInt.of(Integer.parseUnsignedInt(name.toUpperCase(Locale.ROOT), 16));
    }
    return Dictionary.tag(name);
  }

  /// Whether there are too many to be a question.
  public boolean tooMany() {
    return all.size() > COUNT_MAX;
  }

  /// As an identifier, in UTF-8.
  ///
  /// @param level Query/Retrieve Level; empty for a model that has none
  public DataSet identifier(String level) {
    DataSet.Builder identifier = DataSet.builder().utf8();
    if (!level.isEmpty()) {
      identifier.text(0x00080052, Vr.CS, level);
    }
    within(identifier, 0);
    return identifier.build();
  }

  private void within(DataSet.Builder into, int depth) {
    List<Integer> done = new ArrayList<>();
    for (Key each : all) {
      int tag = each.path().get(depth);
      if (done.contains(tag)) {
        continue;
      }
      done.add(tag);
      List<Key> below =
          all.stream()
              .filter(key -> key.path().get(depth) == tag && key.path().size() > depth + 1)
              .toList();
      Vr vr = Dictionary.vr(tag, false);
      if (!below.isEmpty()) {
        DataSet.Builder item = DataSet.builder(into.characterSet());
        new Keys(below).within(item, depth + 1);
        into.sequence(tag, List.of(item.build()));
      } else if (vr == Vr.SQ) {
        into.sequence(tag, List.of());
      } else if (vr.isText()) {
        into.text(tag, vr, each.value());
      } else {
        into.add(new Element.Value(tag, vr, new byte[0]));
      }
    }
  }

  /// What a match says to a key, for people.
  public static String said(DataSet match, Key key) {
    List<DataSet> at = List.of(match);
    for (int tag : key.path().subList(0, key.path().size() - 1)) {
      at = at.stream().flatMap(each -> each.items(tag).stream()).toList();
    }
    int tag = key.path().getLast();
    List<String> values = new ArrayList<>();
    for (DataSet each : at) {
      values.addAll(each.strings(tag));
      each.integer(tag)
          .ifPresent(number -> {
            if (each.strings(tag).isEmpty()) {
              values.add(String.valueOf(number));
            }
          });
    }
    return printable(String.join("\\", values));
  }

  /// A peer's text must not steer the terminal.
  public static String printable(String text) {
    StringBuilder kept = new StringBuilder();
    text.codePoints().forEach(c -> kept.appendCodePoint(Character.isISOControl(c) ? '?' : c));
    return kept.toString();
  }
}
