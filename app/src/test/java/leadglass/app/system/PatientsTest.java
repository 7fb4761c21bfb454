package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Look;
import leadglass.archive.Passkeys;
import leadglass.archive.PatientDoor;
import leadglass.archive.People;
import leadglass.archive.Role;
import leadglass.archive.SetUp;
import leadglass.archive.ShareLinks;
import leadglass.archive.StoreOutcome;
import leadglass.archive.Tenants;
import leadglass.archive.Verb;
import leadglass.dicom.data.Uid;
import leadglass.server.http.Audience;
import leadglass.server.http.Route;
import leadglass.testkit.Canaries;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A patient's own pages over HTTPS.
@SuppressWarnings("NullAway.Init")
class PatientsTest {
  private static final String JSON = "application/dicom+json";
  private static final String PAGE = "text/html";
  private static final String COOKIE = "__Host-leadglass";
  private static final Made OF_ANOTHER =
      new Made(
          new Made.Patient("ISO_IR 192", "Zzander^Örjan", "ZZOTHER-1"),
          "2.25.7",
          "2.25.71",
          "2.25.711",
          2);
  private static final Caller.Person READER =
      new Caller.Person(
          Role.RADIOLOGIST.word(), Role.RADIOLOGIST, Set.of(Role.RADIOLOGIST), Entered.HOME);

  @TempDir private Path folder;
  private OpenArchive archive;
  private Entered patient;
  private boolean closed;

  @BeforeEach
  void open() throws IOException {
    archive = new OpenArchive(Premises.in(folder));
    patient = Entered.into(archive);
    assertThat(archive.web.stow(archive.token(Role.TECHNOLOGIST), OF_ANOTHER.file()).statusCode())
        .isEqualTo(200);
  }

  @AfterEach
  void close() throws IOException {
    if (!closed) {
      archive.close();
    }
  }

  private Archive running() {
    return archive.running.archive();
  }

  private String session(Role role) throws IOException {
    People.Enrolment enrolment = Objects.requireNonNull(archive.premises.enrolments().get(role));
    People.SignIn signIn =
        running()
            .people()
            .signIn(
                Entered.HOME,
                role.word(),
                Premises.PASSWORD.toCharArray(),
                enrolment.codeAt(System.currentTimeMillis()));
    return COOKIE + "=" + ((People.SignIn.SignedIn) signIn).secret();
  }

  private HttpResponse<byte[]> ask(String path, String cookie) throws IOException {
    return archive.web.send(
        archive.web.request(path).header("Cookie", cookie).header("Accept", "*/*"));
  }

  private HttpResponse<byte[]> send(String path, String cookie, String form) throws IOException {
    return archive.web.send(
        archive
            .web
            .request(path)
            .header("Cookie", cookie)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Sec-Fetch-Site", "same-origin")
            .POST(BodyPublishers.ofString(form)));
  }

  private void readerLooksAt(Made study) throws IOException {
    assertThat(
            running()
                .retrieve()
                .open(
                    READER,
                    Look.IMAGES,
                    new Uid(study.study()),
                    Optional.empty(),
                    Optional.empty()))
        .hasToString("Given[1]");
  }

  @Test
  void thePageShowsTheirStudiesWhoLookedAndTheLinks() throws IOException {
    String before = Web.text(patient.get("/my", PAGE));
    assertThat(before)
        .contains(Shared.GIVEN.study(), Shared.KEPT.study(), "CT scan")
        .contains("Nobody but you has looked at your images")
        .contains("Nobody outside can see your images by a link.")
        .doesNotContain(OF_ANOTHER.study(), "ZZOTHER-1", "Worklist");
    readerLooksAt(Shared.GIVEN);
    readerLooksAt(OF_ANOTHER);
    Shared.link(archive, false);
    String after = Web.text(patient.get("/my", PAGE));
    assertThat(after)
        .contains("radiologist, a doctor who reads images here")
        .contains("looked at the images")
        .contains("gave Dr Zzempfänger a link to your images")
        .contains("zweitmeinung")
        .contains("Ask to end this link")
        .doesNotContain(OF_ANOTHER.study());
    assertThat(Pattern.compile("looked at the images").matcher(after).results().count())
        .isEqualTo(1);
    assertThat(Web.text(patient.get("/my/looks", PAGE))).contains("looked at the images");
    assertThat(Web.text(patient.get("/my/looks/own", PAGE))).contains("<b><bdi>You</bdi></b>");
  }

