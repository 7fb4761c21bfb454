package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import leadglass.app.config.OidcConfig;
import leadglass.app.oidc.Glewlwyd;
import leadglass.app.oidc.OidcEvent;
import leadglass.archive.People;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A running archive and a real identity provider, and browsers that keep to the rules of cookies.
@SuppressWarnings("NullAway.Init")
class SignInByProviderTest {
  private static final Pattern SECRET = Pattern.compile("<p class=\"mono secret\">([^<]+)</p>");
  private static final String APP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

  @TempDir private Path folder;
  private Glewlwyd provider;
  private OpenArchive archive;

  @BeforeEach
  void open() throws IOException {
    assumeTrue(Glewlwyd.isInstalled(), "the Debian package glewlwyd is not installed");
    provider = new Glewlwyd(Files.createDirectory(folder.resolve("provider")));
    Path secret = Files.writeString(folder.resolve("client-secret"), Glewlwyd.SECRET + "\n");
    archive =
        new OpenArchive(
            Premises.in(folder.resolve("premises")),
            List.of(
                config("hospital", "first", List.of("openid"), secret),
                config("strict", "third", List.of("openid", "strong"), secret),
                config("clinic", "second", List.of("openid"), secret)));
    provider.client(back("hospital"), back("strict"), back("clinic"));
    provider.person("grace", "Radiology", "Everybody");
    provider.person("mallory", "Radiology");
  }

  @AfterEach
  void close() throws IOException {
    if (archive != null) {
      archive.close();
    }
    if (provider != null) {
      provider.close();
    }
  }

  private OidcConfig config(String name, String issuer, List<String> scopes, Path secret) {
    return new OidcConfig(
        name,
        "Sign in at the " + name,
        provider.issuerOf(issuer),
        Glewlwyd.CLIENT,
        Optional.of(secret),
        Optional.of(provider.authority()),
        List.of(),
        scopes,
        "groups",
        List.of("otp"),
        List.of(),
        Map.of("radiologist", List.of("Radiology"), "administrator", List.of("IT")),
        "");
  }

  private String back(String name) {
    return "https://localhost:" + archive.web.port() + "/sign-in/with/" + name + "/back";
  }

  /// Presses the button and signs in over there.
  ///
  /// @return the address that the provider sends the browser back to
  private URI sentBack(Browser browser, String name, String person) throws IOException {
    URI away = browser.leave(name);
    return provider.new Visitor().signIn(person).open(away);
  }

  private static String key(Browser.Seen page) {
    Matcher shown = SECRET.matcher(page.body());
    assertThat(shown.find()).isTrue();
    return shown.group(1).replace(" ", "");
  }

  private static String code(String secret) {
    String uri = "otpauth://totp/x?secret=" + secret;
    return new People.Enrolment("x", uri, List.of()).codeAt(System.currentTimeMillis());
  }

  /// Comes back and enrols the factor that is owed.
  private Browser.Seen enrol(Browser browser, URI back) throws IOException {
    assertThat(browser.arrive(back).status()).isEqualTo(200);
    Browser.Seen page = browser.get("/sign-in/factor");
    return browser.post("/sign-in/factor", "code=" + code(key(page)));
  }

  @Test
  void whoHasNoSecondFactorAtTheProviderEnrolsOneHereAndIsIn() throws Exception {
    Browser browser = new Browser(archive.web);
    assertThat(browser.get("/sign-in").body())
        .contains("href=\"/sign-in/with/hospital\"", "Sign in at the hospital");
    URI back = sentBack(browser, "hospital", "grace");
    Browser.Seen arrived = browser.arrive(back);
    assertThat(arrived.header("Refresh")).isEqualTo("0; url=/sign-in/factor");
    assertThat(arrived.body()).contains("href=\"/sign-in/factor\"").doesNotContain("code=");
    assertThat(browser.get("/studies").location()).isEqualTo("/sign-in");
    Browser.Seen page = browser.get("/sign-in/factor");
    assertThat(browser.post("/sign-in/factor", "code=000000").status()).isEqualTo(422);
    Browser.Seen in = browser.post("/sign-in/factor", "code=" + code(key(page)));
    assertThat(in.body()).contains("New recovery codes");
    assertThat(browser.get("/studies").body()).contains("grace@hospital", "Radiologist");
  }

  @Test
  void whoeverTheProviderAskedForASecondFactorIsInAtOnce() throws Exception {
    Browser browser = new Browser(archive.web);
    URI away = browser.leave("strict");
    Glewlwyd.Visitor there =
        provider.new Visitor().signIn("grace").enrol("grace", APP).code("grace", code(APP));
    Browser.Seen arrived = browser.arrive(there.open(away));
    assertThat(arrived.header("Refresh")).isEqualTo("0; url=/studies");
    assertThat(browser.get("/studies").body()).contains("grace@strict");
    // It does not say when it asked, so that nothing is open yet that wants a fresh factor.
    Browser.Seen asked = browser.get("/account/add-passkey");
    assertThat(asked.location()).isEqualTo("/step-up?to=/account/add-passkey");
    assertThat(browser.get(asked.location()).body())
        .contains("href=\"/sign-in/with/strict?again=1\"");
    assertThat(browser.get("/sign-in/with/strict?again=1").location())
        .contains("prompt=login", "max_age=");
  }

