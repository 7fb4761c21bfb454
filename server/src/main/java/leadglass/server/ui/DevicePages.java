package leadglass.server.ui;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.DeviceKey;
import leadglass.archive.DeviceTerms;
import leadglass.archive.Devices;
import leadglass.archive.Doctor;
import leadglass.archive.Invitations;
import leadglass.archive.Lanes;
import leadglass.archive.Origin;
import leadglass.archive.Ruling;
import leadglass.archive.Verb;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.DeviceForm;
import leadglass.server.ui.page.DevicesPage;
import leadglass.server.ui.page.DoctorPage;
import leadglass.server.ui.page.Moment;
import leadglass.server.ui.page.Notice;
import leadglass.server.ui.page.Reasoned;
import leadglass.server.ui.page.StatusPage.Level;

/// Devices: list, add, renew, revoke. No private key ever goes through a page.
final class DevicePages {
  private final Archive archive;
  private final Place place;
  private final Frame frame;

  DevicePages(Archive archive, Place place, Frame frame) {
    this.archive = archive;
    this.place = place;
    this.frame = frame;
  }

  List<Route> routes() {
    Origin.Door door = Origin.Door.PAGE;
    return List.of(
        new Route("GET", "/devices", door, Verb.ADMINISTER, this::list),
        new Route("GET", "/devices/doctor", door, Verb.ADMINISTER, this::refusals),
        new Route("GET", "/devices/add", door, Verb.ADMINISTER, this::adding),
        new Route("POST", "/devices/add", door, Verb.ADMINISTER, this::add),
        new Route("GET", "/devices/renew", door, Verb.ADMINISTER, this::renewing),
        new Route("POST", "/devices/renew", door, Verb.ADMINISTER, this::renew),
        new Route("GET", "/devices/revoke", door, Verb.ADMINISTER, r -> revoking(r, 200, "", "")),
        new Route("POST", "/devices/revoke", door, Verb.ADMINISTER, this::revoke));
  }

  private Response list(Request request) {
    List<DevicesPage.Row> rows =
        archive.devices().list(request.caller()).stream().map(this::row).toList();
    List<DevicesPage.Invited> invited =
        archive.invitations().list(request.caller()).stream()
            .map(open -> new DevicesPage.Invited(open.aeTitle(), moment(open.endsMillis())))
            .toList();
    return frame.page(
        request, 200, new DevicesPage(rows, LanePages.rows(archive, place, request), invited));
  }

  /// Of the device or address that is named, or the last one of each.
  private Response refusals(Request request) {
    Doctor doctor = archive.doctor();
    String whom = request.query("device").orElse("").strip();
    List<Doctor.Case> cases =
        whom.isEmpty() ? doctor.last(request.caller()) : doctor.of(request.caller(), whom);
    return frame.page(
        request,
        200,
        new DoctorPage(
            cases.isEmpty() ? "" : whom,
            moment(doctor.sinceMillis()),
            cases.stream().map(this::row).toList()));
  }

  private DoctorPage.Row row(Doctor.Case met) {
    String whom = met.device().isEmpty() ? met.address() : met.device();
    String when =
        met.count() == 1
            ? moment(met.lastMillis())
            : moment(met.lastMillis())
                + ", "
                + met.count()
                + " times since "
                + moment(met.firstMillis());
    return new DoctorPage.Row(
        met.device(),
        met.address(),
        query(whom),
        met.claims(),
        met.proved(),
        when,
        met.cause().rule(),
        met.offered(),
        met.cause().remedy(),
        met.command());
  }

  private String moment(long millis) {
    return Moment.instant(millis, place.zone());
  }

  private DevicesPage.Row row(Devices.Device device) {
    boolean revoked = device.revoked().isPresent();
    return new DevicesPage.Row(
        device.aeTitle(),
        query(device.aeTitle()),
        device.terms().owner(),
        device.terms().words(),
        notes(device),
        !revoked && device.state() != Devices.State.ENDED,
        !revoked);
  }

  private static String query(String aeTitle) {
    return URLEncoder.encode(aeTitle, StandardCharsets.UTF_8);
  }

  private List<DevicesPage.Note> notes(Devices.Device device) {
    List<DevicesPage.Note> notes = new ArrayList<>();
    String day = device.endsMillis().map(this::moment).orElse("as it says, not seen yet");
    notes.add(
        switch (device.state()) {
          case VALID -> new DevicesPage.Note(Level.OK, "valid to " + day);
          case ENDS_SOON -> new DevicesPage.Note(Level.BAD, "ends soon, " + day);
          case ENDED ->
              new DevicesPage.Note(
                  Level.BAD,
                  "ended "
                      + day
                      + device
                          .takenUntilMillis()
                          .map(until -> "; into quarantine until " + moment(until))
                          .orElse(""));
          case REVOKED ->
              new DevicesPage.Note(
                  Level.WARN,
                  device
                      .revoked()
                      .map(each ->
                          "revoked "
                              + moment(each.atMillis())
                              + " by "
                              + each.by()
                              + ": "
                              + each.reason())
                      .orElse("revoked"));
        });
    if (device.foreign()) {
      notes.add(new DevicesPage.Note(Level.OK, "of another authority"));
    }
    if (device.revoked().isEmpty()) {
      for (long ends : device.formerEndsMillis()) {
        notes.add(new DevicesPage.Note(Level.WARN, "the one before to " + moment(ends)));
      }
    }
    device
        .keyLaid()
        .ifPresent(folder ->
            notes.add(new DevicesPage.Note(Level.BAD, "its key lies in clear in " + folder)));
    return notes;
  }

  private Response adding(Request request) {
    return frame.page(request, 200, DeviceForm.empty(false, ""));
  }

