package leadglass.app.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Results as people or programs read them.
final class Print {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Print() {}

  static void json(PrintWriter out, Object document) {
    out.println(JSON.writeValueAsString(document));
  }

  static String json(Object document) {
    return JSON.writeValueAsString(document) + System.lineSeparator();
  }

  /// What an enrolment shows once.
  static void enrolment(PrintWriter out, Map<?, ?> enrolment, String password) {
    out.println("name            " + enrolment.get("name"));
    if (!password.isEmpty()) {
      out.println("password        " + password);
    }
    out.println("second factor   " + enrolment.get("totpUri"));
    out.println("recovery codes  " + joined(enrolment.get("recoveryCodes"), " "));
  }

  static String joined(@Nullable Object list, String by) {
    return list instanceof List<?> items
        ? String.join(by, items.stream().map(String::valueOf).toList())
        : "";
  }

  /// The recovery sheet, numbered as set-up asks for it.
  static void sheet(PrintWriter out, Object groups) {
    out.println("Recovery sheet of the master key. Print it and keep it away from this machine:");
    out.println("whoever loses the key and this sheet has lost the archive.");
    int number = 0;
    StringBuilder line = new StringBuilder();
    for (Object group : groups instanceof List<?> list ? list : List.of()) {
      line.append(String.format("  %2d. %s", ++number, group));
      if (number % 5 == 0) {
        out.println(line);
        line.setLength(0);
      }
    }
    if (!line.isEmpty()) {
      out.println(line);
    }
  }

  /// Bytes for people, of a number in a reply.
  static String bytesOf(@Nullable Object count) {
    return count instanceof Number number ? bytes(number.longValue()) : "";
  }

  /// Bytes for people.
  static String bytes(long count) {
    if (count < 1000) {
      return count + " B";
    }
    double value = count;
    int unit = -1;
    while (value >= 1000 && unit < 4) {
      value /= 1000;
      unit++;
    }
    return String.format("%.1f %sB", value, "kMGTP".charAt(unit));
  }
}
