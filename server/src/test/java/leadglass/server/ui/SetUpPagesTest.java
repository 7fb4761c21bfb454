package leadglass.server.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetUpPagesTest {
  private static final String PASSWORD = TestArchive.PASSWORD;

  @TempDir Path folder;
  private TestArchive archive;
  private Visitor visitor;

  @BeforeEach
  void open() throws IOException {
    archive = new TestArchive(folder);
    visitor = new Visitor(archive);
  }

  @AfterEach
  void close() throws IOException {
    visitor.close();
    archive.close();
  }

  private void begin() throws Exception {
    String code = archive.archive.setUp().freshCode();
    assertThat(visitor.post("/setup/code", "code", code).location()).isEqualTo("/setup/account");
  }

  private Visitor.Seen account(String name, String password, String again) throws Exception {
    return visitor.post(
        "/setup/account",
        "site",
        "Northlight <Imaging>",
        "name",
        name,
        "password",
        password,
        "again",
        again,
        "reads",
        "yes");
  }

  private static String one(String regex, String html) {
    Matcher found = Pattern.compile(regex).matcher(html);
    assertThat(found.find()).as(regex).isTrue();
    return found.group(1);
  }

  private String code(String confirmPage) {
    String secret = one("class=\"mono secret\">([A-Z2-7 ]+)<", confirmPage).replace(" ", "");
    return Totp.code("?secret=" + secret, archive.clock.millis());
  }

  private static String group(String confirmPage) {
    int asked = Integer.parseInt(one("Group (\\d+) of the recovery sheet", confirmPage));
    String sheet = confirmPage.substring(confirmPage.indexOf("class=\"sheet"));
    Matcher item = Pattern.compile("<li>(.*?)</li>").matcher(sheet);
    for (int i = 0; i < asked; i++) {
      assertThat(item.find()).isTrue();
    }
    return item.group(1);
  }

  @Test
  void anArchiveThatIsNotSetUpLeadsEveryoneToSetUp() throws Exception {
    for (String path : List.of("/", "/studies", "/sign-in", "/no/such/page")) {
      Visitor.Seen seen = visitor.get(path);
      assertThat(seen.status()).as(path).isEqualTo(303);
      assertThat(seen.location()).as(path).isIn("/setup", "/");
    }
    assertThat(visitor.get("/setup").body())
        .contains(archive.identity.fingerprint())
        .contains(TestArchive.BANNER);
  }

  @Test
  void aWrongCodeIsToldWithTheTriesLeft() throws Exception {
    archive.archive.setUp().freshCode();
    Visitor.Seen seen = visitor.post("/setup/code", "code", "AAAA-AAAA");
    assertThat(seen.status()).isEqualTo(422);
    assertThat(seen.body()).contains("That code is not right. 4 tries left.");
    assertThat(visitor.cookies).isEmpty();
  }

  @Test
  void noStepWorksWithoutTheOneBefore() throws Exception {
    assertThat(visitor.get("/setup/account").location()).isEqualTo("/setup");
    assertThat(visitor.get("/setup/confirm").location()).isEqualTo("/setup/account");
    assertThat(account("mara", PASSWORD, PASSWORD).status()).isEqualTo(422);
    assertThat(visitor.post("/setup/confirm", "totp", "123456", "group", "AAAA").status())
        .isEqualTo(422);
    assertThat(visitor.get("/setup/done").location()).isEqualTo("/setup");
    assertThat(archive.archive.setUp().done()).isFalse();
  }

  @Test
  void whatWasTypedStaysButThePasswordDoesNot() throws Exception {
    begin();
    Visitor.Seen other = account("mara", PASSWORD, "something else here");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.body())
        .contains("The two passwords are not the same.")
        .contains("value=\"mara\"")
        .contains("value=\"Northlight &lt;Imaging>\"")
        .doesNotContain(PASSWORD);
    assertThat(account("mara", "short", "short").status()).isEqualTo(422);
  }

  @Test
  void setUpEndsAfterBothProofsAndLeadsToASignedInPage() throws Exception {
    begin();
    assertThat(account("mara", PASSWORD, PASSWORD).location()).isEqualTo("/setup/confirm");
    String page = visitor.get("/setup/confirm").body();
    assertThat(page).contains("<svg class=\"qr\"").contains("Recovery codes of <bdi>mara</bdi>");

    Visitor.Seen wrong = visitor.post("/setup/confirm", "totp", code(page), "group", "no");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.body()).contains("<svg class=\"qr\"").contains("role=\"alert\"");
    assertThat(archive.archive.setUp().done()).isFalse();

    Visitor.Seen right = visitor.post("/setup/confirm", "totp", code(page), "group", group(page));
    assertThat(right.location()).isEqualTo("/setup/done");
    assertThat(visitor.cookies).containsOnlyKeys(Cookies.SESSION);
    assertThat(visitor.get("/setup/done").body())
        .contains("leadglass-ca.pem", "href=\"/account/add-passkey\"");
    assertThat(visitor.get("/account/add-passkey").body()).contains("data-act=\"add\"");
    visitor.cookies.clear();
    assertThat(visitor.get("/setup").location()).isEqualTo("/");

    archive.clock.move(Duration.ofSeconds(30));
    Visitor.Seen in =
        visitor.post("/sign-in", "name", "mara", "password", PASSWORD, "code", code(page));
    assertThat(in.location()).isEqualTo("/studies"); // who reads images lands where they are
    assertThat(visitor.get("/studies").body()).contains("Northlight &lt;Imaging&gt;");
  }

  @Test
  void theAuthoritysCertificatesCanBeSavedByAnybody() throws Exception {
    assertThat(visitor.get("/trust/ca.pem").body())
        .isEqualTo(archive.archive.webAuthority().caPem().orElseThrow())
        .contains("BEGIN CERTIFICATE")
        .doesNotContain("PRIVATE");
    String page = visitor.get("/trust").body();
    assertThat(one("root certificate in it \\(SHA-256\\): <span[^>]*>([0-9A-F:]+)<", page))
        .hasSize(95);
  }
}
