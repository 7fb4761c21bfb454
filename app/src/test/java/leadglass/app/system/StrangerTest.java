package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import leadglass.archive.Origin;
import leadglass.archive.People;
import leadglass.archive.Role;
import leadglass.archive.Verb;
import leadglass.dicom.data.Uid;
import leadglass.server.http.Audience;
import leadglass.server.http.Route;
import leadglass.testkit.Canaries;
import leadglass.testkit.RawPdu;
import leadglass.testkit.RawScu;
import leadglass.testkit.TestCertificate;
import leadglass.testkit.TestTls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everything that runs, as the running registries name it, asked by those who may have nothing:
/// what is there and what is not look the same to them.
@SuppressWarnings("NullAway.Init")
class StrangerTest {
  private static final String COOKIE = "__Host-leadglass";
  private static final List<String> QUERY_RETRIEVE =
      List.of(
          "1.2.840.10008.5.1.4.1.2.1.1",
          "1.2.840.10008.5.1.4.1.2.1.2",
          "1.2.840.10008.5.1.4.1.2.1.3",
          "1.2.840.10008.5.1.4.1.2.2.1",
          "1.2.840.10008.5.1.4.1.2.2.2",
          "1.2.840.10008.5.1.4.1.2.2.3",
          "1.2.840.10008.5.1.4.31",
          "1.2.840.10008.3.1.2.3.3");
  private static final Made.Patient PATIENT =
      new Made.Patient("ISO_IR 192", "Zzkanarienvogel^Örsola", "ZZCANARY-ID-1");
  private static final Canaries CANARIES =
      new Canaries()
          .with("Zzkanarienvogel", StandardCharsets.UTF_8)
          .with("ZZCANARY-ID-1", StandardCharsets.UTF_8);

  /// Of today.
  private static final Made TODAY = new Made(PATIENT, "2.25.71", "2.25.72", "2.25.73", 2);

  /// Of long ago.
  private static final Made OLD = new Made(PATIENT, "2.25.81", "2.25.82", "2.25.83", 2);

  /// Of nobody.
  private static final Made INVENTED = new Made(PATIENT, "2.25.91", "2.25.92", "2.25.93", 2);

  @TempDir private Path folder;
  private OpenArchive archive;

  @BeforeEach
  void open() throws IOException {
    archive = new OpenArchive(Premises.in(folder.resolve("premises")));
    String today = LocalDate.now(ZoneId.systemDefault()).format(DateTimeFormatter.BASIC_ISO_DATE);
    String token = archive.token(Role.TECHNOLOGIST);
    assertThat(archive.web.stow(token, TODAY.file(TODAY.dataSet(today))).statusCode())
        .isEqualTo(200);
    assertThat(archive.web.stow(token, OLD.file(OLD.dataSet("19991231"))).statusCode())
        .isEqualTo(200);
    assertThat(archive.running.archive().people().disable(Premises.CONSOLE, "frontdesk")).isEmpty();
  }

  @AfterEach
  void close() throws IOException {
    archive.close();
  }

  private List<Route> routes() {
    List<Route> routes = archive.running.doors().routes().all();
    assertThat(routes).hasSizeGreaterThan(30);
    // Tries to sign in or to enrol are slowed, so that no two answers are the same: tests of their
    // own.
    Set<String> slowed =
        Set.of(
            "POST /sign-in",
            "POST /invite",
            "POST /sign-in/passkey",
            "POST /step-up",
            "POST /step-up/passkey",
            "POST /enrol",
            "POST /share",
            "POST /my/open",
            "POST /my/sign-in");
    return routes.stream().filter(route -> !slowed.contains(route.toString())).toList();
  }

  private static String path(Route route, Made instance) {
    return route
        .pattern()
        .replace("{study}", instance.study())
        .replace("{series}", instance.series())
        .replace("{instance}", instance.instance())
        .replace("{list}", "1")
        .replace("{path...}", "7FE00010")
        .replaceAll("\\{[a-z]+}", "none");
  }

  private HttpRequest.Builder request(Route route, Made instance) {
    HttpRequest.Builder request = archive.web.request(path(route, instance));
    if (!route.method().equals("GET")) {
      boolean page = route.door() == Origin.Door.PAGE;
      request
          .header("Sec-Fetch-Site", "same-origin")
          .header("Content-Type", page ? "application/x-www-form-urlencoded" : "application/dicom")
          .method(
              route.method(),
              page
                  ? BodyPublishers.ofString("study=" + instance.study())
                  : BodyPublishers.ofByteArray(instance.file()));
    }
    return request;
  }

