package leadglass.app.console;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Quarantine;
import leadglass.archive.SiteRules;
import leadglass.archive.Unverified;
import leadglass.dicom.data.Uid;

/// Instances that are kept apart.
final class QuarantineDesk {
  private static final int PAGE = 200;

  private final Archive archive;

  QuarantineDesk(Archive archive) {
    this.archive = archive;
  }

  Reply serve(Caller console, Request request) throws IOException {
    String name = request.word("name");
    return switch (request.act()) {
      case "quarantine list" -> list(console);
      case "quarantine accept" ->
          LifecycleDesk.reply(archive.quarantine().accept(console, name, request.word("reason")));
      case "quarantine discard" ->
          LifecycleDesk.reply(archive.quarantine().discard(console, name, request.word("reason")));
      case "quarantine unverified" -> unverified(console);
      case "quarantine confirm" -> {
        Optional<Uid> study = LifecycleDesk.study(request);
        yield study.isEmpty()
            ? Reply.usage("that is no Study Instance UID", "leadglass quarantine unverified")
            : LifecycleDesk.reply(archive.unverified().confirm(console, study.get()));
      }
      case "quarantine conflicts" -> conflicts(console, request.word("what"));
      default -> LifecycleDesk.UNKNOWN;
    };
  }

  private Reply list(Caller console) throws IOException {
    List<Map<String, Object>> all = new ArrayList<>();
    List<Quarantine.Entry> page;
    long after = 0;
    do {
      page = archive.quarantine().list(console, after, PAGE);
      for (Quarantine.Entry each : page) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("name", each.name());
        words.put("why", each.why().name().toLowerCase(Locale.ROOT));
        words.put("lane", each.unproved());
        words.put("study", each.study().value());
        words.put("instance", each.sopInstance().value());
        words.put("bytes", each.bytes());
        words.put("received", LifecycleDesk.moment(each.receivedMillis()));
        all.add(words);
        after = each.place();
      }
    } while (page.size() == PAGE);
    return Reply.done(Map.of("quarantine", all));
  }

  private Reply unverified(Caller console) throws IOException {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Unverified.Waiting each : archive.unverified().list(console)) {
      Map<String, Object> words = new LinkedHashMap<>();
      words.put("study", each.study().value());
      words.put("lane", each.lane());
      words.put("since", LifecycleDesk.moment(each.sinceMillis()));
      all.add(words);
    }
    return Reply.done(Map.of("unverified", all));
  }

  private Reply conflicts(Caller console, String what) throws IOException {
    for (SiteRules.Conflicts each : SiteRules.Conflicts.values()) {
      if (each.word().equals(what)) {
        return LifecycleDesk.reply(archive.siteRules().setConflicts(console, each));
      }
    }
    return Reply.usage("there is no such rule", "refuse or quarantine");
  }
}
