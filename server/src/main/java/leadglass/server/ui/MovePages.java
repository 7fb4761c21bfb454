package leadglass.server.ui;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.About;
import leadglass.archive.Archive;
import leadglass.archive.Moves;
import leadglass.archive.Origin;
import leadglass.archive.Ruling;
import leadglass.archive.Verb;
import leadglass.dicom.data.Uid;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.Amount;
import leadglass.server.ui.page.Comparing;
import leadglass.server.ui.page.Comparing.Field;
import leadglass.server.ui.page.Merging;
import leadglass.server.ui.page.Moment;
import leadglass.server.ui.page.MovesPage;
import leadglass.server.ui.page.Moving;
import leadglass.server.ui.page.PatientCard;
import leadglass.server.ui.page.Reasoned;
import leadglass.server.ui.page.Slice;
import leadglass.server.ui.page.StudyRow;

/// Giving a study to another patient, merging two patients, and undoing either. Both patients are
/// shown side by side before anything is done.
final class MovePages {
  private static final String SURE = "sure";
  private static final String WHY = "Say why.";

  private final Archive archive;
  private final Place place;
  private final Frame frame;
  private final Lines lines;

  MovePages(Archive archive, Place place, Frame frame) {
    this.archive = archive;
    this.place = place;
    this.frame = frame;
    this.lines = new Lines(archive, place);
  }

  List<Route> routes() {
    Origin.Door door = Origin.Door.PAGE;
    return List.of(
        new Route("GET", "/studies/{study}/move", door, Verb.CORRECT, this::moving),
        new Route("POST", "/studies/{study}/move", door, Verb.CORRECT, this::move),
        new Route("GET", "/merge", door, Verb.CORRECT, this::merging),
        new Route("POST", "/merge", door, Verb.CORRECT, this::merge),
        new Route("GET", "/moves", door, Verb.CORRECT, this::list),
        new Route("GET", "/moves/{name}/undo", door, Verb.CORRECT, r -> undoing(r, 200, "", "")),
        new Route("POST", "/moves/{name}/undo", door, Verb.CORRECT, this::undo));
  }

  private Response notShown(Request request) {
    return frame.page(request, 404, ProblemPage.notShown());
  }

  private Response moving(Request request) throws IOException {
    return moving(request, 200, Moving.Typed.NOTHING, false, "");
  }

  private Response moving(
      Request request, int status, Moving.Typed typed, boolean fresh, String error)
      throws IOException {
    Optional<Uid> uid = Uid.parse(request.variable("study"));
    Optional<StudyRow> row =
        uid.isEmpty() ? Optional.empty() : lines.toCorrect(request.caller(), uid.get());
    if (row.isEmpty()) {
      return notShown(request);
    }
    String back = lines.back(request.caller(), row.get());
    return frame.page(
        request, status, new Moving(row.get(), uid.get().value(), back, typed, fresh, error));
  }

  private Response move(Request request) throws IOException, ProblemException {
    Optional<Uid> uid = Uid.parse(request.variable("study"));
    Optional<Moves.Patient> from =
        uid.isEmpty()
            ? Optional.empty()
            : archive.moves().patient(request.caller(), new About.Study(uid.get()));
    if (from.isEmpty()) {
      return notShown(request);
    }
    Map<String, String> form = request.form();
    Moving.Typed typed = typed(form);
    if (typed.id().isEmpty()) {
      return moving(request, 422, typed, false, "Type the Patient ID of whose it is.");
    }
    Optional<Moves.Patient> known =
        archive.moves().patient(request.caller(), new About.Patient(typed.issuer(), typed.id()));
    boolean fresh = known.isEmpty();
    if (fresh && typed.family().isEmpty()) {
      return moving(
          request, 422, typed, true, "Nothing is held of that Patient ID. Is it typed right?");
    }
    if (typed.reason().isEmpty()) {
      return moving(request, 422, typed, fresh, WHY);
    }
    // Who was shown before must still be who is meant now.
    if (!form.getOrDefault(SURE, "").equals(fresh ? "fresh" : "known")) {
      return frame.page(request, 200, compared(uid.get(), from.get(), known, typed));
    }
    Moves.Target target =
        fresh ? typed.target() : new Moves.Target.Known(typed.issuer(), typed.id());
    return switch (archive.moves().move(request.caller(), uid.get(), target, typed.reason())) {
      case Ruling.Done _ -> Response.seeOther("/moves");
      case Ruling.Refused refused -> moving(request, 422, typed, fresh, refused.rule());
      case Ruling.NotThere _ -> notShown(request);
    };
  }

  private static Moving.Typed typed(Map<String, String> form) {
    String sex = form.getOrDefault("sex", "").strip().toUpperCase(Locale.ROOT);
    return new Moving.Typed(
        form.getOrDefault("id", "").strip(),
        form.getOrDefault("issuer", "").strip(),
        form.getOrDefault("family", "").strip(),
        form.getOrDefault("given", "").strip(),
        form.getOrDefault("born", "").strip(),
        sex,
        form.getOrDefault("reason", "").strip());
  }

  private static Comparing compared(
      Uid uid, Moves.Patient from, Optional<Moves.Patient> known, Moving.Typed typed) {
    return new Comparing(
        "Give the study to this patient?",
        "/studies",
        PatientCard.of("Filed under now", from.attributes(), from.studies()),
        known
            .map(into -> PatientCard.of("To be given to", into.attributes(), into.studies()))
            .orElseGet(() -> PatientCard.of("To be given to", typed.patient(), 0)),
        List.of(
            "Lists, the viewer and every copy that is taken out say the new patient from now on."
                + " It can be undone under Moves."),
        "/studies/" + uid.value() + "/move",
        List.of(
            new Field("id", typed.id()),
            new Field("issuer", typed.issuer()),
            new Field("family", typed.family()),
            new Field("given", typed.given()),
            new Field("born", typed.born()),
            new Field("sex", typed.sex()),
            new Field("reason", typed.reason()),
            new Field(SURE, known.isEmpty() ? "fresh" : "known")),
        "Give it to this patient",
        "/studies/" + uid.value() + "/move");
  }

