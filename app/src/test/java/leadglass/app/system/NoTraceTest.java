package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import leadglass.archive.Role;
import leadglass.testkit.Canaries;
import leadglass.testkit.RawScu;
import leadglass.testkit.TestTls;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Names and identifiers of patients are given to the program in every way there is, wanted and
/// not, and then looked for in all that it left behind.
@SuppressWarnings("NullAway.Init")
class NoTraceTest {
  private static final String WORD = "Zzkanarienvogel";
  private static final String WIDE = "Zzcañäríobird";
  private static final String ID = "ZZCANARY-4711";
  private static final String JSON = "application/dicom+json";

  private static final List<Made.Patient> PATIENTS =
      List.of(
          new Made.Patient("ISO_IR 100", "Zzkänarienvögel^Örsola", "ZZCANARY-ID-2001"),
          new Made.Patient("ISO_IR 192", "Zzkanarie^Yamada=山田金糸雀^太郎右衛門", "ZZCANARY-ID-2002"),
          new Made.Patient("ISO_IR 144", "Канарейкина^Людмила", "ZZCANARY-ID-2003"),
          new Made.Patient("GB18030", "金丝雀金丝雀^小小小小", "ZZCANARY-ID-2004"),
          new Made.Patient("", "Zzcanarybird^Quentin", "ZZCANARY-ID-2005"));

  @TempDir private Path folder;
  private Premises premises;

  @BeforeEach
  void setUp() throws IOException {
    premises = Premises.in(folder.resolve("premises"));
  }

  private static Canaries canaries() {
    Canaries canaries =
        new Canaries()
            .with(WORD, StandardCharsets.UTF_8)
            .with(WIDE, StandardCharsets.ISO_8859_1)
            .with(ID, StandardCharsets.UTF_8);
    Map<String, Charset> charsets =
        Map.of(
            "ISO_IR 100", StandardCharsets.ISO_8859_1,
            "ISO_IR 144", Charset.forName("ISO-8859-5"),
            "GB18030", Charset.forName("GB18030"));
    for (Made.Patient patient : PATIENTS) {
      Charset sentIn = charsets.getOrDefault(patient.characterSet(), StandardCharsets.UTF_8);
      canaries.with(patient.id(), sentIn);
      for (String component : patient.name().split("[\\^=]", -1)) {
        canaries.with(component, sentIn);
      }
    }
    return canaries;
  }

  private String token(Role role) {
    return Objects.requireNonNull(premises.tokens().get(role));
  }

  @Test
  void nothingLeftBehindNamesAPatient() throws Exception {
    try (Server server = new Server(premises)) {
      Command lane =
          Command.run(
              "device",
              "add",
              "US3",
              "--lane",
              "--from",
              "127.0.0.1",
              "--owner",
              "Ada Poe",
              "--until",
              LocalDate.now(ZoneOffset.UTC).plusDays(30),
              "--data",
              premises.data());
      assertThat(lane.exit()).as(lane.err()).isZero();
      keep(server);
      refuse(server);
      overALane(lane.out());
      ask(server);
      server.kill();
    }
    try (Server server = new Server(premises)) {
      keep(server);
      strangersAsk(server);
    }
    Canaries canaries = canaries();
    assertThat(Files.size(premises.folder().resolve("said/err"))).isPositive();
    assertThat(canaries.below(folder.resolve("brought"))).as("the files sent").isNotEmpty();
    assertThat(canaries.below(premises.folder())).isEmpty();
  }

  private static Made made(Made.Patient patient, int number) {
    String study = "2.25.20" + PATIENTS.indexOf(patient);
    return new Made(patient, study, study + ".1", study + ".1." + number, 3);
  }

  /// By every door, and again.
  private void keep(Server server) throws Exception {
    Path brought = Files.createDirectories(folder.resolve("brought").resolve(WORD));
    try (RawScu scu =
        server
            .association(premises, Premises.CT1)
            .propose(Made.CT, RawScu.EXPLICIT_VR_LITTLE_ENDIAN)
            .open()) {
      for (Made.Patient patient : PATIENTS) {
        Made sent = made(patient, 1);
        assertThat(scu.store(1, Made.CT, sent.instance(), sent.dataSet()).status()).isZero();
        byte[] posted = made(patient, 2).file();
        assertThat(server.web.stow(token(Role.TECHNOLOGIST), posted).statusCode()).isEqualTo(200);
        Files.write(brought.resolve(patient.id() + ".dcm"), made(patient, 3).file());
      }
      scu.release();
    }
    assertThat(Command.run("import", brought, "--data", premises.data()).exit()).isZero();
  }

  private static String found(String pattern, String in) {
    Matcher matcher = Pattern.compile(pattern).matcher(in);
    assertThat(matcher.find()).as(in).isTrue();
    return matcher.group(1);
  }

  /// Taken, kept apart, and asked for by who is none.
  private static void overALane(String shown) throws IOException {
    RawScu.Builder asking =
        RawScu.to(Integer.parseInt(found("port +(\\d+)", shown)))
            .calling("US3")
            .propose(Made.CT, RawScu.EXPLICIT_VR_LITTLE_ENDIAN);
    assertThatThrownBy(() -> asking.called(ID).open())
        .isInstanceOf(RawScu.NotAcceptedException.class);
    try (RawScu scu = asking.called(found("called AE title +(\\S{16})", shown)).open()) {
      for (Made.Patient patient : PATIENTS) {
        for (Made sent : List.of(made(patient, 1), made(patient, 5), made(patient, 5))) {
          byte[] dataSet =
              new Made(patient, sent.study(), sent.series(), sent.instance(), 9).dataSet();
          assertThat(scu.store(1, Made.CT, sent.instance(), dataSet).status()).isZero();
        }
      }
      scu.release();
    }
  }

