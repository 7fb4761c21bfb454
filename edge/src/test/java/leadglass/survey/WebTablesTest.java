package leadglass.survey;

import static leadglass.survey.FixtureHttp.nothing;
import static leadglass.survey.FixtureHttp.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rest of the decision tables of the web probes, row by row.
class WebTablesTest {
  private static final String JSON = "Content-Type: application/dicom+json";

  /// A server with these answers, `STATUS BODY` by method and the start of a path; else nothing.
  private static HostReport check(Map<String, String> answers) throws IOException {
    try (FixtureHttp server =
        FixtureHttp.of((method, path, query, out) -> {
          String asked = method + " " + path + (query.isEmpty() ? "" : "?");
          String found =
              answers.keySet().stream()
                  .filter(asked::startsWith)
                  .max(java.util.Comparator.comparingInt(String::length))
                  .orElse("");
          String answer = answers.getOrDefault(found, "");
          if (answer.isEmpty()) {
            nothing(out);
          } else {
            say(
                out,
                answer.substring(0, 3) + " X",
                answer.substring(3).strip(),
                JSON,
                "Allow: GET, POST");
          }
        })) {
      return server.check();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "200 [], 404, 404, answers",
    "200 [], 204, 404, answers",
    "200 [], 200 [], 404, answers",
    "200 [], 410, 404, answers",
    "200 [], 401, 404, refuses",
    "200 [], 302, 404, refuses",
    "200 [], 405, 404, not-offered",
    "200 [], 500, 404, fails",
    "200 [], 200 [{}], 404, rows-for-nothing",
    "401, 401, 401, refuses",
    "401, 404, 401, answers",
    "401, 404, 404, unclear",
    "404, 404, 404, (not asked)",
  })
  void wadoRs(String qido, String wado, String nonsense, String expected) throws IOException {
    HostReport report =
        check(
            Map.of(
                "GET /dicom-web/studies?", qido,
                "GET /dicom-web/studies/", wado,
                "GET /dicom-web/lg-", nonsense));
    assertThat(Checks.decision(report, "web-wado-rs")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "200 [], 200, announces",
    "200 [], 204, announces",
    "200 [], 404, not-announced",
    "200 [], 401, not-announced",
    "401, 200, behind-sign-in",
    "404, 200, (not asked)",
  })
  void stow(String qido, String options, String expected) throws IOException {
    HostReport report =
        check(Map.of("GET /dicom-web/studies?", qido, "OPTIONS /dicom-web/studies", options));
    assertThat(Checks.decision(report, "web-stow")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "400, 404, answers",
    "500, 404, answers",
    "400, 401, refuses",
    "401, 401, refuses",
    "400, 200, gives-anything",
    "400, 400, fails",
    "404, 404, not-there",
    "200, 200, not-there",
  })
  void wadoUri(String bare, String asked, String expected) throws IOException {
    HostReport report = check(Map.of("GET /wado", bare, "GET /wado?", asked));
    assertThat(Checks.decision(report, "web-wado-uri")).isEqualTo(expected);
  }

  private static final String SYSTEM = "200 {\"ApiVersion\" : 16, \"DicomAet\" : \"CANARY\"}";
  private static final String STATISTICS =
      "200 {\"CountInstances\" : 30, \"CountPatients\" : 2, \"CountStudies\" : 4}";

  private static HostReport orthanc(
      String place, String system, String statistics, String instance, String nowhere)
      throws IOException {
    Map<String, String> answers = new HashMap<>();
    answers.put("GET " + place + "/system", system);
    answers.put("GET " + place + "/statistics", statistics);
    answers.put("GET " + place + "/instances/", instance);
    answers.put("GET /lg-", nowhere);
    return check(answers);
  }