  @Test
  void guessedStudiesSeriesInstancesFramesAndThumbnailsOfAnotherAreNotThere() throws IOException {
    String theirs = "/my/dicomweb/studies/" + OF_ANOTHER.study();
    String own = "/my/dicomweb/studies/" + Shared.GIVEN.study();
    String series = "/series/" + OF_ANOTHER.series();
    String instance = series + "/instances/" + OF_ANOTHER.instance();
    List<String> guesses = new ArrayList<>();
    for (String base : List.of(theirs, own)) {
      for (String tail :
          List.of(
              series,
              instance,
              series + "/metadata",
              instance + "/metadata",
              instance + "/frames/1",
              instance + "/bulkdata/7FE00010",
              series + "/thumbnail",
              instance + "/thumbnail")) {
        guesses.add(base + tail);
      }
    }
    guesses.add(theirs);
    guesses.add(theirs + "/metadata");
    guesses.add(theirs + "/thumbnail");
    guesses.add("/my/studies/" + OF_ANOTHER.study() + "/copy");
    for (String guess : guesses) {
      assertThat(patient.get(guess, "*/*").statusCode()).as(guess).isEqualTo(404);
    }
    for (String list :
        List.of(
            "/my/dicomweb/studies?00100020=ZZOTHER-1",
            "/my/dicomweb/studies?0020000D=" + OF_ANOTHER.study(),
            "/my/dicomweb/series?0020000D=" + OF_ANOTHER.study(),
            "/my/dicomweb/instances?0020000D=" + OF_ANOTHER.study(),
            theirs + "/series",
            theirs + "/instances")) {
      assertThat(Web.text(patient.get(list, JSON))).as(list).doesNotContain("2.25.7");
    }
    assertThat(Web.text(patient.get("/my/dicomweb/studies", JSON)))
        .contains(Shared.GIVEN.study(), Shared.KEPT.study())
        .contains("/my/dicomweb/studies/" + Shared.GIVEN.study())
        .doesNotContain(OF_ANOTHER.study());
    assertThat(Web.text(patient.get(own + "/metadata", JSON)))
        .contains("\"BulkDataURI\":\"/my/dicomweb/");
    assertThat(
            patient
                .get(own + "/series/" + Shared.GIVEN.series() + "/thumbnail", "*/*")
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void aCopyIsTheFilesOfTheirStudyAndNothingIsPutIn() throws IOException {
    HttpResponse<byte[]> copy = patient.get("/my/studies/" + Shared.GIVEN.study() + "/copy", "*/*");
    List<String> names = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(copy.body()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        names.add(entry.getName());
        assertThat(new String(zip.readAllBytes(), StandardCharsets.ISO_8859_1))
            .contains(Shared.GIVEN.instance());
      }
    }
    assertThat(names).containsExactly("IMG00001.dcm");
    assertThat(send("/my/dicomweb/studies", patient.cookie(), "a=b").statusCode()).isEqualTo(405);
  }

  @Test
  void aPatientIsNobodyElsewhereAndNobodyElseIsSomebodyUnderMy() throws IOException {
    String staff = session(Role.RADIOLOGIST);
    Shared shared = Shared.open(archive, true);
    for (Route route : archive.running.doors().routes().all()) {
      Audience audience = Audience.of(route.pattern());
      if (!route.method().equals("GET") || route.verb() == Verb.KNOCK || audience == Audience.ALL) {
        continue;
      }
      String path =
          route
              .pattern()
              .replace("{share}", shared.id())
              .replace("{study}", Shared.GIVEN.study())
              .replaceAll("\\{[a-z.]+}", "1");
      List<String> wrong =
          audience == Audience.PATIENTS
              ? List.of(staff, shared.cookie())
              : List.of(patient.cookie());
      for (String cookie : wrong) {
        assertThat(ask(path, cookie).statusCode()).as("%s", route).isIn(401, 303);
      }
    }
    String bearer = "Bearer " + archive.token(Role.RADIOLOGIST);
    HttpRequest.Builder byToken = archive.web.request("/my").header("Authorization", bearer);
    assertThat(archive.web.send(byToken).headers().firstValue("Location")).contains("/my/sign-in");
  }

  @Test
  void aCookieIsDeadAfterSignOutAndThePasskeyComesInAgain() throws IOException {
    assertThat(patient.post("/my/leave", "").statusCode()).isEqualTo(303);
    assertThat(patient.get("/my", PAGE).statusCode()).isEqualTo(303);
    assertThat(patient.get("/my/dicomweb/studies", JSON).statusCode()).isEqualTo(401);
    assertThat(patient.again()).isInstanceOf(PatientDoor.Entry.In.class);
    patient.stop();
    assertThat(patient.again()).isEqualTo(new PatientDoor.Entry.Refused());
  }

  @Test
  void aPatientOfAnotherSiteIsNobodyHereEvenUnderTheSameId() throws IOException {
    Tenants.Site wanted = new Tenants.Site("north", "North", "north.example.org", "NORTH");
    assertThat(
            running()
                .tenants()
                .add(
                    Premises.CONSOLE,
                    wanted,
                    List.of(
                        new SetUp.Person(
                            "noor", Premises.PASSWORD.toCharArray(), Role.ADMINISTRATOR))))
        .isInstanceOf(Tenants.Added.Done.class);
    Archive north = running().tenants().named("north").orElseThrow();
    assertThat(
            north
                .ingest()
                .storeFile(
                    Premises.CONSOLE,
                    Optional.empty(),
                    new ByteArrayInputStream(Shared.GIVEN.file())))
        .isInstanceOf(StoreOutcome.Stored.class);
    Passkeys.Host host = Passkeys.Host.of("north.example.org").orElseThrow();
    String cookie =
        Entered.enter(north, host, new SoftPasskey(host), Entered.invite(north, "ZZSHARED-1"));
    assertThat(ask("/my", cookie).headers().firstValue("Location")).contains("/my/sign-in");
    assertThat(ask("/my/dicomweb/studies", cookie).statusCode()).isEqualTo(401);
    String secret = patient.cookie().substring(patient.cookie().indexOf('=') + 1);
    assertThat(running().patientDoor().session(Entered.HOME, secret)).isPresent();
    assertThat(north.patientDoor().session(Entered.HOME, secret)).isEmpty();
  }

  @Test
  void aPageOfAnotherSiteCantSendWhatAPatientWouldSend() throws IOException {
    HttpRequest.Builder forged =
        archive
            .web
            .request("/my/leave")
            .header("Cookie", patient.cookie())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Sec-Fetch-Site", "cross-site")
            .POST(BodyPublishers.ofString(""));
    assertThat(archive.web.send(forged).statusCode()).isEqualTo(403);
    assertThat(patient.get("/my", PAGE).statusCode()).isEqualTo(200);
  }

  @Test
  void whateverIsWrongWithAnInvitationTheAnswerIsTheSameToTheLetter() throws IOException {
    var open = Entered.invite(running(), "ZZOTHER-1");
    String right = "link=" + open.fragment() + "&passcode=" + open.code();
    String wrong = Web.seen(send("/my/open", "", "link=" + open.fragment() + "&passcode=00000000"));
    assertThat(wrong).startsWith("403 ").doesNotContain(open.id());
    String unknown = "0".repeat(32) + "." + "A".repeat(43);
    assertThat(Web.seen(send("/my/open", "", "link=" + unknown + "&passcode=" + open.code())))
        .isEqualTo(wrong);
    HttpResponse<byte[]> opened = send("/my/open", "", right);
    assertThat(opened.statusCode()).isEqualTo(200);
    assertThat(opened.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("__Host-leadglass-patient-invite=")
        .contains("; Secure; HttpOnly; SameSite=Strict");
  }

  @Test
  void aPatientAsksTheAuditorAnswersAndTheFrontDeskSeesThatALinkShouldEnd() throws IOException {
    readerLooksAt(Shared.GIVEN);
    ShareLinks.Made.Link link = Shared.link(archive, false);
    String looks = Web.text(patient.get("/my/looks", PAGE));
    Matcher question =
        Pattern.compile("looked at the images(?s:.*?)href=\"(/my/looks/\\d+/question)\"")
            .matcher(looks);
    assertThat(question.find()).isTrue();
    assertThat(Web.text(patient.get(question.group(1), PAGE))).contains("looked at the images.");
    assertThat(patient.post(question.group(1), "words=").statusCode()).isEqualTo(422);
    assertThat(patient.post(question.group(1), "words=Warum%3F").statusCode()).isEqualTo(303);
    String end = "/my/links/" + link.id() + "/end";
    assertThat(Web.text(patient.get(end, PAGE))).contains("zweitmeinung");
    assertThat(patient.post(end, "words=").statusCode()).isEqualTo(303);
    assertThat(patient.post("/my/links/" + "0".repeat(32) + "/end", "words=").statusCode())
        .isEqualTo(404);
    assertThat(patient.post("/my/looks/999999/question", "words=a").statusCode()).isEqualTo(404);

    String auditor = session(Role.AUDITOR);
    String tasks = Web.text(ask("/tasks", auditor));
    assertThat(tasks)
        .contains("Warum?", "ZZSHARED-1", "Asks to end the link for Dr Zzempfänger (zweitmeinung)")
        .doesNotContain("<img");
    assertThat(Web.text(ask("/tasks/1/answer", auditor))).contains("Warum?");
    assertThat(send("/tasks/1/answer", auditor, "reason=Sie+befundet+alle+CT.").statusCode())
        .isEqualTo(303);
    assertThat(Web.text(patient.get("/my", PAGE)))
        .contains("Sie befundet alle CT.", "You asked for it to end on");
    String desk = session(Role.FRONT_DESK);
    assertThat(ask("/tasks", desk).statusCode()).isEqualTo(403);
    assertThat(Web.text(ask("/shares", session(Role.RADIOLOGIST))))
        .contains("for this link to end.");
  }

  @Test
  void aPersonInvitesFromTheStudyAfterAFreshFactorAndStopsOnThePageOfPatients() throws IOException {
    String reader = session(Role.RADIOLOGIST);
    String invite = "/studies/" + OF_ANOTHER.study() + "/invite";
    assertThat(Web.text(ask("/studies/" + OF_ANOTHER.study(), reader))).contains(invite);
    assertThat(Web.text(ask(invite, reader))).contains("Invite the patient");
    String made = Web.text(send(invite, reader, ""));
    assertThat(made).contains("/my/open#").contains("id=\"code\"");
    assertThat(Web.text(ask(invite, reader))).contains("Invite again");
    String list = Web.text(ask("/patients", reader));
    assertThat(list).contains("ZZOTHER-1", "invited, has not come yet", "works");
    assertThat(send("/patients/" + patient.link().id() + "/stop", reader, "").statusCode())
        .isEqualTo(303);
    assertThat(patient.get("/my", PAGE).statusCode()).isEqualTo(303);
    String administrator = session(Role.ADMINISTRATOR);
    assertThat(Web.text(ask("/patients", administrator))).doesNotContain("ZZOTHER-1");
    assertThat(ask(invite, administrator).statusCode()).isEqualTo(403);
    assertThat(ask(invite, session(Role.TECHNOLOGIST)).statusCode())
        .as("not of today")
        .isEqualTo(404);
  }

  @Test
  void noSecretAndNoPatientIsInAnEventOrAFile() throws IOException {
    patient.get("/my", PAGE);
    patient.get("/my/dicomweb/studies?00100020=ZZSHARED-1", JSON);
    patient.post("/my/leave", "");
    String secret = patient.link().fragment().substring(33);
    String session = patient.cookie().substring(patient.cookie().indexOf('.') + 1);
    String code = patient.link().code();
    assertThat(archive.events.toString())
        .doesNotContain(secret, session, code, code.replace("-", ""))
        .doesNotContain("ZZ", "Zz");
    archive.close();
    closed = true;
    Canaries canaries =
        new Canaries()
            .with(secret, StandardCharsets.UTF_8)
            .with(code, StandardCharsets.UTF_8)
            .with(session, StandardCharsets.UTF_8)
            .with("Zzteilen", StandardCharsets.UTF_8)
            .with("ZZSHARED-1", StandardCharsets.UTF_8);
    assertThat(canaries.below(folder)).isEmpty();
    assertThat(archive.premises.audit())
        .anyMatch(entry ->
            entry.kind().equals("patient")
                && entry.who().equals(patient.link().id())
                && "patient signed out".equals(entry.detail()));
  }

  @Test
  void theConsoleInvitesListsAndStops() throws IOException {
    archive.close();
    closed = true;
    Object data = archive.premises.data();
    Command invited =
        Command.run("patient", "invite", "--id", "ZZOTHER-1", "--data", data, "--json");
    assertThat(invited.err()).isEmpty();
    assertThat(invited.exit()).isZero();
    assertThat(invited.out()).contains("/my/open#").contains("\"code\"");
    Command nobody = Command.run("patient", "invite", "--id", "ZZNOBODY", "--data", data);
    assertThat(nobody.exit()).isEqualTo(1);
    Command list = Command.run("patient", "accounts", "--data", data);
    assertThat(list.out()).contains("invited", "open").doesNotContain("ZZ");
    Command stopped = Command.run("patient", "stop", patient.link().id(), "--data", data);
    assertThat(stopped.exit()).isZero();
    assertThat(Command.run("patient", "accounts", "--data", data).out()).contains("stopped");
    assertThat(Command.run("patient", "stop", "none", "--data", data).exit()).isEqualTo(1);
  }
}