  @Test
  void rolesFollowTheGroupsAtEachSignIn() throws Exception {
    Browser browser = new Browser(archive.web);
    enrol(browser, sentBack(browser, "hospital", "grace"));
    assertThat(browser.get("/role").body()).contains("Radiologist");
    provider.regroup("grace", "IT");
    Browser again = new Browser(archive.web);
    assertThat(again.arrive(sentBack(again, "hospital", "grace")).status()).isEqualTo(200);
    assertThat(browser.get("/role").location()).isEqualTo("/sign-in");
    provider.regroup("grace", "Cleaning");
    Browser last = new Browser(archive.web);
    Browser.Seen refused = last.arrive(sentBack(last, "hospital", "grace"));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body()).contains("names no group that has a role here");
  }

  @Test
  void whatCameBackOnceComesBackNoMore() throws Exception {
    Browser browser = new Browser(archive.web);
    URI back = sentBack(browser, "hospital", "grace");
    String leaving = browser.cookie("__Host-leadglass-leaving");
    assertThat(browser.arrive(back).status()).isEqualTo(200);
    browser.put("__Host-leadglass-leaving", leaving);
    assertThat(browser.arrive(back).status()).isEqualTo(403);
  }

  @Test
  void anAddressStolenFromOneBrowserOpensNothingInAnother() throws Exception {
    Browser victim = new Browser(archive.web);
    URI back = sentBack(victim, "hospital", "grace");
    Browser thief = new Browser(archive.web);
    assertThat(thief.arrive(back).status()).isEqualTo(403);
    thief.leave("hospital");
    assertThat(thief.arrive(back).status()).isEqualTo(403);
    assertThat(thief.get("/sign-in/factor").location()).isEqualTo("/sign-in");
  }

  /// The thief puts a stolen code behind a state of their own: only the provider can see that it
  /// was asked for by another (PKCE).
  @Test
  void aStolenCodeIsOfNoUseInASignInOfOnesOwn() throws Exception {
    Browser victim = new Browser(archive.web);
    String stolen = parameter(sentBack(victim, "hospital", "grace"), "code");
    Browser thief = new Browser(archive.web);
    URI own = sentBack(thief, "hospital", "mallory");
    URI mixed = URI.create(own.toString().replace(parameter(own, "code"), stolen));
    assertThat(thief.arrive(mixed).status()).isEqualTo(403);
    assertThat(archive.events)
        .contains(new OidcEvent.ProviderSignInRefused("hospital", OidcEvent.Reason.CODE));
  }

  @Test
  void whatOneProviderSaysIsNotTakenForAnothers() throws Exception {
    Browser browser = new Browser(archive.web);
    URI back = sentBack(browser, "hospital", "grace");
    URI atOther = URI.create(back.toString().replace("/with/hospital/", "/with/clinic/"));
    assertThat(browser.arrive(atOther).status()).isEqualTo(403);
    URI fresh = sentBack(browser, "hospital", "grace");
    URI named = URI.create(fresh.toString().replace("%2Fapi%2Ffirst", "%2Fapi%2Fsecond"));
    assertThat(named).isNotEqualTo(fresh);
    assertThat(browser.arrive(named).status()).isEqualTo(403);
    assertThat(archive.events)
        .contains(
            new OidcEvent.ProviderSignInRefused("hospital", OidcEvent.Reason.ISSUER_OF_ADDRESS));
  }

  private static String parameter(URI uri, String name) {
    Matcher value = Pattern.compile("[?&]" + name + "=([^&]+)").matcher(uri.toString());
    assertThat(value.find()).isTrue();
    return value.group(1);
  }

  @Test
  void noOtherSiteSendsPeopleToTheirProvider() throws Exception {
    Browser browser = new Browser(archive.web);
    assertThat(browser.getFrom("cross-site", "/sign-in/with/hospital").location())
        .isEqualTo("/sign-in");
    assertThat(browser.get("/sign-in/with/nobody").location()).isEqualTo("/sign-in");
  }

  @Test
  void aDisabledAccountStaysOut() throws Exception {
    Browser browser = new Browser(archive.web);
    enrol(browser, sentBack(browser, "hospital", "grace"));
    People people = archive.running.archive().people();
    assertThat(people.disable(Premises.CONSOLE, "grace@hospital")).isEmpty();
    assertThat(browser.get("/studies").location()).isEqualTo("/sign-in");
    Browser again = new Browser(archive.web);
    assertThat(again.arrive(sentBack(again, "hospital", "grace")).body())
        .contains("Your account here is disabled");
  }

  @Test
  void aProviderThatIsGoneIsSaidToBeAndEverybodyElseSignsIn() throws Exception {
    provider.close();
    Browser browser = new Browser(archive.web);
    Browser.Seen silent = browser.get("/sign-in/with/hospital");
    assertThat(silent.status()).isEqualTo(503);
    assertThat(silent.body()).contains("does not answer");
    assertThat(browser.get("/sign-in").status()).isEqualTo(200);
  }

  @Test
  void aSecretThatTheProviderDoesNotTakeIsOursToMend() throws Exception {
    Files.writeString(folder.resolve("client-secret"), "another");
    Browser browser = new Browser(archive.web);
    assertThat(browser.arrive(sentBack(browser, "hospital", "grace")).status()).isEqualTo(503);
    assertThat(archive.events)
        .anyMatch(event ->
            event instanceof OidcEvent.ProviderFailed(var name, var asked, _)
                && name.equals("hospital")
                && asked == OidcEvent.Asked.TOKEN);
  }

  @Test
  void neitherCodesNorStatesNorSecretsStandInALog() throws Exception {
    Browser browser = new Browser(archive.web);
    URI back = sentBack(browser, "hospital", "grace");
    enrol(browser, back);
    assertThat(browser.arrive(back).status()).isEqualTo(403);
    String said = archive.events.stream().map(Object::toString).collect(Collectors.joining("\n"));
    assertThat(said).isNotEmpty();
    for (String secret :
        List.of(parameter(back, "code"), parameter(back, "state"), Glewlwyd.SECRET, "grace")) {
      assertThat(said).doesNotContain(secret);
    }
  }
}
