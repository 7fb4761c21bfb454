package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import leadglass.app.Failure;
import leadglass.app.Running;
import leadglass.app.config.Config;
import leadglass.archive.Act;
import leadglass.archive.Exposure;
import leadglass.archive.ExposureCheck;
import leadglass.archive.Role;
import leadglass.testkit.RawScu;
import leadglass.testkit.TestTls;

/// A small clinic whose clock is moved by hand: an archive with every door open in this process,
/// some patients, and the script's own account of what is done.
final class YearClinic implements AutoCloseable {
  static final String PAGE = "text/html";
  static final int PATIENTS = 8;

  /// When certificates are looked at by whoever calls: all year they hold.
  static final Instant MIDSUMMER = Instant.parse("2025-07-01T00:00:00Z");

  final YearClock clock = new YearClock(Instant.parse("2025-01-01T08:00:00Z"));
  final YearLedger ledger = new YearLedger(clock);
  final Random random;
  final Premises premises;
  final Running running;
  final Web web;
  final YearDoors doors;
  final List<Made> studies = new ArrayList<>();
  private final Queue<Object> events = new ConcurrentLinkedQueue<>();
  int people = Role.values().length;
  int devices = 2;
  private final Map<String, String> patients = new HashMap<>();
  private int made;
  private int others;

  YearClinic(Path folder, Random random) throws IOException {
    this.random = random;
    premises = Premises.in(folder, clock);
    Files.writeString(
        premises.data().resolve("leadglass.toml"),
        "brakes.patients-per-day = 4\nbrakes.studies-per-day = 1000\n",
        StandardOpenOption.APPEND);
    Config config =
        Config.defaults().with(Optional.of(0), Optional.of(0), Optional.empty(), List.of());
    try {
      running =
          Running.start(
              premises.home(clock), premises.open(clock, events::add), config, "", events::add);
    } catch (Failure e) {
      throw new IOException(e);
    }
    running.archive().securityEvidence().exposure().open(new Asleep());
    web =
        new Web(
            running.doors().httpsPort(),
            TestTls.trusting(premises.data().resolve("ca.pem"), MIDSUMMER));
    doors =
        new YearDoors(
            running.doors().routes().all(),
            running.doors().sopClasses(),
            running.doors().laneSopClasses());
  }

  /// Of whoever looks at the doors once a day: the ledger knows of no such stranger.
  private static final class Asleep implements Exposure.Eye {
    @Override
    public ExposureCheck look() throws IOException {
      throw new IOException("asleep");
    }

    @Override
    public void soon() {
      // Nobody looks.
    }

    @Override
    public Optional<String> command(String host) {
      return Optional.empty();
    }

    @Override
    public void dropped(Exposure.Drop drop) {
      // Nobody looks.
    }
  }

  /// Another day, at some time when people work: visits are over, sessions ended, and what was due
  /// is done.
  void nextDay(int days) {
    running.archive().sweep();
    if (ledger.state()) {
      expectState();
    }
    LocalDate day = LocalDate.now(clock).plusDays(days);
    clock.set(day.atTime(8, 0).plusMinutes(random.nextInt(480)).toInstant(ZoneOffset.UTC));
    boolean changed = ledger.leave();
    running.archive().sweep();
    if (changed) {
      expectState();
    }
  }

  private void expectState() {
    ledger.expect(YearEntry.Who.archive(), Act.STATE, people + " people, " + devices + " devices");
  }

  String today() {
    return DateTimeFormatter.BASIC_ISO_DATE.format(LocalDate.now(clock));
  }

  static Made.Patient patient(int number) {
    return new Made.Patient(
        "ISO_IR 192", "Sample^Bea" + (char) ('a' + number % 26), "YEAR-" + number);
  }

  /// A study of one image, of nobody's yet.
  Made fresh(Made.Patient patient) {
    made++;
    String study = "2.25." + (5000 + made);
    patients.put(study, patient.id());
    return new Made(patient, study, study + ".1", study + ".1.1", 2);
  }

