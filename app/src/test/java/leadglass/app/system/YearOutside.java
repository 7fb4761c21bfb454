package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import leadglass.archive.Act;
import leadglass.archive.Origin;
import leadglass.archive.Passkeys;
import leadglass.archive.Role;

/// Who comes from outside: by a link, and the patient.
@SuppressWarnings("NullAway.Init")
final class YearOutside {
  static final String RECIPIENT = "Dr Henrik Lind";
  private static final String PURPOSE = "second opinion";

  private final YearClinic clinic;
  private final YearLooks looks;
  private final YearLedger ledger;
  private final YearEntry.Who stranger = YearEntry.Who.stranger(Origin.Door.PAGE);
  private SoftPasskey passkey;
  private YearEntry.Who patient;
  private int questions;

  YearOutside(YearClinic clinic, YearLooks looks) {
    this.clinic = clinic;
    this.looks = looks;
    this.ledger = clinic.ledger;
  }

  /// How a link ends.
  enum End {
    STOPPED,
    REVOKED,
    OVER
  }

  private YearEntry shared(YearEntry.Who who, String detail, Made study) {
    return ledger
        .entry(who, Act.SHARED, detail)
        .about(study.study())
        .because("for " + RECIPIENT + ": " + PURPOSE)
        .stated(PURPOSE, RECIPIENT);
  }

  void link(Made study, boolean files, End end) throws IOException {
    YearPerson reader = looks.person(Role.RADIOLOGIST);
    String cookie = reader.byPasskey();
    HttpResponse<byte[]> made =
        clinic.posted(
            200,
            cookie,
            "/studies/" + study.study() + "/share",
            "study-" + study.study(),
            "on",
            "days",
            "7",
            "purpose",
            PURPOSE,
            "recipient",
            RECIPIENT,
            files ? "download" : "files-not",
            "on");
    String until = clinic.clock.instant().plus(Duration.ofDays(7)).toString();
    ledger.tell(
        shared(
            reader.who,
            "share NAME made, " + (files ? "files too" : "to look at") + ", until " + until,
            study),
        YearWords.Deed.MADE_LINK,
        YearWords.Deed.MADE_LINK.words().formatted(RECIPIENT));
    String fragment = YearClinic.found("/share#([^\"]+)\"", Web.text(made));
    String passcode = YearClinic.found("id=\"passcode\"[^>]*value=\"([^\"]+)\"", Web.text(made));
    String id = fragment.substring(0, 32);
    ledger.later(clinic.clock.instant().plus(Duration.ofDays(7)), Act.SHARED, over(id));
    opened(study, files, fragment, passcode);
    switch (end) {
      case STOPPED -> {
        clinic.posted(303, cookie, "/shares/" + id + "/stop");
        stopped(reader.who, id, study);
      }
      case REVOKED -> {
        clinic.console(0, "share", "revoke", id);
        stopped(YearClinic.consoleUser(), id, study);
      }
      case OVER -> {
        if (study.patient().equals(YearClinic.patient(0))) {
          asksForTheEnd(study, id);
        }
        clinic.nextDay(8);
        clinic.posted(403, "", "/share", "link", fragment, "passcode", passcode);
        ledger.refused(stranger, "share " + id + " refused: its time is over");
      }
    }
  }

  private void asksForTheEnd(Made study, String id) throws IOException {
    String cookie = comesAgain(study);
    clinic.posted(303, cookie, "/my/links/" + id + "/end", "words", "I had it.");
    questions++;
    ledger.add(
        ledger
            .entry(patient, Act.ASKED, "task " + questions + ": a patient asks share NAME to end")
            .about(clinic.shownFor(study.patient()))
            .because("I had it."));
  }

  private static String over(String id) {
    return "share " + id + " ended: its time is over";
  }

  private void stopped(YearEntry.Who by, String id, Made study) {
    ledger.never(over(id));
    ledger.tell(
        shared(by, "share NAME stopped", study),
        YearWords.Deed.STOPPED_LINK,
        YearWords.Deed.STOPPED_LINK.words().formatted(RECIPIENT));
  }

