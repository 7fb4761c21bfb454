package leadglass.server.ui;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.Brakes;
import leadglass.archive.Caller;
import leadglass.archive.Origin;
import leadglass.archive.Verb;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.Amount;
import leadglass.server.ui.page.BrakesPage;
import leadglass.server.ui.page.Reasoned;

/// Budgets of a day: how one stands, and how to go on.
final class BrakePages {
  private final Archive archive;
  private final Frame frame;

  BrakePages(Archive archive, Frame frame) {
    this.archive = archive;
    this.frame = frame;
  }

  List<Route> routes() {
    Origin.Door door = Origin.Door.PAGE;
    return List.of(
        new Route("GET", "/brakes", door, Verb.BE_KNOWN, r -> show(r, 200, "", "", "")),
        new Route("GET", "/brakes/more", door, Verb.BE_KNOWN, r -> asking(r, 200, "", "")),
        new Route("POST", "/brakes/more", door, Verb.BE_KNOWN, this::more),
        new Route("POST", "/brakes/allow", door, Verb.CONFIRM, this::allow));
  }

  /// With a factor that was proved a moment ago.
  private Response asking(Request request, int status, String purpose, String error) {
    return frame.page(
        request,
        status,
        new Reasoned(
            "Go on for a purpose",
            "/brakes",
            List.of(
                "You have opened or listed your share of today. With a purpose you may go on to half"
                    + " as much again; then somebody else has to allow it."),
            "/brakes/more",
            "Go on",
            "What you need more for. It must not say who a patient is: these words stay, and are"
                + " read by others.",
            purpose,
            error));
  }

  private Response more(Request request) throws IOException, ProblemException {
    String purpose = request.form().getOrDefault("reason", "").strip();
    if (!(request.caller() instanceof Caller.Person person)) {
      return frame.page(request, 404, ProblemPage.notShown());
    }
    Optional<String> rule = archive.brakes().ease(person, purpose);
    return rule.isEmpty()
        ? Response.seeOther("/brakes")
        : asking(request, 422, purpose, rule.get());
  }

  private Response show(Request request, int status, String asked, String reason, String error) {
    Caller caller = request.caller();
    Optional<BrakesPage.Standing> own = archive.brakes().standing(caller).map(BrakePages::standing);
    List<BrakesPage.Standing> others =
        archive.brakes().raised(caller).stream()
            .map(BrakePages::standing)
            .filter(each -> own.filter(mine -> mine.subject().equals(each.subject())).isEmpty())
            .toList();
    return frame.page(
        request,
        status,
        new BrakesPage(
            own.orElse(null), frame.may(caller, Verb.CONFIRM), others, asked, reason, error));
  }

  private static BrakesPage.Standing standing(Brakes.Standing now) {
    String words =
        "Opened "
            + now.patients()
            + " of "
            + Amount.of(now.limits().patientsPerDay(), "patient")
            + ", listed "
            + now.rows()
            + " of "
            + Amount.studies(now.limits().rowsPerDay())
            + " that are not of today."
            + (now.learning()
                ? " In the first 14 days nobody is stopped before five times as much."
                : "");
    return new BrakesPage.Standing(
        now.subject(),
        words,
        now.purpose(),
        now.stop().filter(Brakes.Stop.PURPOSE::equals).isPresent(),
        now.stop().filter(Brakes.Stop.SECOND_PERSON::equals).isPresent());
  }

  private Response allow(Request request) throws IOException, ProblemException {
    Map<String, String> form = request.form();
    String subject = form.getOrDefault("subject", "");
    String reason = form.getOrDefault("reason", "").strip();
    Optional<String> rule = archive.brakes().allow(request.caller(), subject, reason);
    return rule.isEmpty()
        ? Response.seeOther("/brakes")
        : show(request, 422, subject, reason, rule.get());
  }
}
