package leadglass.server.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leadglass.archive.Caller;
import leadglass.archive.People;
import leadglass.archive.Recoveries;
import leadglass.archive.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Roles, second persons, acts at the console and the register of duty, as people see them.
@SuppressWarnings("NullAway.Init")
class PeoplePagesTest {
  private TestArchive archive;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    archive = TestArchive.ofEveryRole(folder);
  }

  @AfterEach
  void close() throws IOException {
    archive.close();
  }

  private static String find(String pattern, String in) {
    Matcher matcher = Pattern.compile(pattern).matcher(in);
    assertThat(matcher.find()).isTrue();
    return matcher.group();
  }

  @Test
  void anAdministratorGivesAndTakesRolesOfOthers() throws Exception {
    try (Visitor administrator = archive.signedIn(Role.ADMINISTRATOR)) {
      assertThat(administrator.post("/person/witness/give", "role", "auditor").location())
          .isEqualTo("/person/witness");
      assertThat(administrator.get("/person/witness").body()).contains(">held<");
      assertThat(administrator.post("/person/witness/take", "role", "witness").location())
          .isEqualTo("/person/witness");
      Visitor.Seen last = administrator.post("/person/witness/take", "role", "auditor");
      assertThat(last.status()).isEqualTo(422);
      assertThat(last.body()).contains("only role");
      assertThat(administrator.post("/person/administrator/take", "role", "administrator").body())
          .contains("last administrator");
      assertThat(administrator.get("/person/nobody").status()).isEqualTo(404);
    }
  }

  @Test
  void aRoleForOneselfStandsOnEverybodysFrontPageUntilAnotherConfirmsIt() throws Exception {
    People.Enrolment second = archive.joined("second", Role.ADMINISTRATOR);
    try (Visitor first = archive.signedIn(Role.ADMINISTRATOR);
        Visitor reader = archive.signedIn(Role.RADIOLOGIST);
        Visitor other = archive.signedIn("second", second.totpUri())) {
      assertThat(first.post("/person/administrator/give", "role", "radiologist").location())
          .isEqualTo("/second-person");
      assertThat(reader.get("/studies").body())
          .contains("administrator is to get a role of their own asking: Radiologist");
      String page = first.get("/second-person").body();
      String confirm = find("/second-person/roles/[0-9a-f]{32}/confirm", page);
      assertThat(first.post(confirm).body()).contains("Somebody else has to confirm it.");
      assertThat(reader.post(confirm).status()).isEqualTo(403);
      assertThat(other.post(confirm).location()).isEqualTo("/second-person");
      assertThat(first.get("/person/administrator").body()).contains("/take");
      assertThat(reader.get("/studies").body()).doesNotContain("of their own asking");
    }
  }

  @Test
  void changingRolesAsksForAFreshFactor() throws Exception {
    try (Visitor administrator = archive.signedIn(Role.ADMINISTRATOR)) {
      archive.clock.move(Duration.ofMinutes(6));
      assertThat(administrator.post("/person/witness/give", "role", "auditor").location())
          .isEqualTo("/step-up?to=/person/witness");
      assertThat(administrator.get("/people/invite").location())
          .isEqualTo("/step-up?to=/people/invite");
    }
  }

  @Test
  void aLostAccountIsToldToEverybodyAndStoppedByItsOwner() throws Exception {
    Recoveries.Outcome asked =
        archive.archive.recoveries().recover(TestArchive.console(), "radiologist");
    assertThat(asked).isInstanceOf(Recoveries.Outcome.Waits.class);
    try (Visitor administrator = archive.signedIn(Role.ADMINISTRATOR);
        Visitor reader = archive.signedIn(Role.RADIOLOGIST);
        Visitor auditor = archive.signedIn(Role.AUDITOR)) {
      String told = "radiologist is said to have lost everything";
      assertThat(administrator.get("/status").body()).contains(told);
      assertThat(auditor.get("/audit/review").body()).contains(told);
      assertThat(reader.get("/account").body()).contains("/account/recovery/stop");
      assertThat(reader.post("/account/recovery/stop").location()).isEqualTo("/account");
      assertThat(administrator.get("/status").body()).doesNotContain(told);
    }
  }

  @Test
  void anAdministratorConfirmsALostAccountAndTheConsoleFetchesItsLink() throws Exception {
    archive.archive.recoveries().recover(TestArchive.console(), "auditor");
    try (Visitor administrator = archive.signedIn(Role.ADMINISTRATOR)) {
      assertThat(administrator.post("/second-person/recoveries/auditor/confirm").location())
          .isEqualTo("/second-person");
      assertThat(administrator.get("/second-person").body())
          .contains("Confirmed by administrator.");
    }
    assertThat(archive.archive.recoveries().recover(TestArchive.console(), "auditor"))
        .isInstanceOf(Recoveries.Outcome.Link.class);
  }

  @Test
  void whatWasDoneAtTheConsoleStandsUntilSomebodyHasSeenIt() throws Exception {
    archive.archive.people().signOut(TestArchive.console(), "auditor");
    try (Visitor administrator = archive.signedIn(Role.ADMINISTRATOR)) {
      assertThat(administrator.get("/status").body())
          .contains("At the console: tester, sessions ended: auditor.");
      String page = administrator.get("/console-acts").body();
      String seen = find("/console-acts/[0-9a-f]{32}/seen", page);
      assertThat(administrator.post(seen, "count", "7").status()).isEqualTo(422);
      assertThat(administrator.post(seen, "count", "1").location()).isEqualTo("/console-acts");
      assertThat(administrator.get("/status").body()).doesNotContain("sessions ended");
    }
  }

  @Test
  void aTokenAndARoleOfTheConsoleAreConfirmedByTheirOwner() throws Exception {
    archive
        .archive
        .tokens()
        .create(
            TestArchive.console(), "radiologist", Set.of(Caller.Scope.READ), Duration.ofDays(90));
    archive.archive.roles().give(TestArchive.console(), "radiologist", Role.WITNESS);
    try (Visitor reader = archive.signedIn(Role.RADIOLOGIST)) {
      String page = reader.get("/account").body();
      String token = find("/account/tokens/[a-z0-9]+/keep", page);
      assertThat(page).contains("/account/roles/witness/keep");
      assertThat(reader.post(token).location()).isEqualTo("/account");
      assertThat(reader.post("/account/roles/witness/keep").location()).isEqualTo("/account");
      assertThat(reader.get("/account").body()).doesNotContain("/keep");
      assertThat(reader.post(token).status()).isEqualTo(422);
    }
  }

  @Test
  void theRegisterSaysWhoAnswersForWhat() throws Exception {
    archive.device("CT1");
    try (Visitor administrator = archive.signedIn(Role.ADMINISTRATOR);
        Visitor reader = archive.signedIn(Role.RADIOLOGIST)) {
      assertThat(reader.get("/duty").status()).isEqualTo(403);
      assertThat(administrator.get("/duty").body())
          .contains("Device CT1", "no account has that name", "nobody is named");
      assertThat(administrator.post("/duty", "post", "key", "owner", "witness").location())
          .isEqualTo("/duty");
      assertThat(administrator.post("/duty", "post", "key", "owner", "nobody").status())
          .isEqualTo(422);
      assertThat(administrator.get("/status").body())
          .contains("Not to be opened to a public address: Device CT1");
    }
  }

  @Test
  void aConnectionFromOutsideStandsRedOnTheStatusPage() throws Exception {
    archive.archive.outside().connected(true);
    try (Visitor administrator = archive.signedIn(Role.ADMINISTRATOR);
        Visitor reader = archive.signedIn(Role.RADIOLOGIST)) {
      assertThat(administrator.get("/status").body())
          .contains("Somebody forwards the DICOM port to the internet: 1 connection", "router");
      assertThat(reader.get("/studies").body()).doesNotContain("forwards");
    }
  }

  @Test
  void aNewPasswordIsMadeByItsOwnerAfterAFreshFactor() throws Exception {
    try (Visitor auditor = archive.signedIn(Role.AUDITOR)) {
      String fresh = "quiet lantern 61 pelican";
      assertThat(auditor.post("/account/password", "password", fresh, "again", fresh).location())
          .isEqualTo("/account/password/confirm");
      String page = auditor.get("/account/password/confirm").body();
      String key = find("secret\">[A-Z2-7 ]+<", page).replaceAll("secret\">|<| ", "");
      archive.clock.move(Duration.ofSeconds(30));
      String code = Totp.code("otpauth://totp/x?secret=" + key, archive.clock.millis());
      assertThat(auditor.post("/account/password/confirm", "code", "000000").status())
          .isEqualTo(422);
      assertThat(auditor.post("/account/password/confirm", "code", code).location())
          .isEqualTo("/account");
      archive.clock.move(Duration.ofMinutes(6));
      assertThat(auditor.get("/account/password").location())
          .isEqualTo("/step-up?to=/account/password");
    }
  }

  @Test
  void whoIsDisabledOnThePageIsOutAtOnce() throws Exception {
    try (Visitor administrator = archive.signedIn(Role.ADMINISTRATOR);
        Visitor reader = archive.signedIn(Role.RADIOLOGIST)) {
      assertThat(reader.get("/studies").status()).isEqualTo(200);
      assertThat(administrator.post("/person/radiologist/disable").location())
          .isEqualTo("/person/radiologist");
      assertThat(reader.get("/studies").location()).isEqualTo("/sign-in");
    }
  }
}