  private String ask(HttpRequest.Builder request) throws IOException {
    HttpResponse<byte[]> answer = archive.web.send(request);
    assertThat(answer.statusCode()).isNotEqualTo(500);
    return withoutNonce(Web.seen(answer));
  }

  /// What is random in an answer, and tells nothing.
  private static String withoutNonce(String seen) {
    return seen.replaceAll("nonce(-|=\")[^'\"]*", "nonce")
        .replaceAll("\"(ticket|challenge)\":\"[^\"]*", "$1")
        .replaceAll("__Host-leadglass-browser=[^;]*", "browser");
  }

  private String session(Role role) throws IOException {
    People.Enrolment enrolment = Objects.requireNonNull(archive.premises.enrolments().get(role));
    People.SignIn signIn =
        archive
            .running
            .archive()
            .people()
            .signIn(
                new Origin(Origin.Door.PAGE, "127.0.0.1"),
                role.word(),
                Premises.PASSWORD.toCharArray(),
                enrolment.codeAt(System.currentTimeMillis()));
    assertThat(signIn).isInstanceOf(People.SignIn.SignedIn.class);
    return COOKIE + "=" + ((People.SignIn.SignedIn) signIn).secret();
  }

  private static UnaryOperator<HttpRequest.Builder> header(String name, String value) {
    return request -> request.header(name, value);
  }

  private Map<String, UnaryOperator<HttpRequest.Builder>> strangers() {
    String token = archive.token(Role.RADIOLOGIST);
    char last = token.charAt(token.length() - 1);
    String mistyped = token.substring(0, token.length() - 1) + (last == 'a' ? 'b' : 'a');
    Map<String, UnaryOperator<HttpRequest.Builder>> strangers = new LinkedHashMap<>();
    strangers.put("nothing", UnaryOperator.identity());
    strangers.put("no token", header("Authorization", "Bearer none"));
    strangers.put("a mistyped token", header("Authorization", "Bearer " + mistyped));
    strangers.put(
        "the token of somebody who is disabled",
        header("Authorization", "Bearer " + archive.token(Role.FRONT_DESK)));
    strangers.put("a password", header("Authorization", "Basic YWRtaW46YWRtaW4="));
    strangers.put("an invented cookie", header("Cookie", COOKIE + "=" + "A".repeat(43)));
    return strangers;
  }

  @Test
  void everyMethodTellsAStrangerTheSameOfWhatIsThereAndOfWhatIsNot() throws IOException {
    for (Route route : routes()) {
      for (String method : List.of("HEAD", "OPTIONS", "PUT", "DELETE", "PROPFIND")) {
        UnaryOperator<HttpRequest.Builder> with =
            request -> request.method(method, BodyPublishers.noBody());
        String as = method + " " + route.pattern();
        assertThat(ask(with.apply(request(route, OLD))))
            .as(as)
            .isEqualTo(ask(with.apply(request(route, INVENTED))));
      }
    }
  }

  @Test
  void everyRouteTellsAStrangerTheSameOfWhatIsThereAndOfWhatIsNot() throws IOException {
    Set<String> closed = new TreeSet<>();
    for (Route route : routes()) {
      for (Map.Entry<String, UnaryOperator<HttpRequest.Builder>> stranger :
          strangers().entrySet()) {
        String as = route + " with " + stranger.getKey();
        String there = ask(stranger.getValue().apply(request(route, OLD)));
        String invented = ask(stranger.getValue().apply(request(route, INVENTED)));
        assertThat(there).as(as).isEqualTo(invented);
        assertThat(CANARIES.in(there.getBytes(StandardCharsets.UTF_8))).as(as).isEmpty();
        if (route.verb() != Verb.KNOCK) {
          closed.add(route.door() + " " + route.method() + " " + there);
        }
      }
    }
    // A page is asked for by people, who are sent to the sign-in, or to where links are opened;
    // everything else gets one answer, by whichever method.
    assertThat(
            closed.stream().map(seen -> seen.replaceAll("\n(?s:.*)", "").replaceAll(" \\{.*", "")))
        .allMatch(seen -> seen.endsWith(" 401") || seen.equals("PAGE GET 303"));
    assertThat(closed).hasSize(8);
    assertThat(archive.status().instances()).isEqualTo(2);
  }

