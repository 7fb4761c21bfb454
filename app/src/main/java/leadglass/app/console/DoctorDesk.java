package leadglass.app.console;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Doctor;

/// Says why devices were refused or failed.
final class DoctorDesk {
  private final Archive archive;

  DoctorDesk(Archive archive) {
    this.archive = archive;
  }

  /// Of the device or address that is named, or the last case of each.
  Reply serve(Caller console, Request request) {
    String whom = request.word("whom").strip();
    Doctor doctor = archive.doctor();
    List<Doctor.Case> cases = whom.isEmpty() ? doctor.last(console) : doctor.of(console, whom);
    return Reply.done(
        Map.of(
            "since",
            LifecycleDesk.moment(doctor.sinceMillis()),
            "cases",
            cases.stream().map(DoctorDesk::words).toList()));
  }

  private static Map<String, Object> words(Doctor.Case met) {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("who", met.device().isEmpty() ? met.address() : met.device());
    words.put("ae", met.device());
    words.put("proved", met.proved());
    words.put("address", met.address());
    words.put("calling", met.calling());
    words.put("called", met.called());
    words.put("last", LifecycleDesk.moment(met.lastMillis()));
    words.put("first", LifecycleDesk.moment(met.firstMillis()));
    words.put("times", met.count());
    words.put("cause", met.cause().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    words.put("rule", met.cause().rule());
    words.put("claims", met.claims());
    words.put("offered", met.offered());
    words.put("remedy", met.cause().remedy());
    words.put("command", met.command());
    return words;
  }
}
