package leadglass.server.ui;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.About;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Certificate;
import leadglass.archive.Erasures;
import leadglass.archive.Erasures.State;
import leadglass.archive.Origin;
import leadglass.archive.Ruling;
import leadglass.archive.Verb;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.Amount;
import leadglass.server.ui.page.CertificatePage;
import leadglass.server.ui.page.Erasing;
import leadglass.server.ui.page.ErasurePage;
import leadglass.server.ui.page.ErasurePage.Fact;
import leadglass.server.ui.page.ErasuresPage;
import leadglass.server.ui.page.Moment;
import leadglass.server.ui.page.Named;
import leadglass.server.ui.page.Slice;
import leadglass.server.ui.page.StatusPage.Level;

/// Erasing a patient: asked for by an administrator, confirmed by a second person who has to know
/// who is meant.
final class ErasurePages {
  private static final String NOBODY =
      "Type a Patient ID, or the Study Instance UID of one of their studies; not both.";
  private static final int PSEUDONYM_SHOWN_CHARS = 8;

  private final Archive archive;
  private final Place place;
  private final Frame frame;

  ErasurePages(Archive archive, Place place, Frame frame) {
    this.archive = archive;
    this.place = place;
    this.frame = frame;
  }

  List<Route> routes() {
    Origin.Door door = Origin.Door.PAGE;
    return List.of(
        new Route("GET", "/erasures", door, Verb.CONFIRM, r -> list(r, 200, "")),
        new Route("GET", "/erasures/ask", door, Verb.ERASE, this::asking),
        new Route("POST", "/erasures/ask", door, Verb.ERASE, this::ask),
        new Route(
            "GET", "/erasures/{name}", door, Verb.CONFIRM, r -> one(r, 200, Named.NOBODY, "")),
        new Route("POST", "/erasures/{name}/confirm", door, Verb.CONFIRM, this::confirm),
        new Route("POST", "/erasures/{name}/take-back", door, Verb.CONFIRM, this::takeBack),
        new Route("GET", "/erasures/{name}/certificate", door, Verb.CONFIRM, this::certificate),
        new Route("POST", "/erasures/{name}/tick", door, Verb.ERASE, this::tick));
  }

  private Response notShown(Request request) {
    return frame.page(request, 404, ProblemPage.notShown());
  }

  private Response list(Request request, int status, String error) {
    List<ErasuresPage.Row> waiting = new ArrayList<>();
    List<ErasuresPage.Row> over = new ArrayList<>();
    for (Erasures.Erasure each : archive.erasures().list(request.caller())) {
      (isOver(each.state()) ? over : waiting).add(row(each));
    }
    return frame.page(
        request,
        status,
        new ErasuresPage(
            waiting,
            Slice.of(over.reversed(), "/erasures", request.query("from").orElse("")),
            frame.may(request.caller(), Verb.ERASE),
            error));
  }

  private static boolean isOver(State state) {
    return switch (state) {
      case ASKED, CONFIRMED, ERASING -> false;
      case ERASED, TAKEN_BACK -> true;
    };
  }

  private ErasuresPage.Row row(Erasures.Erasure erasure) {
    return new ErasuresPage.Row(
        erasure.name(),
        erasure.pseudonym().substring(0, PSEUDONYM_SHOWN_CHARS),
        erasure.category().words(),
        Amount.number(erasure.studies()),
        moment(erasure.askedMillis()) + " by " + erasure.askedBy(),
        level(erasure.state()),
        words(erasure.state()),
        next(erasure),
        erasure.state() == State.ERASED);
  }

  private static Level level(State state) {
    return switch (state) {
      case ASKED, CONFIRMED, ERASING -> Level.WARN;
      case ERASED, TAKEN_BACK -> Level.OK;
    };
  }

