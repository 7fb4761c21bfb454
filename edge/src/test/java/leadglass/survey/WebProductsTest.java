package leadglass.survey;

import static leadglass.survey.FixtureHttp.nothing;
import static leadglass.survey.FixtureHttp.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Products by what they answer: dcm4chee-arc and Elasticsearch as those do, which Debian does not
/// ship.
class WebProductsTest {
  private static final String JSON = "Content-Type: application/json";
  private static final String HTML = "Content-Type: text/html;charset=UTF-8";
  private static final String RS = "/dcm4chee-arc/aets/DCM4CHEE/rs";
  private static final String KEYCLOAK =
      "Location: https://sso.example.org:8843/realms/dcm4che/protocol/openid-connect/auth";
  private static final String UI =
      "<!doctype html><html><head><title>dcm4chee-arc-ui</title></head><app-root></app-root></html>";
  private static final String TITLES =
      """
      [{"dicomAETitle":"DCM4CHEE","dicomDescription":"Hide instances rejected"},
       {"dicomAETitle":"AS_RECEIVED","dicomDescription":"CANARY-1"},
       {"dicomAETitle":"canary-lower"}]\
      """;

  /// dcm4chee-arc 5 in WildFly, unsecured.
  private static void arc(String path, OutputStream out) throws IOException {
    switch (path) {
      case "/" -> say(out, "200 OK", "<html><title>Welcome to WildFly</title></html>", HTML);
      case "/dcm4chee-arc/aets" -> say(out, "200 OK", TITLES, JSON);
      case RS + "/studies/count" -> say(out, "200 OK", "{\"count\":41}", JSON);
      case RS + "/instances/count" -> say(out, "200 OK", "{\"count\":1234}", JSON);
      case RS + "/patients/count" -> say(out, "200 OK", "{\"count\":17}", JSON);
      case RS + "/studies" -> say(out, "204 No Content", "");
      case "/dcm4chee-arc/ui2/" -> say(out, "200 OK", UI, HTML);
      case "/console" ->
          say(out, "302 Found", "", "Location: http://127.0.0.1:9990/console/index.html");
      case "/dcm4chee-arc/aets/DCM4CHEE/wado" -> say(out, "400 Bad Request", "", JSON);
      default -> say(out, "404 Not Found", "<html>Not Found</html>", HTML);
    }
  }

  @Test
  void dcm4cheeWithoutSecurityIsOpenWithItsOwnCounts() throws IOException {
    try (FixtureHttp server =
        FixtureHttp.of((_, path, query, out) -> {
          if (query.startsWith("requestType")) {
            nothing(out);
          } else {
            arc(path, out);
          }
        })) {
      HostReport report = server.check();
      assertThat(Checks.decision(report, "dcm4chee-rest")).isEqualTo("answers");
      assertThat(Checks.decision(report, "dcm4chee-pages")).isEqualTo("reachable");
      assertThat(Checks.decision(report, "dcm4chee-console")).isEqualTo("shows-the-way");
      assertThat(Checks.decision(report, "web-qido")).isEqualTo("answers");
      assertThat(Checks.decision(report, "web-wado-rs")).isEqualTo("answers");
      assertThat(Checks.decision(report, "web-wado-uri")).isEqualTo("answers");
      assertThat(report.counts())
          .isEqualTo(
              Counts.of(
                      OptionalLong.of(17),
                      OptionalLong.of(41),
                      OptionalLong.of(1234),
                      Counts.Source.VENDOR)
                  .allAccessible());
      assertThat(report.product()).contains(Product.DCM4CHEE);
      assertThat(report.grade()).isEqualTo(Grade.F);
      assertThat(report.toString()).doesNotContain("CANARY", "AS_RECEIVED", "canary");
      VerdictMatrix.assertDocumented(
          VerdictMatrix.row("dcm4chee-arc (fixture)", "unsecured", report));
    }
  }