  private void opened(Made study, boolean files, String fragment, String passcode)
      throws IOException {
    String id = fragment.substring(0, 32);
    YearEntry.Who guest = new YearEntry.Who("share", id, "", Origin.Door.PAGE);
    YearEntry.Who web = guest.at(Origin.Door.DICOMWEB);
    clinic.posted(403, "", "/share", "link", fragment, "passcode", "0000-0000");
    ledger.refused(stranger, "share " + id + " refused: wrong passcode");
    String cookie =
        YearClinic.cookies(
            clinic.posted(200, "", "/share", "link", fragment, "passcode", passcode));
    ledger.tell(
        shared(guest, "share NAME opened", study),
        YearWords.Deed.OPENED_LINK,
        YearWords.Deed.OPENED_LINK.words());
    String root = "/s/" + id;
    clinic.page(cookie, root);
    ledger.listed(guest, study.study(), 1, PURPOSE, RECIPIENT); // the study
    ledger.listed(guest, study.study(), 1, PURPOSE, RECIPIENT); // its series
    for (YearLooks.Ask ask : YearLooks.Ask.values()) {
      boolean given = files || ask != YearLooks.Ask.FILES;
      assertThat(clinic.get(cookie, root + ask.path(study), "*/*").statusCode())
          .as("%s", ask)
          .isEqualTo(given ? 200 : 403);
      if (!given) {
        ledger.refused(web, "refused at the door: download");
      } else if (ask == YearLooks.Ask.LIST) {
        ledger.listed(web, study.study(), 1, PURPOSE, RECIPIENT);
      } else {
        ledger.touch(web, ask.act(), study.study(), "", PURPOSE, RECIPIENT);
      }
    }
    String copy = root + "/studies/" + study.study() + "/copy";
    assertThat(clinic.get(cookie, copy, "*/*").statusCode()).isEqualTo(files ? 200 : 403);
    if (files) {
      ledger.touch(guest, Act.RETRIEVED, study.study(), "", PURPOSE, RECIPIENT);
    } else {
      ledger.refused(guest, "refused at the door: download");
    }
    clinic.posted(303, cookie, root + "/close");
    ledger.expect(guest, Act.SHARED, "share NAME closed");
  }

  /// Invited at a study's page, with a code that travels another way; makes a passkey.
  void invite(Made study) throws IOException {
    YearPerson reader = looks.person(Role.RADIOLOGIST);
    HttpResponse<byte[]> made =
        clinic.posted(200, reader.byPasskey(), "/studies/" + study.study() + "/invite");
    String fragment = YearClinic.found("/my/open#([^\"]+)\"", Web.text(made));
    String code = YearClinic.found("id=\"code\"[^>]*value=\"([^\"]+)\"", Web.text(made));
    String id = fragment.substring(0, 32);
    patient = new YearEntry.Who("patient", id, "", Origin.Door.PAGE);
    String until = clinic.clock.instant().plus(Duration.ofDays(14)).toString();
    ledger.add(
        ledger
            .entry(reader.who, Act.SECURITY, "patient invited, account NAME, until " + until)
            .about(clinic.shownFor(study.patient())));
    clinic.posted(403, "", "/my/open", "link", fragment, "passcode", "0000-0000");
    ledger.refused(stranger, "invitation of patient's account " + id + " refused: wrong code");
    String ticket =
        YearClinic.cookies(clinic.posted(200, "", "/my/open", "link", fragment, "passcode", code));
    passkey = new SoftPasskey(Passkeys.Host.of("localhost:" + clinic.web.port()).orElseThrow());
    HttpResponse<byte[]> asked = clinic.posted(200, ticket, "/my/passkey/begin");
    clinic.posted(200, ticket, "/my/passkey", YearPerson.made(passkey, YearPerson.question(asked)));
    about("passkey of a patient added", study);
  }

  private void about(String detail, Made study) {
    ledger.add(ledger.entry(patient, Act.SECURITY, detail).about(clinic.shownFor(study.patient())));
  }

