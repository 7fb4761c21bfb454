package leadglass.server.ui;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Deletions;
import leadglass.archive.Origin;
import leadglass.archive.Ruling;
import leadglass.archive.Verb;
import leadglass.dicom.data.Uid;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.Amount;
import leadglass.server.ui.page.DeletedStudies;
import leadglass.server.ui.page.Deleting;
import leadglass.server.ui.page.Moment;
import leadglass.server.ui.page.Slice;
import leadglass.server.ui.page.StudyRow;

/// Deleting a study, and bringing it back.
final class DeletionPages {
  private static final int ASKED_AT_ONCE = 200;

  /// Of more, the oldest are not listed: those are kept by retention and wait for years.
  private static final int LISTED_MAX = 10_000;

  private final Archive archive;
  private final Place place;
  private final Frame frame;
  private final Lines lines;

  DeletionPages(Archive archive, Place place, Frame frame) {
    this.archive = archive;
    this.place = place;
    this.frame = frame;
    this.lines = new Lines(archive, place);
  }

  List<Route> routes() {
    Origin.Door door = Origin.Door.PAGE;
    return List.of(
        new Route("GET", "/studies/{study}/delete", door, Verb.CORRECT, this::form),
        new Route("POST", "/studies/{study}/delete", door, Verb.CORRECT, this::delete),
        new Route("GET", "/deleted", door, Verb.CORRECT, this::list),
        new Route("POST", "/deleted/{name}/back", door, Verb.CORRECT, this::bringBack));
  }

  private Response form(Request request) throws IOException {
    return form(request, 200, Deleting.Why.WRONG_PATIENT, "", "");
  }

  private Response form(Request request, int status, Deleting.Why why, String words, String error)
      throws IOException {
    Optional<Uid> uid = Uid.parse(request.variable("study"));
    Optional<StudyRow> row =
        uid.isEmpty() ? Optional.empty() : lines.toCorrect(request.caller(), uid.get());
    if (row.isEmpty()) {
      return frame.page(request, 404, ProblemPage.notShown());
    }
    String until = Moment.day(place.today().plusDays(Deletions.DAYS));
    String back = lines.back(request.caller(), row.get());
    return frame.page(
        request,
        status,
        new Deleting(row.get(), uid.get().value(), back, until, why, words, error));
  }

  private Response delete(Request request) throws IOException, ProblemException {
    Map<String, String> form = request.form();
    Deleting.Why why = Deleting.Why.of(form.getOrDefault("why", ""));
    String words = form.getOrDefault("words", "").strip();
    if (why == Deleting.Why.OTHER && words.isEmpty()) {
      return form(request, 422, why, words, "Say in a few words why.");
    }
    Optional<Uid> uid = Uid.parse(request.variable("study"));
    if (uid.isEmpty()) {
      return frame.page(request, 404, ProblemPage.notShown());
    }
    return switch (archive.deletions().delete(request.caller(), uid.get(), why.with(words))) {
      case Ruling.Done done -> Response.seeOther("/deleted#s" + done.name());
      case Ruling.Refused refused -> form(request, 422, why, words, refused.rule());
      case Ruling.NotThere _ -> frame.page(request, 404, ProblemPage.notShown());
    };
  }

  private Response list(Request request) throws IOException {
    return list(request, 200, "");
  }

  private Response list(Request request, int status, String error) throws IOException {
    Slice<Deletions.Deleted> slice =
        Slice.of(newestFirst(request.caller()), "/deleted", request.query("from").orElse(""));
    return frame.page(request, status, new DeletedStudies(slice.as(this::row), error));
  }

  private List<Deletions.Deleted> newestFirst(Caller caller) throws IOException {
    Deque<Deletions.Deleted> newest = new ArrayDeque<>();
    Optional<String> after = Optional.empty();
    List<Deletions.Deleted> some;
    do {
      some = archive.deletions().list(caller, after, ASKED_AT_ONCE);
      for (Deletions.Deleted one : some) {
        newest.addFirst(one);
        if (newest.size() > LISTED_MAX) {
          newest.removeLast();
        }
        after = Optional.of(one.name());
      }
    } while (!some.isEmpty());
    return new ArrayList<>(newest);
  }

  private DeletedStudies.Row row(Deletions.Deleted deleted) {
    return new DeletedStudies.Row(
        deleted.name(),
        deleted.study().value(),
        StudyRow.listed(deleted.attributes(), place.today()),
        Amount.series(deleted.series()) + ", " + Amount.of(deleted.instances(), "image"),
        Moment.instant(deleted.deletedMillis(), place.zone()),
        deleted.by(),
        deleted.reason(),
        "goes for ever on " + Moment.day(deleted.endsMillis(), place.zone()),
        deleted.kept().orElse(""));
  }

  private Response bringBack(Request request) throws IOException, ProblemException {
    return switch (archive.deletions().bringBack(request.caller(), request.variable("name"))) {
      case Ruling.Done _ -> Response.seeOther(found(request));
      case Ruling.Refused refused -> list(request, 422, refused.rule());
      case Ruling.NotThere _ -> frame.page(request, 404, ProblemPage.notShown());
    };
  }

  /// The study's page, if it lies within what the role sees.
  private String found(Request request) throws IOException, ProblemException {
    Optional<Uid> uid = Uid.parse(request.form().getOrDefault("study", ""));
    return uid.isPresent() && lines.find(request.caller(), uid.get()).isPresent()
        ? "/studies/" + uid.get().value()
        : "/deleted";
  }
}
