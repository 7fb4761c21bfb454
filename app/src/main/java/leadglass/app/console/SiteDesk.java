package leadglass.app.console;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Origin;
import leadglass.archive.Role;
import leadglass.archive.SetUp;
import leadglass.archive.Tenants;

/// Does what commands ask about sites, and leads what is asked of a further site to its archive.
final class SiteDesk {

  /// The word that names a further site in a request.
  static final String AT = "at-site";

  /// First words of what is of the whole archive.
  private static final Set<String> WHOLE =
      Set.of("backup", "key", "scrub", "repack", "index", "status", "init", "site");

  private final Archive archive;

  SiteDesk(Archive archive) {
    this.archive = archive;
  }

  static Reply at(
      Archive house, String osUser, Request request, InputStream body, Consumer<HowFar> telling)
      throws IOException {
    if (WHOLE.contains(request.act().split(" ", 2)[0])) {
      return Reply.usage("that is of the whole archive, not of a site", "leave out --at");
    }
    Optional<Archive> site = house.tenants().named(request.word(AT));
    return site.isEmpty()
        ? Reply.no("there is no such site", "leadglass site list")
        : named(house, request, new ArchiveDesk(site.get()).serve(osUser, request, body, telling));
  }

  /// A link leads to the site's own address.
  private static Reply named(Archive house, Request request, Reply reply) {
    if (!reply.values().containsKey("fragment")) {
      return reply;
    }
    Map<String, Object> more = new LinkedHashMap<>(reply.values());
    Caller console = new Caller.Console("", new Origin(Origin.Door.CONSOLE, "console"));
    house.tenants().list(console).stream()
        .filter(site -> site.word().equals(request.word(AT)))
        .forEach(site -> more.put("host", site.host()));
    return new Reply(reply.exit(), reply.error(), reply.hint(), more);
  }

  Reply serve(Caller console, Request request) throws IOException {
    return switch (request.act()) {
      case "site add" -> add(console, request);
      case "site list" -> list(console);
      default -> LifecycleDesk.UNKNOWN;
    };
  }

  private Reply add(Caller console, Request request) throws IOException {
    Tenants.Site wanted =
        new Tenants.Site(
            request.word("word"),
            request.word("name").strip(),
            request.word("host"),
            request.word("aet"));
    SetUp.Person first =
        new SetUp.Person(
            request.word("admin"), request.word("password").toCharArray(), Role.ADMINISTRATOR);
    return switch (archive.tenants().add(console, wanted, List.of(first))) {
      case Tenants.Added.Done(var site, var enrolments) -> {
        Map<String, Object> words = words(site);
        words.put("people", enrolments.stream().map(ArchiveDesk::enrolment).toList());
        yield Reply.done(words);
      }
      case Tenants.Added.Refused(var rule) -> Reply.no(rule, "");
    };
  }

  private Reply list(Caller console) {
    List<Map<String, Object>> sites = new ArrayList<>();
    archive.tenants().list(console).forEach(site -> sites.add(words(site)));
    return Reply.done(Map.of("sites", sites));
  }

  private static Map<String, Object> words(Tenants.Site site) {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("site", site.word());
    words.put("name", site.name());
    words.put("host", site.host());
    words.put("aeTitle", site.aeTitle());
    return words;
  }
}
