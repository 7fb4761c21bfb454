package leadglass.server.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leadglass.archive.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// From the administrator's page to the first session of somebody new, without script.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InvitePagesTest {
  private static final Pattern LINK =
      Pattern.compile("https://localhost:\\d+/invite#([A-Za-z0-9_-]{43})");
  private static final Pattern KEY = Pattern.compile("secret\">([A-Z2-7 ]+)<");

  private TestArchive archive;

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    archive = new TestArchive(folder).withEveryRole();
  }

  @AfterAll
  void close() throws IOException {
    archive.close();
  }

  private String secret(String name) throws Exception {
    try (Visitor administrator = archive.signedIn(Role.ADMINISTRATOR)) {
      Visitor.Seen made =
          administrator.post("/people/invite", "name", name, "role-radiologist", "yes");
      assertThat(made.status()).isEqualTo(200);
      assertThat(made.cache()).contains("no-store");
      Matcher link = LINK.matcher(made.body());
      assertThat(link.find()).isTrue();
      return link.group(1);
    }
  }

  private String code(String page) {
    Matcher key = KEY.matcher(page);
    assertThat(key.find()).isTrue();
    archive.clock.move(Duration.ofSeconds(30));
    String uri = "otpauth://totp/x?secret=" + key.group(1).replace(" ", "");
    return Totp.code(uri, archive.clock.millis());
  }

  @Test
  void whoeverIsInvitedJoinsWithAPasswordAndIsOfferedAPasskey() throws Exception {
    String secret = secret("eva");
    try (Visitor eva = new Visitor(archive)) {
      assertThat(eva.get("/invite").body()).contains("lg-invite").doesNotContain("eva");
      assertThat(eva.post("/invite", "secret", secret).location()).isEqualTo("/invite/choose");
      assertThat(eva.get("/invite/choose").body()).contains("eva", "data-act=\"join\"");
      String password = TestArchive.PASSWORD;
      assertThat(eva.post("/invite/password", "password", password, "again", "x").status())
          .isEqualTo(422);
      assertThat(eva.post("/invite/password", "password", "short", "again", "short").body())
          .contains("at least 12");
      assertThat(eva.post("/invite/password", "password", password, "again", password).location())
          .isEqualTo("/invite/confirm");
      String page = eva.get("/invite/confirm").body();
      assertThat(page).contains("<svg class=\"qr\"", "Recovery codes of <bdi>eva</bdi>");
      assertThat(eva.cookies).doesNotContainKey(Cookies.SESSION);
      assertThat(eva.post("/invite/confirm", "code", "000000").status()).isEqualTo(422);
      assertThat(eva.post("/invite/confirm", "code", code(page)).location())
          .isEqualTo("/account/joined");
      assertThat(eva.cookies).containsKey(Cookies.SESSION).doesNotContainKey(Cookies.INVITE);
      assertThat(eva.get("/account/joined").body())
          .contains("You are in.", "<lg-passkey data-act=\"add\"");
    }
    try (Visitor late = new Visitor(archive)) {
      Visitor.Seen used = late.post("/invite", "secret", secret);
      assertThat(used.status()).isEqualTo(403);
      assertThat(used.body()).contains(InvitePages.WRONG);
      assertThat(used.body()).isEqualTo(late.post("/invite", "secret", "never was").body());
    }
  }

  @Test
  void withoutALinkThereIsNothingToSee() throws Exception {
    try (Visitor nobody = new Visitor(archive)) {
      assertThat(nobody.get("/invite/choose").location()).isEqualTo("/invite");
      assertThat(nobody.get("/invite/confirm").location()).isEqualTo("/invite/choose");
      assertThat(nobody.post("/invite/passkey/begin").status()).isEqualTo(422);
      assertThat(nobody.post("/invite/confirm", "code", "123456").status()).isEqualTo(403);
    }
  }

  @Test
  void anInvitationStandsOnThePageUntilItIsTakenBack() throws Exception {
    String secret = secret("ottokar");
    try (Visitor administrator = archive.signedIn(Role.ADMINISTRATOR)) {
      assertThat(administrator.get("/people").body())
          .contains("Invited, and not here yet", "ottokar");
      assertThat(administrator.post("/people/take-back", "name", "ottokar").location())
          .isEqualTo("/people");
      assertThat(administrator.get("/people").body()).doesNotContain("ottokar");
    }
    try (Visitor ottokar = new Visitor(archive)) {
      archive.clock.move(Duration.ofMinutes(10));
      assertThat(ottokar.post("/invite", "secret", secret).status()).isEqualTo(403);
    }
  }

  @Test
  void guessingIsSlowed() throws Exception {
    archive.clock.move(Duration.ofHours(2));
    try (Visitor guesser = new Visitor(archive)) {
      for (int i = 0; i < 3; i++) {
        assertThat(guesser.post("/invite", "secret", "guess").status()).isEqualTo(403);
      }
      assertThat(guesser.post("/invite", "secret", "guess").status()).isEqualTo(429);
    }
    archive.clock.move(Duration.ofHours(2));
  }
}