  /// @return cookie of the session
  String comesAgain(Made study) throws IOException {
    HttpResponse<byte[]> asked = clinic.posted(200, "", "/my/sign-in/begin");
    HttpResponse<byte[]> in =
        clinic.posted(
            200,
            YearClinic.cookies(asked),
            "/my/sign-in",
            YearPerson.signed(passkey, YearPerson.question(asked)));
    about("patient signed in with a passkey", study);
    return YearClinic.cookies(in);
  }

  private void own(YearEntry.Who who, String study) {
    ledger.add(ledger.entry(who, Act.SEARCHED, "").about(study));
  }

  private void given(YearEntry.Who who, Act act, Made study) {
    ledger.touch(who, act, study.study(), "", "", "");
  }

  /// Sees their own, and nothing of another; asks about an access, and is answered.
  void seesTheirOwn(Made study, Made another) throws IOException {
    String cookie = comesAgain(study);
    YearEntry.Who web = patient.at(Origin.Door.DICOMWEB);
    for (YearLooks.Ask ask : YearLooks.Ask.values()) {
      assertThat(clinic.get(cookie, "/my" + ask.path(study), "*/*").statusCode())
          .as("%s", ask)
          .isEqualTo(200);
      if (ask == YearLooks.Ask.LIST) {
        own(web, study.study());
      } else {
        given(web, ask.act(), study);
      }
    }
    String theirs = "/my" + YearLooks.Ask.FILES.path(another);
    assertThat(clinic.get(cookie, theirs, "*/*").statusCode()).isEqualTo(404);
    String copy = "/my/studies/" + study.study() + "/copy";
    assertThat(clinic.get(cookie, copy, "*/*").statusCode()).isEqualTo(200);
    given(patient, Act.RETRIEVED, study);
    clinic.page(cookie, "/my");
    lists();
    clinic.heldOf(study.patient()).forEach(each -> own(patient, each.study()));
    String page = clinic.page(cookie, "/my/looks");
    lists();
    String question = YearClinic.found("href=\"(/my/looks/\\d+/question)\"", page);
    clinic.posted(303, cookie, question, "words", "Why was this?");
    questions++;
    ledger.add(asked(patient, "a patient asks about entry " + question.split("/", -1)[3]));
    clinic.posted(303, cookie, "/my/leave");
    about("patient signed out", study);
    YearPerson auditor = looks.person(Role.AUDITOR);
    String session = auditor.byPasskey();
    String tasks = clinic.page(session, "/tasks");
    ledger.expect(auditor.who, Act.SEARCHED, "questions of patients listed: " + questions);
    String answer = YearClinic.found("href=\"(/tasks/\\d+/answer)\"", tasks);
    clinic.posted(303, session, answer, "reason", "They read all CT.");
    ledger.add(asked(auditor.who, "answered"));
  }

  private YearEntry asked(YearEntry.Who who, String what) {
    boolean answer = what.equals("answered");
    String detail = "task " + questions + (answer ? " " : ": ") + what;
    return ledger
        .entry(who, Act.ASKED, detail)
        .about(clinic.shownFor(YearClinic.patient(0)))
        .because(answer ? "They read all CT." : "Why was this?");
  }

  /// Every study of theirs is found to name them, in pages of a hundred.
  private void lists() {
    ledger.add(
        ledger.entry(patient, Act.SEARCHED, "").count(clinic.heldOf(YearClinic.patient(0)).size()));
  }

  /// All that stands on the patient's page of accesses, the newest first.
  List<String> reads(Made study) throws IOException {
    String cookie = comesAgain(study);
    List<String> lines = new ArrayList<>();
    String next = "/my/looks";
    while (!next.isEmpty()) {
      String page = clinic.page(cookie, next);
      lists();
      lines.addAll(YearWords.lines(page));
      next = page.contains(">Older<") ? YearClinic.found("href=\"([^\"]+)\">Older<", page) : "";
    }
    return lines;
  }
}
