package leadglass.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A newcomer's way: the main command, signing in, the worklist, and the CT on screen in the
/// viewer.
class DemoInChromiumTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  /// Slices of the phantom hold bone: a picture of one has plenty of bright points. Looks at every
  /// frame that the browser draws: the pages' policy forbids what Playwright's own waiting does.
  private static final String BRIGHT_POINTS =
      """
      () => new Promise(resolve => {
        const end = performance.now() + 90000;
        const look = () => {
          if (bright() || performance.now() > end) resolve(bright());
          else requestAnimationFrame(look);
        };
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
        look();
      })
      """;

  private static DemoProcess demo;
  private static Chromium chromium;

  /// Cookies of who signed in first: a code works once, so nobody signs in twice in a minute.
  private static @Nullable String session;

  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<String> elsewhere = new CopyOnWriteArrayList<>();

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
                    .setStorageState(session)
                    .setViewportSize(1440, 900));
    context.setDefaultTimeout(60_000);
    context.onPage(this::watch);
    return context.newPage();
  }

  private void watch(Page page) {
    page.onConsoleMessage(this::complaint);
    page.onRequest(request -> {
      String url = request.url();
      boolean ours =
          url.startsWith(demo.address() + "/")
              || url.startsWith("blob:")
              || url.startsWith("data:");
      if (!ours) {
        elsewhere.add(url);
      }
    });
  }

  private void complaint(ConsoleMessage message) {
    if (message.text().contains("Content Security Policy")) {
      complaints.add(message.text());
    }
  }

  private static void signIn(Page page) {
    page.navigate(demo.address() + "/");
    if (session != null) {
      page.waitForSelector("h1:has-text('Worklist')");
      return;
    }
    page.fill("#name", demo.reader());
    page.fill("#password", demo.password());
    page.fill("#code", demo.code());
    page.click("button:has-text('Sign in')");
    page.waitForSelector("h1:has-text('Worklist')");
    session = page.context().storageState();
  }

  private static void keep(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name)));
  }

  @Test
  void theDemosCtComesOnScreen() {
    Page page = page();
    signIn(page);
    assertThat(page.textContent("body")).contains("Demo: synthetic phantoms only");
    page.waitForSelector("tr:has-text('CT head, synthetic phantom')");
    keep(page, "worklist.png");
    page.click("tr:has-text('CT head, synthetic phantom') a");
    page.waitForSelector("a:has-text('Open viewer')");
    keep(page, "study.png");

    Response served =
        page.navigate(demo.address() + page.getAttribute("a:has-text('Open viewer')", "href"));
    assumeTrue(
        served.status() == 200, "the viewer is not packaged here: npm is needed (README.md)");
    Object onScreen = page.evaluate(BRIGHT_POINTS);
    keep(page, "viewer.png");
    assertThat(onScreen).as("the CT is on screen").isEqualTo(true);
    assertThat(page.textContent("body"))
        .contains("Not for primary diagnosis")
        .contains("Demo: synthetic phantoms only");
    assertThat(complaints).as("reports of a broken policy").isEmpty();
    assertThat(elsewhere).as("requests that left the origin").isEmpty();
    page.context().close();
  }

  @Test
  void theWrongStudyIsDeletedWithTwoClicksAndBroughtBackWithOne() {
    Page page = page();
    signIn(page);
    String row = "tr:has-text('MR head, synthetic phantom')";
    page.waitForSelector(row);
    page.click(row + " a");
    page.click("#panel a:has-text('Delete')");
    page.waitForSelector("h1:has-text('Delete this study?')");
    assertThat(page.isChecked("input[value='wrong-patient']")).isTrue();
    keep(page, "delete.png");
    page.click("button:has-text('Delete the study')");

    page.waitForSelector("h1:has-text('Deleted studies')");
    assertThat(page.textContent("tr:target")).contains("Filed under the wrong patient");
    keep(page, "deleted.png");
    page.click("nav a:has-text('Worklist')");
    page.waitForSelector("tr:has-text('CT head, synthetic phantom')");
    assertThat(page.locator(row).count()).isZero();

    page.click("nav a:has-text('Deleted')");
    page.click("button:has-text('Bring back')");
    page.waitForSelector("a:has-text('Open viewer')");
    page.click("nav a:has-text('Worklist')");
    page.waitForSelector(row);
    assertThat(complaints).as("reports of a broken policy").isEmpty();
    assertThat(elsewhere).as("requests that left the origin").isEmpty();
    page.context().close();
  }
}