  @Test
  void dcm4cheeBehindKeycloakIsClosedAndNobodyGoesThere() throws IOException {
    try (FixtureHttp server =
        FixtureHttp.of((_, path, _, out) -> {
          if (path.startsWith("/dcm4chee-arc/ui2")) {
            say(out, "302 Found", "", KEYCLOAK);
          } else if (path.startsWith("/dcm4chee-arc/")) {
            say(out, "401 Unauthorized", "", "WWW-Authenticate: Bearer realm=\"dcm4che\"");
          } else {
            nothing(out);
          }
        })) {
      HostReport report = server.check();
      assertThat(Checks.decision(report, "dcm4chee-rest")).isEqualTo("refuses");
      assertThat(Checks.decision(report, "dcm4chee-pages")).isEqualTo("sends-to-sign-in");
      assertThat(Checks.decision(report, "web-qido")).isEqualTo("refuses");
      assertThat(Checks.decision(report, "web-wado-rs")).isEqualTo("refuses");
      assertThat(Checks.decision(report, "web-wado-uri")).isEqualTo("refuses");
      assertThat(report.grade()).isEqualTo(Grade.A);
      VerdictMatrix.assertDocumented(
          VerdictMatrix.row("dcm4chee-arc (fixture)", "behind Keycloak", report));
    }
  }

  @Test
  void dcm4cheeThatListsTitlesOnlyIsExposed() throws IOException {
    try (FixtureHttp server =
        FixtureHttp.of((_, path, _, out) -> {
          if (path.startsWith(RS)) {
            say(out, "403 Forbidden", "", HTML);
          } else {
            arc(path, out);
          }
        })) {
      HostReport report = server.check();
      assertThat(Checks.decision(report, "dcm4chee-rest")).isEqualTo("lists-titles");
      assertThat(report.worst()).isEqualTo(Level.EXPOSED);
      assertThat(report.counts().any()).isFalse();
    }
  }

  @Test
  void aCounterThatCountsWhatCantExistIsNotBelieved() throws IOException {
    try (FixtureHttp server =
        FixtureHttp.of((_, path, _, out) -> {
          if (path.endsWith("/count")) {
            say(out, "200 OK", "{\"count\":7}", JSON);
          } else {
            arc(path, out);
          }
        })) {
      HostReport report = server.check();
      assertThat(Checks.decision(report, "dcm4chee-rest")).isEqualTo("answers-anything");
      assertThat(report.counts().any()).isFalse();
    }
  }

  @Test
  void elasticsearchWithoutSecurityIsOpenAndItsDocumentsAreNoImages() throws IOException {
    try (FixtureHttp server =
        FixtureHttp.of((_, path, _, out) -> {
          String product = "X-elastic-product: Elasticsearch";
          switch (path) {
            case "/" ->
                say(
                    out,
                    "200 OK",
                    "{ \"name\" : \"CANARY\", \"tagline\" : \"You Know, for Search\" }",
                    JSON,
                    product);
            case "/_count" ->
                say(out, "200 OK", "{\"count\":15,\"_shards\":{\"total\":1}}", JSON, product);
            default ->
                say(
                    out,
                    "404 Not Found",
                    "{\"error\":{\"type\":\"index_not_found_exception\"},\"status\":404}",
                    JSON,
                    product);
          }
        })) {
      HostReport report = Checks.of(Declared.NOTHING, server.port() + "/elasticsearch");
      assertThat(Checks.decision(report, "elasticsearch")).isEqualTo("answers");
      assertThat(report.counts()).isEqualTo(Counts.NONE);
      assertThat(report.product()).contains(Product.ELASTICSEARCH);
      assertThat(report.grade()).isEqualTo(Grade.F);
      assertThat(report.toString()).doesNotContain("CANARY");
      VerdictMatrix.assertDocumented(
          VerdictMatrix.row("Elasticsearch (fixture)", "no security", report));
      assertThat(Checks.decision(server.check(), "elasticsearch")).isEqualTo("answers");
    }
  }

