package leadglass.server.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import leadglass.archive.AuditLog.Range;
import leadglass.audit.fhir.AuditEventJson;
import leadglass.audit.message.AuditMessage;
import tools.jackson.databind.JsonNode;

/// What a search for AuditEvent resources asks (ITI-81, FHIR R4 §3.1.1).
///
/// @param from number of the entry to go on from
/// @param wanted looks at a message as a resource
record AuditQuestion(Range range, long from, int count, Predicate<AuditMessage> wanted) {
  static final int COUNT_USUAL = 100;
  static final int COUNT_MAX = 1_000;

  /// Names that can be asked for, and where in the resource it stands.
  static final Map<String, String> PLACES =
      Map.ofEntries(
          Map.entry("type", "type"),
          Map.entry("subtype", "subtype"),
          Map.entry("action", "action"),
          Map.entry("outcome", "outcome"),
          Map.entry("agent.identifier", "agent/who/identifier"),
          Map.entry("agent", "agent/who/identifier"),
          Map.entry("agent-name", "agent/name"),
          Map.entry("altid", "agent/altId"),
          Map.entry("address", "agent/network/address"),
          Map.entry("entity.identifier", "entity/what/identifier"),
          Map.entry("entity-id", "entity/what/identifier"),
          Map.entry("entity-role", "entity/role"),
          Map.entry("patient.identifier", "entity/what/identifier"),
          Map.entry("source.identifier", "source/observer/identifier"),
          Map.entry("site", "source/site"));

  /// Names whose values are the beginning of a text.
  private static final List<String> TEXTS = List.of("agent-name", "address");

  private static final String GO_ON = "_from";

  /// A search that can't be done.
  static final class WrongException extends Exception {
    private static final long serialVersionUID = 1L;

    /// @param rule names the parameter, never its value
    WrongException(String rule) {
      super(rule);
    }
  }

  /// @param zone in which a day without a zone begins
  static AuditQuestion parse(List<Map.Entry<String, String>> query, ZoneId zone)
      throws WrongException {
    long notBefore = Long.MIN_VALUE;
    long before = Long.MAX_VALUE;
    long from = 0;
    int count = COUNT_USUAL;
    boolean dated = false;
    List<Predicate<JsonNode>> all = new ArrayList<>();
    for (Map.Entry<String, String> each : query) {
      String name = each.getKey();
      String value = each.getValue();
      switch (name) {
        case "date" -> {
          Range range = date(value, zone);
          notBefore = Math.max(notBefore, range.fromMillis());
          before = Math.min(before, range.untilMillis());
          dated = true;
        }
        case "_id" -> {
          long id = number(name, value);
          all.add(event -> event.path("id").asString("").equals(Long.toString(id)));
          from = Math.max(from, id);
          dated = true;
        }
        case "_count" -> count = Math.clamp(number(name, value), 1, COUNT_MAX);
        case GO_ON -> from = Math.max(from, number(name, value));
        case "_format" -> format(value);
        case "_sort" -> {
          if (!value.equals("date")) {
            throw new WrongException("_sort: date, the oldest first.");
          }
        }
        default -> all.add(condition(name, value));
      }
    }
    if (!dated) {
      throw new WrongException("date: a search has to say of when.");
    }
    Predicate<JsonNode> fits = event -> all.stream().allMatch(each -> each.test(event));
    return new AuditQuestion(
        new Range(notBefore, before),
        from,
        count,
        message -> all.isEmpty() || fits.test(AuditEventJson.of(message)));
  }

  private static void format(String value) throws WrongException {
    if (!List.of("json", "application/json", "application/fhir+json").contains(value)) {
      throw new WrongException("_format: json alone.");
    }
  }

  private static long number(String name, String value) throws WrongException {
    if (!value.matches("\\d{1,18}")) {
      throw new WrongException(name + ": a number.");
    }
    return Long.parseLong(value);
  }

