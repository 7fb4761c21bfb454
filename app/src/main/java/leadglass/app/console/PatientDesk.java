package leadglass.app.console;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.About;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Patients;

/// Does what commands ask about patients' own ways in.
final class PatientDesk {
  private final Archive archive;

  PatientDesk(Archive archive) {
    this.archive = archive;
  }

  Reply serve(Caller console, Request request) throws IOException {
    return switch (request.act()) {
      case "patient invite" -> invite(console, request);
      case "patient accounts" -> list(console);
      case "patient stop" ->
          LifecycleDesk.reply(archive.patients().stop(console, request.word("id")));
      default -> LifecycleDesk.UNKNOWN;
    };
  }

  private Reply invite(Caller console, Request request) throws IOException {
    Optional<About> about = LifecycleDesk.about(request);
    if (about.isEmpty()) {
      return LifecycleDesk.noStudy();
    }
    return switch (archive.patients().invite(console, about.get())) {
      case Patients.Made.Link link -> {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("id", link.id());
        words.put("fragment", link.fragment());
        words.put("code", link.code());
        words.put("ends", LifecycleDesk.moment(link.endsMillis()));
        yield Reply.done(words);
      }
      case Patients.Made.Refused(String rule) -> Reply.no(rule, "");
      case Patients.Made.NotThere _ ->
          Reply.no("nothing is held of a patient with that ID", "check the ID and its issuer");
      case Patients.Made.Braked _ -> Reply.no("that is beyond a day's budget", "");
    };
  }

  private Reply list(Caller console) throws IOException {
    List<Map<String, Object>> accounts = new ArrayList<>();
    for (Patients.Account account : archive.patients().list(console)) {
      Map<String, Object> words = new LinkedHashMap<>();
      words.put("id", account.id());
      words.put("by", account.by());
      words.put("invited", LifecycleDesk.moment(account.invitedMillis()));
      words.put("ends", account.endsMillis().map(LifecycleDesk::moment).orElse(""));
      words.put("wrong", account.wrong());
      words.put("last", account.lastMillis().map(LifecycleDesk::moment).orElse(""));
      words.put("state", account.state().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      accounts.add(words);
    }
    return Reply.done(Map.of("accounts", accounts));
  }
}
