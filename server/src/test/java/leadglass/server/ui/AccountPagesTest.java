package leadglass.server.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import leadglass.archive.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// One's own account, stepping up, and where passkeys can be, without script.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountPagesTest {
  private TestArchive archive;

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    archive = TestArchive.ofEveryRole(folder);
  }

  @AfterAll
  void close() throws IOException {
    archive.close();
  }

  private String code(Role role) {
    archive.clock.move(Duration.ofSeconds(30));
    return Totp.code(archive.enrolment(role.word()).totpUri(), archive.clock.millis());
  }

  private Visitor later(Role role) throws Exception {
    Visitor visitor = archive.signedIn(role);
    archive.clock.move(Duration.ofMinutes(6));
    return visitor;
  }

  @Test
  void whoSignedInLongAgoIsAskedForAFactorAndLedBack() throws Exception {
    try (Visitor visitor = later(Role.ADMINISTRATOR)) {
      Visitor.Seen asked = visitor.get("/erasures/ask");
      assertThat(asked.status()).isEqualTo(303);
      assertThat(asked.location()).isEqualTo("/step-up?to=/erasures/ask");
      assertThat(visitor.get(asked.location()).body()).contains("Is it you?");
      String before = visitor.cookies.get(Cookies.SESSION);
      Visitor.Seen wrong = visitor.post("/step-up", "to", "/erasures/ask", "code", "000000");
      assertThat(wrong.status()).isEqualTo(422);
      assertThat(wrong.body()).contains("That code is not right.");
      Visitor.Seen right =
          visitor.post("/step-up", "to", "/erasures/ask", "code", code(Role.ADMINISTRATOR));
      assertThat(right.location()).isEqualTo("/erasures/ask");
      assertThat(visitor.cookies.get(Cookies.SESSION)).isNotEqualTo(before);
      assertThat(visitor.get("/erasures/ask").status()).isEqualTo(200);
    }
  }

  @Test
  void anActWhoseMinutesRanOutLeadsBackToItsFormAndIsNotDone() throws Exception {
    try (Visitor visitor = later(Role.ADMINISTRATOR)) {
      String name = "0".repeat(32);
      assertThat(visitor.post("/erasures/" + name + "/confirm", "id", "x").location())
          .isEqualTo("/step-up?to=/erasures/" + name);
      assertThat(visitor.post("/account/recovery-codes").location())
          .isEqualTo("/step-up?to=/account");
    }
  }

  @Test
  void theWayBackIsAlwaysOurs() throws Exception {
    for (String hostile :
        List.of(
            "https://example.org/",
            "//example.org",
            "/\\example.org",
            "/%2f/example.org",
            "javascript:alert(1)",
            "/studies?x=//example.org",
            "/a\r\nSet-Cookie: x=y",
            "/step-up",
            "",
            "/" + "a".repeat(600))) {
      assertThat(StepUpPages.safe(hostile)).as(hostile).isEqualTo("/");
    }
    assertThat(StepUpPages.safe("/studies/1.2.840.1/delete"))
        .isEqualTo("/studies/1.2.840.1/delete");
    try (Visitor visitor = later(Role.WITNESS)) {
      String to = URLEncoder.encode("//example.org", StandardCharsets.UTF_8);
      assertThat(visitor.get("/step-up?to=" + to).body()).doesNotContain("example.org");
      assertThat(
              visitor
                  .post("/step-up", "to", "//example.org", "code", code(Role.WITNESS))
                  .location())
          .isEqualTo("/");
    }
  }

  @Test
  void freshRecoveryCodesAreShownOnceAndTheOldOnesEnd() throws Exception {
    try (Visitor visitor = archive.signedIn(Role.AUDITOR)) {
      assertThat(visitor.get("/account").body())
          .contains("10 are left.")
          .contains("No passkeys yet");
      Visitor.Seen shown = visitor.post("/account/recovery-codes");
      assertThat(shown.status()).isEqualTo(200);
      assertThat(shown.cache()).contains("no-store");
      assertThat(
              Pattern.compile("<li>[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}</li>")
                  .matcher(shown.body())
                  .results())
          .hasSize(10);
      String old = archive.enrolment("auditor").recoveryCodes().getFirst();
      try (Visitor other = new Visitor(archive)) {
        assertThat(
                other
                    .post(
                        "/sign-in",
                        "name",
                        "auditor",
                        "password",
                        TestArchive.PASSWORD,
                        "code",
                        old)
                    .status())
            .isEqualTo(403);
      }
    }
  }

  @Test
  void signingOutEverywhereEndsTheOtherBrowserToo() throws Exception {
    try (Visitor one = archive.signedIn(Role.REFERRER);
        Visitor other = archive.signedIn(Role.REFERRER)) {
      assertThat(other.get("/account").body()).contains("2 are open");
      assertThat(one.post("/account/sign-out-everywhere").location()).isEqualTo("/sign-in");
      assertThat(other.get("/account").location()).isEqualTo("/sign-in");
    }
  }

  @Test
  void aClockThatIsOffIsNamedAtSignIn() throws Exception {
    try (Visitor visitor = new Visitor(archive)) {
      archive.clock.move(Duration.ofHours(1));
      String late =
          Totp.code(
              archive.enrolment("technologist").totpUri(),
              archive.clock.millis() - Duration.ofMinutes(4).toMillis());
      Visitor.Seen seen =
          visitor.post(
              "/sign-in", "name", "technologist", "password", TestArchive.PASSWORD, "code", late);
      assertThat(seen.status()).isEqualTo(403);
      assertThat(seen.body()).contains("about 4 minutes behind");
      assertThat(
              visitor
                  .post("/sign-in", "name", "technologist", "password", "no", "code", late)
                  .body())
          .contains(SessionPages.REFUSED);
    }
  }

  @Test
  void thePageOfSignInOffersPasskeysUnderANameAlone() throws Exception {
    try (Visitor visitor = new Visitor(archive)) {
      assertThat(visitor.get("/sign-in").body())
          .contains("<lg-passkey data-act=\"sign-in\">")
          .contains("username webauthn");
      Visitor.Seen asked = visitor.post("/sign-in/passkey/begin");
      assertThat(asked.status()).isEqualTo(200);
      assertThat(asked.body()).contains("\"host\":\"localhost\"").contains("\"known\":[]");
      assertThat(asked.setCookies()).hasSize(1);
      assertThat(visitor.post("/sign-in/passkey/begin").setCookies()).isEmpty();
      Visitor.Seen refused =
          visitor.post("/sign-in/passkey", "ticket", "x", "id", "AAAA", "userHandle", "");
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.body()).contains("That passkey is not right here.");
      assertThat(visitor.post("/sign-in/passkey", "id", "no base64 !").status()).isEqualTo(400);
    }
  }
}
