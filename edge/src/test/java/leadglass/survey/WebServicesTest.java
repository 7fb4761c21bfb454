package leadglass.survey;

import static leadglass.survey.FixtureHttp.nothing;
import static leadglass.survey.FixtureHttp.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// DICOMweb as servers of all kinds answer it.
class WebServicesTest {
  private static final String JSON = "Content-Type: application/dicom+json";

  private interface Studies {
    void answer(OutputStream out) throws IOException;
  }

  private static HostReport check(Studies studies) throws IOException {
    try (FixtureHttp server =
        FixtureHttp.of((_, path, _, out) -> {
          if (path.equals("/dicom-web/studies")) {
            studies.answer(out);
          } else {
            nothing(out);
          }
        })) {
      return server.check();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "200 OK, application/dicom+json, [], answers",
    "200 OK, application/json, ' [ ] ', answers",
    "204 No Content, application/dicom+json, '', answers",
    "200 OK, application/dicom+json, '', answers",
    "200 OK, application/dicom+json, '[{\"0020000D\":{}}]', rows-for-nothing",
    "200 OK, text/html, <html>, not-there",
    "200 OK, text/html, '[]', answers",
    "200 OK, application/json, '{\"error\":1}', not-there",
    "200 OK, application/json, '[', not-there",
    "401 Unauthorized, application/json, '', refuses",
    "403 Forbidden, text/html, '', refuses",
    "421 Misdirected Request, text/html, '', refuses",
    "302 Found, text/html, '', redirects",
    "400 Bad Request, text/plain, '', fails",
    "500 Internal Server Error, application/json, '', fails",
    "404 Not Found, application/json, '', not-there",
    "405 Method Not Allowed, application/json, '', not-there",
  })
  void qidoIsJudgedByWhatANullMatchGets(String status, String type, String body, String expected)
      throws IOException {
    HostReport report = check(out -> say(out, status, body, "Content-Type: " + type));
    assertThat(Checks.decision(report, "web-qido")).isEqualTo(expected);
  }

  @Test
  void whatAnswersEverythingSoIsNotBelieved() throws IOException {
    try (FixtureHttp server = FixtureHttp.of((_, _, _, out) -> say(out, "200 OK", "[]", JSON))) {
      assertThat(Checks.decision(server.check(), "web-qido")).isEqualTo("answers-anything");
    }
  }
}