  private static String words(State state) {
    return switch (state) {
      case ASKED -> "waits for a second person";
      case CONFIRMED -> "confirmed";
      case ERASING -> "being done";
      case ERASED -> "done";
      case TAKEN_BACK -> "taken back";
    };
  }

  private String next(Erasures.Erasure erasure) {
    return switch (erasure.state()) {
      case ASKED, CONFIRMED ->
          erasure
              .kept()
              .or(() ->
                  erasure.dueMillis().map(due -> "Erased for ever not before " + moment(due) + "."))
              .orElse("Nothing, until somebody confirms it.");
      case ERASING, TAKEN_BACK -> "";
      case ERASED -> erasure.erasedMillis().map(this::moment).orElse("");
    };
  }

  private String moment(long millis) {
    return Moment.instant(millis, place.zone());
  }

  private Response asking(Request request) {
    return asking(request, 200, Named.NOBODY, "", "", "");
  }

  private Response asking(
      Request request, int status, Named named, String category, String note, String error) {
    int days = archive.siteRules().graceDays();
    return frame.page(request, status, new Erasing(named, category, note, days, error));
  }

  private Response ask(Request request) throws IOException, ProblemException {
    Map<String, String> form = request.form();
    Named named = Named.of(form);
    String word = form.getOrDefault("category", "");
    String note = form.getOrDefault("note", "").strip();
    Optional<Erasures.Category> category = Erasures.Category.of(word);
    Optional<About> about = named.about();
    if (about.isEmpty() || category.isEmpty()) {
      String rule = about.isEmpty() ? NOBODY : "Choose why.";
      return asking(request, 422, named, word, note, rule);
    }
    Ruling ruling = archive.erasures().ask(request.caller(), about.get(), category.get(), note);
    return switch (ruling) {
      case Ruling.Done done -> Response.seeOther("/erasures/" + done.name());
      case Ruling.Refused refused -> asking(request, 422, named, word, note, refused.rule());
      case Ruling.NotThere _ ->
          asking(request, 422, named, word, note, "Nothing is held of them. Is it typed right?");
    };
  }

  private Optional<Erasures.Erasure> find(Request request) {
    String name = request.variable("name");
    return archive.erasures().list(request.caller()).stream()
        .filter(each -> each.name().equals(name))
        .findFirst();
  }

  private Response one(Request request, int status, Named named, String error) {
    Optional<Erasures.Erasure> found = find(request);
    if (found.isEmpty()) {
      return notShown(request);
    }
    Erasures.Erasure erasure = found.get();
    boolean own = isAskedBy(erasure, request.caller());
    ErasurePage.Step step =
        switch (erasure.state()) {
          case ASKED -> own ? ErasurePage.Step.ANOTHER : ErasurePage.Step.CONFIRM;
          case CONFIRMED -> ErasurePage.Step.WAIT;
          case ERASED -> ErasurePage.Step.CERTIFICATE;
          case ERASING, TAKEN_BACK -> ErasurePage.Step.NOTHING;
        };
    return frame.page(
        request,
        status,
        new ErasurePage(
            erasure.name(),
            level(erasure.state()),
            words(erasure.state()),
            facts(erasure),
            step,
            erasure.state() == State.ASKED || erasure.state() == State.CONFIRMED,
            named,
            error));
  }

  private static boolean isAskedBy(Erasures.Erasure erasure, Caller caller) {
    return caller instanceof Caller.Person person
        && person
            .name()
            .toLowerCase(Locale.ROOT)
            .equals(erasure.askedBy().toLowerCase(Locale.ROOT));
  }

