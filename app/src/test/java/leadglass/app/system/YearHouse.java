package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import leadglass.archive.Act;
import leadglass.archive.Origin;
import leadglass.archive.Role;

/// What people of the clinic do on its pages, other than to look.
final class YearHouse {
  private static final int BUDGET = 4;

  private final YearClinic clinic;
  private final YearLooks looks;
  private final YearMachines machines;
  private final YearLedger ledger;
  private int emergencies;

  YearHouse(YearClinic clinic, YearLooks looks, YearMachines machines) {
    this.clinic = clinic;
    this.looks = looks;
    this.machines = machines;
    this.ledger = clinic.ledger;
  }

  private YearEntry.Who who(Role role) {
    return looks.person(role).who;
  }

  private String in(Role role) throws IOException {
    return looks.person(role).byPasskey();
  }

  private void listed(Role role, String what, long count) {
    ledger.expect(who(role), Act.SEARCHED, what + " listed: " + count);
  }

  private void about(Role role, Act act, String detail, Made study, String reason) {
    String about = act == Act.ERASED ? clinic.shownFor(study.patient()) : study.study();
    ledger.add(ledger.entry(who(role), act, detail).about(about).because(reason));
  }

  void deletesAndBringsBack() throws IOException {
    Made study = machines.stows(Role.TECHNOLOGIST, 7);
    String cookie = in(Role.TECHNOLOGIST);
    clinic.posted(
        303, cookie, "/studies/" + study.study() + "/delete", "why", "test", "words", "phantom");
    about(
        Role.TECHNOLOGIST,
        Act.DELETED,
        "study deleted: NAME",
        study,
        "A test, not a patient: phantom");
    String page = clinic.page(cookie, "/deleted");
    listed(Role.TECHNOLOGIST, "deleted studies", 1); // those of today alone have a name
    String name =
        YearClinic.found(
            "/deleted/([0-9a-f]{32})/back\"><input type=\"hidden\" name=\"study\" value=\""
                + study.study(),
            page);
    clinic.posted(303, cookie, "/deleted/" + name + "/back", "study", study.study());
    ledger.expect(who(Role.TECHNOLOGIST), Act.RESTORED, "study brought back: NAME");
    ledger.listed(who(Role.TECHNOLOGIST), study.study(), 1, "", ""); // for the way back to it
  }

  /// For good: by a count of days that no clock moves (ADR 100), so it lies aside all year.
  void deletes() throws IOException {
    Made study = machines.stows(Role.RADIOLOGIST, 7);
    String cookie = in(Role.RADIOLOGIST);
    clinic.posted(303, cookie, "/studies/" + study.study() + "/delete", "why", "twice");
    about(Role.RADIOLOGIST, Act.DELETED, "study deleted: NAME", study, "Here twice");
  }

  void merges() throws IOException {
    int from = clinic.nextPatient();
    int into = clinic.nextPatient();
    Made one = machines.stows(Role.TECHNOLOGIST, from);
    Made other = machines.stows(Role.TECHNOLOGIST, into);
    String cookie = in(Role.RADIOLOGIST);
    clinic.posted(
        303,
        cookie,
        "/merge",
        "from",
        "YEAR-" + from,
        "into",
        "YEAR-" + into,
        "reason",
        "one and the same",
        "sure",
        "yes");
    String looked = "patient NAME looked at before a move";
    about(Role.RADIOLOGIST, Act.SEARCHED, looked, one, "");
    about(Role.RADIOLOGIST, Act.SEARCHED, looked, other, "");
    about(
        Role.RADIOLOGIST,
        Act.MOVED,
        "study NAME given to another patient: move NAME",
        one,
        "one and the same");
    clinic.page(cookie, "/moves");
    listed(Role.RADIOLOGIST, "moves", 1);
  }

  /// The worklist, and a study's own page.
  void readsTheWorklist(Made study) throws IOException {
    String cookie = in(Role.RADIOLOGIST);
    clinic.page(cookie, "/studies/" + study.study());
    ledger.listed(who(Role.RADIOLOGIST), study.study(), 1, "", ""); // the study
    ledger.listed(who(Role.RADIOLOGIST), study.study(), 1, "", ""); // its series
  }

