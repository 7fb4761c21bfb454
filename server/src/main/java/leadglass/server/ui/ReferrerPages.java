package leadglass.server.ui;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.Origin;
import leadglass.archive.Referrals;
import leadglass.archive.Ruling;
import leadglass.archive.Verb;
import leadglass.dicom.data.Uid;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.GivenPage;
import leadglass.server.ui.page.ReferrersPage;

/// Which studies a referrer reaches.
final class ReferrerPages {
  private static final String IDENTIFIERS = "/referrers";

  private final Archive archive;
  private final Frame frame;

  ReferrerPages(Archive archive, Frame frame) {
    this.archive = archive;
    this.frame = frame;
  }

  List<Route> routes() {
    Origin.Door door = Origin.Door.PAGE;
    String given = "/studies/{study}/referrers";
    return List.of(
        new Route("GET", given, door, Verb.SHARE, r -> given(r, 200, "", "")),
        new Route("POST", given, door, Verb.SHARE, this::give),
        new Route("POST", given + "/remove", door, Verb.SHARE, this::take),
        new Route("GET", IDENTIFIERS, door, Verb.ADMINISTER, r -> list(r, 200, Map.of(), "")),
        new Route("POST", IDENTIFIERS, door, Verb.ADMINISTER, this::confirm),
        new Route("POST", IDENTIFIERS + "/remove", door, Verb.ADMINISTER, this::unconfirm));
  }

  private Response given(Request request, int status, String typed, String error)
      throws IOException {
    Optional<Uid> study = Uid.parse(request.variable("study"));
    Optional<List<String>> given =
        study.isPresent()
            ? archive.referrals().of(request.caller(), study.get())
            : Optional.empty();
    if (study.isEmpty() || given.isEmpty()) {
      return frame.page(request, 404, ProblemPage.notShown());
    }
    return frame.page(
        request,
        status,
        new GivenPage(
            study.get().value(),
            given.get(),
            archive.referrals().referrers(request.caller()),
            typed,
            error));
  }

  private Response give(Request request) throws IOException, ProblemException {
    String referrer = request.form().getOrDefault("referrer", "").strip();
    Optional<Uid> study = Uid.parse(request.variable("study"));
    return study.isEmpty()
        ? frame.page(request, 404, ProblemPage.notShown())
        : switch (archive.referrals().give(request.caller(), study.get(), referrer)) {
          case Ruling.Done _ -> Response.seeOther(address(study.get()));
          case Ruling.Refused refused -> given(request, 422, referrer, refused.rule());
          case Ruling.NotThere _ -> frame.page(request, 404, ProblemPage.notShown());
        };
  }

  private static String address(Uid study) {
    return "/studies/" + study.value() + "/referrers";
  }

  private Response take(Request request) throws IOException, ProblemException {
    String referrer = request.form().getOrDefault("referrer", "").strip();
    Optional<Uid> study = Uid.parse(request.variable("study"));
    return study.isEmpty()
        ? frame.page(request, 404, ProblemPage.notShown())
        : switch (archive.referrals().take(request.caller(), study.get(), referrer)) {
          case Ruling.Done _ -> Response.seeOther(address(study.get()));
          case Ruling.Refused refused -> given(request, 422, "", refused.rule());
          case Ruling.NotThere _ -> frame.page(request, 404, ProblemPage.notShown());
        };
  }

  private Response list(Request request, int status, Map<String, String> typed, String error) {
    List<ReferrersPage.Row> rows =
        archive.referrals().identifiers(request.caller()).stream()
            .map(each -> new ReferrersPage.Row(each.account(), each.scheme(), each.code()))
            .toList();
    return frame.page(
        request,
        status,
        new ReferrersPage(
            rows,
            archive.referrals().referrers(request.caller()),
            typed.getOrDefault("referrer", ""),
            typed.getOrDefault("scheme", ""),
            typed.getOrDefault("code", ""),
            error));
  }

  private static Referrals.Identifier identifier(Map<String, String> typed) {
    return new Referrals.Identifier(
        typed.getOrDefault("referrer", "").strip(),
        typed.getOrDefault("scheme", "").strip(),
        typed.getOrDefault("code", "").strip());
  }

  private Response confirm(Request request) throws IOException, ProblemException {
    Map<String, String> typed = request.form();
    return ruled(request, typed, archive.referrals().confirm(request.caller(), identifier(typed)));
  }

  private Response unconfirm(Request request) throws IOException, ProblemException {
    Map<String, String> typed = request.form();
    return ruled(
        request, typed, archive.referrals().unconfirm(request.caller(), identifier(typed)));
  }

  private Response ruled(Request request, Map<String, String> typed, Ruling ruling) {
    return switch (ruling) {
      case Ruling.Done _ -> Response.seeOther(IDENTIFIERS);
      case Ruling.Refused refused -> list(request, 422, typed, refused.rule());
      case Ruling.NotThere _ -> frame.page(request, 404, ProblemPage.notShown());
    };
  }
}
