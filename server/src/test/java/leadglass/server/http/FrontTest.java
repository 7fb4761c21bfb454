package leadglass.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import leadglass.archive.Origin;
import leadglass.archive.Verb;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What happens to a request before its handler, over real TLS.
class FrontTest {
  private static TestServer server;

  private static Route route(String method, String pattern, Verb verb, Handler handler) {
    return new Route(method, pattern, Routes.door(pattern), verb, handler);
  }

  @BeforeAll
  static void start() throws IOException {
    server =
        new TestServer(
            List.of(
                route("GET", "/dicomweb/studies", Verb.FIND, FrontTest::whoIsIt),
                route("POST", "/dicomweb/studies", Verb.STORE, FrontTest::whoIsIt),
                route("GET", "/dicomweb/studies/{study}", Verb.RETRIEVE, FrontTest::whoIsIt),
                route("GET", "/studies", Verb.BE_KNOWN, FrontTest::page),
                route("POST", "/studies", Verb.BE_KNOWN, FrontTest::whoIsIt),
                route("GET", "/sign-in", Verb.KNOCK, FrontTest::page),
                route("POST", "/sign-in", Verb.KNOCK, FrontTest::form),
                route(
                    "GET",
                    "/fault",
                    Verb.BE_KNOWN,
                    _ -> {
                      throw new IllegalStateException("Doe^Jane");
                    }),
                route("GET", "/dicomweb/broken", Verb.BE_KNOWN, _ -> broken(0)),
                route("GET", "/dicomweb/cut", Verb.BE_KNOWN, _ -> broken(1 << 20))));
  }

  private static Response whoIsIt(Request request) {
    return Response.of(
        200, "text/plain", request.caller().getClass().getSimpleName().getBytes(UTF_8));
  }

  private static Response page(Request request) {
    return Response.html(200, request.nonce());
  }

  private static Response form(Request request) throws IOException, ProblemException {
    return Response.of(200, "text/plain", request.form().toString().getBytes(UTF_8));
  }

  private static Response broken(int after) {
    return Response.of(200)
        .with(
            new Response.Body() {
              @Override
              public long length() {
                return -1;
              }

              @Override
              public void writeTo(java.io.OutputStream out) throws IOException {
                out.write(new byte[after]);
                throw new IllegalStateException("Doe^Jane");
              }
            });
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void reset() {
    server.events.clear();
    server.setUp.set(true);
  }

  /// Everything a peer sees, but for the date.
  private static String seen(HttpResponse<String> response) {
    Map<String, List<String>> headers = new java.util.TreeMap<>(response.headers().map());
    headers.remove("date");
    return response.statusCode() + "\n" + headers + "\n" + response.body();
  }

  @Test
  void aStrangerSeesTheSameBytesWhateverThereIs() throws Exception {
    Set<String> answers = new HashSet<>();
    for (String path :
        List.of(
            "/dicomweb",
            "/dicomweb/studies",
            "/dicomweb/studies/1.2.3",
            "/dicomweb/studies/9.9.9",
            "/dicomweb/no/such/thing",
            "/dicomweb/studies?PatientName=Doe")) {
      answers.add(seen(server.get(path)));
      answers.add(seen(server.get(path, "Cookie", "__Host-leadglass=wrong")));
      answers.add(seen(server.get(path, "Authorization", "Bearer wrong")));
      answers.add(
          seen(server.send(path, request -> request.POST(BodyPublishers.ofString("anything")))));
      answers.add(
          seen(server.send(path, request -> request.method("DELETE", BodyPublishers.noBody()))));
    }
    assertThat(answers).hasSize(1);
    assertThat(answers.iterator().next())
        .startsWith("401")
        .contains("www-authenticate=[Bearer]")
        .contains("application/problem+json")
        .contains("sign-in-needed");
  }

  @Test
  void whatAsksForAFreshFactorLeadsToOneAndBackToThePageAboveIt() throws Exception {
    Route act =
        route("POST", "/things/{name}/burn", Verb.BE_KNOWN, _ -> Response.of(204))
            .afterFreshFactor();
    Route page = route("GET", "/things/{name}", Verb.BE_KNOWN, _ -> Response.of(200));
    try (TestServer own = new TestServer(List.of(act, page))) {
      assertThat(burn(own, "text/html").statusCode()).isEqualTo(204);
      own.fresh.set(false);
      HttpResponse<String> asked = burn(own, "text/html");
      assertThat(asked.statusCode()).isEqualTo(303);
      assertThat(asked.headers().firstValue("Location")).contains("/step-up?to=/things/7");
      HttpResponse<String> told = burn(own, "application/json");
      assertThat(told.statusCode()).isEqualTo(403);
      assertThat(told.body()).contains("/problems/fresh-factor-needed");
    }
  }

  @Test
  void aTokenNeverHasAFreshFactor() throws Exception {
    Route act = route("GET", "/act", Verb.BE_KNOWN, _ -> Response.of(204)).afterFreshFactor();
    try (TestServer own = new TestServer(List.of(act))) {
      assertThat(own.get("/act", "Authorization", "Bearer read").statusCode()).isEqualTo(403);
    }
  }

  private static HttpResponse<String> burn(TestServer own, String accept) throws Exception {
    return own.send(
        "/things/7/burn",
        request ->
            request
                .header("Cookie", Front.COOKIE + "=radiologist")
                .header("Sec-Fetch-Site", "same-origin")
                .header("Accept", accept)
                .POST(BodyPublishers.noBody()));
  }

  @Test
  void aStrangersPageIsTheSignIn() throws Exception {
    Set<String> answers = new HashSet<>();
    for (String path : List.of("/", "/studies", "/fault", "/nothing/here", "/studies/1")) {
      answers.add(seen(server.get(path)));
    }
    assertThat(answers).hasSize(1);
    assertThat(answers.iterator().next()).startsWith("303").contains("location=[/sign-in]");
    assertThat(
            server
                .send("/studies", request -> request.POST(BodyPublishers.ofString("a=b")))
                .statusCode())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "radiologist, -, Person",
        "-, read, Program",
        "radiologist, read, Program",
        "administrator, read, Program",
      })
  void cookiesAndTokensSayWhoItIs(String cookie, String token, String expected) throws Exception {
    HttpResponse<String> response =
        server.send(
            "/dicomweb/studies",
            request -> {
              if (cookie != null) {
                request.header("Cookie", "other=1; __Host-leadglass=" + cookie);
              }
              return token == null ? request : request.header("Authorization", "bearer " + token);
            });
    assertThat(response.body()).isEqualTo(expected);
  }

