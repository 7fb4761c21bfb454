package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import leadglass.archive.Act;
import leadglass.archive.Origin;
import leadglass.archive.People;
import leadglass.archive.Role;
import leadglass.server.http.Audience;
import leadglass.server.http.Route;
import leadglass.testkit.Canaries;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A link's whole life over HTTPS.
@SuppressWarnings("NullAway.Init")
class SharesTest {
  private static final String JSON = "application/dicom+json";
  private static final String ANYTHING = "*/*";
  private static final String COOKIE = "__Host-leadglass";

  @TempDir private Path folder;
  private OpenArchive archive;
  private boolean closed;

  @BeforeEach
  void open() throws IOException {
    archive = new OpenArchive(Premises.in(folder));
  }

  @AfterEach
  void close() throws IOException {
    if (!closed) {
      archive.close();
    }
  }

  private String session(Role role) throws IOException {
    People.Enrolment enrolment = Objects.requireNonNull(archive.premises.enrolments().get(role));
    People.SignIn signIn =
        archive
            .running
            .archive()
            .people()
            .signIn(
                new Origin(Origin.Door.PAGE, "127.0.0.1"),
                role.word(),
                Premises.PASSWORD.toCharArray(),
                enrolment.codeAt(System.currentTimeMillis()));
    return COOKIE + "=" + ((People.SignIn.SignedIn) signIn).secret();
  }

  private HttpResponse<byte[]> page(String path, String cookie) throws IOException {
    return archive.web.send(
        archive.web.request(path).header("Cookie", cookie).header("Accept", "text/html"));
  }

