package leadglass.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A link from the page where it is made to the screen of whoever gets it, and its end: a passkey
/// is enrolled, signed in with and stepped up with; a study is shared, opened in another browser,
/// seen, and stopped under the eyes of the recipient.
@Timeout(600)
class ShareInChromiumTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  /// An offer in the name's field would be answered by the authenticator at once.
  private static final String UNASKED_OFFERS_OFF =
      "PublicKeyCredential.isConditionalMediationAvailable = async () => false;";

  /// As in [DemoInChromiumTest]: slices of the phantom hold bone.
  private static final String BRIGHT_POINTS =
      """
      () => new Promise(resolve => {
        const end = performance.now() + 120000;
        const bright = () => {
          const canvas = document.querySelector('canvas.cornerstone-canvas');
          if (!canvas || canvas.width < 100) return false;
          const context = canvas.getContext('2d');
          const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data;
          let light = 0, dark = 0;
          for (let i = 0; i < pixels.length; i += 4) {
            if (pixels[i] > 150) light++; else if (pixels[i] < 40) dark++;
          }
          const all = canvas.width * canvas.height;
          return light > all / 100 && dark > all / 20;
        };
        const look = () => {
          if (bright() || performance.now() > end) resolve(bright());
          else requestAnimationFrame(look);
        };
        look();
      })
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

  private Page page() {
    BrowserContext context =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setIgnoreHTTPSErrors(true)
                    .setViewportSize(1440, 900));
    context.setDefaultTimeout(120_000);
    Page page = context.newPage();
    page.addInitScript(UNASKED_OFFERS_OFF);
    page.onConsoleMessage(message -> {
      if (message.text().contains("Content Security Policy")) {
        complaints.add(message.text());
      }
    });
    page.onRequest(request -> addresses.add(request.url().replaceAll("#.*", "")));
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

  private static void keep(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name)));
  }

  /// Enrols a passkey, leaves, comes back with it, and steps up with it.
  private static void comeWithAPasskey(Page page) {
    authenticator(page);
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
    page.click("button.me");
    page.click("#account button:text-is('Sign out')");
    page.waitForURL("**/sign-in");
    page.click("button:has-text('Continue with passkey')");
    page.waitForSelector("h1:has-text('Worklist')");
    page.navigate(demo.address() + "/step-up?to=/studies");
    page.click("button:has-text('Continue with passkey')");
    page.waitForURL("**/studies");
  }

  @Test
  void aStudyIsSharedSeenByItsRecipientAndStopped() {
    Page staff = page();
    comeWithAPasskey(staff);
    staff.click("tr:has-text('CT head, synthetic phantom') a");
    staff.click("#panel a:has-text('Share')");
    staff.waitForSelector("h1:has-text('Share studies')");
    keep(staff, "share.png");
    staff.fill("#recipient", "Dr Henrik Lindqvist, Harbour Clinic");
    staff.fill("#purpose", "second opinion");
    staff.click("button:has-text('Create link')");
    staff.waitForSelector("h1:has-text('The link is made')");
    assertThat(staff.locator("lg-copy button").count()).isEqualTo(2);
    keep(staff, "share-made.png");
    String link = staff.inputValue("#link");
    String passcode = staff.inputValue("#passcode");

    Page guest = page();
    guest.navigate(link);
    guest.waitForSelector("#passcode");
    assertThat(guest.url()).as("the secret is out of the address").doesNotContain("#");
    guest.fill("#passcode", "0000-0000");
    guest.click("button:text-is('Open')");
    guest.waitForSelector("[role=alert]:has-text('not active here')");
    guest.fill("#passcode", passcode);
    guest.click("button:text-is('Open')");
    guest.waitForSelector("a:has-text('Look at the images')");
    assertThat(guest.textContent("body")).contains("Harbour Clinic").doesNotContain("Worklist");
    keep(guest, "guest.png");

    String viewer = guest.getAttribute("a:has-text('Look at the images')", "href");
    Response served = guest.navigate(demo.address() + viewer);
    assumeTrue(
        served.status() == 200, "the viewer is not packaged here: npm is needed (README.md)");
    Object onScreen = guest.evaluate(BRIGHT_POINTS);
    keep(guest, "guest-viewer.png");
    assertThat(onScreen).as("the CT is on screen").isEqualTo(true);

    staff.click("a:has-text('I have both')");
    staff.waitForSelector("h1:has-text('Shares')");
    staff.click("button:text-is('Stop')");
    staff.waitForSelector("td:has-text('stopped')");
    keep(staff, "shares.png");

    String root = viewer.substring(0, viewer.indexOf("/viewer"));
    guest.evaluate("root => void fetch(root + '/dicomweb/studies')", root);
    guest.waitForSelector("dialog:has-text('This link is closed')");
    keep(guest, "guest-dead.png");
    guest.navigate(demo.address() + root);
    guest.waitForSelector("text=not active any more");
    guest.navigate(link);
    guest.fill("#passcode", passcode);
    guest.click("button:text-is('Open')");
    guest.waitForSelector("[role=alert]:has-text('not active here')");

    String secret = link.substring(link.indexOf('.', link.indexOf('#')) + 1);
    assertThat(addresses).as("no secret in an address").noneMatch(each -> each.contains(secret));
    assertThat(complaints).as("reports of a broken policy").isEmpty();
    guest.context().close();
    staff.context().close();
  }
}