  /// Pages of the house that name no patient are no entries; neither are those that anybody sees.
  void looksAround() throws IOException {
    String cookie = in(Role.ADMINISTRATOR);
    for (String page :
        List.of(
            "/status",
            "/devices",
            "/devices/doctor",
            "/exposure",
            "/people",
            "/duty",
            "/referrers",
            "/second-person",
            "/console-acts",
            "/brakes",
            "/retention",
            "/patients")) {
      clinic.page(cookie, page);
    }
    clinic.posted(303, cookie, "/theme", "theme", "dark");
    for (String open : List.of("/", "/trust", "/crl", "/setup", "/sign-in", "/share")) {
      assertThat(clinic.get("", open, "*/*").statusCode()).as(open).isIn(200, 303);
    }
    clinic.post("", "/enrol", "code", "AAAA-BBBB");
    ledger.refused(YearEntry.Who.stranger(Origin.Door.PAGE), "wrong enrolment code refused");
    String witness = in(Role.WITNESS);
    clinic.page(witness, "/reviews");
    String technologist = in(Role.TECHNOLOGIST);
    clinic.page(technologist, "/correct");
  }

  void holds() throws IOException {
    Made study = machines.stows(Role.FRONT_DESK, 6);
    String cookie = in(Role.ADMINISTRATOR);
    clinic.posted(303, cookie, "/holds", "study", study.study(), "reason", "a court asks");
    ledger.expect(who(Role.ADMINISTRATOR), Act.HELD, "legal hold NAME set on study NAME");
    String name = YearClinic.found("/holds/([^/\"]+)/release", clinic.page(cookie, "/holds"));
    clinic.posted(303, cookie, "/holds/" + name + "/release", "reason", "the court is done");
    ledger.expect(who(Role.ADMINISTRATOR), Act.HELD, "legal hold NAME released");
  }

  /// Confirmed by a witness; done by a count of days, as a deletion is.
  void asksForAnErasure() throws IOException {
    int patient = clinic.nextPatient();
    Made study = machines.stows(Role.TECHNOLOGIST, patient);
    String cookie = in(Role.ADMINISTRATOR);
    clinic.posted(303, cookie, "/retention/grace", "days", "2");
    ledger.expect(who(Role.ADMINISTRATOR), Act.POLICY, "days of grace of an erasure: 2");
    HttpResponse<byte[]> asked =
        clinic.posted(
            303,
            cookie,
            "/erasures/ask",
            "id",
            "YEAR-" + patient,
            "category",
            "request",
            "note",
            "file 7");
    about(
        Role.ADMINISTRATOR,
        Act.ERASED,
        "erasure NAME of patient NAME asked for: request",
        study,
        "file 7");
    String address = asked.headers().firstValue("Location").orElseThrow();
    String witness = in(Role.WITNESS);
    clinic.posted(303, witness, address + "/confirm", "id", "YEAR-" + patient, "sure", "yes");
    about(Role.WITNESS, Act.ERASED, "erasure NAME confirmed", study, "");
  }

  void breaksTheGlass(Made study) throws IOException {
    String why = "stroke in the emergency room";
    String cookie = in(Role.TECHNOLOGIST);
    clinic.posted(
        303, cookie, "/emergency", "id", study.patient().id(), "born", "1970-01-01", "reason", why);
    YearEntry opened =
        ledger
            .entry(who(Role.TECHNOLOGIST), Act.EMERGENCY, "emergency access opened")
            .about(clinic.shownFor(study.patient()))
            .because(why)
            .stated(why, "");
    ledger.tell(opened, YearWords.Deed.EMERGENCY, YearWords.Deed.EMERGENCY.words());
    assertThat(clinic.get(cookie, YearLooks.Ask.FRAME.path(study), "*/*").statusCode())
        .isEqualTo(200);
    YearEntry.Who by = who(Role.TECHNOLOGIST).at(Origin.Door.DICOMWEB);
    ledger.touch(by, Act.RETRIEVED, study.study(), "in an emergency", why, "");
    clinic.nextDay(1);
    emergencies++;
    String auditor = in(Role.AUDITOR);
    String page = clinic.page(auditor, "/emergencies");
    listed(Role.AUDITOR, "emergencies", emergencies);
    String review = YearClinic.found("href=\"(/emergencies/[^/\"]+/review)\"", page);
    clinic.posted(303, auditor, review, "reason", "it was one");
    ledger.add(
        ledger
            .entry(who(Role.AUDITOR), Act.EMERGENCY, "emergency access of technologist reviewed")
            .about(clinic.shownFor(study.patient()))
            .because("it was one"));
  }