  /// What the first try at a name is answered.
  private static String signIn(OpenArchive at, String name) throws IOException {
    HttpResponse<byte[]> answer =
        at.web.send(
            at.web
                .request("/sign-in")
                .header("Sec-Fetch-Site", "same-origin")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("password=wrong&code=123456&name=" + name)));
    assertThat(answer.statusCode()).isEqualTo(403);
    return withoutNonce(Web.seen(answer)).replace(name, "");
  }

  @Test
  void aStrangerLearnsFromNoTryToSignInWhichAccountsThereAre() throws IOException {
    try (OpenArchive same = new OpenArchive(Premises.in(folder.resolve("same")))) {
      assertThat(signIn(archive, "radiologist")).isEqualTo(signIn(same, "nonexistent"));
    }
  }

  @Test
  void noRouteGivesAnAdministratorAnAuditorOrAReferrerAnImage() throws IOException {
    for (Role role : List.of(Role.ADMINISTRATOR, Role.AUDITOR, Role.REFERRER)) {
      String cookie = session(role);
      for (Route route : routes()) {
        for (UnaryOperator<HttpRequest.Builder> proof :
            List.of(
                header("Authorization", "Bearer " + archive.token(role)),
                header("Cookie", cookie))) {
          if (route.pattern().contains("sign-out")
              || route.pattern().endsWith("/recovery-codes")) { // random, and one's own
            continue;
          }
          boolean trail =
              route.pattern().startsWith("/audit") || route.pattern().startsWith("/fhir/");
          if (trail && role == Role.AUDITOR) { // it says who saw whom, and grows when asked
            continue;
          }
          String as = route + " as " + role;
          String there = ask(proof.apply(request(route, OLD)));
          String invented = ask(proof.apply(request(route, INVENTED)));
          // A form that was not right comes back with what was typed into it.
          assertThat(there.replace("2.25.81", "2.25.91")).as(as).isEqualTo(invented);
          assertThat(CANARIES.in(there.getBytes(StandardCharsets.UTF_8))).as(as).isEmpty();
          // A referrer may ask, and was given neither of the two.
          boolean auditors = route.verb() == Verb.READ_AUDIT && role == Role.AUDITOR;
          if (route.door() == Origin.Door.DICOMWEB && role != Role.REFERRER && !auditors) {
            boolean nobody = Audience.of(route.pattern()) != Audience.STAFF;
            assertThat(there).as(as).startsWith(nobody ? "401 " : "403 ");
          }
        }
      }
    }
    assertThat(archive.status().instances()).isEqualTo(2);
  }

  @Test
  void aTechnologistSeesTheStudiesOfTodayAndNoOthers() throws IOException {
    String cookie = session(Role.TECHNOLOGIST);
    for (UnaryOperator<HttpRequest.Builder> proof :
        List.of(
            header("Authorization", "Bearer " + archive.token(Role.TECHNOLOGIST)),
            header("Cookie", cookie))) {
      String list = ask(proof.apply(archive.web.request("/dicomweb/studies")));
      assertThat(list).contains(TODAY.study()).doesNotContain(OLD.study());
      String page = ask(proof.apply(archive.web.request("/studies")));
      assertThat(page).contains(TODAY.study()).doesNotContain(OLD.study());
      for (Route route : routes()) {
        // What was filed wrongly is put right whenever it came: docs/adr/0118.
        boolean looks = route.method().equals("GET") && route.verb() != Verb.CORRECT;
        if (looks && route.pattern().contains("{study}")) {
          String old = ask(proof.apply(request(route, OLD)));
          String invented = ask(proof.apply(request(route, INVENTED)));
          assertThat(old.replace(OLD.study(), "")).as(route.toString()).isEqualTo(invented);
        }
      }
      assertThat(ask(proof.apply(archive.web.request(TODAY.address())))).startsWith("200 ");
    }
  }

  @Test
  void whoPutsRightAStudyOfAnotherDaySeesWhoseItIsAndNoPictureOfIt() throws IOException {
    for (Role role : EnumSet.complementOf(EnumSet.of(Role.FRONT_DESK))) { // who is disabled here
      UnaryOperator<HttpRequest.Builder> session = header("Cookie", session(role));
      boolean corrects = role == Role.TECHNOLOGIST || role == Role.RADIOLOGIST;
      int pages = 0;
      for (Route route : routes()) {
        boolean form = route.method().equals("GET") && route.verb() == Verb.CORRECT;
        if (!form || !route.pattern().contains("{study}")) {
          continue;
        }
        pages++;
        String old = ask(session.apply(request(route, OLD)));
        String as = route + " as " + role;
        if (corrects) {
          assertThat(old).as(as).startsWith("200 ").doesNotContain("<img");
        } else {
          assertThat(old).as(as).isEqualTo(ask(session.apply(request(route, INVENTED))));
        }
      }
      assertThat(pages).isEqualTo(2);
    }
  }

  private List<List<Uid>> sopClasses() {
    List<Uid> all = List.copyOf(archive.running.doors().sopClasses());
    assertThat(all).hasSizeGreaterThan(100);
    List<List<Uid>> some = new ArrayList<>();
    for (int from = 0; from < all.size(); from += 100) {
      some.add(all.subList(from, Math.min(all.size(), from + 100)));
    }
    return some;
  }

  private RawScu.Builder association(SSLContext tls, List<Uid> sopClasses) {
    RawScu.Builder builder =
        RawScu.to(archive.running.doors().dicomPort()).tls(tls).called(Premises.AE_TITLE);
    sopClasses.forEach(uid -> builder.propose(uid.value(), RawScu.IMPLICIT_VR_LITTLE_ENDIAN));
    return builder;
  }

  private static String rejection(RawScu.Builder builder) throws IOException {
    try (RawScu _ = builder.open()) {
      return "accepted";
    } catch (RawScu.NotAcceptedException e) {
      return HexFormat.of().formatHex(e.pdu.encode());
    }
  }

  @Test
  void noSopClassIsServedWithoutACertificateThatIsEnrolled() throws IOException {
    Path ca = archive.premises.data().resolve("dicom-ca.pem");
    TestCertificate own = TestCertificate.selfSigned("stranger", TestCertificate.Kind.EC);
    own.write(folder.resolve("stranger.key"), folder.resolve("stranger.pem"));
    SSLContext unknown =
        TestTls.client(folder.resolve("stranger.key"), folder.resolve("stranger.pem"), ca);
    for (SSLContext tls : List.of(TestTls.trusting(ca), unknown)) {
      Set<String> seen = new TreeSet<>();
      for (List<Uid> some : sopClasses()) {
        for (String calling : List.of(Premises.CT1, "NOBODY")) {
          assertThatThrownBy(() -> association(tls, some).calling(calling).open().close())
              .isInstanceOf(IOException.class)
              .isNotInstanceOf(RawScu.NotAcceptedException.class)
              .satisfies(e -> seen.add(e.getClass().getSimpleName()));
        }
      }
      assertThat(seen).isNotEmpty();
    }
  }

  @Test
  void noSopClassIsServedUnderTheAeTitleOfAnotherDevice() throws IOException {
    Set<String> answers = new TreeSet<>();
    SSLContext tls = archive.premises.device(Premises.CT1);
    for (List<Uid> some : sopClasses()) {
      for (String calling : List.of(Premises.CT2, "NOBODY", "")) {
        answers.add(rejection(association(tls, some).calling(calling)));
        answers.add(rejection(association(tls, some).calling(calling).called("NOWHERE")));
      }
    }
    assertThat(answers).hasSize(1);
    assertThat(answers.iterator().next()).startsWith("%02x".formatted(RawPdu.ASSOCIATE_RJ));
  }

  @Test
  void aDeviceThatMayOnlyStoreGetsNothingOut() throws IOException {
    RawScu.Builder builder = archive.association(Premises.CT1);
    QUERY_RETRIEVE.forEach(uid -> builder.propose(uid, RawScu.IMPLICIT_VR_LITTLE_ENDIAN));
    try (RawScu scu = builder.open()) {
      assertThat(scu.answers().values()).hasSize(QUERY_RETRIEVE.size());
      assertThat(scu.answers().values()).noneMatch(answer -> answer.result() == 0);
      scu.release();
    }
  }
}
