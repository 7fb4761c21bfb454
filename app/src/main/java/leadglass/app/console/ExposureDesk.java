package leadglass.app.console;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Exposure;
import leadglass.archive.ExposureCheck;

/// Does what commands ask about what a stranger sees.
final class ExposureDesk {
  private static final int DAYS = 60;
  private static final String HOST = "[A-Za-z0-9]([A-Za-z0-9.:-]{0,251}[A-Za-z0-9])?";
  private static final Reply BLIND =
      Reply.no(
          "the archive does not run, so there is no door to look at",
          "start it: leadglass serve --data DIR");

  private final Exposure exposure;

  ExposureDesk(Archive archive) {
    this.exposure = archive.securityEvidence().exposure();
  }

  Reply serve(Caller console, Request request) throws IOException {
    return switch (request.act()) {
      case "exposure check" -> check(console);
      case "exposure show" -> show(console);
      case "exposure ticket" -> ticket(console, request.word("host"));
      default -> LifecycleDesk.UNKNOWN;
    };
  }

  private Reply check(Caller console) throws IOException {
    return switch (exposure.run(console)) {
      case Exposure.Asked.Done(var check) -> Reply.done(words(check));
      case Exposure.Asked.Busy _, Exposure.Asked.Soon _ ->
          Reply.no("a check is under way", "leadglass exposure show, in a minute");
      case Exposure.Asked.Blind _ -> BLIND;
      case Exposure.Asked.NotThere _ -> Reply.no("the console may not", "");
    };
  }

  private Reply show(Caller console) {
    Optional<Exposure.Standing> standing = exposure.standing(console, DAYS);
    return standing
        .map(now -> {
          Map<String, Object> words = new LinkedHashMap<>(state(now));
          now.last().ifPresent(check -> words.putAll(words(check)));
          words.put(
              "days",
              now.days().stream()
                  .map(day -> Map.of("day", day.day().toString(), "grade", day.grade()))
                  .toList());
          return Reply.done(words);
        })
        .orElseGet(() -> Reply.no("the console may not know", ""));
  }

  private Reply ticket(Caller console, String host) throws IOException {
    if (!host.isEmpty() && !host.matches(HOST)) {
      return Reply.usage("--host is a name or an address", "--host images.example.org");
    }
    Optional<String> command = exposure.command(console, host);
    return command.map(text -> Reply.done(Map.of("command", text))).orElse(BLIND);
  }

  /// In short, for `status`.
  static Map<String, Object> state(Exposure.Standing now) {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("words", now.words());
    words.put("old", now.old());
    words.put("grade", now.last().map(ExposureCheck::grade).orElse("?"));
    words.put("at", now.last().map(each -> LifecycleDesk.moment(each.atMillis())).orElse(""));
    words.put("vantage", now.last().map(ExposureCheck::vantage).orElse(""));
    words.put("why", now.last().flatMap(ExposureCheck::why).orElse(""));
    now.drop()
        .ifPresent(drop ->
            words.put(
                "dropped",
                Map.of(
                    "from",
                    drop.from(),
                    "to",
                    drop.to(),
                    "at",
                    LifecycleDesk.moment(drop.atMillis()))));
    return words;
  }

  private static Map<String, Object> words(ExposureCheck check) {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("grade", check.grade());
    words.put("worst", check.worst());
    words.put("at", LifecycleDesk.moment(check.atMillis()));
    words.put("vantage", check.vantage());
    words.put("tookMillis", check.tookMillis());
    words.put("connections", check.connections());
    words.put("bytesReceived", check.bytesReceived());
    words.put("probes", check.probes());
    List<Map<String, Object>> doors = new ArrayList<>();
    check.doors().forEach(door -> doors.add(door(door)));
    words.put("doors", doors);
    return words;
  }

  private static Map<String, Object> door(ExposureCheck.Door door) {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("name", door.name());
    words.put("port", door.port());
    words.put("service", door.service());
    words.put("worst", door.worst());
    List<Map<String, Object>> findings = new ArrayList<>();
    for (ExposureCheck.Finding each : door.findings()) {
      Map<String, Object> finding = new LinkedHashMap<>();
      finding.put("probe", each.probe());
      finding.put("decision", each.decision());
      finding.put("verdict", each.verdict());
      finding.put("level", each.level());
      finding.put("words", each.words());
      findings.add(finding);
    }
    words.put("findings", findings);
    return words;
  }
}
