package leadglass.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the viewer's page does when the session ends: `build/viewer.d/page/session.js` alone, in an
/// archive that consists of the answers below.
@Timeout(60)
class SessionDialogTest {
  private static final String ORIGIN = "https://archive.example";
  private static Chromium chromium;

  private BrowserContext context;
  private Page page;
  private Locator dialog;
  private final List<String> asked = new ArrayList<>();
  private boolean signedIn;
  private int toLose;

  @BeforeAll
  static void start() {
    chromium = new Chromium();
  }

  @AfterAll
  static void stop() {
    chromium.close();
  }

  @BeforeEach
  void open() {
    context = chromium.browser().newContext();
    context.route("**/*", this::answer);
    page = context.newPage();
    page.navigate(ORIGIN + "/viewer/viewer");
    dialog = page.locator("dialog");
  }

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void aFrameWaitsForTheSignInAndThenArrives() {
    page.evaluate("void fetch('/dicomweb/frame').then(r => r.text()).then(t => window.frame = t)");
    assertThat(dialog).isVisible();
    assertThat(page.evaluate("window.frame === undefined")).isEqualTo(true);

    Page signIn =
        context.waitForPage(() -> dialog.getByText("Sign in in a new tab").last().click());
    assertThat(URI.create(signIn.url()).getPath()).isEqualTo("/sign-in");
    assertThat(signIn.evaluate("window.opener === null")).isEqualTo(true);
    signedIn = true;

    assertThat(dialog).isHidden();
    page.waitForFunction("window.frame === 'pixels'");
  }

  @Test
  void whoAsksByXmlHttpRequestSeesOneAnswerOnlyTheGoodOne() {
    page.evaluate(
        """
        () => {
          window.seen = [];
          const request = new XMLHttpRequest();
          request.open("GET", "/dicomweb/metadata");
          request.setRequestHeader("Accept", "application/dicom+json");
          request.responseType = "arraybuffer";
          request.onload = () => seen.push("load " + request.status + " " + request.response.byteLength);
          request.onloadend = () => seen.push("end");
          request.onreadystatechange = () => request.readyState === 4 && seen.push("done " + request.status);
          request.send();
        }
        """);
    assertThat(dialog).isVisible();
    assertThat(page.evaluate("seen.length")).isEqualTo(0);

    signedIn = true;
    dialog.getByText("Continue").click();

    assertThat(dialog).isHidden();
    page.waitForFunction("seen.includes('end')");
    assertThat(page.evaluate("seen.join()")).isEqualTo("done 200,load 200 6,end");
    assertThat(asked).contains("/dicomweb/metadata application/dicom+json");
  }

  @Test
  void manyRequestsBringOneDialogAndOneOfThemTriesFirst() {
    page.evaluate(
        "void Promise.all(Array.from({length: 20}, (_, i) => fetch('/dicomweb/' + i)))"
            + ".then(all => window.answers = all.map(each => each.status).join())");
    assertThat(dialog).isVisible();
    page.waitForCondition(() -> asked.size() == 20);
    assertThat(dialog).hasCount(1);

    dialog.getByText("Continue").click();
    assertThat(dialog.getByRole(AriaRole.STATUS)).hasText("Not signed in yet.");
    assertThat(asked).hasSize(21);

    signedIn = true;
    dialog.getByText("Continue").click();
    page.waitForFunction("window.answers === Array(20).fill(200).join()");
    assertThat(asked).hasSize(41);
  }

  @Test
  void theDialogStaysUntilTheSessionIsBackAndAsksForNoPassword() {
    page.evaluate("void fetch('/dicomweb/frame')");
    assertThat(dialog).isVisible();
    page.keyboard().press("Escape");
    page.keyboard().press("Escape");
    assertThat(dialog).isVisible();
    assertThat(page.locator("input, form")).hasCount(0);
  }

  @Test
  void requestsThatTheViewerCancelsDoNotKeepTheDialog() {
    page.evaluate(
        """
        () => {
          window.seen = [];
          const cancel = new AbortController();
          fetch("/dicomweb/frame", { signal: cancel.signal }).catch(why => seen.push(why.name));
          const request = new XMLHttpRequest();
          request.open("GET", "/dicomweb/metadata");
          request.onabort = () => seen.push("abort");
          request.onloadend = () => seen.push("end");
          request.send();
          window.cancelBoth = () => { cancel.abort(); request.abort(); };
        }
        """);
    assertThat(dialog).isVisible();
    page.waitForCondition(() -> asked.size() == 2);
    page.waitForFunction("cancelBoth(), seen.includes('AbortError') && seen.includes('end')");
    assertThat(page.evaluate("seen.sort().join()")).isEqualTo("AbortError,abort,end");
    assertThat(dialog).isHidden();
  }

  @Test
  void aFrameThatWasLostOnTheWayIsAskedForAgainAndAWriteIsNot() {
    signedIn = true;
    toLose = 1;
    assertThat(page.evaluate("fetch('/dicomweb/frame').then(r => r.text())")).isEqualTo("pixels");
    assertThat(asked).hasSize(2);
    toLose = 1;
    assertThat(page.evaluate("fetch('/dicomweb', {method: 'POST'}).catch(why => why.name)"))
        .isEqualTo("TypeError");
    assertThat(asked).hasSize(3);
  }

  private void answer(Route route) {
    String path = URI.create(route.request().url()).getPath();
    Route.FulfillOptions answer = new Route.FulfillOptions().setStatus(200);
    if (path.startsWith("/dicomweb")) {
      asked.add(path + " " + route.request().headerValue("accept"));
      if (toLose > 0) {
        toLose--;
        route.abort();
        return;
      }
      route.fulfill(signedIn ? answer.setBody("pixels") : answer.setStatus(401));
    } else if (path.equals("/session.js")) {
      route.fulfill(answer.setContentType("text/javascript").setBody(script()));
    } else {
      route.fulfill(
          answer
              .setContentType("text/html")
              .setBody("<!doctype html><script src=/session.js></script>"));
    }
  }

  private static String script() {
    Path root = Path.of(System.getProperty("leadglass.root"));
    try {
      return Files.readString(root.resolve("build/viewer.d/page/session.js"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