  private Response merging(Request request) {
    return frame.page(request, 200, Merging.NOTHING);
  }

  private Response merge(Request request) throws IOException, ProblemException {
    Map<String, String> form = request.form();
    Merging typed =
        new Merging(
            form.getOrDefault("from", "").strip(),
            form.getOrDefault("from-issuer", "").strip(),
            form.getOrDefault("into", "").strip(),
            form.getOrDefault("into-issuer", "").strip(),
            form.getOrDefault("reason", "").strip(),
            "");
    About.Patient from = new About.Patient(typed.fromIssuer(), typed.fromId());
    About.Patient into = new About.Patient(typed.intoIssuer(), typed.intoId());
    Optional<Moves.Patient> first = archive.moves().patient(request.caller(), from);
    Optional<Moves.Patient> second = archive.moves().patient(request.caller(), into);
    if (first.isEmpty() || second.isEmpty()) {
      String which = first.isEmpty() ? "first" : "second";
      String rule = "Nothing is held of the " + which + " Patient ID. Is it typed right?";
      return frame.page(request, 422, typed.refused(rule));
    }
    if (from.equals(into)) {
      return frame.page(request, 422, typed.refused("Both are the same Patient ID."));
    }
    if (typed.reason().isEmpty()) {
      return frame.page(request, 422, typed.refused(WHY));
    }
    if (!form.containsKey(SURE)) {
      return frame.page(request, 200, compared(typed, first.get(), second.get()));
    }
    return switch (archive.moves().merge(request.caller(), from, into, typed.reason())) {
      case Ruling.Done _ -> Response.seeOther("/moves");
      case Ruling.Refused refused -> frame.page(request, 422, typed.refused(refused.rule()));
      case Ruling.NotThere _ -> notShown(request);
    };
  }

  private static Comparing compared(Merging typed, Moves.Patient from, Moves.Patient into) {
    return new Comparing(
        "Are these two one person?",
        "/moves",
        PatientCard.of("Wrong ID, to be emptied", from.attributes(), from.studies()),
        PatientCard.of("Right ID, gets everything", into.attributes(), into.studies()),
        List.of(
            Amount.studies(from.studies())
                + " of the first patient will be the second's. It can be undone under Moves.",
            "What comes later under the wrong ID is filed under the wrong ID again: correct it at"
                + " its source too."),
        "/merge",
        List.of(
            new Field("from", typed.fromId()),
            new Field("from-issuer", typed.fromIssuer()),
            new Field("into", typed.intoId()),
            new Field("into-issuer", typed.intoIssuer()),
            new Field("reason", typed.reason()),
            new Field(SURE, "yes")),
        "Merge them",
        "/merge");
  }

  private Response list(Request request) throws IOException {
    Slice<Moves.Move> slice =
        Slice.of(
            archive.moves().list(request.caller()).reversed(),
            "/moves",
            request.query("from").orElse(""));
    return frame.page(request, 200, new MovesPage(slice.as(this::row)));
  }

  private MovesPage.Row row(Moves.Move move) {
    String undone =
        "undone"
            + move.undoneBy().map(by -> " by " + by).orElse("")
            + move.undoneMillis().map(at -> ", " + Moment.instant(at, place.zone())).orElse("");
    return new MovesPage.Row(
        move.name(),
        move.merge(),
        move.studies().isEmpty() ? "" : move.studies().getFirst().value(),
        StudyRow.listed(move.now(), place.today()),
        move.studies().size(),
        Moment.instant(move.atMillis(), place.zone()),
        move.by(),
        switch (move.state()) {
          case DOING -> "being done";
          case DONE -> "done";
          case UNDONE -> undone;
        },
        move.state() == Moves.State.DONE && !move.studies().isEmpty());
  }

  private Response undoing(Request request, int status, String reason, String error)
      throws IOException {
    String name = request.variable("name");
    Optional<Moves.Move> found =
        archive.moves().list(request.caller()).stream()
            .filter(move -> move.name().equals(name) && move.state() == Moves.State.DONE)
            .findFirst();
    if (found.isEmpty()) {
      return notShown(request);
    }
    String what =
        (found.get().merge() ? "Patients merged" : "Study moved")
            + " by "
            + found.get().by()
            + ", "
            + Moment.instant(found.get().atMillis(), place.zone())
            + ".";
    return frame.page(
        request,
        status,
        new Reasoned(
            found.get().merge() ? "Undo this merge?" : "Undo this move?",
            "/moves",
            List.of(
                what,
                Amount.studies(found.get().studies().size())
                    + " will be filed under the patient of before again."),
            "/moves/" + name + "/undo",
            "Undo it",
            "Kept with the study, and gone with it.",
            reason,
            error));
  }

  private Response undo(Request request) throws IOException, ProblemException {
    String reason = request.form().getOrDefault("reason", "").strip();
    return switch (archive.moves().undo(request.caller(), request.variable("name"), reason)) {
      case Ruling.Done _ -> Response.seeOther("/moves");
      case Ruling.Refused refused -> undoing(request, 422, reason, refused.rule());
      case Ruling.NotThere _ -> notShown(request);
    };
  }
}