  @Test
  void elasticsearchWithSecurityIsClosed() throws IOException {
    String body =
        """
        {"error":{"root_cause":[{"type":"security_exception","reason":"missing authentication\
         credentials for REST request [/]"}],"type":"security_exception"},"status":401}\
        """;
    try (FixtureHttp server =
        FixtureHttp.of((_, _, _, out) ->
            say(
                out,
                "401 Unauthorized",
                body,
                "WWW-Authenticate: Basic realm=\"security\" charset=\"UTF-8\"",
                "WWW-Authenticate: Bearer realm=\"security\"",
                "WWW-Authenticate: ApiKey",
                JSON))) {
      HostReport report = Checks.of(Declared.NOTHING, server.port() + "/elasticsearch");
      assertThat(Checks.decision(report, "elasticsearch")).isEqualTo("refuses");
      assertThat(Checks.decision(report, "web-clear-text")).isEqualTo("password-in-clear-here");
      assertThat(report.worst()).isEqualTo(Level.NOTE);
      VerdictMatrix.assertDocumented(
          VerdictMatrix.row("Elasticsearch (fixture)", "security on; HTTP on loopback", report));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "<title>OHIF Viewer</title>, OHIF",
    "<title>Oviyam </title>, OVIYAM",
    "<title>Dicoogle Web</title>, DICOOGLE",
    "<title>DICOM Web Viewer</title>, DWV",
    "<title>Orthanc Explorer</title>, ORTHANC",
  })
  void viewersAreKnownByTheirPages(String page, Product product) throws IOException {
    try (FixtureHttp server = FixtureHttp.of((_, _, _, out) -> say(out, "200 OK", page, HTML))) {
      HostReport report = server.check();
      assertThat(Checks.decision(report, "web-viewer")).isEqualTo("reachable");
      assertThat(Checks.decision(report, "web-qido")).isEqualTo("not-there");
      assertThat(report.product()).contains(product);
      assertThat(report.worst()).isEqualTo(Level.NOTE);
    }
    String signIn = page + "<input type=\"password\">";
    try (FixtureHttp server = FixtureHttp.of((_, _, _, out) -> say(out, "200 OK", signIn, HTML))) {
      assertThat(Checks.decision(server.check(), "web-viewer")).isEqualTo("asks-sign-in");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'<title>Index of /</title><a href=\"x.dcm\">x</a>', lists-dicom-files",
    "'<title>Index of /</title><a href=\"DICOMDIR\">x</a>', lists-dicom-files",
    "'<title>Directory listing for /</title><a href=\"a.DCM\">x</a>', lists-dicom-files",
    "'<title>Directory listing for /</title><a href=\"a.txt\">x</a>', lists-folder",
    "'<pre><A HREF=\"/\">[To Parent Directory]</A> <A HREF=\"/i.dcm\">i.dcm</A>', lists-dicom-files",
    "'<title>How to read a .dcm file</title><a href=\"x.dcm\">x</a>', none",
  })
  void listingsAreKnownByTheirWords(String page, String expected) throws IOException {
    try (FixtureHttp server =
        FixtureHttp.of((_, path, _, out) -> {
          if (path.equals("/")) {
            say(out, "200 OK", page, HTML);
          } else {
            nothing(out);
          }
        })) {
      assertThat(Checks.decision(server.check(), "web-listing")).isEqualTo(expected);
    }
  }

  @Test
  void aDicomdirIsFoundByItsNameAndNotFetched() throws IOException {
    try (FixtureHttp server =
        FixtureHttp.of((method, path, _, out) -> {
          if (path.equals("/DICOMDIR")) {
            assertThat(method).isEqualTo("HEAD");
            say(out, "200 OK", "", "Content-Type: application/octet-stream");
          } else {
            nothing(out);
          }
        })) {
      assertThat(Checks.decision(server.check(), "web-listing")).isEqualTo("has-dicomdir");
      assertThat(server.asked()).contains("HEAD /DICOMDIR").doesNotContain("GET /DICOMDIR");
    }
  }

  @Test
  void whatIsNothingThatWeKnowIsAskedLittleAndByHarmlessMethods() throws IOException {
    try (FixtureHttp server = FixtureHttp.of((_, _, _, out) -> nothing(out))) {
      HostReport report = server.check();
      assertThat(report.grade()).isEqualTo(Grade.A);
      assertThat(server.asked()).hasSize(1 + 23);
      assertThat(server.asked()).allMatch(each -> each.matches("(GET|HEAD|OPTIONS) .*"));
      List<String> heads = server.heads().subList(1, server.heads().size());
      assertThat(heads)
          .allMatch(each -> each.contains("User-Agent: Leadglass-check ("))
          .allMatch(each -> each.contains("Host: 127.0.0.1:" + server.port()))
          .noneMatch(each -> each.contains("Cookie") || each.contains("Authorization"));
    }
  }
}