  /// A role that the console gives, another hat, and nobody confirms it.
  void wearsAnotherHat() throws IOException {
    clinic.console(0, "user", "give", "technologist", "--role", "frontdesk");
    ledger.changed(
        YearClinic.consoleUser(),
        "role given: frontdesk to technologist, for 24 hours unless confirmed");
    ledger.later(
        clinic.clock.instant().plus(Duration.ofHours(24)),
        Act.SECURITY,
        "role ended, nobody confirmed it: frontdesk of technologist");
    String cookie = in(Role.TECHNOLOGIST);
    String other = YearClinic.cookies(clinic.posted(303, cookie, "/hat", "hat", "frontdesk"));
    YearEntry.Who hatted = YearEntry.Who.person("technologist", Role.FRONT_DESK);
    ledger.done(hatted, "hat changed from technologist");
    clinic.page(other, "/role");
    clinic.posted(303, other, "/sign-out");
    ledger.done(hatted, "signed out");
    clinic.nextDay(2);
  }

  void givesARole() throws IOException {
    String cookie = in(Role.ADMINISTRATOR);
    clinic.posted(303, cookie, "/person/witness/give", "role", "referrer");
    ledger.changed(who(Role.ADMINISTRATOR), "role given: referrer to witness");
    clinic.nextDay(4);
    cookie = in(Role.ADMINISTRATOR);
    clinic.posted(303, cookie, "/person/witness/take", "role", "referrer");
    ledger.changed(who(Role.ADMINISTRATOR), "role taken: referrer of witness");
  }

  private void looks(String cookie, int from, int to, String why) throws IOException {
    YearEntry.Who by = who(Role.RADIOLOGIST).at(Origin.Door.DICOMWEB);
    for (int patient = from; patient < to; patient++) {
      Made study = clinic.studyOf(patient);
      assertThat(clinic.get(cookie, YearLooks.Ask.FRAME.path(study), "*/*").statusCode())
          .as("patient " + patient)
          .isEqualTo(200);
      ledger.touch(by, Act.RETRIEVED, study.study(), "", why, "");
    }
  }

  private void stopped(String cookie, int patient) throws IOException {
    HttpResponse<byte[]> answer =
        clinic.get(cookie, YearLooks.Ask.FRAME.path(clinic.studyOf(patient)), "*/*");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(Web.text(answer)).contains("/problems/braked");
    ledger.refused(who(Role.RADIOLOGIST).at(Origin.Door.DICOMWEB), "stopped by a day's budget");
  }

  /// Four patients a day; with a factor and a purpose six; with a second person four more.
  void isBraked() throws IOException {
    YearPerson reader = looks.person(Role.RADIOLOGIST);
    YearEntry.Who by = reader.who.at(Origin.Door.DICOMWEB);
    String budget = " % of a day's budget used by person radiologist";
    String cookie = reader.byPasskey();
    looks(cookie, 0, BUDGET, "");
    ledger.done(by, "for the first time: opened many patients on one day");
    ledger.done(by, "80" + budget);
    ledger.done(by, "100" + budget);
    stopped(cookie, BUDGET);
    clinic.clock.forth(Duration.ofMinutes(6));
    String purpose = "tumour board";
    clinic.posted(303, cookie, "/brakes/more", "reason", purpose);
    clinic.posted(422, cookie, "/step-up", "code", "12345", "to", "/brakes/more");
    ledger.refused(reader.who, "step-up refused: code");
    cookie =
        YearClinic.cookies(
            clinic.posted(303, cookie, "/step-up", "code", reader.code(), "to", "/brakes/more"));
    ledger.done(reader.who, "stepped up with a code");
    clinic.posted(303, cookie, "/brakes/more", "reason", purpose);
    ledger.done(
        reader.who, "a day's budget exceeded by person radiologist for a purpose: " + purpose);
    looks(cookie, BUDGET, BUDGET + 2, purpose);
    ledger.done(by, "150" + budget);
    stopped(cookie, BUDGET + 2);
    String other = in(Role.ADMINISTRATOR);
    clinic.posted(
        303, other, "/brakes/allow", "subject", "person radiologist", "reason", "many beds today");
    ledger.done(
        who(Role.ADMINISTRATOR), "a budget more allowed to person radiologist: many beds today");
    looks(cookie, BUDGET + 2, BUDGET + 3, purpose);
  }

