package leadglass.app.console;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.DeviceKey;
import leadglass.archive.DeviceTerms;
import leadglass.archive.Devices;
import leadglass.archive.Invitations;

/// Does what commands ask about devices.
final class DeviceDesk {
  static final Reply NONE =
      Reply.no("there is no device of that AE title", "leadglass device list");

  private final Archive archive;

  DeviceDesk(Archive archive) {
    this.archive = archive;
  }

  Reply serve(Caller console, Request request) throws IOException {
    String ae = request.word("ae");
    if (LaneDesk.has(archive, request)) {
      return new LaneDesk(archive).serve(console, request);
    }
    return switch (request.act()) {
      case "device add" ->
          switch (terms(request)) {
            case DeviceTerms.Parsed.Terms(var terms) ->
                changed(archive.devices().add(console, ae, terms, key(request)));
            case DeviceTerms.Parsed.Wrong(var rule) -> Reply.usage(rule, "");
          };
      case "device renew" -> changed(archive.devices().renew(console, ae, key(request)));
      case "device revoke" ->
          LifecycleDesk.reply(archive.devices().revoke(console, ae, request.word("reason")));
      case "device remove" -> LifecycleDesk.reply(archive.devices().remove(console, ae));
      case "device set" -> set(console, request);
      case "device invite" -> invite(console, request);
      case "device list" -> list(console);
      case "device show" -> show(console, ae.strip());
      default -> LifecycleDesk.UNKNOWN;
    };
  }

  private static DeviceTerms.Parsed terms(Request request) {
    return DeviceTerms.parse(typed(request));
  }

  private static DeviceTerms.Typed typed(Request request) {
    return new DeviceTerms.Typed(
        request.word("owner"),
        request.word("sop-classes"),
        request.word("hours"),
        request.word("may"),
        request.word("destination"),
        request.word("reader"));
  }

  private static DeviceKey key(Request request) {
    if (!request.word("csr").isEmpty()) {
      return new DeviceKey.Request(Base64.getDecoder().decode(request.word("csr")));
    }
    if (!request.word("cert").isEmpty()) {
      return new DeviceKey.Foreign(Base64.getDecoder().decode(request.word("cert")));
    }
    return request.word("fingerprint").isEmpty()
        ? new DeviceKey.Made(request.word("folder"))
        : new DeviceKey.Fingerprint(request.word("fingerprint"));
  }

  private static Reply changed(Devices.Change change) {
    return switch (change) {
      case Devices.Change.Done(var ae, var key, var certificate, var ca) ->
          Reply.done(Map.of("ae", ae, "key", key, "certificate", certificate, "ca", ca));
      case Devices.Change.Refused(var rule) -> Reply.no(rule, "");
    };
  }

  /// What is not said stays.
  private Reply set(Caller console, Request request) throws IOException {
    String ae = request.word("ae").strip();
    Optional<Devices.Device> device =
        archive.devices().list(console).stream()
            .filter(each -> each.aeTitle().equals(ae))
            .findFirst();
    if (device.isEmpty()) {
      return NONE;
    }
    DeviceTerms.Typed old = device.get().terms().typed();
    DeviceTerms.Typed said = typed(request);
    DeviceTerms.Parsed parsed =
        DeviceTerms.parse(
            new DeviceTerms.Typed(
                or(said.owner(), old.owner()),
                or(said.sopClasses(), old.sopClasses()),
                or(said.hours(), old.hours()),
                or(said.may(), old.may()),
                or(said.destination(), old.destination()),
                or(said.reader(), old.reader())));
    return switch (parsed) {
      case DeviceTerms.Parsed.Terms(var terms) ->
          LifecycleDesk.reply(archive.devices().set(console, ae, terms));
      case DeviceTerms.Parsed.Wrong(var rule) -> Reply.usage(rule, "");
    };
  }

  private static String or(String said, String old) {
    return said.isEmpty() ? old : said;
  }

  private Reply invite(Caller console, Request request) throws IOException {
    Optional<DeviceTerms> terms = Optional.empty();
    if (!request.word("owner").isEmpty()) {
      switch (terms(request)) {
        case DeviceTerms.Parsed.Terms(var parsed) -> terms = Optional.of(parsed);
        case DeviceTerms.Parsed.Wrong(var rule) -> {
          return Reply.usage(rule, "");
        }
      }
    }
    return switch (archive.invitations().invite(console, request.word("ae"), terms)) {
      case Invitations.Made.Code(var ae, var code, var ends) ->
          Reply.done(Map.of("ae", ae, "code", code, "ends", LifecycleDesk.moment(ends)));
      case Invitations.Made.Refused(var rule) ->
          Reply.no(rule, terms.isEmpty() ? "a new one needs --owner NAME" : "");
    };
  }

  private Reply list(Caller console) {
    List<Map<String, Object>> devices = new ArrayList<>();
    for (Devices.Device device : archive.devices().list(console)) {
      devices.add(words(device));
    }
    List<Map<String, Object>> invited = new ArrayList<>();
    for (Invitations.Open open : archive.invitations().list(console)) {
      invited.add(
          Map.of("ae", open.aeTitle(), "codeEnds", LifecycleDesk.moment(open.endsMillis())));
    }
    return Reply.done(
        Map.of(
            "devices", devices, "lanes", new LaneDesk(archive).list(console), "invited", invited));
  }

  private static Map<String, Object> words(Devices.Device device) {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("ae", device.aeTitle());
    words.put("state", device.state().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    words.put("owner", device.terms().owner());
    words.put("may", device.terms().words());
    DeviceTerms.Typed typed = device.terms().typed();
    words.put("verbs", typed.may());
    words.put("sopClasses", typed.sopClasses());
    words.put("hours", typed.hours());
    words.put("destination", typed.destination());
    words.put("reader", typed.reader());
    words.put("authority", device.foreign() ? "another" : "own");
    words.put("certificateEnds", device.endsMillis().map(LifecycleDesk::moment).orElse(""));
    words.put("formerEnd", device.formerEndsMillis().stream().map(LifecycleDesk::moment).toList());
    words.put("revoked", device.revoked().map(r -> LifecycleDesk.moment(r.atMillis())).orElse(""));
    words.put("reason", device.revoked().map(Devices.Revoked::reason).orElse(""));
    words.put("keyLaid", device.keyLaid().orElse(""));
    words.put("takenUntil", device.takenUntilMillis().map(LifecycleDesk::moment).orElse(""));
    return words;
  }

  private Reply show(Caller console, String ae) {
    return archive.devices().list(console).stream()
        .filter(each -> each.aeTitle().equals(ae))
        .findFirst()
        .map(each -> Reply.done(words(each)))
        .orElse(NONE);
  }

  static Map<String, Object> state(Devices.Summary summary) {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("endSoon", summary.endSoon());
    words.put("ended", summary.ended());
    words.put("nobodyNamed", summary.unnamed());
    words.put("keysLaid", summary.keysLaid());
    return words;
  }
}
