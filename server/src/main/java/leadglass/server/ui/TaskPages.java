package leadglass.server.ui;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.Origin;
import leadglass.archive.PatientTasks;
import leadglass.archive.Ruling;
import leadglass.archive.Verb;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.Moment;
import leadglass.server.ui.page.Reasoned;
import leadglass.server.ui.page.Slice;
import leadglass.server.ui.page.TasksPage;

/// What patients ask, for the auditor who answers.
final class TaskPages {
  static final String ADDRESS = "/tasks";

  private final Archive archive;
  private final Place place;
  private final Frame frame;

  TaskPages(Archive archive, Place place, Frame frame) {
    this.archive = archive;
    this.place = place;
    this.frame = frame;
  }

  List<Route> routes() {
    Origin.Door door = Origin.Door.PAGE;
    String answer = ADDRESS + "/{number}/answer";
    return List.of(
        new Route("GET", ADDRESS, door, Verb.READ_AUDIT, this::list),
        new Route("GET", answer, door, Verb.READ_AUDIT, r -> answering(r, 200, "", "")),
        new Route("POST", answer, door, Verb.READ_AUDIT, this::answer));
  }

  private Response list(Request request) throws IOException {
    Slice<PatientTasks.Task> slice =
        Slice.of(
            archive.patientTasks().list(request.caller()),
            ADDRESS,
            request.query("from").orElse(""));
    return frame.page(request, 200, new TasksPage(slice.as(this::row)));
  }

  private TasksPage.Row row(PatientTasks.Task task) {
    return new TasksPage.Row(
        task.number(),
        patient(task),
        when(task.atMillis()),
        about(task),
        task.words(),
        task.answer()
            .map(answer -> when(answer.atMillis()) + " by " + answer.by() + ": " + answer.words())
            .orElse(""));
  }

  private static String patient(PatientTasks.Task task) {
    return task.patientId().isEmpty() ? "not here any more" : task.patientId();
  }

  private String about(PatientTasks.Task task) {
    return task.aboutMillis()
        .map(at -> when(at) + ": " + task.about())
        .orElse(
            "Asks to end the link "
                + (task.about().isEmpty() ? "that was forgotten since" : "for " + task.about()));
  }

  private String when(long millis) {
    return Moment.instant(millis, place.zone());
  }

  private Response answering(Request request, int status, String typed, String error)
      throws IOException {
    String number = request.variable("number");
    Optional<PatientTasks.Task> found =
        archive.patientTasks().list(request.caller()).stream()
            .filter(task -> Long.toString(task.number()).equals(number))
            .filter(task -> task.answer().isEmpty())
            .findFirst();
    if (found.isEmpty()) {
      return frame.page(request, 404, ProblemPage.notShown());
    }
    PatientTasks.Task task = found.get();
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "Patient " + patient(task) + ", " + when(task.atMillis()) + ". " + about(task) + ".");
    if (!task.words().isEmpty()) {
      sentences.add("“" + task.words() + "”");
    }
    sentences.add("The patient reads your answer. It can't be changed later.");
    return frame.page(
        request,
        status,
        new Reasoned(
            "Answer this patient",
            ADDRESS,
            sentences,
            ADDRESS + "/" + task.number() + "/answer",
            "Answer",
            "What you found out, for the patient. It must not say who the patient is.",
            typed,
            error));
  }

  private Response answer(Request request) throws IOException, ProblemException {
    String words = request.form().getOrDefault("reason", "").strip();
    String number = request.variable("number");
    Ruling ruling =
        number.matches("\\d{1,18}")
            ? archive.patientTasks().answer(request.caller(), Long.parseLong(number), words)
            : new Ruling.NotThere();
    return switch (ruling) {
      case Ruling.Done _ -> Response.seeOther(ADDRESS);
      case Ruling.Refused(String rule) -> answering(request, 422, words, rule);
      case Ruling.NotThere _ -> frame.page(request, 404, ProblemPage.notShown());
    };
  }
}
