package leadglass.dicom.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads JSON (RFC 8259), strictly: what the tests compare.
final class Json {
  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /// A number as it was written.
  record Digits(String text) {
    BigDecimal value() {
      return new BigDecimal(text);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /// Maps, lists, strings, [Digits], booleans and nulls.
  static @Nullable Object parse(String text) {
    Json json = new Json(text);
    Object value = json.value();
    json.blank();
    if (json.at != text.length()) {
      throw new IllegalArgumentException("more behind the JSON at " + json.at);
    }
    return value;
  }

  private void blank() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char next() {
    if (at >= text.length()) {
      throw new IllegalArgumentException("JSON ends early");
    }
    return text.charAt(at++);
  }

  private void expect(String expected) {
    if (!text.startsWith(expected, at)) {
      throw new IllegalArgumentException("no " + expected + " at " + at);
    }
    at += expected.length();
  }

  private @Nullable Object value() {
    blank();
    return switch (text.charAt(at)) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 'n' -> {
        expect("null");
        yield null;
      }
      case 't' -> {
        expect("true");
        yield true;
      }
      case 'f' -> {
        expect("false");
        yield false;
      }
      default -> number();
    };
  }

  private Map<String, @Nullable Object> object() {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    expect("{");
    blank();
    if (text.charAt(at) == '}') {
      at++;
      return members;
    }
    while (true) {
      blank();
      String name = string();
      blank();
      expect(":");
      if (members.containsKey(name)) {
        throw new IllegalArgumentException("member twice at " + at);
      }
      members.put(name, value());
      blank();
      char c = next();
      if (c == '}') {
        return members;
      }
      if (c != ',') {
        throw new IllegalArgumentException("no comma at " + at);
      }
    }
  }

  private List<@Nullable Object> array() {
    List<@Nullable Object> members = new ArrayList<>();
    expect("[");
    blank();
    if (text.charAt(at) == ']') {
      at++;
      return members;
    }
    while (true) {
      members.add(value());
      blank();
      char c = next();
      if (c == ']') {
        return members;
      }
      if (c != ',') {
        throw new IllegalArgumentException("no comma at " + at);
      }
    }
  }

  private String string() {
    expect("\"");
    StringBuilder string = new StringBuilder();
    while (true) {
      char c = next();
      if (c == '"') {
        return string.toString();
      }
      if (c < ' ') {
        throw new IllegalArgumentException("control character at " + at);
      }
      string.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'f' -> '\f';
      case 'b' -> '\b';
      case 'u' -> {
        at += 4;
        yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
      }
      default -> throw new IllegalArgumentException("no such escape at " + at);
    };
  }

  private Digits number() {
    int from = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String number = text.substring(from, at);
    if (!number.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
      throw new IllegalArgumentException("no number at " + from);
    }
    return new Digits(number);
  }
}