  /// Files that are not taken, for whatever reason.
  private void refuse(Server server) throws IOException {
    for (Made.Patient patient : PATIENTS) {
      Made kept = made(patient, 1);
      Made other = new Made(patient, "2.25.299", "2.25.299.1", kept.instance(), 2);
      byte[] file = made(patient, 4).file();
      byte[] cut = Arrays.copyOf(file, file.length - 100);
      byte[] torn = file.clone();
      Arrays.fill(torn, 700, 710, (byte) 'Z');
      String misplaced = new String(file, StandardCharsets.ISO_8859_1).replace("2.25.20", ID);
      for (byte[] wrong :
          List.of(other.file(), cut, torn, misplaced.getBytes(StandardCharsets.ISO_8859_1))) {
        HttpResponse<byte[]> answer = server.web.stow(token(Role.TECHNOLOGIST), wrong);
        assertThat(answer.statusCode()).isBetween(400, 499);
        assertThat(canaries().in(Web.seen(answer).getBytes(StandardCharsets.UTF_8))).isEmpty();
        refuse(server, Arrays.copyOfRange(wrong, 300, wrong.length), kept.instance());
      }
    }
  }

  private void refuse(Server server, byte[] dataSet, String instance) throws IOException {
    try (RawScu scu =
        server
            .association(premises, Premises.CT1)
            .propose(Made.CT, RawScu.EXPLICIT_VR_LITTLE_ENDIAN)
            .propose(ID, ID)
            .open()) {
      assertThat(scu.store(1, Made.CT, instance, dataSet).status()).isNotZero();
      assertThat(scu.store(1, ID, WORD, dataSet).status()).isNotZero();
      scu.abort();
    } catch (java.io.EOFException _) {
      // A message that breaks the rules may end the association.
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// Questions of somebody who may ask, sound and unsound.
  private void ask(Server server) throws IOException {
    String reader = token(Role.RADIOLOGIST);
    for (Made.Patient patient : PATIENTS) {
      HttpResponse<byte[]> found =
          server.web.get(reader, "/dicomweb/studies?PatientID=" + encoded(patient.id()), JSON);
      assertThat(Web.text(found)).contains(patient.id());
      server.web.get(reader, "/dicomweb/studies?PatientName=" + encoded(patient.name()), JSON);
    }
    for (String path : paths()) {
      server.web.get(reader, path, JSON);
      server.web.get(reader, path, WORD + "/" + ID);
    }
  }

  private static List<String> paths() {
    return List.of(
        "/dicomweb/studies?" + WORD + "=" + ID,
        "/dicomweb/studies?PatientName=" + WORD + "&limit=" + ID,
        "/dicomweb/studies?StudyDate=" + ID,
        "/dicomweb/studies/" + ID,
        "/dicomweb/studies/" + encoded(WIDE) + "/series?PatientID=" + ID,
        "/dicomweb/studies/2.25.200/series/" + ID + "/instances/" + WORD + "/frames/" + ID,
        "/" + WORD + "/" + ID + "?" + encoded(WIDE),
        "/studies/" + ID,
        "/static/" + WORD + "/" + ID);
  }

  /// Whoever has nothing types what they have.
  private void strangersAsk(Server server) throws IOException {
    for (String path : paths()) {
      server.web.send(server.web.request(path));
      server.web.send(
          server
              .web
              .request(path)
              .header("Authorization", "Bearer " + ID)
              .header("Cookie", "__Host-leadglass=" + ID)
              .header("Referer", "https://localhost/" + WORD)
              .header("User-Agent", WORD)
              .header("Accept", WORD)
              .header("X-" + WORD, ID));
      server.web.send(form(server, path, "PatientName=" + WORD + "&PatientID=" + ID));
    }
    server.web.send(form(server, "/sign-in", "name=" + WORD + "&password=" + ID + "&code=" + ID));
    server.web.send(form(server, "/setup/code", "code=" + ID));
    server.web.stow(ID, made(PATIENTS.getFirst(), 9).file());
    raw(server, "GET /" + WORD + " HTTP/1.1\r\nHost: " + WORD + "\r\n\r\n");
    raw(server, "GET /" + WORD + "\u0001" + ID + " HTTP/9.9\r\n" + ID + "\r\n\r\n");
    raw(server, WORD + " " + ID + "\r\n\r\n");
    raw(server, "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + ID + "\r\n\r\n");
    for (String title : List.of(ID, WORD)) {
      associate(server, title, Premises.AE_TITLE);
      associate(server, Premises.CT1, title);
    }
  }

  private static HttpRequest.Builder form(Server server, String path, String fields) {
    return server
        .web
        .request(path)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Sec-Fetch-Site", "same-origin")
        .POST(BodyPublishers.ofString(fields));
  }

  private void associate(Server server, String calling, String called) throws IOException {
    try (RawScu _ =
        server
            .association(premises, Premises.CT1)
            .calling(calling)
            .called(called)
            .propose(ID, WORD)
            .open()) {
      throw new AssertionError("accepted");
    } catch (RawScu.NotAcceptedException _) {
      // As it should be.
    }
  }

  /// Bytes that no client library would send.
  private void raw(Server server, String request) throws IOException {
    SSLContext trust = TestTls.trusting(premises.data().resolve("ca.pem"));
    try (SSLSocket socket =
        (SSLSocket)
            trust
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.web.port())) {
      socket.setSoTimeout(30_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.UTF_8));
      out.flush();
      int _ = socket.getInputStream().read(); // it has been dealt with when something comes
    }
  }
}
