package leadglass.server.ui;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import leadglass.archive.About;
import leadglass.archive.Archive;
import leadglass.archive.Origin;
import leadglass.archive.Patients;
import leadglass.archive.Ruling;
import leadglass.archive.Verb;
import leadglass.dicom.data.Uid;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.Amount;
import leadglass.server.ui.page.Moment;
import leadglass.server.ui.page.PatientInvite;
import leadglass.server.ui.page.PatientInvited;
import leadglass.server.ui.page.PatientsPage;
import leadglass.server.ui.page.Slice;
import leadglass.server.ui.page.StudyRow;

/// Ways in for patients, as staff makes, lists and stops them.
final class PatientAccountPages {
  private static final String LIST = "/patients";

  private final Archive archive;
  private final Place place;
  private final Frame frame;
  private final Lines lines;

  PatientAccountPages(Archive archive, Place place, Frame frame) {
    this.archive = archive;
    this.place = place;
    this.frame = frame;
    this.lines = new Lines(archive, place);
  }

  List<Route> routes() {
    Origin.Door door = Origin.Door.PAGE;
    String invite = "/studies/{study}/invite";
    return List.of(
        new Route("GET", invite, door, Verb.INVITE_PATIENT, r -> asking(r, 200, "")),
        new Route("POST", invite, door, Verb.INVITE_PATIENT, this::invite),
        new Route("GET", LIST, door, Verb.UNSHARE, r -> list(r, 200, "")),
        new Route("POST", LIST + "/{name}/stop", door, Verb.UNSHARE, this::stop));
  }

  private Response asking(Request request, int status, String error) throws IOException {
    Optional<Uid> study =
        Uid.parse(request.variable("study"))
            .filter(uid -> archive.patients().mayInvite(request.caller(), uid));
    Optional<StudyRow> row =
        study.isEmpty() ? Optional.empty() : lines.find(request.caller(), study.get());
    if (row.isEmpty()) {
      return frame.page(request, 404, ProblemPage.notShown());
    }
    String stands =
        archive
            .patients()
            .of(request.caller(), study.get())
            .map(account -> account.state().words())
            .orElse("");
    return frame.page(
        request,
        status,
        new PatientInvite(row.get(), "/studies/" + study.get().value(), stands, error));
  }

  private Response invite(Request request) throws IOException {
    Optional<Uid> study = Uid.parse(request.variable("study"));
    if (study.isEmpty()) {
      return frame.page(request, 404, ProblemPage.notShown());
    }
    About about = new About.Study(study.get());
    return switch (archive.patients().invite(request.caller(), about)) {
      case Patients.Made.Link link ->
          frame.page(
              request,
              200,
              new PatientInvited(
                  "https://"
                      + (place.outside().isEmpty() ? request.host() : place.outside())
                      + PatientDoorPages.OPEN
                      + "#"
                      + link.fragment(),
                  link.code(),
                  when(link.endsMillis()),
                  "/studies/" + study.get().value()));
      case Patients.Made.Refused refused -> asking(request, 422, refused.rule());
      case Patients.Made.NotThere _ -> frame.page(request, 404, ProblemPage.notShown());
      case Patients.Made.Braked _ -> Response.seeOther("/brakes");
    };
  }

  private String when(long millis) {
    return Moment.instant(millis, place.zone());
  }

  private Response list(Request request, int status, String error) throws IOException {
    Slice<Patients.Account> slice =
        Slice.of(archive.patients().list(request.caller()), LIST, request.query("from").orElse(""));
    return frame.page(request, status, new PatientsPage(slice.as(this::row), error));
  }

  private PatientsPage.Row row(Patients.Account account) {
    boolean ended =
        account.state() == Patients.State.STOPPED || account.state() == Patients.State.STUDIES_GONE;
    return new PatientsPage.Row(
        account.id(),
        account.patientId().isEmpty() ? "not shown to your role" : account.patientId(),
        when(account.invitedMillis()) + " by " + account.by(),
        account.endsMillis().map(this::when).orElse(""),
        account.lastMillis().map(this::when).orElse("not yet"),
        account.state().words(),
        !account.state().isOver(),
        account.wrong() == 0 ? "" : Amount.of(account.wrong(), "wrong code"),
        !ended);
  }

  private Response stop(Request request) throws IOException {
    return switch (archive.patients().stop(request.caller(), request.variable("name"))) {
      case Ruling.Done _ -> Response.seeOther(LIST);
      case Ruling.Refused refused -> list(request, 422, refused.rule());
      case Ruling.NotThere _ -> frame.page(request, 404, ProblemPage.notShown());
    };
  }
}