  void givesToAReferrer(Made study) throws IOException {
    String cookie = in(Role.RADIOLOGIST);
    String address = "/studies/" + study.study() + "/referrers";
    clinic.posted(303, cookie, address, "referrer", "referrer");
    referred("given to referrer referrer", study, YearWords.Deed.GAVE);
    looks.referred.add(study.study());
    looks.all(Role.REFERRER, in(Role.REFERRER), study, false);
    looks.all(Role.REFERRER, "", study, false);
    clinic.posted(303, cookie, address + "/remove", "referrer", "referrer");
    referred("taken back from referrer referrer", study, YearWords.Deed.TOOK);
    looks.referred.remove(study.study());
    looks.all(Role.REFERRER, "", study, false);
  }

  private void referred(String detail, Made study, YearWords.Deed deed) {
    YearEntry entry =
        ledger
            .entry(who(Role.RADIOLOGIST), Act.SHARED, detail)
            .about(study.study())
            .stated("", "referrer");
    ledger.tell(entry, deed, deed.words().formatted("referrer"));
  }

  void keepsApart() throws IOException {
    String admin = in(Role.ADMINISTRATOR);
    YearEntry.Who house = who(Role.ADMINISTRATOR);
    clinic.posted(303, admin, "/quarantine/rule", "conflicts", "quarantine");
    ledger.expect(house, Act.POLICY, "conflicting instances: quarantine");
    Made first = machines.stows(Role.TECHNOLOGIST, 6);
    String cookie = in(Role.TECHNOLOGIST);
    for (boolean accepts : new boolean[] {false, true}) {
      machines.conflicts(first, accepts ? 4 : 3);
      ledger.add(
          ledger
              .entry(
                  looks.program(Role.TECHNOLOGIST),
                  Act.STORED,
                  "kept apart: another instance holds this SOP Instance UID")
              .about(first.study()));
      String page = clinic.page(cookie, "/quarantine");
      listed(Role.TECHNOLOGIST, "quarantine", 1);
      String name = YearClinic.found("href=\"(/quarantine/[0-9a-f]{32})\"", page);
      clinic.page(cookie, name);
      about(Role.TECHNOLOGIST, Act.SEARCHED, "instance kept apart compared: NAME", first, "");
      clinic.posted(
          303, cookie, name, "do", accepts ? "accept" : "discard", "reason", "seen", "sure", "yes");
      about(
          Role.TECHNOLOGIST,
          Act.QUARANTINE,
          "instance kept apart " + (accepts ? "accepted" : "dropped") + ": NAME",
          first,
          "seen");
    }
    clinic.posted(303, admin, "/quarantine/rule", "conflicts", "refuse");
    ledger.expect(house, Act.POLICY, "conflicting instances: refuse");
  }

  /// What nobody but an auditor may, and the week's review.
  void audits() throws IOException {
    String cookie = in(Role.AUDITOR);
    clinic.page(cookie, "/audit");
    used("timeline");
    clinic.page(cookie, "/audit/chart");
    used("accesses by day");
    clinic.posted(200, cookie, "/audit", "id", "YEAR-1");
    used("timeline of one patient");
    clinic.posted(200, cookie, "/audit.csv", "id", "YEAR-1");
    used("timeline of one patient exported");
    clinic.posted(200, cookie, "/audit/disclosures", "id", "YEAR-1");
    used("accounting of disclosures");
    clinic.posted(200, cookie, "/audit/deliveries", "from", "2025-01-01", "to", "2025-02-01");
    used("what was delivered in a span of time");
    clinic.posted(200, cookie, "/audit/state", "at", "2025-01-10");
    used("state of an earlier moment");
    clinic.byToken(looks.secret(Role.AUDITOR), "/fhir/AuditEvent?date=ge2020&_count=1", "*/*");
    ledger.expect(looks.program(Role.AUDITOR), Act.LOG_USED, "searched by FHIR");
    for (Role role : Role.values()) {
      if (role != Role.AUDITOR) {
        clinic.byToken(looks.secret(role), "/fhir/AuditEvent?date=ge2020", "*/*");
        ledger.refused(looks.program(role), "refused at the door: read_audit");
      }
    }
  }

  private void used(String what) {
    ledger.expect(who(Role.AUDITOR), Act.LOG_USED, what);
  }
}
