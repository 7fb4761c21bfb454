package leadglass.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A patient who is invited, makes a passkey, finds exactly who looked at their images, asks for a
/// link to end, and reads the auditor's answer.
@Timeout(600)
class PatientInChromiumTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  /// An offer in the name's field would be answered by the authenticator at once.
  private static final String UNASKED_OFFERS_OFF =
      "PublicKeyCredential.isConditionalMediationAvailable = async () => false;";

  private static final String READER = "reader, a doctor who reads images here";

  private static final String STUDY = "(CT scan: CT head, synthetic phantom)";

  /// What the viewer asks for, without waiting for pictures.
  private static final String TAKE =
      """
      async study => (await fetch('/dicomweb/studies/' + study, {
        headers: { Accept: 'multipart/related; type="application/dicom"; transfer-syntax=*' }
      })).status
      """;

  private static DemoProcess demo;
  private static Chromium chromium;
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<String> addresses = new CopyOnWriteArrayList<>();

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

  private Page page(int width, int height) {
    BrowserContext context =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setIgnoreHTTPSErrors(true)
                    .setViewportSize(width, height));
    context.setDefaultTimeout(60_000);
    Page page = context.newPage();
    page.addInitScript(UNASKED_OFFERS_OFF);
    page.onConsoleMessage(message -> {
      if (message.text().contains("Content Security Policy")) {
        complaints.add(message.text());
      }
    });
    page.onRequest(request -> addresses.add(request.url().replaceAll("#.*", "")));
    authenticator(page);
    return page;
  }

  private static void authenticator(Page page) {
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
  }

  private static void signIn(Page page, String name, String password, String code) {
    page.navigate(demo.address() + "/sign-in");
    page.fill("#name", name);
    page.fill("#password", password);
    page.fill("#code", code);
    page.click("button:text-is('Sign in')");
    page.waitForSelector("nav.side");
  }

  private static String words(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  /// What stands under "Who looked at your images": sentence and reason, without the day of the
  /// study, which is the demo's.
  private static List<String> looks(Page page) {
    List<String> looks = new ArrayList<>();
    for (Locator each : page.locator(".looks > li:not(.day)").all()) {
      String sentence = words(each.locator("p").first().textContent());
      String why = words(each.locator("p:has-text('Why:')").textContent());
      looks.add(sentence.replaceFirst(" of \\d{1,2} \\p{L}+ \\d{4}", "") + " " + why);
    }
    return looks;
  }

  /// Somebody in the auditor's role, who joins with a passkey.
  private Page auditor() {
    Page administrator = page(1440, 900);
    signIn(
        administrator,
        demo.administrator(),
        demo.administratorsPassword(),
        demo.administratorsCode());
    administrator.navigate(demo.address() + "/people/invite");
    administrator.fill("#name", "aud");
    administrator.check("input[name=role-auditor]");
    administrator.click("button:has-text('Make the link')");
    String link = administrator.textContent("p.cmd");
    administrator.context().close();
    Page auditor = page(1440, 900);
    auditor.navigate(link);
    auditor.waitForURL("**/invite/choose");
    auditor.fill("#passkey-label", "Phone");
    auditor.click("button:has-text('Go on with a passkey')");
    auditor.waitForURL("**/account/joined");
    return auditor;
  }

  @Test
  void aPatientFindsWhoLookedAndAsksAndIsAnswered() {
    Page reader = page(1440, 900);
    signIn(reader, demo.reader(), demo.password(), demo.code());
    reader.click("tr:has-text('CT head, synthetic phantom') a");
    String share = reader.getAttribute("#panel a:has-text('Share')", "href");
    String study = share.replaceAll("/studies/|/share", "");
    List<String> made = new ArrayList<>(); // who did what, and why, in the order it is done
    assertThat(reader.evaluate(TAKE, study)).isEqualTo(200);
    made.add(READER + " looked at the images " + STUDY + " Why: as part of their work here");
    reader.navigate(demo.address() + share);
    reader.fill("#recipient", "Dr Henrik Lindqvist");
    reader.fill("#purpose", "second opinion");
    reader.click("button:has-text('Create link')");
    reader.waitForSelector("h1:has-text('The link is made')");
    made.add(
        READER
            + " gave Dr Henrik Lindqvist a link to your images "
            + STUDY
            + " Why: second opinion");
    reader.navigate(demo.address() + "/studies/" + study);
    reader.click("a:has-text('Invite the patient')");
    reader.click("button:has-text('Invite the patient')");
    reader.waitForSelector("h1:has-text('The invitation is made')");
    String link = reader.inputValue("#link");
    String code = reader.inputValue("#code");

    Page patient = page(412, 915);
    patient.navigate(link);
    patient.waitForSelector("#passcode");
    assertThat(patient.url()).as("the secret is out of the address").doesNotContain("#");
    patient.fill("#passcode", "0000-0000");
    patient.click("button:text-is('Open')");
    patient.waitForSelector("[role=alert]:has-text('not active')");
    patient.fill("#passcode", code);
    patient.click("button:text-is('Open')");
    patient.click("button:has-text('Make my passkey')");
    patient.waitForURL("**/my");
    assertThat(looks(patient)).isEqualTo(made.reversed());
    assertThat(patient.textContent("body")).doesNotContain("Worklist");
    patient.click("a:has-text('Ask to end this link')");
    patient.fill("#words", "I have had my second opinion.");
    patient.click("button:text-is('Ask to end it')");
    patient.waitForSelector("text=You asked for it to end on");
    patient.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("patient.png")).setFullPage(true));

    reader.navigate(demo.address() + "/shares");
    reader.waitForSelector("td:has-text('for this link to end')");
    Page auditor = auditor();
    auditor.navigate(demo.address() + "/tasks");
    auditor.waitForSelector("td:has-text('I have had my second opinion.')");
    auditor.click("a:text-is('Answer')");
    auditor.fill("#reason", "Rightly so. It is stopped today.");
    auditor.click("button:text-is('Answer')");
    auditor.waitForSelector("td:has-text('It is stopped today.')");
    auditor.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("tasks.png")));

    patient.click("button:text-is('Sign out')");
    patient.waitForSelector("text=You have left.");
    patient.click("button:has-text('Continue with passkey')");
    patient.waitForURL("**/my");
    patient.waitForSelector("text=Rightly so. It is stopped today.");
    String secret = link.substring(link.indexOf('.', link.indexOf('#')) + 1);
    assertThat(addresses).as("no secret in an address").noneMatch(each -> each.contains(secret));
    assertThat(complaints).as("reports of a broken policy").isEmpty();
    looksAtTheImages(patient);
    auditor.context().close();
    reader.context().close();
    patient.context().close();
  }

  private void looksAtTheImages(Page patient) {
    String viewer = patient.getAttribute("a:has-text('Look at the images')", "href");
    List<Integer> frames = new CopyOnWriteArrayList<>();
    patient.onResponse(response -> {
      if (response.url().contains("/my/dicomweb/") && response.url().contains("/frames/")) {
        frames.add(response.status());
      }
    });
    int status = patient.navigate(demo.address() + viewer).status();
    assumeTrue(status == 200, "the viewer is not packaged here: npm is needed (README.md)");
    patient.waitForCondition(() -> frames.size() > 3);
    assertThat(frames).containsOnly(200);
    patient.waitForSelector("a.leadglass-back[href='/my']");
    assertThat(complaints).as("reports of a broken policy").isEmpty();
    assertThat(addresses)
        .as("nothing of the house")
        .noneMatch(each -> each.contains(demo.address() + "/dicomweb/") && each.contains("frames"));
  }
}
