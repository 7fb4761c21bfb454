package leadglass.server.web;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import leadglass.archive.Question;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.dicom.dict.Attribute;
import leadglass.dicom.dict.Dictionary;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Problems;
import org.jspecify.annotations.Nullable;

/// The query of a search (PS3.18 §8.3.4) as a question. What it doesn't know it refuses by name: a
/// key that was left out of account would show more than was asked for.
final class QuestionParser {

  /// Rows of a page of studies whose size the client leaves to us.
  static final int STUDIES_DEFAULT = 100;

  private static final int INCLUDE_MAX = 1000;

  /// Sequences within sequences that a key may reach into.
  private static final int PATH_MAX = 8;

  private final Question.Level level;
  private final Map<Integer, Asked> keys = new LinkedHashMap<>();
  private final Set<Integer> include = new HashSet<>();
  private boolean fuzzyNames;
  private boolean emptyValues;
  private boolean multipleValues;
  private boolean includeAll;
  private int limit;
  private int offset;
  private Optional<String> after = Optional.empty();

  private QuestionParser(Question.Level level) {
    this.level = level;
    this.limit = level == Question.Level.STUDY ? STUDIES_DEFAULT : Question.ROWS_MAX;
  }

  /// A key as it is gathered from one or several parameters.
  private static final class Asked {
    private @Nullable String value;
    private final Map<Integer, Asked> item = new LinkedHashMap<>();

    private Asked within(int tag) {
      return item.computeIfAbsent(tag, _ -> new Asked());
    }

    private Question.Key key(int tag) {
      return new Question.Key(tag, value == null ? "" : value, keys(item));
    }

    /// As deep as a parameter's name says, which is bounded.
    private static List<Question.Key> keys(Map<Integer, Asked> asked) {
      return asked.entrySet().stream().map(each -> each.getValue().key(each.getKey())).toList();
    }
  }

  /// @throws ProblemException that names the parameter, never its value
  static Question parse(
      Question.Level level,
      Optional<Uid> study,
      Optional<Uid> series,
      List<Map.Entry<String, String>> query)
      throws ProblemException {
    QuestionParser parser = new QuestionParser(level);
    for (Map.Entry<String, String> parameter : query) {
      parser.take(parameter.getKey(), parameter.getValue());
    }
    // What is matched is returned (PS3.18 §10.6.3.3).
    parser.include.addAll(parser.keys.keySet());
    return new Question(
        level,
        study,
        series,
        Asked.keys(parser.keys),
        Set.copyOf(parser.include),
        parser.includeAll,
        parser.offset,
        parser.limit,
        parser.after,
        new Question.Ways(false, parser.fuzzyNames, parser.emptyValues, parser.multipleValues));
  }

  private void take(String name, String value) throws ProblemException {
    switch (name.toLowerCase(Locale.ROOT)) {
      case "includefield" -> includeFields(value);
      case "limit" -> limit(value);
      case "offset" -> offset = number(name, value, 0, Question.OFFSET_MAX);
      case "after" -> after(value);
      case "fuzzymatching" -> fuzzyNames = flag(name, value);
      case "emptyvaluematching" -> emptyValues = flag(name, value);
      case "multiplevaluematching" -> multipleValues = flag(name, value);
      case "accept" -> {
        // Looked at where the answer's form is chosen.
      }
      case "charset" -> {
        if (!value.equalsIgnoreCase("utf-8")) {
          throw Problems.badRequest("The parameter charset can only be utf-8.");
        }
      }
      default -> key(name, value);
    }
  }

  private void limit(String value) throws ProblemException {
    int asked = number("limit", value, 1, Integer.MAX_VALUE);
    limit = Math.min(asked, Question.ROWS_MAX);
  }

  private void after(String value) throws ProblemException {
    if (level != Question.Level.STUDY || value.isEmpty() || value.length() > 200) {
      throw Problems.badRequest("The parameter after takes the cursor of a page of studies.");
    }
    after = Optional.of(value);
  }

  private static boolean flag(String name, String value) throws ProblemException {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw Problems.badRequest("The parameter " + name + " is true or false.");
    };
  }

  private static int number(String name, String value, int min, int max) throws ProblemException {
    boolean number = value.matches("[0-9]{1,9}");
    int parsed = number ? Integer.parseInt(value) : -1;
    if (!number || parsed < min || parsed > max) {
      String bounds = min + (max == Integer.MAX_VALUE ? " or more" : " to " + max);
      throw Problems.badRequest("The parameter " + name + " is a number, " + bounds + ".");
    }
    return parsed;
  }

  private void includeFields(String value) throws ProblemException {
    for (String field : value.split(",", -1)) {
      if (field.equalsIgnoreCase("all")) {
        includeAll = true;
      } else if (!field.isEmpty()) {
        include.add(tag(field, field));
      }
      if (include.size() > INCLUDE_MAX) {
        throw Problems.badRequest("More values of includefield than are taken.");
      }
    }
  }

  private void key(String name, String value) throws ProblemException {
    String[] path = name.split("\\.", PATH_MAX + 1);
    if (path.length > PATH_MAX) {
      throw Problems.badRequest("The parameter " + shown(name) + " reaches too deep.");
    }
    int tag = tag(path[0], name);
    Asked asked = keys.computeIfAbsent(tag, _ -> new Asked());
    for (int i = 1; i < path.length; i++) {
      tag = tag(path[i], name);
      asked = asked.within(tag);
    }
    if (asked.value == null) {
      asked.value = value;
    } else if (isUid(tag)) {
      asked.value += "\\" + value;
    } else {
      throw Problems.badRequest("The parameter " + shown(name) + " occurs twice.");
    }
  }

  private static boolean isUid(int tag) {
    return Dictionary.attribute(tag)
        .map(Attribute::vrs)
        .filter(vrs -> vrs.contains(Vr.UI))
        .isPresent();
  }

  /// The tag of a keyword or of eight hexadecimal digits.
  private static int tag(String name, String parameter) throws ProblemException {
    OptionalInt keyword = Dictionary.tag(name);
    if (keyword.isPresent()) {
      return keyword.getAsInt();
    }
    if (!name.matches("[0-9A-Fa-f]{8}")) {
      throw Problems.badRequest("The parameter " + shown(parameter) + " is not known.");
    }
    int tag = Integer.parseUnsignedInt(name, 16);
    boolean known = Tag.isPrivate(tag) || Dictionary.attribute(tag).isPresent();
    if (!known || Tag.group(tag) < 8 || tag == Question.Key.TYPED) {
      throw Problems.badRequest("The parameter " + shown(parameter) + " is not known.");
    }
    return tag;
  }

  /// A name that looks like one; anything else could be a value that slipped.
  private static String shown(String name) {
    return name.matches("[A-Za-z][A-Za-z0-9]{0,63}(\\.[A-Za-z0-9]{1,64}){0,8}|[0-9A-Fa-f.]{8,80}")
        ? name
        : "of that name";
  }
}
