package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Small things about sign-in that a checklist asks for.
@SuppressWarnings("NullAway.Init")
class SignInHardeningTest {
  @TempDir private Path folder;
  private OpenArchive archive;

  @BeforeEach
  void open() throws IOException {
    archive = new OpenArchive(Premises.in(folder));
  }

  @AfterEach
  void close() throws IOException {
    archive.close();
  }

  @Test
  void passwordsAreMaskedAndPasswordManagersWelcome() throws Exception {
    String page = new Browser(archive.web).get("/sign-in").body();
    assertThat(page)
        .containsPattern("<input id=\"password\"[^>]* type=\"password\"")
        .contains("autocomplete=\"current-password\"", "autocomplete=\"one-time-code\"")
        .doesNotContain("onpaste", "autocomplete=\"off\"");
  }

  @Test
  void noOtherOriginIsEverToldThatItMayRead() throws Exception {
    for (String path : List.of("/sign-in", "/dicomweb/studies", "/crl", "/trust/ca.pem")) {
      var answer =
          archive.web.send(archive.web.request(path).header("Origin", "https://evil.example.org"));
      assertThat(answer.headers().map().keySet())
          .as(path)
          .noneMatch(name -> name.startsWith("access-control-"));
    }
  }

  @Test
  void whereNoProviderIsConfiguredNothingLeadsToOne() throws Exception {
    Browser browser = new Browser(archive.web);
    assertThat(browser.get("/sign-in").body()).doesNotContain("/sign-in/with/");
    for (String path :
        List.of(
            "/sign-in/with/hospital",
            "/sign-in/with/hospital/back?code=1&state=2",
            "/sign-in/factor")) {
      assertThat(browser.get(path).location()).as(path).isEqualTo("/sign-in");
    }
    assertThat(browser.post("/sign-in/factor", "code=000000").location()).isEqualTo("/sign-in");
  }
}