  private List<Fact> facts(Erasures.Erasure erasure) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Patient", "pseudonym " + erasure.pseudonym()));
    facts.add(new Fact("Studies", Amount.number(erasure.studies())));
    facts.add(new Fact("Why", erasure.category().words()));
    if (!erasure.note().isEmpty()) {
      facts.add(new Fact("Note", erasure.note()));
    }
    facts.add(new Fact("Asked for", moment(erasure.askedMillis()) + " by " + erasure.askedBy()));
    erasure
        .confirmedBy()
        .ifPresent(by ->
            facts.add(
                new Fact(
                    "Confirmed",
                    erasure.confirmedMillis().map(this::moment).orElse("") + " by " + by)));
    String next = next(erasure);
    if (!next.isEmpty()) {
      facts.add(new Fact(erasure.state() == State.ERASED ? "Erased" : "What comes", next));
    }
    return facts;
  }

  private Response confirm(Request request) throws IOException, ProblemException {
    Map<String, String> form = request.form();
    Named named = Named.of(form);
    Optional<About> about = named.about();
    if (about.isEmpty()) {
      return one(request, 422, named, NOBODY);
    }
    String name = request.variable("name");
    if (!archive.erasures().matches(request.caller(), name, about.get())) {
      return one(
          request,
          422,
          named,
          "That is not the patient whose erasure was asked for. Compare with the request again; if"
              + " it is typed right, take the erasure back.");
    }
    if (!form.containsKey("sure")) {
      return one(request, 422, named, "Say that you have seen the request.");
    }
    return switch (archive.erasures().confirm(request.caller(), name)) {
      case Ruling.Done _ -> Response.seeOther("/erasures/" + name);
      case Ruling.Refused refused -> one(request, 422, named, refused.rule());
      case Ruling.NotThere _ -> notShown(request);
    };
  }

  private Response takeBack(Request request) throws IOException {
    String name = request.variable("name");
    return switch (archive.erasures().takeBack(request.caller(), name)) {
      case Ruling.Done _ -> Response.seeOther("/erasures/" + name);
      case Ruling.Refused refused -> one(request, 422, Named.NOBODY, refused.rule());
      case Ruling.NotThere _ -> notShown(request);
    };
  }

  private Response certificate(Request request) {
    return archive
        .erasures()
        .certificate(request.caller(), request.variable("name"))
        .map(certificate -> frame.page(request, 200, page(request, certificate)))
        .orElseGet(() -> notShown(request));
  }

  private CertificatePage page(Request request, Certificate of) {
    List<CertificatePage.Copy> copies = new ArrayList<>();
    for (Certificate.KeyBackup backup : of.backups()) {
      String by = backup.tickedBy().isEmpty() ? "" : " by " + backup.tickedBy();
      String when = backup.tickedMillis().map(at -> ", " + moment(at)).orElse("");
      copies.add(
          new CertificatePage.Copy(
              backup.key(),
              backup.date(),
              backup.place(),
              backup.digest(),
              backup.gone(),
              backup.state() + by + when));
    }
    return new CertificatePage(
        of.erasure(),
        of.complete(),
        of.verdict(),
        List.of(
            new Fact("Erasure", of.erasure()),
            new Fact("Site", of.site()),
            new Fact("Patient", "pseudonym " + of.pseudonym()),
            new Fact("Reason", of.category()),
            new Fact("Asked for", moment(of.askedMillis()) + " by " + of.askedBy()),
            new Fact("Confirmed", moment(of.confirmedMillis()) + " by " + of.confirmedBy()),
            new Fact("Erased", moment(of.erasedMillis())),
            new Fact("Studies whose keys were destroyed", Amount.number(of.studies())),
            new Fact("Studies given to another patient before", Amount.number(of.movedAway()))),
        copies,
        frame.may(request.caller(), Verb.ERASE));
  }

  private Response tick(Request request) throws IOException, ProblemException {
    String backup = request.form().getOrDefault("backup", "");
    String back = "/erasures/" + request.variable("name") + "/certificate";
    return switch (archive.erasures().tick(request.caller(), backup)) {
      case Ruling.Done _ -> Response.seeOther(back);
      case Ruling.Refused refused -> list(request, 422, refused.rule());
      case Ruling.NotThere _ -> notShown(request);
    };
  }
}