  private HttpResponse<byte[]> post(String path, String cookie, String form) throws IOException {
    return archive.web.send(
        archive
            .web
            .request(path)
            .header("Cookie", cookie)
            .header("Accept", "text/html")
            .header("Sec-Fetch-Site", "same-origin")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  private static String found(String pattern, HttpResponse<byte[]> in) {
    Matcher matcher = Pattern.compile(pattern).matcher(Web.text(in));
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }

  private static List<String> cookies(HttpResponse<byte[]> answer) {
    return answer.headers().allValues("Set-Cookie").stream()
        .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
        .toList();
  }

  @Test
  void aLinkIsMadeOnThePageOfAStudyOpenedByItsRecipientAndStopped() throws IOException {
    Shared.store(archive);
    String staff = session(Role.RADIOLOGIST);
    String study = "/studies/" + Shared.GIVEN.study();
    assertThat(Web.text(page(study, staff))).contains("href=\"" + study + "/share\"");
    assertThat(Web.text(page(study + "/share", staff)))
        .contains("name=\"study-" + Shared.GIVEN.study() + "\" checked")
        .contains("name=\"study-" + Shared.KEPT.study() + "\"");
    String form =
        "study-"
            + Shared.GIVEN.study()
            + "=on&days=7&purpose=second+opinion&recipient="
            + URLEncoder.encode("Dr Zzempfänger", StandardCharsets.UTF_8);
    HttpResponse<byte[]> made = post(study + "/share", staff, form);
    assertThat(made.statusCode()).isEqualTo(200);
    assertThat(made.headers().firstValue("Cache-Control")).hasValue("private, no-store");
    String fragment = found("value=\"https://[^#\"]*/share#([^\"]+)\"", made);
    String passcode = found("id=\"passcode\"[^>]*value=\"([^\"]+)\"", made);

    HttpResponse<byte[]> asked = archive.web.send(archive.web.request("/share"));
    assertThat(Web.text(asked)).contains("<lg-open>").doesNotContain("Zz");
    HttpResponse<byte[]> opened = Shared.enter(archive, fragment, passcode);
    assertThat(opened.statusCode()).isEqualTo(200);
    assertThat(opened.headers().allValues("Set-Cookie"))
        .hasSize(2)
        .allMatch(cookie -> cookie.startsWith("__Host-leadglass-"))
        .allMatch(cookie -> cookie.contains("; Path=/; Secure; HttpOnly; SameSite=Strict"));
    String guest = String.join("; ", cookies(opened));
    String root = found("\"to\":\"([^\"]+)\"", opened);
    HttpResponse<byte[]> given = page(root, guest);
    assertThat(Web.text(given))
        .contains("Zzteilen")
        .contains("Dr Zzempfänger")
        .contains(root + "/viewer?StudyInstanceUIDs=" + Shared.GIVEN.study())
        .doesNotContain(Shared.KEPT.study())
        .doesNotContain("Save a copy")
        .doesNotContain("/studies\"");

    HttpResponse<byte[]> list = page("/shares", staff);
    assertThat(Web.text(list)).contains("Dr Zzempfänger").contains("1 time");
    assertThat(post("/shares/" + root.substring(3) + "/stop", staff, "").statusCode())
        .isEqualTo(303);
    HttpResponse<byte[]> dead = page(root, guest);
    assertThat(dead.statusCode()).isEqualTo(303);
    assertThat(dead.headers().firstValue("Location")).hasValue("/share");
    assertThat(Web.text(page("/shares", staff))).contains("stopped");
  }

  @Test
  void whoProvedNoFactorLatelyIsAskedForOneBeforeSharing() throws IOException {
    Shared.store(archive);
    for (Route route : archive.running.doors().routes().all()) {
      if (route.pattern().equals("/studies/{study}/share")) {
        assertThat(route.fresh()).as("%s", route).isTrue();
      }
    }
  }

  private static String path(Route route, String share, Made made) {
    return route
        .pattern()
        .replace("{share}", share)
        .replace("{study}", made.study())
        .replace("{series}", made.series())
        .replace("{instance}", made.instance())
        .replace("{list}", "1")
        .replace("{path...}", "7FE00010");
  }

  @Test
  void theSharedStudyComesAndEveryOtherLooksAbsentOnEveryWayIn() throws IOException {
    Shared shared = Shared.open(archive, true);
    int ways = 0;
    for (Route route : archive.running.doors().routes().all()) {
      if (Audience.of(route.pattern()) != Audience.SHARES || !route.method().equals("GET")) {
        continue;
      }
      ways++;
      HttpResponse<byte[]> there = shared.get(path(route, shared.id(), Shared.GIVEN), ANYTHING);
      assertThat(there.statusCode()).as("%s", route).isEqualTo(200);
      assertThat(there.headers().firstValue("Cache-Control")).hasValue("private, no-store");
      if (route.pattern().contains("{study}")) {
        String kept = Web.seen(shared.get(path(route, shared.id(), Shared.KEPT), ANYTHING));
        String none = Web.seen(shared.get(path(route, shared.id(), Shared.INVENTED), ANYTHING));
        assertThat(kept).as("%s", route).isEqualTo(none);
      } else {
        assertThat(Web.text(there)).as("%s", route).doesNotContain(Shared.KEPT.study());
      }
    }
    assertThat(ways).isGreaterThan(18);
    String mixed =
        "/s/"
            + shared.id()
            + "/dicomweb/studies/"
            + Shared.GIVEN.study()
            + "/series/"
            + Shared.KEPT.series()
            + "/instances/"
            + Shared.KEPT.instance();
    for (String what : List.of("", "/metadata", "/frames/1", "/bulkdata/7FE00010", "/thumbnail")) {
      assertThat(shared.get(mixed + what, ANYTHING).statusCode()).as(what).isEqualTo(404);
    }
    String list = "/s/" + shared.id() + "/dicomweb/studies";
    assertThat(Web.text(shared.get(list + "?00100020=ZZSHARED-1", JSON)))
        .contains(Shared.GIVEN.study())
        .contains("/s/" + shared.id() + "/dicomweb/studies/" + Shared.GIVEN.study())
        .doesNotContain(Shared.KEPT.study());
    String metadata = list + "/" + Shared.GIVEN.study() + "/metadata";
    assertThat(Web.text(shared.get(metadata, JSON)))
        .contains("\"BulkDataURI\":\"/s/" + shared.id() + "/dicomweb/");
  }

  @Test
  void aLinkToLookAtGivesNoFilesAndTakesNone() throws IOException {
    Shared shared = Shared.open(archive, false);
    String study = "/s/" + shared.id() + "/dicomweb/studies/" + Shared.GIVEN.study();
    assertThat(shared.get(study, Web.AS_STORED).statusCode()).isEqualTo(403);
    assertThat(shared.get("/s/" + shared.id() + "/studies/2.25.1/copy", ANYTHING).statusCode())
        .isEqualTo(403);
    HttpResponse<byte[]> stored =
        archive.web.send(
            archive
                .web
                .request("/s/" + shared.id() + "/dicomweb/studies")
                .header("Cookie", shared.cookie())
                .header("Sec-Fetch-Site", "same-origin")
                .header("Content-Type", "application/dicom")
                .POST(BodyPublishers.ofByteArray(Shared.INVENTED.file())));
    assertThat(stored.statusCode()).isEqualTo(405);
    assertThat(archive.status().instances()).isEqualTo(2);
  }

  @Test
  void aCopyIsTheFilesOfTheStudy() throws IOException {
    Shared shared = Shared.open(archive, true);
    HttpResponse<byte[]> copy =
        shared.get("/s/" + shared.id() + "/studies/" + Shared.GIVEN.study() + "/copy", ANYTHING);
    assertThat(copy.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"study.zip\"");
    List<String> names = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(copy.body()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        names.add(entry.getName());
        assertThat(new String(zip.readAllBytes(), StandardCharsets.ISO_8859_1))
            .contains("DICM")
            .contains(Shared.GIVEN.instance());
      }
    }
    assertThat(names).containsExactly("IMG00001.dcm");
  }

  @Test
  void oneCookieIsNobodyWhereTheOtherIsSomebody() throws IOException {
    Shared shared = Shared.open(archive, true);
    String staff = session(Role.RADIOLOGIST);
    for (Route route : archive.running.doors().routes().all()) {
      if (!route.method().equals("GET")
          || route.verb() == leadglass.archive.Verb.KNOCK
          || Audience.of(route.pattern()) == Audience.ALL) {
        continue;
      }
      String path = path(route, shared.id(), Shared.GIVEN).replaceAll("\\{[a-z]+}", "none");
      String wrong = Audience.of(path) == Audience.SHARES ? staff : shared.cookie();
      assertThat(page(path, wrong).statusCode()).as("%s", route).isIn(401, 303);
    }
  }

  @Test
  void theSessionOfOneLinkOpensNoOther() throws IOException {
    Shared one = Shared.open(archive, true);
    Shared other = Shared.open(archive, true);
    String swapped = one.cookie().replace(one.id(), other.id());
    String path = "/s/" + other.id() + "/dicomweb/studies";
    assertThat(page(path, swapped).statusCode()).isEqualTo(401);
    assertThat(page(path, one.cookie()).statusCode()).isEqualTo(401);
    assertThat(other.get(path, JSON).statusCode()).isEqualTo(200);
  }

  /// What a try is answered, without what is the time.
  private static String tried(HttpResponse<byte[]> answer) {
    return Web.seen(answer);
  }

  @Test
  void whateverIsWrongWithALinkTheAnswerIsTheSameToTheLetter() throws IOException {
    Shared.store(archive);
    var stopped = Shared.link(archive, false);
    archive.running.archive().shareLinks().revoke(Premises.CONSOLE, stopped.id());
    var open = Shared.link(archive, false);
    String unknown = "0".repeat(32) + "." + "A".repeat(43);
    String wrong = tried(Shared.enter(archive, open.fragment(), "0000-0000"));
    assertThat(wrong).startsWith("403 ").doesNotContain(open.id());
    assertThat(tried(Shared.enter(archive, stopped.fragment(), stopped.passcode())))
        .isEqualTo(wrong);
    assertThat(tried(Shared.enter(archive, unknown, open.passcode()))).isEqualTo(wrong);
    HttpResponse<byte[]> slowed = Shared.enter(archive, open.fragment(), "0000-0000");
    for (int more = 0; more < 8 && slowed.statusCode() != 429; more++) {
      slowed = Shared.enter(archive, open.fragment(), "0000-0000"); // the waits double
    }
    assertThat(slowed.statusCode()).isEqualTo(429);
    assertThat(slowed.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void anotherDeviceIsRefusedAndTheFirstIsNot() throws IOException {
    Shared.store(archive);
    var link = Shared.link(archive, false);
    HttpResponse<byte[]> first = Shared.enter(archive, link.fragment(), link.passcode());
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(Shared.enter(archive, link.fragment(), link.passcode()).statusCode()).isEqualTo(403);
    String device =
        cookies(first).stream().filter(each -> each.contains("-device-")).findFirst().orElseThrow();
    assertThat(Shared.enter(archive, link.fragment(), link.passcode(), device).statusCode())
        .isEqualTo(200);
  }

  @Test
  void theConsoleListsLinksWithoutWhoseTheyAreAndStopsThem() throws IOException {
    Shared shared = Shared.open(archive, false);
    Path data = archive.premises.data();
    Command list = Command.run("share", "list", "--json", "--data", data);
    assertThat(list.exit()).isZero();
    assertThat(list.out().replace("\" : ", "\":"))
        .contains("\"id\":\"" + shared.id() + "\"")
        .contains("\"state\":\"open\"")
        .contains("\"opened\":1")
        .doesNotContain("Zzteilen")
        .doesNotContain(Shared.GIVEN.study());
    assertThat(Command.run("share", "list", "--data", data).out()).contains(shared.id());
    assertThat(Command.run("share", "revoke", "0".repeat(32), "--data", data).exit()).isEqualTo(1);
    assertThat(Command.run("share", "revoke", shared.id(), "--data", data).exit()).isZero();
    assertThat(shared.get("/s/" + shared.id() + "/dicomweb/studies", JSON).statusCode())
        .isEqualTo(401);
    assertThat(Command.run("share", "list", "--json", "--data", data).out())
        .contains("\"state\" : \"stopped\"");
  }

  @Test
  void disablingWhoeverMadeItEndsARunningSession() throws IOException {
    Shared shared = Shared.open(archive, false);
    String path = "/s/" + shared.id() + "/dicomweb/studies";
    assertThat(shared.get(path, JSON).statusCode()).isEqualTo(200);
    assertThat(archive.running.archive().people().disable(Premises.CONSOLE, "radiologist"))
        .isEmpty();
    assertThat(shared.get(path, JSON).statusCode()).isEqualTo(401);
  }

  @Test
  void noSecretPasscodeOrPatientIsInAnEventOrAFileAndTheTrailHasTheDisclosure() throws IOException {
    Shared shared = Shared.open(archive, true);
    Shared.enter(archive, shared.fragment(), shared.passcode());
    Shared.enter(archive, shared.fragment(), "ZZWR-ONGX");
    shared.get("/s/" + shared.id(), "text/html");
    shared.get("/s/" + shared.id() + "/dicomweb/studies?00100020=ZZSHARED-1", JSON);
    shared.stop();
    String secret = shared.fragment().substring(33);
    String session = shared.cookie().substring(shared.cookie().indexOf('=') + 1);
    String plain = shared.passcode().replace("-", "");
    assertThat(archive.events.toString())
        .doesNotContain(secret)
        .doesNotContain(shared.passcode())
        .doesNotContain(plain)
        .doesNotContain(session)
        .doesNotContain("ZZ")
        .doesNotContain("Zz");
    archive.close();
    closed = true;
    Canaries canaries =
        new Canaries()
            .with(secret, StandardCharsets.UTF_8)
            .with(shared.passcode(), StandardCharsets.UTF_8)
            .with(session, StandardCharsets.UTF_8)
            .with("Zzteilen", StandardCharsets.UTF_8)
            .with("Zzempf", StandardCharsets.UTF_8)
            .with("zweitmeinung", StandardCharsets.UTF_8);
    assertThat(canaries.below(folder)).isEmpty();
    var disclosed =
        archive.premises.audit().stream().filter(entry -> entry.act() == Act.SHARED).toList();
    assertThat(disclosed).hasSize(3);
    assertThat(disclosed)
        .allMatch(entry -> Shared.GIVEN.study().equals(entry.study()))
        .allMatch(entry -> "for Dr Zzempfänger: zweitmeinung".equals(entry.reason()))
        .allMatch(entry -> Objects.requireNonNull(entry.detail()).contains(shared.id()));
    assertThat(archive.premises.audit())
        .anyMatch(entry ->
            !entry.success()
                && ("share " + shared.id() + " refused: another device").equals(entry.detail()));
  }
}
