package leadglass.app.console;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leadglass.archive.About;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Certificate;
import leadglass.archive.Erasures;
import leadglass.archive.Holds;
import leadglass.archive.Retention;
import leadglass.archive.Retention.Rule;

/// Holds, retention, erasures.
final class KeepingDesk {
  private static final Pattern RULE =
      Pattern.compile("(all|[A-Z0-9_]+(?:,[A-Z0-9_]+)*):(\\d{1,3})(?::(\\d{1,2})\\+(\\d{1,3}))?");

  private final Archive archive;
  private final QuarantineDesk quarantine;

  KeepingDesk(Archive archive) {
    this.archive = archive;
    this.quarantine = new QuarantineDesk(archive);
  }

  Reply serve(Caller console, Request request) throws IOException {
    String name = request.word("name");
    return switch (request.act()) {
      case "hold set" -> hold(console, request);
      case "hold release" ->
          LifecycleDesk.reply(archive.holds().release(console, name, request.word("reason")));
      case "hold list" -> holds(console);
      case "retention show" -> versions(console);
      case "retention set" -> set(console, request.word("rules"));
      case "retention preset" -> preset(console, request.word("country"));
      case "erase" -> erase(console, request);
      case "erase list" -> erasures(console);
      case "erase confirm" -> confirm();
      case "erase take-back" -> LifecycleDesk.reply(archive.erasures().takeBack(console, name));
      case "erase certificate" -> certificate(console, name);
      case "erase tick" -> LifecycleDesk.reply(archive.erasures().tick(console, name));
      case "erase grace" -> grace(console, request.word("days"));
      default -> quarantine.serve(console, request);
    };
  }

  private Reply hold(Caller console, Request request) throws IOException {
    Optional<About> about = LifecycleDesk.about(request);
    return about.isEmpty()
        ? LifecycleDesk.noStudy()
        : LifecycleDesk.reply(archive.holds().set(console, about.get(), request.word("reason")));
  }

