package leadglass.server.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leadglass.archive.Caller;
import leadglass.archive.Gate;
import leadglass.archive.Origin;
import leadglass.archive.People;
import leadglass.archive.Role;
import leadglass.archive.StoreOutcome;
import leadglass.archive.Verb;
import leadglass.server.http.Audience;
import leadglass.server.http.Problem;
import leadglass.server.http.Route;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Every page for every role, in a real archive over TLS.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTest {
  private static final String HOSTILE = "<script>canary()</script>^\u202E\"'><img src=x>";

  private TestArchive archive;

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    archive = TestArchive.ofEveryRole(folder);
    Origin origin = new Origin(Origin.Door.DICOMWEB, "127.0.0.1");
    Caller by =
        new Caller.Person("radiologist", Role.RADIOLOGIST, Set.of(Role.RADIOLOGIST), origin);
    for (int number = 1; number <= 52; number++) {
      String date =
          number == 52 ? "20261125" : String.format(Locale.ROOT, "202609%02d", 1 + number / 2);
      String patient = number == 52 ? HOSTILE : "Okonkwo^Adaeze " + number;
      assertThat(archive.store(by, number, date, patient)).isInstanceOf(StoreOutcome.Stored.class);
    }
  }

  @AfterAll
  void close() throws IOException {
    archive.close();
  }

  private List<Route> routes() {
    return archive.web.routes().all();
  }

  private static List<String> studies(String html) {
    Matcher found = Pattern.compile("<tr data-study=\"([0-9.]+)\"").matcher(html);
    return found.results().map(one -> one.group(1)).toList();
  }

  @Test
  void everyRouteNamesItsDoorAndAVerbThatFits() {
    for (Route route : routes()) {
      assertThat(route.door()).isEqualTo(Origin.Door.PAGE);
      boolean open =
          route.pattern().startsWith("/setup")
              || route.pattern().startsWith("/static/")
              || route.pattern().startsWith("/trust")
              || route.pattern().startsWith("/sign-in")
              || route.pattern().startsWith("/invite")
              || route.pattern().equals("/enrol")
              || route.pattern().equals("/crl")
              || route.pattern().equals("/share")
              || List.of("/my/open", "/my/sign-in", "/my/passkey")
                  .contains(route.pattern().replace("/begin", ""))
              || route.pattern().startsWith("/invite")
              || route.pattern().equals("/");
      assertThat(route.verb() == Verb.KNOCK).as(route.toString()).isEqualTo(open);
    }
  }

  @Test
  void aStrangerIsLedToSignInFromEveryOtherPageAndFromNone() throws Exception {
    try (Visitor stranger = new Visitor(archive)) {
      for (Route route : routes()) {
        String path =
            route
                .pattern()
                .replace("{study}", TestArchive.study(52).value())
                .replace("{number}", "1")
                .replaceAll("\\{name}|\\{share}", "0".repeat(32));
        if (route.verb() == Verb.KNOCK || !route.method().equals("GET")) {
          continue;
        }
        Visitor.Seen seen = stranger.get(path);
        assertThat(seen.status()).as(path).isEqualTo(303);
        assertThat(seen.location())
            .as(path)
            .isEqualTo(
                switch (Audience.of(path)) {
                  case SHARES -> "/share";
                  case PATIENTS -> "/my/sign-in";
                  case STAFF, ALL -> "/sign-in";
                });
      }
      assertThat(stranger.get("/invented").location()).isEqualTo("/sign-in");
      assertThat(stranger.post("/studies", "q", "oko").status()).isEqualTo(401);
    }
  }

  @Test
  void everyRoleLandsOnAPageOfItsOwnAndItsMenuHoldsOnlyWhatItMayUse() throws Exception {
    Gate gate = new Gate();
    for (Role role : EnumSet.allOf(Role.class)) {
      try (Visitor visitor = archive.signedIn(role)) {
        String home = visitor.get("/").location();
        assertThat(home)
            .as(role.word())
            .isEqualTo(
                switch (role) {
                  case ADMINISTRATOR -> "/status";
                  case RADIOLOGIST, TECHNOLOGIST, FRONT_DESK, REFERRER -> "/studies";
                  case WITNESS -> "/erasures";
                  case AUDITOR -> "/audit/review";
                });
        String page = visitor.get(home).body();
        Origin origin = new Origin(Origin.Door.PAGE, "127.0.0.1");
        Caller caller = new Caller.Person(role.word(), role, Set.of(role), origin);
        for (Route route : routes()) {
          boolean offered = page.contains("<a href=\"" + route.pattern() + "\" ");
          if (offered) {
            assertThat(gate.permits(caller, route.verb())).as(role + " " + route).isTrue();
          }
          boolean ofOneDevice = route.pattern().startsWith("/devices/re");
          boolean ofPatients = // where whoever works here is nobody
              Audience.of(route.pattern()) == Audience.PATIENTS && route.verb() != Verb.KNOCK;
          if (ofPatients && route.method().equals("GET") && !route.pattern().contains("{")) {
            assertThat(visitor.get(route.pattern()).location()).isEqualTo("/my/sign-in");
          } else if (route.method().equals("GET")
              && !route.pattern().contains("{")
              && !ofOneDevice) {
            int status = visitor.get(route.pattern()).status();
            assertThat(status)
                .as(role + " " + route)
                .matches(s -> gate.permits(caller, route.verb()) ? s < 400 : s == 403);
          }
        }
        assertThat(page).contains("Northlight &lt;Imaging&gt;").contains(TestArchive.BANNER);
      }
    }
  }

  @Test
  void theSessionCookieIsOutOfReachAndEndsWithSigningOut() throws Exception {
    archive.clock.move(Duration.ofSeconds(30));
    String code = Totp.code(archive.enrolment("radiologist").totpUri(), archive.clock.millis());
    try (Visitor visitor = new Visitor(archive)) {
      Visitor.Seen in =
          visitor.post(
              "/sign-in", "name", "radiologist", "password", TestArchive.PASSWORD, "code", code);
      assertThat(in.location()).isEqualTo("/studies");
      assertThat(in.setCookies())
          .singleElement()
          .asString()
          .matches("__Host-leadglass=[\\w.~-]+; Path=/; Secure; HttpOnly; SameSite=Strict");
      String secret = visitor.cookies.getOrDefault(Cookies.SESSION, "");
      assertThat(visitor.get("/sign-in").location()).isEqualTo("/");

      assertThat(visitor.post("/sign-out").location()).isEqualTo("/sign-in");
      assertThat(visitor.cookies).isEmpty();
      visitor.cookies.put(Cookies.SESSION, secret);
      assertThat(visitor.get("/studies").location()).isEqualTo("/sign-in");
    }
  }

  @Test
  void everythingThatCanBeWrongAtSignInIsOneAnswer() throws Exception {
    archive.clock.move(Duration.ofHours(1));
    try (Visitor visitor = new Visitor(archive)) {
      Visitor.Seen nobody =
          visitor.post("/sign-in", "name", "x", "password", "wrong words here", "code", "000000");
      archive.clock.move(Duration.ofHours(1));
      Visitor.Seen wrong =
          visitor.post(
              "/sign-in", "name", "auditor", "password", "wrong words here", "code", "000000");
      assertThat(nobody.status()).isEqualTo(403);
      assertThat(wrong.status()).isEqualTo(403);
      assertThat(wrong.body().replace("auditor", "x")).isEqualTo(nobody.body());
      assertThat(wrong.body()).contains(SessionPages.REFUSED).doesNotContain("wrong words");
      archive.clock.move(Duration.ofHours(1));
    }
  }

  @Test
  void triesThatComeTooFastAreToldHowLongToWait() throws Exception {
    try (Visitor visitor = new Visitor(archive)) {
      Visitor.Seen last = visitor.get("/sign-in");
      for (int i = 0; i < 20 && last.status() != 429; i++) {
        last =
            visitor.post(
                "/sign-in", "name", "ghost", "password", "wrong words here", "code", "000000");
      }
      assertThat(last.status()).isEqualTo(429);
      assertThat(last.body()).containsPattern("Try again in \\d+ seconds?\\.");
    }
    archive.clock.move(Duration.ofHours(1));
  }

  @Test
  void theWorklistShowsTheNewestFirstAPageAtATime() throws Exception {
    try (Visitor visitor = archive.signedIn(Role.RADIOLOGIST)) {
      Visitor.Seen first = visitor.get("/studies");
      List<String> newest = studies(first.body());
      assertThat(newest).hasSize(Finding.ROWS).first().isEqualTo(TestArchive.study(52).value());
      assertThat(first.body()).contains("52 studies");
      assertThat(first.cache()).contains("no-store");

      Matcher cursor = Pattern.compile("name=\"after\" value=\"([^\"]+)\"").matcher(first.body());
      assertThat(cursor.find()).isTrue();
      List<String> rest = studies(visitor.post("/studies", "after", cursor.group(1)).body());
      assertThat(rest).hasSize(2).doesNotContainAnyElementsOf(newest);
    }
  }

  @Test
  void aCursorThatIsNoneBeginsAtTheNewestAgain() throws Exception {
    try (Visitor visitor = archive.signedIn(Role.RADIOLOGIST)) {
      Visitor.Seen seen = visitor.post("/studies", "after", "\"><script>");
      assertThat(seen.status()).isEqualTo(200);
      assertThat(studies(seen.body())).hasSize(Finding.ROWS);
    }
  }

  @Test
  void aSearchIsFoundByNameDayAndModality() throws Exception {
    try (Visitor visitor = archive.signedIn(Role.RADIOLOGIST)) {
      String one = visitor.post("/studies", "q", "P-17").body();
      assertThat(studies(one)).containsExactly(TestArchive.study(17).value());
      assertThat(one).contains("1 study matches").contains("value=\"P-17\"");
      assertThat(studies(visitor.post("/studies", "when", "today").body()))
          .containsExactly(TestArchive.study(52).value());
      assertThat(
              studies(
                  visitor
                      .post("/studies", "when", "range", "from", "2026-09-10", "to", "2026-09-10")
                      .body()))
          .containsExactlyInAnyOrder(TestArchive.study(18).value(), TestArchive.study(19).value());
      assertThat(visitor.post("/studies", "modality", "CT").body()).contains("No study matches.");
    }
  }

  @Test
  void whatCanNotBeSearchedForIsToldBesideTheField() throws Exception {
    try (Visitor visitor = archive.signedIn(Role.RADIOLOGIST)) {
      Visitor.Seen seen = visitor.post("/studies", "q", "o");
      assertThat(seen.status()).isEqualTo(422);
      assertThat(seen.body()).contains("Type at least two characters.");
    }
  }

  @Test
  void aHostileNameStaysTextOnListPanelAndPage() throws Exception {
    String study = "/studies/" + TestArchive.study(52).value();
    try (Visitor visitor = archive.signedIn(Role.RADIOLOGIST)) {
      for (String path : List.of("/studies", study, study + "/panel")) {
        assertThat(visitor.get(path).body())
            .as(path)
            .contains("&lt;script&gt;canary()&lt;/script&gt;")
            .doesNotContain("<script>canary")
            .doesNotContain("<img src=x>")
            .doesNotContain("\u202E");
      }
    }
  }

  @Test
  void aStudyShowsItsSeriesAndLeadsToTheViewer() throws Exception {
    String uid = TestArchive.study(17).value();
    try (Visitor visitor = archive.signedIn(Role.RADIOLOGIST)) {
      String page = visitor.get("/studies/" + uid).body();
      assertThat(page)
          .contains("Okonkwo, Adaeze 17")
          .contains("/viewer/viewer?StudyInstanceUIDs=" + uid)
          .contains("/dicomweb/studies/" + uid + "/series/" + uid + ".1/thumbnail")
          .contains("1 image");
      assertThat(visitor.get("/studies/" + uid + "/panel").body())
          .contains("<h2>")
          .doesNotContain("<html");
    }
  }

  @Test
  void whatIsNotThereAndWhatIsNotYoursLookTheSame() throws Exception {
    try (Visitor visitor = archive.signedIn(Role.FRONT_DESK)) {
      Visitor.Seen old = visitor.get("/studies/" + TestArchive.study(17).value());
      Visitor.Seen invented = visitor.get("/studies/1.2.3.4.5");
      Visitor.Seen broken = visitor.get("/studies/%3Cscript%3E");
      assertThat(old.status()).isEqualTo(404);
      assertThat(old.body())
          .isEqualTo(invented.body())
          .isEqualTo(broken.body())
          .contains("It may not exist, or you may not have access.");
    }
  }

  @Test
  void theFrontDeskSeesTodayAndOpensNothing() throws Exception {
    try (Visitor visitor = archive.signedIn(Role.FRONT_DESK)) {
      Visitor.Seen list = visitor.get("/studies");
      assertThat(studies(list.body())).containsExactly(TestArchive.study(52).value());
      assertThat(list.body()).contains("your role sees those of today");
      assertThat(visitor.get("/studies/" + TestArchive.study(52).value()).body())
          .doesNotContain("/viewer/");
    }
  }

  @Test
  void aPersonOfTwoRolesChangesTheHat() throws Exception {
    People.Enrolment change = archive.joined("both", Role.ADMINISTRATOR, Role.RADIOLOGIST);
    String uri = change.totpUri();
    try (Visitor visitor = archive.signedIn("both", uri)) {
      String before = visitor.cookies.getOrDefault(Cookies.SESSION, "");
      String home = visitor.get("/").location();
      String other = home.equals("/status") ? "radiologist" : "administrator";
      assertThat(visitor.get(home).body()).contains("name=\"hat\" value=\"" + other + "\"");
      assertThat(visitor.post("/hat", "hat", other).location()).isNotEqualTo(home);
      assertThat(visitor.cookies.getOrDefault(Cookies.SESSION, "")).isNotEqualTo(before);
      assertThat(visitor.get(home).status()).isEqualTo(403);
      assertThat(visitor.post("/hat", "hat", "auditor").location()).isEqualTo("/");
      assertThat(visitor.get(home).status()).isEqualTo(403);
    }
  }

  @Test
  void administratorsAndAuditorsSeeWhatAStrangerSeesAndNobodyElse() throws Exception {
    for (Role role : Role.values()) {
      boolean may = role == Role.ADMINISTRATOR || role == Role.AUDITOR;
      try (Visitor visitor = archive.signedIn(role)) {
        Visitor.Seen page = visitor.get("/exposure");
        assertThat(page.status()).as(role.word()).isEqualTo(may ? 200 : 403);
        if (may) {
          assertThat(page.body())
              .contains("aria-label=\"Grade ?\"")
              .contains("Nobody has looked yet.")
              .doesNotContain("ticket:");
        }
        boolean looks = role == Role.ADMINISTRATOR;
        assertThat(visitor.post("/exposure/check").status())
            .as(role.word())
            .isEqualTo(looks ? 303 : 403);
      }
    }
  }

  @Test
  void anAdministratorSeesStatusPeopleAndDevices() throws Exception {
    archive.device("CT1");
    try (Visitor visitor = archive.signedIn(Role.ADMINISTRATOR)) {
      assertThat(visitor.get("/status").body())
          .contains("A thief of this PC reads everything: the master key lies on the disk that")
          .contains("New images are taken.")
          .contains("<dd class=\"num\">52</dd>");
      assertThat(visitor.get("/people").body()).contains("<bdi>frontdesk</bdi>");
      assertThat(visitor.get("/devices").body()).contains("<bdi>CT1</bdi>").contains("valid to");
    }
  }

  @Test
  void coloursAreKept() throws Exception {
    try (Visitor visitor = archive.signedIn(Role.RADIOLOGIST)) {
      visitor.post("/theme", "theme", "dark");
      assertThat(visitor.get("/studies").body()).contains("data-theme=\"dark\"");
      visitor.post("/theme", "theme", "\"><b>");
      assertThat(visitor.get("/studies").body()).contains("data-theme=\"dark\"");
    }
  }

  @Test
  void styleSheetsAndScriptsAreKeptByBrowsersAndNothingElseIsServedBesideThem() throws Exception {
    try (Visitor visitor = new Visitor(archive)) {
      String page = visitor.get("/sign-in").body();
      Matcher asset = Pattern.compile("\"(/static/[0-9a-f]+)/([a-z.]+)\"").matcher(page);
      int count = 0;
      String prefix = "";
      while (asset.find()) {
        count++;
        prefix = asset.group(1);
        Visitor.Seen seen = visitor.get(prefix + "/" + asset.group(2));
        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.cache()).contains("immutable");
      }
      assertThat(count).isEqualTo(5);
      for (String name : List.of("Pages.class", "..%2Fui%2Fleadglass.css", "%00")) {
        assertThat(visitor.get(prefix + "/" + name).status()).as(name).isGreaterThanOrEqualTo(400);
      }
      assertThat(visitor.get("/static/0/leadglass.css").status()).isEqualTo(404);
    }
  }

  @Test
  void aProblemIsTheSamePageForEverybodyAndSaysWhatToDo() {
    Pages pages =
        new Pages(
            archive.archive,
            new Place(TestArchive.BANNER, archive.identity.fingerprint(), archive.clock));
    assertThat(pages.problem(new Problem("not-permitted", 403, "This account may not.", "")))
        .isEqualTo(pages.problem(new Problem("not-found", 404, "It does not exist.", "")))
        .contains("It may not exist, or you may not have access.");
    assertThat(pages.problem(new Problem("fault", 500, "Something.", "Reference 7F3K-21")))
        .contains("Something failed on our side.")
        .contains("Nothing was lost.")
        .contains("Reference 7F3K-21");
    assertThat(pages.problem(new Problem("sign-in-needed", 401, "Nobody.", "")))
        .contains("href=\"/sign-in\"");
    assertThat(pages.problem(new Problem("busy", 503, "Too many requests.", "Try again.")))
        .contains("Too many requests.")
        .contains("Try again.");
  }
}
