package leadglass.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Somebody's first passkey, in Chromium with an authenticator of its own: made, signed in with,
/// stepped up with, removed.
@Timeout(300)
class PasskeyInChromiumTest {
  /// An offer in the name's field would be answered by the authenticator at once, at a moment of
  /// its own: the page would be gone under the click.
  private static final String UNASKED_OFFERS_OFF =
      "PublicKeyCredential.isConditionalMediationAvailable = async () => false;";

  private static DemoProcess demo;
  private static Chromium chromium;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    demo = DemoProcess.start();
    chromium = new Chromium();
  }

  @AfterAll
  static void stop() {
    chromium.close();
    demo.close();
  }

  private Page page() {
    BrowserContext context =
        chromium.browser().newContext(new Browser.NewContextOptions().setIgnoreHTTPSErrors(true));
    context.setDefaultTimeout(60_000);
    Page page = context.newPage();
    page.addInitScript(UNASKED_OFFERS_OFF);
    page.onConsoleMessage(message -> {
      if (message.text().contains("Content Security Policy")) {
        complaints.add(message.text());
      }
    });
    return page;
  }

  private static CDPSession authenticator(Page page) {
    CDPSession devtools = page.context().newCDPSession(page);
    devtools.send("WebAuthn.enable");
    JsonObject options = new JsonObject();
    options.addProperty("protocol", "ctap2");
    options.addProperty("transport", "internal");
    options.addProperty("hasResidentKey", true);
    options.addProperty("hasUserVerification", true);
    options.addProperty("isUserVerified", true);
    options.addProperty("automaticPresenceSimulation", true);
    JsonObject wanted = new JsonObject();
    wanted.add("options", options);
    devtools.send("WebAuthn.addVirtualAuthenticator", wanted);
    return devtools;
  }

  @Test
  void whoeverIsInvitedJoinsWithAPasskeyAndIsOfferedAPassword() {
    Page administrator = page();
    administrator.navigate(demo.address() + "/sign-in");
    administrator.fill("#name", demo.administrator());
    administrator.fill("#password", demo.administratorsPassword());
    administrator.fill("#code", demo.administratorsCode());
    administrator.click("button:text-is('Sign in')");
    administrator.waitForSelector("h1:has-text('Status')");
    administrator.navigate(demo.address() + "/people/invite");
    administrator.fill("#name", "eva");
    administrator.check("input[name=role-radiologist]");
    administrator.click("button:has-text('Make the link')");
    String link = administrator.textContent("p.cmd");
    administrator.context().close();

    Page page = page();
    CDPSession devtools = authenticator(page);
    page.navigate(link);
    page.waitForURL("**/invite/choose");
    assertThat(page.url()).doesNotContain("#");
    page.fill("#passkey-label", "Phone");
    page.click("button:has-text('Go on with a passkey')");
    page.waitForURL("**/account/joined");
    assertThat(page.textContent("[role=status]")).contains("You are in.");
    page.click("a:has-text('Make a password')");
    page.waitForURL("**/account/password");
    assertThat(complaints).as("reports of a broken policy").isEmpty();
    page.navigate(link);
    page.waitForSelector("text=This link is not active.");
    devtools.detach();
    page.context().close();
  }

  @Test
  void aPasskeyIsMadeThenSignsInStepsUpAndIsRemoved() {
    Page page = page();
    CDPSession devtools = authenticator(page);
    page.navigate(demo.address() + "/sign-in");
    page.fill("#name", demo.reader());
    page.fill("#password", demo.password());
    page.fill("#code", demo.code());
    page.click("button:text-is('Sign in')");
    page.waitForSelector("h1:has-text('Worklist')");

    page.navigate(demo.address() + "/account");
    page.fill("#passkey-label", "Reading room");
    page.click("button:has-text('Add a passkey')");
    page.waitForURL("**/account/added");
    assertThat(page.textContent("[role=status]"))
        .contains("Your passkey works now")
        .contains("second way in of another kind");
    assertThat(page.inputValue("table input[name=label]")).isEqualTo("Reading room");

    page.click("button.me");
    page.click("#account button:text-is('Sign out')");
    page.waitForURL("**/sign-in");
    page.click("button:has-text('Continue with passkey')");
    page.waitForSelector("h1:has-text('Worklist')");

    page.navigate(demo.address() + "/step-up?to=/account");
    page.click("button:has-text('Continue with passkey')");
    page.waitForURL("**/account");
    assertThat(page.textContent("table td:nth-child(2)")).isEqualTo("localhost");

    page.click("button:text-is('Remove')");
    page.waitForSelector("text=No passkeys yet.");
    assertThat(complaints).as("reports of a broken policy").isEmpty();
    devtools.detach();
    page.context().close();
  }
}