  private Reply holds(Caller console) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Holds.Hold each : archive.holds().list(console)) {
      Map<String, Object> words = new LinkedHashMap<>();
      words.put("name", each.name());
      words.put("on", each.ofPatient() ? "patient" : "study");
      words.put("subject", each.study().map(uid -> uid.value()).orElse(each.subject()));
      words.put("reason", each.reason());
      words.put("by", each.by());
      words.put("set", LifecycleDesk.moment(each.setMillis()));
      words.put("releasedBy", each.released().map(Holds.Released::by).orElse(""));
      all.add(words);
    }
    return Reply.done(Map.of("holds", all));
  }

  private Reply versions(Caller console) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Retention.Version each : archive.retention().versions(console)) {
      Map<String, Object> words = new LinkedHashMap<>();
      words.put("version", each.number());
      words.put("from", LifecycleDesk.moment(each.fromMillis()));
      words.put("by", each.by());
      words.put("rules", each.rules().stream().map(Rule::words).toList());
      all.add(words);
    }
    return Reply.done(Map.of("versions", all));
  }

  private Reply set(Caller console, String text) throws IOException {
    List<Rule> rules = new ArrayList<>();
    for (String word : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
      Optional<Rule> rule = rule(word);
      if (rule.isEmpty()) {
        return Reply.usage(
            "that is no rule", "write all:10, MG,CR:15 or all:10:18+10 (minors until 18 + 10)");
      }
      rules.add(rule.get());
    }
    return LifecycleDesk.reply(archive.retention().set(console, rules));
  }

  private static Optional<Rule> rule(String word) {
    Matcher matcher = RULE.matcher(word);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    boolean minors = matcher.group(3) != null;
    return Optional.of(
        new Rule(
            matcher.group(1).equals("all") ? List.of() : List.of(matcher.group(1).split(",", -1)),
            Integer.parseInt(matcher.group(2)),
            minors ? Integer.parseInt(matcher.group(3)) : 0,
            minors ? Integer.parseInt(matcher.group(4)) : 0));
  }

  private Reply preset(Caller console, String country) throws IOException {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Retention.Preset each : Retention.presets()) {
      if (each.country().equalsIgnoreCase(country)) {
        return LifecycleDesk.reply(archive.retention().set(console, each.rules()));
      }
      all.add(Map.of("country", each.country(), "words", each.words(), "source", each.source()));
    }
    return country.isEmpty()
        ? Reply.done(Map.of("presets", all))
        : Reply.no("there is no example for that country", "leadglass retention preset lists all");
  }

  private Reply erase(Caller console, Request request) throws IOException {
    Optional<About> about = LifecycleDesk.about(request);
    Optional<Erasures.Category> category = Erasures.Category.of(request.word("reason"));
    if (about.isEmpty()) {
      return LifecycleDesk.noStudy();
    }
    if (category.isEmpty()) {
      List<String> words = List.of(Erasures.Category.values()).stream().map(c -> c.word()).toList();
      return Reply.usage("there is no such reason", "reasons: " + String.join(", ", words));
    }
    Reply reply =
        LifecycleDesk.reply(
            archive.erasures().ask(console, about.get(), category.get(), request.word("note")));
    return reply.exit() != 0 ? reply : asked(console, String.valueOf(reply.values().get("name")));
  }

  private Reply asked(Caller console, String name) {
    return archive.erasures().list(console).stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .map(each -> Reply.done(words(each)))
        .orElse(Reply.done(Map.of("name", name)));
  }

  private static Map<String, Object> words(Erasures.Erasure each) {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("name", each.name());
    words.put("state", each.state().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    words.put("patient", each.pseudonym());
    words.put("reason", each.category().word());
    words.put("note", each.note());
    words.put("askedBy", each.askedBy());
    words.put("asked", LifecycleDesk.moment(each.askedMillis()));
    words.put("confirmedBy", each.confirmedBy().orElse(""));
    words.put("graceDays", each.graceDays());
    words.put("due", each.dueMillis().map(LifecycleDesk::moment).orElse(""));
    words.put("kept", each.kept().orElse(""));
    words.put("studies", each.studies());
    words.put("erased", each.erasedMillis().map(LifecycleDesk::moment).orElse(""));
    return words;
  }

  private Reply erasures(Caller console) {
    return Reply.done(
        Map.of(
            "erasures",
            archive.erasures().list(console).stream().map(KeepingDesk::words).toList()));
  }

  /// Whoever sits at the console has shown no factor of their own, so nobody could tell who the
  /// second person was.
  private static Reply confirm() {
    return Reply.no(
        "an erasure is not confirmed at the console",
        "the second person signs in on the page Erasures: an administrator who did not ask for it,"
            + " or a witness");
  }

  private Reply certificate(Caller console, String name) {
    Optional<Certificate> found = archive.erasures().certificate(console, name);
    if (found.isEmpty()) {
      return Reply.no(
          "there is no certificate of that name", "there is one once the erasure is done");
    }
    Certificate certificate = found.get();
    List<Map<String, Object>> backups = new ArrayList<>();
    for (Certificate.KeyBackup each : certificate.backups()) {
      backups.add(
          Map.of(
              "key", each.key(),
              "place", each.place(),
              "date", each.date(),
              "digest", each.digest(),
              "state", each.state(),
              "tickedBy", each.tickedBy()));
    }
    return Reply.done(
        Map.of(
            "text", certificate.text(),
            "html", certificate.html(),
            "complete", certificate.complete(),
            "studies", certificate.studies(),
            "backups", backups));
  }

  private Reply grace(Caller console, String days) throws IOException {
    return days.matches("\\d{1,3}")
        ? LifecycleDesk.reply(archive.siteRules().setGraceDays(console, Integer.parseInt(days)))
        : Reply.usage("that is no number of days", "1 to 30");
  }
}
