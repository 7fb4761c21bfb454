package leadglass.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import leadglass.archive.Archive;
import leadglass.archive.Authority;
import leadglass.archive.Caller;
import leadglass.archive.Held;
import leadglass.archive.Look;
import leadglass.archive.Origin;
import leadglass.archive.People;
import leadglass.archive.Retrieve;
import leadglass.archive.Role;
import leadglass.archive.SetUp;
import leadglass.archive.Stated;
import leadglass.archive.StoreOutcome;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.dicom.io.DataSetWriter;
import leadglass.dicom.io.PartTen;
import leadglass.server.http.Doorkeeper;
import leadglass.server.http.Routes;
import leadglass.server.http.WebServer;
import leadglass.server.http.WebSettings;
import leadglass.server.ui.Pages;
import leadglass.server.ui.Place;
import leadglass.store.MasterKey;
import leadglass.store.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An auditor goes through a week that is over: who looked at whose images, in what night, and what
/// left the house; signs it off, and a witness looks at what the auditor did themselves.
@Timeout(300)
class AuditorInChromiumTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final String PASSWORD = "violet harbour 71 lamps";
  private static final String LOOKED_AT = "PHANTOM-71";
  private static final String OTHER = "PHANTOM-72";
  private static final Uid STUDY = new Uid("1.2.826.0.1.3680043.2.1125.71");
  private static final Uid OTHER_STUDY = new Uid("1.2.826.0.1.3680043.2.1125.72");
  private static final Origin HERE = new Origin(Origin.Door.DICOMWEB, "192.0.2.7");

  @TempDir private Path folder;
  private final Turned clock = new Turned();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<String> addresses = new CopyOnWriteArrayList<>();
  private Archive archive;
  private WebServer web;
  private Chromium chromium;
  private People.Enrolment auditor;
  private People.Enrolment witness;

  /// The machine's clock, and how far it is turned back.
  private static final class Turned extends Clock {
    private volatile Duration back = Duration.ZERO;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return Clock.system(zone);
    }

    @Override
    public Instant instant() {
      return Instant.now(Clock.systemUTC()).minus(back);
    }

    void to(Instant then) {
      back = Duration.between(then, Instant.now(Clock.systemUTC()));
    }
  }

  /// The Monday of the week before this one.
  private LocalDate monday() {
    return LocalDate.now(Clock.systemUTC())
        .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
        .minusWeeks(1);
  }

  private String week() {
    return String.format(
        Locale.ROOT,
        "%04d-W%02d",
        monday().get(IsoFields.WEEK_BASED_YEAR),
        monday().get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
  }

  @BeforeEach
  void open() throws IOException {
    clock.to(monday().plusDays(1).atTime(9, 0).toInstant(ZoneOffset.UTC));
    MasterKey key = MasterKey.open(folder.resolve("master.key"), true);
    archive =
        Archive.open(Stores.open(folder.resolve("data"), key, clock, _ -> {}), key, clock, _ -> {});
    people();
    store(STUDY, LOOKED_AT);
    store(OTHER_STUDY, OTHER);
    look(person("rita", Role.RADIOLOGIST), STUDY);
    look(person("rita", Role.RADIOLOGIST), OTHER_STUDY);
    Stated stated = new Stated("second opinion", "Dr Henrik Lindqvist");
    look(new Caller.Share("0f".repeat(16), Set.of(STUDY), true, stated, HERE), STUDY);
    clock.to(monday().plusDays(3).atTime(2, 30).toInstant(ZoneOffset.UTC));
    look(person("rita", Role.RADIOLOGIST), STUDY);
    look(person("tess", Role.RADIOLOGIST), STUDY); // before tess wore the other hat
    clock.to(Instant.now(Clock.systemUTC()));
    Authority.Identity identity = archive.webAuthority().server(List.of());
    Pages pages = new Pages(archive, new Place("", identity.fingerprint(), clock));
    web =
        WebServer.start(
            WebSettings.of("127.0.0.1", 0, List.of(), 8),
            _ -> true,
            identity,
            Routes.of(new ArrayList<>(pages.routes())),
            Doorkeeper.of(archive),
            pages::problem,
            _ -> {});
    chromium = new Chromium();
  }

  @AfterEach
  void close() throws IOException {
    chromium.close();
    web.close();
    archive.close();
  }

  private void people() throws IOException {
    Caller console = new Caller.Console("tester", new Origin(Origin.Door.CONSOLE, "console"));
    List<SetUp.Person> people =
        List.of(
            new SetUp.Person("ada", PASSWORD.toCharArray(), Role.ADMINISTRATOR),
            new SetUp.Person("rita", PASSWORD.toCharArray(), Role.RADIOLOGIST),
            new SetUp.Person("tess", PASSWORD.toCharArray(), Role.AUDITOR),
            new SetUp.Person("wanda", PASSWORD.toCharArray(), Role.WITNESS));
    List<People.Enrolment> made =
        archive.setUp().unattended(console, "Northlight Imaging", people).enrolments();
    auditor = made.get(2);
    witness = made.get(3);
  }

  private static Caller person(String name, Role hat) {
    return new Caller.Person(name, hat, Set.of(hat), HERE);
  }

  private void store(Uid study, String patient) throws IOException {
    Uid sopClass = new Uid("1.2.840.10008.5.1.4.1.1.7");
    Uid instance = new Uid(study.value() + ".1.1");
    DataSet made =
        DataSet.builder()
            .utf8()
            .uid(Tag.SOP_CLASS_UID, sopClass)
            .uid(Tag.SOP_INSTANCE_UID, instance)
            .text(Tag.MODALITY, Vr.CS, "OT")
            .text(Tag.PATIENT_NAME, Vr.PN, "Phantom^Ada")
            .text(Tag.PATIENT_ID, Vr.LO, patient)
            .uid(Tag.STUDY_INSTANCE_UID, study)
            .uid(Tag.SERIES_INSTANCE_UID, new Uid(study.value() + ".1"))
            .build();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    TransferSyntax syntax = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
    file.write(PartTen.header(sopClass, instance, syntax.uid()));
    new DataSetWriter(file, syntax).write(made);
    StoreOutcome came =
        archive
            .ingest()
            .storeFile(
                person("rita", Role.RADIOLOGIST),
                Optional.empty(),
                new ByteArrayInputStream(file.toByteArray()));
    assertThat(came).isInstanceOf(StoreOutcome.Stored.class);
  }

  private void look(Caller by, Uid study) throws IOException {
    Retrieve.Answer answer =
        archive.retrieve().open(by, Look.FILES, study, Optional.empty(), Optional.empty());
    assertThat(answer).isInstanceOf(Retrieve.Answer.Given.class);
    for (Held held : ((Retrieve.Answer.Given) answer).held()) {
      held.writeFile(OutputStream.nullOutputStream(), false);
    }
  }

  private Page signedIn(String name, People.Enrolment factors) {
    BrowserContext context =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setIgnoreHTTPSErrors(true)
                    .setAcceptDownloads(true)
                    .setViewportSize(1440, 900));
    context.setDefaultTimeout(60_000);
    Page page = context.newPage();
    page.onConsoleMessage(message -> {
      if (message.text().contains("Content Security Policy")) {
        complaints.add(message.text());
      }
    });
    page.onRequest(request -> addresses.add(request.url()));
    page.navigate(at("/sign-in"));
    page.fill("#name", name);
    page.fill("#password", PASSWORD);
    page.fill("#code", factors.codeAt(clock.millis()));
    page.click("button:text-is('Sign in')");
    page.waitForSelector("nav.side");
    return page;
  }

  private String at(String path) {
    return "https://localhost:" + web.port() + path;
  }

  /// Kept to be looked at; that it is no blank page is checked.
  private static void keep(Page page, String name) {
    byte[] picture =
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name)));
    assertThat(picture.length).as(name).isGreaterThan(20_000);
  }

  private static List<String> saved(Page page) throws IOException {
    Download download = page.waitForDownload(() -> page.click("button:text-is('Save as CSV')"));
    try (var in = download.createReadStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Test
  void anAuditorFindsWhoLookedTakesItAwayAndSignsTheWeekOff() throws IOException {
    Page page = signedIn("tess", auditor);
    findsWhoLooked(page);
    asksWhatLeft(page);
    page.navigate(at("/audit/chart"));
    assertThat(page.locator("svg.chart rect")).hasCount(30);
    assertThat(page.locator("svg.chart").boundingBox().height).as("a chart is seen").isPositive();
    keep(page, "audit-chart.png");
    signsOff(page);
    assertThat(addresses)
        .as("no patient in an address")
        .noneMatch(each -> each.contains("PHANTOM") || each.contains(STUDY.value()));
    assertThat(complaints).as("reports of a broken policy").isEmpty();
  }

  private void findsWhoLooked(Page page) throws IOException {
    page.navigate(at("/audit"));
    page.waitForSelector("h1:has-text('Access log')");
    page.fill("input[name=who]", "rita");
    page.selectOption("select[name=what]", "retrieved");
    page.click("button:text-is('Show')");
    assertThat(page.locator("tbody tr")).hasCount(3);
    assertThat(page.locator("tbody tr:has-text('rita')")).hasCount(3);
    assertThat(page.locator("input[name=who]")).hasValue("rita");
    keep(page, "audit.png");
    List<String> lines = saved(page);
    assertThat(lines.getFirst()).startsWith("\"entry\",\"time\",\"act\"");
    assertThat(lines.subList(1, lines.size()))
        .hasSize(3)
        .allMatch(line -> line.contains("retrieved") && line.contains("rita"));

    page.locator("button:has-text('" + LOOKED_AT + "')").first().click();
    page.waitForSelector("tbody tr:has-text('" + LOOKED_AT + "')");
    int rows = page.locator("tbody tr").count();
    assertThat(page.locator("tbody tr:has-text('" + LOOKED_AT + "')")).hasCount(rows);
    assertThat(page.locator("tbody")).not().containsText(OTHER);
    assertThat(page.locator("tbody")).containsText("tess");
  }

  private void asksWhatLeft(Page page) throws IOException {
    page.navigate(at("/audit/disclosures"));
    page.fill("input[name=id]", LOOKED_AT);
    page.click("button:text-is('Show')");
    page.waitForSelector("[role=status]:has-text('1 row')");
    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(page.locator("tbody tr")).containsText("Dr Henrik Lindqvist");
    assertThat(page.locator("tbody tr")).containsText("second opinion");
    assertThat(saved(page)).hasSize(2).last().asString().contains("Dr Henrik Lindqvist");
    page.fill("input[name=id]", OTHER);
    page.click("button:text-is('Show')");
    page.waitForSelector("[role=status]:has-text('Nobody was given')");
  }

  private void signsOff(Page page) {
    page.navigate(at("/audit/review"));
    page.click("a:text-is('" + week() + "')");
    assertThat(page.locator("tbody tr:has-text('rita')").first()).containsText("between 22:00");
    keep(page, "review.png");
    page.fill("[name=reason]", "Rita was on call. I read the phantom myself.");
    page.click("button:text-is('Sign off')");
    assertThat(page.locator("tr:has-text('" + week() + "')")).containsText("Waits for a witness");
    Page seen = signedIn("wanda", witness);
    Response asked = seen.navigate(at("/reviews"));
    assertThat(asked.status()).isEqualTo(200);
    assertThat(seen.locator("tbody")).containsText("between 22:00");
    assertThat(seen.locator("tbody tr:has-text('rita')")).hasCount(0);
    assertThat(seen.locator("tbody tr:not(:has-text('tess'))")).hasCount(0);
    assertThat(seen.locator("tbody")).not().containsText("PHANTOM");
    keep(seen, "reviews.png");
    seen.click("button:text-is('I have seen this')");
    assertThat(seen.locator(".empty")).containsText("None");
    assertThat(seen.navigate(at("/audit")).status()).as("the trail, for a witness").isEqualTo(403);
    page.navigate(at("/audit/review"));
    assertThat(page.locator("tr:has-text('" + week() + "')")).containsText("Signed off by tess");
    assertThat(page.locator("tr:has-text('" + week() + "')")).containsText("witnessed by wanda");
    page.navigate(at("/audit"));
    page.selectOption("select[name=what]", "reviewed");
    page.click("button:text-is('Show')");
    assertThat(page.locator("tbody tr:has-text('signed off')")).hasCount(1);
    assertThat(page.locator("tbody tr:has-text('signed off')")).containsText("tess");
    assertThat(page.locator("tbody tr:has-text('wanda')")).hasCount(1);
  }
}