  @Test
  void aWrongTokenIsNotSavedByACookie() throws Exception {
    assertThat(
            server
                .get(
                    "/dicomweb/studies",
                    "Cookie",
                    "__Host-leadglass=radiologist",
                    "Authorization",
                    "Bearer wrong")
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void whoMayNotSeesTheSameForWhatIsThereAndWhatIsNot() throws Exception {
    String[] auditor = {"Cookie", "__Host-leadglass=auditor"};
    String existing = seen(server.get("/dicomweb/studies/1.2.3", auditor));
    assertThat(existing).startsWith("403").contains("not-permitted");
    assertThat(seen(server.get("/dicomweb/studies/9.9", auditor))).isEqualTo(existing);
    assertThat(server.get("/dicomweb/studies", "Authorization", "Bearer write").statusCode())
        .isEqualTo(403);
  }

  @Test
  void whoIsKnownIsToldWhatIsNotThere() throws Exception {
    String[] reader = {"Cookie", "__Host-leadglass=radiologist"};
    assertThat(server.get("/dicomweb/nothing", reader).statusCode()).isEqualTo(404);
    HttpResponse<String> other =
        server.send(
            "/dicomweb/studies",
            request ->
                request
                    .headers(reader)
                    .header("Sec-Fetch-Site", "same-origin")
                    .method("DELETE", BodyPublishers.noBody()));
    assertThat(other.statusCode()).isEqualTo(405);
    assertThat(other.headers().firstValue("Allow")).contains("GET, POST");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "same-origin, -, 200",
        "cross-site, -, 403",
        "-, https://evil.example, 403",
        "-, OURS, 200",
        "-, -, 403"
      })
  void aCookieAloneChangesNothing(String site, String origin, int status) throws Exception {
    for (String path : List.of("/dicomweb/studies", "/studies")) {
      HttpResponse<String> response =
          server.send(
              path,
              request -> {
                request.header("Cookie", "__Host-leadglass=radiologist");
                if (site != null) {
                  request.header("Sec-Fetch-Site", site);
                }
                if (origin != null) {
                  request.header(
                      "Origin",
                      origin.equals("OURS") ? "https://localhost:" + server.web.port() : origin);
                }
                return request.POST(BodyPublishers.ofString("x"));
              });
      assertThat(response.statusCode()).isEqualTo(status);
    }
  }

  @Test
  void aTokenNeedsNoPageOfOurs() throws Exception {
    assertThat(
            server
                .send(
                    "/dicomweb/studies",
                    request ->
                        request
                            .header("Authorization", "Bearer write")
                            .header("Origin", "https://evil.example")
                            .POST(BodyPublishers.ofString("x")))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void signInTakesFormsOfOurPagesOnly() throws Exception {
    String form = "application/x-www-form-urlencoded";
    HttpResponse<String> good =
        server.send(
            "/sign-in",
            request ->
                request
                    .header("Content-Type", form)
                    .POST(BodyPublishers.ofString("name=a%20b&name=c")));
    assertThat(good.body()).isEqualTo("{name=a b}");
    assertThat(
            server
                .send(
                    "/sign-in",
                    request ->
                        request
                            .headers("Content-Type", form, "Sec-Fetch-Site", "cross-site")
                            .POST(BodyPublishers.ofString("name=a")))
                .statusCode())
        .isEqualTo(403);
    assertThat(
            server
                .send("/sign-in", request -> request.POST(BodyPublishers.ofString("name=a")))
                .statusCode())
        .isEqualTo(415);
    assertThat(
            server
                .send(
                    "/sign-in",
                    request ->
                        request
                            .header("Content-Type", form)
                            .POST(BodyPublishers.ofString("n=" + "a".repeat(65536))))
                .statusCode())
        .isEqualTo(413);
  }

  @Test
  void untilSetUpIsDoneOnlyWhatAnybodyMayIsServed() throws Exception {
    server.setUp.set(false);
    String[] reader = {"Cookie", "__Host-leadglass=radiologist"};
    assertThat(server.get("/dicomweb/studies", reader).statusCode()).isEqualTo(503);
    assertThat(server.get("/dicomweb/studies").body()).contains("set-up-needed");
    assertThat(server.get("/studies", reader).headers().firstValue("Location")).contains("/setup");
    assertThat(server.get("/sign-in").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/sign-in", "/dicomweb/studies"})
  void everythingCarriesTheHeadersOfItsDoor(String path) throws Exception {
    HttpResponse<String> response = server.get(path, "Cookie", "__Host-leadglass=radiologist");
    assertThat(response.statusCode()).isEqualTo(200);
    Map<String, List<String>> headers = response.headers().map();
    assertThat(headers)
        .containsEntry("cache-control", List.of("private, no-store"))
        .containsEntry("x-content-type-options", List.of("nosniff"))
        .containsEntry("cross-origin-resource-policy", List.of("same-origin"))
        .containsEntry("referrer-policy", List.of("no-referrer"))
        .doesNotContainKeys("server", "x-powered-by", "strict-transport-security");
    String policy = String.join(",", headers.get("content-security-policy"));
    if (path.startsWith("/dicomweb")) {
      assertThat(policy).isEqualTo("sandbox; default-src 'none'");
    } else {
      assertThat(policy)
          .contains("'nonce-" + response.body() + "'")
          .contains("frame-ancestors 'none'");
      assertThat(response.body()).hasSizeGreaterThan(20);
    }
  }

  @Test
  void aFaultIsToldByAReferenceAndNothingElse() throws Exception {
    HttpResponse<String> response =
        server.get("/fault?PatientName=Doe", "Cookie", "__Host-leadglass=radiologist");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).contains("Reference ").doesNotContain("Doe");
    HttpEvent.Failed failed =
        server.events.stream()
            .filter(HttpEvent.Failed.class::isInstance)
            .map(HttpEvent.Failed.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(response.body()).contains(failed.reference());
    assertThat(failed.failureClass()).isEqualTo("java.lang.IllegalStateException");
    assertThat(failed.place()).contains("FrontTest");
    assertThat(server.events.toString()).doesNotContain("Doe");
  }

  @Test
  void aBodyThatFailsBeforeItsFirstByteIsStillAFault() throws Exception {
    HttpResponse<String> response =
        server.get("/dicomweb/broken", "Cookie", "__Host-leadglass=radiologist");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).contains("Reference ");
  }

  @Test
  void aBodyThatFailsLaterNeverLooksWhole() {
    for (var client : List.of(server.h1, server.h2)) {
      assertThat(
              org.assertj.core.api.Assertions.catchThrowable(() ->
                  client.send(
                      server.request(
                          "/dicomweb/cut",
                          request -> request.header("Cookie", "__Host-leadglass=radiologist")),
                      HttpResponse.BodyHandlers.ofByteArray())))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void peopleGetAPageAndProgramsGetJson() throws Exception {
    String[] reader = {"Cookie", "__Host-leadglass=radiologist"};
    assertThat(server.get("/nothing", reader).headers().firstValue("Content-Type"))
        .contains("application/problem+json");
    HttpResponse<String> page =
        server.send(
            "/nothing", request -> request.headers(reader).header("Accept", "text/html,*/*"));
    assertThat(page.statusCode()).isEqualTo(404);
    assertThat(page.body()).startsWith("<!doctype html>");
    assertThat(
            server
                .send(
                    "/dicomweb/nothing",
                    request -> request.headers(reader).header("Accept", "text/html"))
                .headers()
                .firstValue("Content-Type"))
        .contains("application/problem+json");
  }

  @Test
  void aHeadHasTheHeadersAndNoBody() throws Exception {
    HttpResponse<String> response =
        server.send(
            "/studies",
            request ->
                request
                    .header("Cookie", "__Host-leadglass=radiologist")
                    .method("HEAD", BodyPublishers.noBody()));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(response.body()).isEmpty();
  }

  @Test
  void whatWasAnsweredIsToldByItsPatternOnly() throws Exception {
    String _ =
        server.get("/dicomweb/studies/1.2.3?a=b", "Cookie", "__Host-leadglass=radiologist").body();
    HttpEvent.Answered answered; // told when the answer has been given
    do {
      answered = server.await(HttpEvent.Answered.class);
      assertThat(answered.toString()).doesNotContain("1.2.3");
    } while (!answered.route().equals("GET /dicomweb/studies/{study}"));
    assertThat(answered.door()).isEqualTo(Origin.Door.DICOMWEB);
    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.sentBytes()).isEqualTo(6);
  }
}