  private static Predicate<JsonNode> condition(String name, String value) throws WrongException {
    String place = PLACES.get(name);
    if (place == null) {
      throw new WrongException("A search parameter is not known here; /fhir/metadata has all.");
    }
    List<String> choices = List.of(value.split(",", -1));
    boolean ofPatients = name.equals("patient.identifier");
    boolean beginning = TEXTS.contains(name);
    return event -> {
      for (JsonNode found : at(event, place.split("/"), 0, ofPatients)) {
        if (choices.stream().anyMatch(choice -> fits(found, choice, beginning))) {
          return true;
        }
      }
      return false;
    };
  }

  /// What stands at a place, through lists.
  private static List<JsonNode> at(JsonNode node, String[] path, int depth, boolean ofPatients) {
    List<JsonNode> found = new ArrayList<>();
    if (node.isArray()) {
      for (JsonNode each : node) {
        if (!ofPatients || depth != 1 || each.path("role").path("code").asString("").equals("1")) {
          found.addAll(at(each, path, depth, ofPatients));
        }
      }
    } else if (depth == path.length) {
      if (!node.isMissingNode()) {
        found.add(node);
      }
    } else {
      found.addAll(at(node.path(path[depth]), path, depth + 1, ofPatients));
    }
    return found;
  }

  /// `code`, `system|code`, `|code` and `system|` as FHIR has tokens.
  private static boolean fits(JsonNode found, String choice, boolean beginning) {
    int bar = choice.indexOf('|');
    String code = choice.substring(bar + 1);
    if (!found.isObject()) {
      String text = found.asString("");
      return beginning
          ? text.toLowerCase(Locale.ROOT).startsWith(code.toLowerCase(Locale.ROOT))
          : text.equals(code);
    }
    String value = found.path("value").asString(found.path("code").asString(""));
    String system = found.path("system").asString("");
    boolean systemFits = bar < 0 || choice.substring(0, bar).equals(system);
    return systemFits
        && (code.isEmpty() ? bar > 0 : value.equals(code) || value.equals("urn:oid:" + code));
  }

  private static Range date(String value, ZoneId zone) throws WrongException {
    boolean prefixed = value.length() > 2 && Character.isLetter(value.charAt(0));
    String prefix = prefixed ? value.substring(0, 2) : "eq";
    Range span = span(prefixed ? value.substring(2) : value, zone);
    return switch (prefix) {
      case "eq" -> span;
      case "ge" -> new Range(span.fromMillis(), Long.MAX_VALUE);
      case "gt", "sa" -> new Range(span.untilMillis(), Long.MAX_VALUE);
      case "le" -> new Range(Long.MIN_VALUE, span.untilMillis());
      case "lt", "eb" -> new Range(Long.MIN_VALUE, span.fromMillis());
      default -> throw new WrongException("date: eq, ge, gt, le, lt, sa or eb before a time.");
    };
  }

  /// The span that a date of some precision stands for.
  private static Range span(String text, ZoneId zone) throws WrongException {
    try {
      if (text.matches("\\d{4}")) {
        LocalDate first = LocalDate.parse(text + "-01-01");
        return days(first, first.plusYears(1), zone);
      }
      if (text.matches("\\d{4}-\\d{2}")) {
        LocalDate first = LocalDate.parse(text + "-01");
        return days(first, first.plusMonths(1), zone);
      }
      if (text.length() == 10) {
        LocalDate day = LocalDate.parse(text);
        return days(day, day.plusDays(1), zone);
      }
      // A query's "+" before a zone is a space once decoded.
      Instant at = OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
      long millis = at.toEpochMilli();
      return new Range(millis, millis + (text.contains(".") ? 1 : 1_000));
    } catch (DateTimeParseException | ArithmeticException _) {
      throw new WrongException("date: such as 2026-01-31 or 2026-01-31T12:00:00Z.");
    }
  }

  private static Range days(LocalDate first, LocalDate end, ZoneId zone) {
    return new Range(
        first.atStartOfDay(zone).toInstant().toEpochMilli(),
        end.atStartOfDay(zone).toInstant().toEpochMilli());
  }
}
