package leadglass.server.ui;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.About;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Origin;
import leadglass.archive.Ruling;
import leadglass.archive.ShareLinks;
import leadglass.archive.Verb;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.Amount;
import leadglass.server.ui.page.Moment;
import leadglass.server.ui.page.ShareForm;
import leadglass.server.ui.page.ShareMade;
import leadglass.server.ui.page.SharesPage;
import leadglass.server.ui.page.Slice;
import leadglass.server.ui.page.StudyRow;

/// Links for somebody outside, as staff makes, lists and stops them.
final class SharePages {
  private static final String BOX = "study-";

  private final Archive archive;
  private final Place place;
  private final Frame frame;

  SharePages(Archive archive, Place place, Frame frame) {
    this.archive = archive;
    this.place = place;
    this.frame = frame;
  }

  List<Route> routes() {
    Origin.Door door = Origin.Door.PAGE;
    return List.of(
        new Route("GET", "/studies/{study}/share", door, Verb.SHARE, this::form),
        new Route("POST", "/studies/{study}/share", door, Verb.SHARE, this::make),
        new Route("GET", "/shares", door, Verb.UNSHARE, request -> list(request, 200, "")),
        new Route("POST", "/shares/{name}/stop", door, Verb.UNSHARE, this::stop));
  }

  private Response form(Request request) throws IOException {
    Optional<Uid> study = Uid.parse(request.variable("study"));
    return study.isEmpty()
        ? frame.page(request, 404, ProblemPage.notShown())
        : form(
            request,
            200,
            study.get(),
            Map.of(BOX + study.get().value(), "on", "days", "" + ShareLinks.USUAL.toDays()),
            "");
  }

  private Response form(
      Request request, int status, Uid study, Map<String, String> typed, String error)
      throws IOException {
    List<DataSet> studies = archive.shareLinks().shareable(request.caller(), study);
    if (studies.isEmpty()) {
      return frame.page(request, 404, ProblemPage.notShown());
    }
    List<ShareForm.Choice> choices =
        studies.stream()
            .flatMap(row ->
                row.uid(Tag.STUDY_INSTANCE_UID).map(Uid::value).stream()
                    .map(uid ->
                        new ShareForm.Choice(
                            uid, StudyRow.of(row, place.today()), typed.containsKey(BOX + uid))))
            .toList();
    List<String> open =
        archive.shareLinks().openFor(request.caller(), new About.Study(study)).stream()
            .map(share ->
                share.recipientWords()
                    + ", until "
                    + when(share.endsMillis())
                    + ", by "
                    + share.by())
            .toList();
    String address = "/studies/" + study.value();
    return frame.page(
        request,
        status,
        new ShareForm(
            address + "/share",
            address,
            choices,
            typed.getOrDefault("recipient", ""),
            typed.getOrDefault("purpose", ""),
            days(typed),
            typed.containsKey("download"),
            open,
            error));
  }

  private static int days(Map<String, String> typed) {
    String days = typed.getOrDefault("days", "");
    return ShareForm.DAYS.stream()
        .filter(each -> Integer.toString(each).equals(days))
        .findFirst()
        .orElse((int) ShareLinks.USUAL.toDays());
  }

  private String when(long millis) {
    return Moment.instant(millis, place.zone());
  }

  private Response make(Request request) throws IOException, ProblemException {
    Optional<Uid> study = Uid.parse(request.variable("study"));
    if (study.isEmpty()) {
      return frame.page(request, 404, ProblemPage.notShown());
    }
    Map<String, String> typed = request.form();
    List<Uid> chosen =
        typed.keySet().stream()
            .filter(name -> name.startsWith(BOX))
            .flatMap(name -> Uid.parse(name.substring(BOX.length())).stream())
            .toList();
    String recipient = typed.getOrDefault("recipient", "").strip();
    ShareLinks.Wanted wanted =
        new ShareLinks.Wanted(
            chosen,
            recipient,
            typed.getOrDefault("purpose", "").strip(),
            Duration.ofDays(days(typed)),
            typed.containsKey("download"));
    return switch (archive.shareLinks().make(request.caller(), wanted)) {
      case ShareLinks.Made.Link link ->
          frame.page(
              request,
              200,
              new ShareMade(
                  recipient,
                  "https://"
                      + (place.outside().isEmpty() ? request.host() : place.outside())
                      + GuestPages.ADDRESS
                      + "#"
                      + link.fragment(),
                  link.passcode(),
                  when(link.endsMillis()),
                  chosen.size(),
                  wanted.download()));
      case ShareLinks.Made.Refused refused ->
          form(request, 422, study.get(), typed, refused.rule());
      case ShareLinks.Made.NotThere _ -> frame.page(request, 404, ProblemPage.notShown());
      case ShareLinks.Made.Braked _ -> Response.seeOther("/brakes");
    };
  }

  private Response list(Request request, int status, String error) throws IOException {
    Slice<ShareLinks.Share> slice =
        Slice.of(
            archive.shareLinks().list(request.caller()),
            "/shares",
            request.query("from").orElse(""));
    return frame.page(
        request, status, new SharesPage(slice.as(share -> row(request.caller(), share)), error));
  }

  private SharesPage.Row row(Caller by, ShareLinks.Share share) {
    boolean works = share.state() == ShareLinks.State.OPEN;
    String opened =
        share
            .lastMillis()
            .map(last -> Amount.of(share.opened(), "time") + ", last " + when(last))
            .orElse("not yet");
    String asked =
        archive
            .patientTasks()
            .askedToEnd(by, share.id())
            .filter(_ -> works)
            .map(at -> "The patient asked on " + when(at) + " for this link to end.")
            .orElse("");
    return new SharesPage.Row(
        share.id(),
        share.recipientWords(),
        share.purpose(),
        share.studies().stream().map(this::words).toList(),
        when(share.madeMillis()) + " by " + share.by(),
        when(share.endedMillis().orElse(share.endsMillis())),
        opened,
        share.state().words(),
        works,
        share.wrong() == 0 ? "" : Amount.of(share.wrong(), "wrong passcode"),
        asked,
        share.mayStop());
  }

  private String words(DataSet study) {
    StudyRow row = StudyRow.listed(study, place.today());
    return study.size() == 0
        ? row.called()
        : String.join(" ", row.called() + ":", row.description(), row.day()).strip();
  }

  private Response stop(Request request) throws IOException {
    return switch (archive.shareLinks().revoke(request.caller(), request.variable("name"))) {
      case Ruling.Done _ -> Response.seeOther("/shares");
      case Ruling.Refused refused -> list(request, 422, refused.rule());
      case Ruling.NotThere _ -> frame.page(request, 404, ProblemPage.notShown());
    };
  }
}