  private Response add(Request request) throws IOException, ProblemException {
    Map<String, String> form = request.form();
    return switch (DeviceTerms.parse(typed(form))) {
      case DeviceTerms.Parsed.Wrong(var rule) -> again(request, form, false, rule);
      case DeviceTerms.Parsed.Terms(var terms) -> {
        String device = form.getOrDefault("device", "");
        Optional<DeviceKey> key = key(form);
        yield key.isEmpty()
            ? invited(
                request,
                form,
                false,
                archive.invitations().invite(request.caller(), device, Optional.of(terms)))
            : certified(
                request,
                form,
                false,
                archive.devices().add(request.caller(), device, terms, key.get()));
      }
    };
  }

  private static DeviceTerms.Typed typed(Map<String, String> form) {
    return new DeviceTerms.Typed(
        form.getOrDefault("owner", ""),
        form.getOrDefault("sop-classes", ""),
        form.getOrDefault("hours", ""),
        form.getOrDefault("may", ""),
        form.getOrDefault("destination", ""),
        form.getOrDefault("reader", ""));
  }

  private static Optional<DeviceKey> key(Map<String, String> form) {
    String csr = form.getOrDefault("csr", "").strip();
    return csr.isEmpty()
        ? Optional.empty()
        : Optional.of(new DeviceKey.Request(csr.getBytes(StandardCharsets.UTF_8)));
  }

  private Response again(
      Request request, Map<String, String> form, boolean renewing, String error) {
    return frame.page(
        request,
        422,
        new DeviceForm(
            renewing,
            form.getOrDefault("device", ""),
            typed(form),
            form.getOrDefault("csr", ""),
            error));
  }

  private Response invited(
      Request request, Map<String, String> form, boolean renewing, Invitations.Made made) {
    return switch (made) {
      case Invitations.Made.Refused(var rule) -> again(request, form, renewing, rule);
      case Invitations.Made.Code(var device, var code, var ends) ->
          frame.page(
              request,
              200,
              new Notice(
                  "A code for " + device,
                  "/devices",
                  List.of(
                      code,
                      "It is shown once and good once, until " + moment(ends) + ".",
                      "On the device's machine: leadglass device enrol HOST:PORT CODE --out DIR."
                          + " The key is made there and never leaves it."),
                  List.of(new Notice.Link("/devices", "Devices"))));
    };
  }

  private Response certified(
      Request request, Map<String, String> form, boolean renewing, Devices.Change change) {
    return switch (change) {
      case Devices.Change.Refused(var rule) -> again(request, form, renewing, rule);
      case Devices.Change.Done(var _, var _, var certificate, var _) ->
          Response.of(
                  200,
                  "application/pem-certificate-chain",
                  certificate.getBytes(StandardCharsets.US_ASCII))
              .with("Content-Disposition", "attachment; filename=\"cert.pem\"");
    };
  }

  /// The device an address names; empty if there is none, or it is revoked.
  private Optional<Devices.Device> device(Request request) {
    String title = request.query("device").orElse("");
    return archive.devices().list(request.caller()).stream()
        .filter(each -> each.aeTitle().equals(title) && each.revoked().isEmpty())
        .findFirst();
  }

  /// Whoever names no device is led to where they are.
  private Response missing(Request request) {
    return request.query("device").isEmpty()
        ? Response.seeOther("/devices")
        : frame.page(request, 404, ProblemPage.notShown());
  }

  private Response renewing(Request request) {
    Optional<Devices.Device> device = device(request);
    return device.isEmpty()
        ? missing(request)
        : frame.page(request, 200, DeviceForm.empty(true, device.get().aeTitle()));
  }

  private Response renew(Request request) throws IOException, ProblemException {
    Map<String, String> form = request.form();
    String device = form.getOrDefault("device", "");
    Optional<DeviceKey> key = key(form);
    return key.isEmpty()
        ? invited(
            request,
            form,
            true,
            archive.invitations().invite(request.caller(), device, Optional.empty()))
        : certified(
            request, form, true, archive.devices().renew(request.caller(), device, key.get()));
  }

  /// A device or a lane that is not revoked yet, by the AE title an address names.
  private Optional<String> revocable(Request request) {
    String title = request.query("device").orElse("");
    return device(request)
        .map(Devices.Device::aeTitle)
        .or(() ->
            archive.lanes().list(request.caller()).stream()
                .filter(each -> each.aeTitle().equals(title) && each.revoked().isEmpty())
                .map(Lanes.Lane::aeTitle)
                .findFirst());
  }

  private Response revoking(Request request, int status, String reason, String error) {
    Optional<String> device = revocable(request);
    if (device.isEmpty()) {
      return missing(request);
    }
    return frame.page(
        request,
        status,
        new Reasoned(
            "Revoke " + device.get() + "?",
            "/devices",
            List.of(
                "Nothing more is taken from it from now on; associations that are open end within"
                    + " a minute. What it has sent stays.",
                "It can be added again, with another key."),
            "/devices/revoke?device=" + query(device.get()),
            "Revoke",
            "Stays in the list and in the audit trail.",
            reason,
            error));
  }

  private Response revoke(Request request) throws IOException, ProblemException {
    String reason = request.form().getOrDefault("reason", "").strip();
    String title = request.query("device").orElse("");
    Ruling ruling =
        archive.lanes().has(title)
            ? archive.lanes().revoke(request.caller(), title, reason)
            : archive.devices().revoke(request.caller(), title, reason);
    return switch (ruling) {
      case Ruling.Done _ -> Response.seeOther("/devices");
      case Ruling.Refused refused -> revoking(request, 422, reason, refused.rule());
      case Ruling.NotThere _ -> frame.page(request, 404, ProblemPage.notShown());
    };
  }
}