  @Test
  void orthancRest() throws IOException {
    HostReport open = orthanc("", SYSTEM, STATISTICS, "404", "404");
    assertThat(Checks.decision(open, "orthanc-rest")).isEqualTo("answers");
    assertThat(open.counts().patients()).hasValue(2);
    assertThat(open.counts().studies()).hasValue(4);
    assertThat(open.counts().images()).hasValue(30);
    assertThat(open.counts().accessible()).hasValue(30);
    HostReport behind = orthanc("/orthanc", SYSTEM, STATISTICS, "404", "404");
    assertThat(Checks.decision(behind, "orthanc-rest")).isEqualTo("answers");
    HostReport counters = orthanc("", SYSTEM, STATISTICS, "403", "404");
    assertThat(Checks.decision(counters, "orthanc-rest")).isEqualTo("counters");
    assertThat(counters.counts().accessible()).isEmpty();
    assertThat(rest(SYSTEM, "403", "404")).isEqualTo("reveals-version");
    assertThat(rest(SYSTEM, "500", "404")).isEqualTo("fails");
    assertThat(rest(SYSTEM, "200 {\"CountStudies\" : 1.5e9}", "404")).isEqualTo("fails");
    assertThat(rest(SYSTEM, STATISTICS, "200 {}")).isEqualTo("answers-anything");
    assertThat(rest("200 {}", STATISTICS, "404")).isEqualTo("not-there");
    assertThat(rest("401", STATISTICS, "404")).isEqualTo("not-there");
  }

  private static String rest(String system, String statistics, String nowhere) throws IOException {
    return Checks.decision(orthanc("", system, statistics, "404", nowhere), "orthanc-rest");
  }

  @ParameterizedTest
  @CsvSource({
    "200 {}, reachable",
    "302, shows-the-way",
    "401, refuses",
    "404, not-there",
  })
  void console(String console, String expected) throws IOException {
    HostReport report =
        check(
            Map.of(
                "GET /dcm4chee-arc/aets", "200 [{\"dicomAETitle\":\"ONE\"}]",
                "GET /dcm4chee-arc/aets/ONE/rs/studies/count", "500",
                "GET /console", console));
    assertThat(Checks.decision(report, "dcm4chee-rest")).isEqualTo("fails");
    assertThat(Checks.decision(report, "dcm4chee-console")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'200 {\"tagline\" : \"You Know, for Search\"}', 200 {\"count\":3}, answers",
    "200 {\"tagline\" : \"The OpenSearch Project: \"}, 200 {\"count\":3}, answers",
    "'200 {\"tagline\" : \"You Know, for Search\"}', 403, introduces-itself",
    "'200 {\"tagline\" : \"You Know, for Search\"}', 503, fails",
    "'200 {\"tagline\" : \"You Know, for Search\"}', 200 {}, fails",
    "401, 401, refuses",
    "404, 404, not-there",
  })
  void elasticsearch(String root, String count, String expected) throws IOException {
    try (FixtureHttp server =
        FixtureHttp.of((_, path, _, out) -> {
          String answer = path.equals("/") ? root : path.equals("/_count") ? count : "404";
          say(out, answer.substring(0, 3) + " X", answer.substring(3).strip(), JSON);
        })) {
      HostReport report = Checks.of(Declared.NOTHING, server.port() + "/elasticsearch");
      assertThat(Checks.decision(report, "elasticsearch")).isEqualTo(expected);
    }
  }

  @Test
  void whatAnswersSoAtEveryPathIsNotBelieved() throws IOException {
    HostReport listing = check(Map.of("GET /", "200 <title>Index of /</title><a href=\"a.dcm\">"));
    assertThat(Checks.decision(listing, "web-listing")).isEqualTo("lists-anything");
    HostReport search = check(Map.of("GET /", "200 {\"count\":1,\"a\":\"You Know, for Search\"}"));
    assertThat(Checks.decision(search, "elasticsearch")).isEqualTo("answers-anything");
  }

  @Test
  void pagesOfDcm4cheeThatAreEverywhereAreNoPages() throws IOException {
    String page = "200 <title>dcm4chee-arc-ui</title>";
    HostReport report = check(Map.of("GET /", page));
    assertThat(Checks.decision(report, "dcm4chee-pages")).isEqualTo("not-there");
    assertThat(Checks.decision(report, "web-viewer")).isEqualTo("reachable");
    HostReport refusing = check(Map.of("GET /dcm4chee-arc/ui2/", "403"));
    assertThat(Checks.decision(refusing, "dcm4chee-pages")).isEqualTo("refuses");
  }
}