  /// One that was kept, and is looked at from then on.
  void held(Made study) {
    studies.add(study);
  }

  int nextPatient() {
    return 100 + others++;
  }

  /// The first study of one of the patients who are looked at.
  Made studyOf(int number) {
    return studies.stream()
        .filter(each -> each.patient().id().equals("YEAR-" + number))
        .findFirst()
        .orElseThrow();
  }

  List<Made> heldOf(Made.Patient patient) {
    return studies.stream().filter(each -> each.patient().equals(patient)).toList();
  }

  /// What is about a patient is about any of their studies.
  String shownFor(Made.Patient patient) {
    return patient.id();
  }

  /// Whose each study is.
  Map<String, String> patients() {
    return patients;
  }

  /// One that is made today.
  byte[] file(Made study) {
    return study.file(study.dataSet(today()));
  }

  /// An association of the device of these files.
  RawScu.Builder association(String aeTitle, SSLContext shown) {
    return RawScu.to(running.doors().dicomPort())
        .tls(shown)
        .called(Premises.AE_TITLE)
        .calling(aeTitle);
  }

  HttpResponse<byte[]> send(String method, String path, HttpRequest.Builder request)
      throws IOException {
    doors.asked(method, path);
    return web.send(request);
  }

  HttpResponse<byte[]> get(String cookie, String path, String accept) throws IOException {
    return send("GET", path, web.request(path).header("Cookie", cookie).header("Accept", accept));
  }

  /// A page that is shown.
  String page(String cookie, String path) throws IOException {
    HttpResponse<byte[]> answer = get(cookie, path, PAGE);
    assertThat(answer.statusCode()).as(path + " " + Web.text(answer)).isEqualTo(200);
    return Web.text(answer);
  }

  HttpResponse<byte[]> byToken(String token, String path, String accept) throws IOException {
    return send(
        "GET",
        path,
        web.request(path).header("Authorization", "Bearer " + token).header("Accept", accept));
  }

  HttpResponse<byte[]> post(String cookie, String path, String... fields) throws IOException {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < fields.length; i += 2) {
      form.append(i == 0 ? "" : "&").append(fields[i]).append('=');
      form.append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
    }
    HttpRequest.Builder request =
        web.request(path)
            .header("Accept", PAGE)
            .header("Sec-Fetch-Site", "same-origin")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form.toString()));
    return send("POST", path, cookie.isEmpty() ? request : request.header("Cookie", cookie));
  }

  /// A form that is taken.
  HttpResponse<byte[]> posted(int status, String cookie, String path, String... fields)
      throws IOException {
    HttpResponse<byte[]> answer = post(cookie, path, fields);
    assertThat(answer.statusCode()).as(path + " " + Web.text(answer)).isEqualTo(status);
    return answer;
  }

  static String found(String pattern, String in) {
    Matcher matcher = Pattern.compile(pattern).matcher(in);
    assertThat(matcher.find()).as(pattern + " in " + in).isTrue();
    return matcher.group(1);
  }

  /// All cookies of an answer, as they go back.
  static String cookies(HttpResponse<byte[]> answer) {
    return String.join(
        "; ",
        answer.headers().allValues("Set-Cookie").stream()
            .filter(each -> !each.contains("Max-Age=0"))
            .map(each -> each.substring(0, each.indexOf(';')))
            .toList());
  }

  /// A command at the console of the running archive.
  String console(int exit, Object... words) {
    Object[] all = Stream.concat(Stream.of(words), Stream.of("--data", premises.data())).toArray();
    Command done = Command.run(all);
    assertThat(done.exit()).as(List.of(words) + " " + done.err() + done.out()).isEqualTo(exit);
    return done.out();
  }

  static YearEntry.Who consoleUser() {
    return YearEntry.Who.console(System.getProperty("user.name", ""));
  }

  @Override
  public void close() throws IOException {
    web.close();
    running.close();
  }
}
