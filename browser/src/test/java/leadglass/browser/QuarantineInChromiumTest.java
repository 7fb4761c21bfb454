package leadglass.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import leadglass.app.Failure;
import leadglass.app.Home;
import leadglass.archive.Archive;
import leadglass.archive.Authority;
import leadglass.archive.Caller;
import leadglass.archive.Origin;
import leadglass.archive.People;
import leadglass.archive.Role;
import leadglass.archive.SetUp;
import leadglass.archive.SiteRules;
import leadglass.archive.StoreOutcome;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.dicom.io.DataSetWriter;
import leadglass.dicom.io.PartTen;
import leadglass.server.http.Doorkeeper;
import leadglass.server.http.Route;
import leadglass.server.http.Routes;
import leadglass.server.http.WebServer;
import leadglass.server.http.WebSettings;
import leadglass.server.ui.Pages;
import leadglass.server.ui.Place;
import leadglass.server.web.DicomWeb;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two different pictures under one UID, compared and decided without a mouse.
class QuarantineInChromiumTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final String PASSWORD = "violet harbour 71 lamps";
  private static final Origin HERE = new Origin(Origin.Door.DICOMWEB, "127.0.0.1");
  private static final int SIDE = 64;
  private static final int PHONE = 390;

  @TempDir private Path folder;
  private Archive archive;
  private WebServer web;
  private Chromium chromium;
  private BrowserContext context;
  private People.Enrolment technologist;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  @BeforeEach
  void open() throws IOException, Failure {
    archive = new Home(folder.resolve("data"), Optional.empty()).open(event -> {});
    Clock clock = Clock.system(ZoneId.systemDefault());
    Caller console = new Caller.Console("tester", new Origin(Origin.Door.CONSOLE, "console"));
    technologist =
        archive
            .setUp()
            .unattended(
                console,
                "Northlight Imaging",
                List.of(
                    new SetUp.Person("ada", PASSWORD.toCharArray(), Role.ADMINISTRATOR),
                    new SetUp.Person("theo", PASSWORD.toCharArray(), Role.TECHNOLOGIST)))
            .enrolments()
            .getLast();
    archive.siteRules().setConflicts(console, SiteRules.Conflicts.QUARANTINE);
    store("Phantom^Ada", clock, (x, y) -> x > SIDE / 2);
    store("Phantom^Bo", clock, (x, y) -> y > SIDE / 2);
    Authority.Identity identity = archive.webAuthority().server(List.of());
    Pages pages = new Pages(archive, new Place("", identity.fingerprint(), clock));
    List<Route> routes = new ArrayList<>(pages.routes());
    routes.addAll(DicomWeb.routes(archive));
    web =
        WebServer.start(
            WebSettings.of("127.0.0.1", 0, List.of(), 8),
            _ -> true,
            identity,
            Routes.of(routes),
            Doorkeeper.of(archive),
            pages::problem,
            event -> {});
    chromium = new Chromium();
    context =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setIgnoreHTTPSErrors(true)
                    .setViewportSize(1440, 900));
    context.setDefaultTimeout(60_000);
    context.onPage(page ->
        page.onConsoleMessage(message -> {
          if (message.text().contains("Content Security Policy")) {
            complaints.add(message.text());
          }
        }));
  }

  @AfterEach
  void close() throws IOException {
    chromium.close();
    web.close();
    archive.close();
  }

  private interface Bright {
    boolean at(int x, int y);
  }

  private void store(String patient, Clock clock, Bright bright) throws IOException {
    Uid sopClass = new Uid("1.2.840.10008.5.1.4.1.1.7");
    Uid instance = new Uid("1.2.826.0.1.3680043.2.1125.9.1.1");
    byte[] points = new byte[SIDE * SIDE];
    for (int i = 0; i < points.length; i++) {
      points[i] = (byte) (bright.at(i % SIDE, i / SIDE) ? 220 : 30);
    }
    DataSet made =
        DataSet.builder()
            .utf8()
            .uid(Tag.SOP_CLASS_UID, sopClass)
            .uid(Tag.SOP_INSTANCE_UID, instance)
            .text(
                Tag.STUDY_DATE,
                Vr.DA,
                LocalDate.now(clock).format(DateTimeFormatter.BASIC_ISO_DATE))
            .text(Tag.MODALITY, Vr.CS, "OT")
            .text(Tag.STUDY_DESCRIPTION, Vr.LO, "Synthetic phantom")
            .text(Tag.PATIENT_NAME, Vr.PN, patient)
            .text(Tag.PATIENT_ID, Vr.LO, "DEMO-9")
            .uid(Tag.STUDY_INSTANCE_UID, new Uid("1.2.826.0.1.3680043.2.1125.9"))
            .uid(Tag.SERIES_INSTANCE_UID, new Uid("1.2.826.0.1.3680043.2.1125.9.1"))
            .us(Tag.SAMPLES_PER_PIXEL, 1)
            .text(Tag.PHOTOMETRIC_INTERPRETATION, Vr.CS, "MONOCHROME2")
            .us(Tag.ROWS, SIDE)
            .us(Tag.COLUMNS, SIDE)
            .us(Tag.BITS_ALLOCATED, 8)
            .us(Tag.BITS_STORED, 8)
            .us(Tag.HIGH_BIT, 7)
            .us(Tag.PIXEL_REPRESENTATION, 0)
            .add(new Element.Value(Tag.PIXEL_DATA, Vr.OB, points))
            .build();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    TransferSyntax syntax = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
    file.write(PartTen.header(sopClass, instance, syntax.uid()));
    new DataSetWriter(file, syntax).write(made);
    Caller by = new Caller.Person("theo", Role.TECHNOLOGIST, Set.of(Role.TECHNOLOGIST), HERE);
    assertThat(
            archive
                .ingest()
                .storeFile(by, Optional.empty(), new ByteArrayInputStream(file.toByteArray())))
        .isInstanceOf(StoreOutcome.Stored.class);
  }

  private Page signedIn() {
    Page page = context.newPage();
    page.navigate("https://localhost:" + web.port() + "/");
    page.fill("#name", "theo");
    page.fill("#password", PASSWORD);
    page.fill("#code", technologist.codeAt(System.currentTimeMillis()));
    page.keyboard().press("Enter");
    page.waitForSelector("h1:has-text('Worklist')");
    return page;
  }

  /// Kept to be looked at; that it is no blank page is checked.
  private static void keep(Page page, String name) {
    byte[] picture =
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name)));
    assertThat(picture.length).as(name).isGreaterThan(20_000);
  }

  private static void fits(Page page) {
    assertThat(
            page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        .as("what has to be scrolled sideways")
        .isEqualTo(0);
  }

  @Test
  void twoPicturesAreComparedAndOneIsKeptByKeysAlone() {
    Page page = signedIn();
    page.keyboard().press("g");
    page.keyboard().press("q");
    page.waitForSelector("h1:has-text('Quarantine')");
    assertThat(page.locator("tbody tr")).hasCount(1);
    keep(page, "quarantine.png");
    page.locator("a:has-text('Compare')").focus();
    page.keyboard().press("Enter");

    page.waitForSelector("h1:has-text('Two images, one UID')");
    assertThat(page.locator("tr:has-text('differs')").first()).containsText("Phantom, Bo");
    Locator pictures = page.locator(".pics img");
    assertThat(pictures).hasCount(2);
    for (Locator picture : pictures.all()) {
      Object width =
          picture.evaluate("async image => { await image.decode(); return image.naturalWidth }");
      assertThat(width).isEqualTo(SIDE);
    }
    byte[] kept = pictures.first().screenshot();
    byte[] apart = pictures.last().screenshot();
    assertThat(Arrays.equals(kept, apart)).as("the two pictures look the same").isFalse();
    keep(page, "quarantine-compare.png");
    page.evaluate("document.documentElement.dataset.theme = 'dark'");
    keep(page, "quarantine-compare-dark.png");
    fits(page);
    page.setViewportSize(PHONE, 844);
    fits(page);
    page.setViewportSize(1440, 900);

    page.locator("#reason").focus();
    page.keyboard().type("cut off by the first");
    page.keyboard().press("Enter"); // nothing is chosen yet, so nothing happens
    assertThat(page.locator("h1")).hasText("Two images, one UID");
    page.locator("input[value='accept']").focus();
    page.keyboard().press("Space");
    page.locator("button:has-text('Decide')").focus();
    page.keyboard().press("Enter");
    page.waitForSelector("text=Nothing waits.");
    assertThat(complaints).as("reports of a broken policy").isEmpty();
  }
}
