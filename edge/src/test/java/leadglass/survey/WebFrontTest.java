package leadglass.survey;

import static leadglass.survey.FixtureHttp.nothing;
import static leadglass.survey.FixtureHttp.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a web server says of itself, and what it asks for.
class WebFrontTest {
  private static final String HTML = "Content-Type: text/html";

  @ParameterizedTest
  @CsvSource({
    "Server: nginx/1.22.1, reveals-version",
    "Server: Apache/2.4.57 (Debian), reveals-version",
    "X-Powered-By: PHP/8.2.7, reveals-version",
    "Server: nginx, tidy",
    "X-Nothing: 1, tidy",
  })
  void versionsAreNoted(String field, String expected) throws IOException {
    try (FixtureHttp server =
        FixtureHttp.of((_, _, _, out) -> say(out, "404 Not Found", "", field))) {
      assertThat(Checks.decision(server.check(), "web-front")).isEqualTo(expected);
    }
  }

  @Test
  void aPageWithoutAPolicyIsNotedAndOneWithIsNot() throws IOException {
    try (FixtureHttp bare = FixtureHttp.of((_, _, _, out) -> say(out, "200 OK", "<p>", HTML));
        FixtureHttp tidy =
            FixtureHttp.of((_, _, _, out) ->
                say(out, "200 OK", "<p>", HTML, "Content-Security-Policy: default-src"))) {
      assertThat(Checks.decision(bare.check(), "web-front")).isEqualTo("no-csp");
      assertThat(Checks.decision(tidy.check(), "web-front")).isEqualTo("tidy");
    }
  }

  @Test
  void aServerThatIsDownCantBeTold() throws IOException {
    try (FixtureHttp server =
        FixtureHttp.of((_, _, _, out) -> say(out, "502 Bad Gateway", "", HTML))) {
      HostReport report = server.check();
      assertThat(Checks.decision(report, "web-front")).isEqualTo("down");
      assertThat(report.grade()).isEqualTo(Grade.UNKNOWN);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "200 OK, X-A: b, <input type='password'>, password-in-clear-here",
    "401 Unauthorized, WWW-Authenticate: Basic realm=x, '', password-in-clear-here",
    "401 Unauthorized, WWW-Authenticate: Bearer, '', no-password",
    "308 Permanent Redirect, Location: https://127.0.0.1/, '', to-https",
    "302 Found, Location: https://other.example/, '', no-password",
    "302 Found, Location: https://127.0.0.1.example.org/, '', no-password",
    "302 Found, Location: /next, '', no-password",
    "302 Found, Location: /login, '', sign-in-in-clear",
  })
  void passwordsInClearAreSeen(String status, String field, String body, String expected)
      throws IOException {
    try (FixtureHttp server =
        FixtureHttp.of((_, _, _, out) -> say(out, status, body, HTML, field))) {
      assertThat(Checks.decision(server.check(), "web-clear-text")).isEqualTo(expected);
    }
  }

  /// The fields and statuses that its web door sends to strangers.
  @Test
  void leadglassIsClosedAndSaysNothing() throws IOException {
    String[] always = {
      "Cache-Control: private, no-store",
      "X-Content-Type-Options: nosniff",
      "Referrer-Policy: no-referrer",
      "Cross-Origin-Resource-Policy: same-origin",
      "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
      "Strict-Transport-Security: max-age=31536000",
    };
    try (FixtureHttp server =
        FixtureHttp.overTls((method, path, _, out) -> {
          String[] fields = java.util.Arrays.copyOf(always, always.length + 1);
          if (path.matches("/dicomweb(/.*)?") || method.equals("OPTIONS")) {
            fields[always.length] = "WWW-Authenticate: Bearer";
            say(out, "401 Unauthorized", "{}", fields);
          } else {
            fields[always.length] = "Location: /sign-in";
            say(out, "303 See Other", "", fields);
          }
        })) {
      HostReport report = server.check("archive.example");
      assertThat(Checks.decision(report, "web-qido")).isEqualTo("refuses");
      assertThat(report.doors().getFirst().findings())
          .filteredOn(each -> !each.probe().equals("tls"))
          .hasSizeGreaterThan(9)
          .allMatch(each -> each.decision().verdict() == Verdict.CLOSED)
          .allMatch(each -> each.decision().level() == Level.CLOSED);
    }
  }

  @Test
  void aNameOverHttpsShouldBePinnedAndAnAddressCantBe() throws IOException {
    try (FixtureHttp server = FixtureHttp.overTls((_, _, _, out) -> nothing(out))) {
      HostReport named = server.check("archive.example");
      assertThat(named.doors().getFirst().service()).isEqualTo(Service.HTTPS);
      assertThat(Checks.decision(named, "web-front")).isEqualTo("no-hsts");
      assertThat(Checks.decision(server.check("localhost"), "web-front")).isEqualTo("tidy");
      HostReport byAddress = Checks.of(Declared.NOTHING, server.port() + "/https");
      assertThat(Checks.decision(byAddress, "web-front")).isEqualTo("tidy");
      assertThat(server.heads()).anyMatch(each -> each.contains("Host: archive.example:"));
    }
  }

  @Test
  void whoHasAnotherNamePromisesNothingForThisOne() throws IOException {
    try (FixtureHttp server =
        FixtureHttp.overTls((_, _, _, out) -> say(out, "421 Misdirected Request", "", HTML))) {
      HostReport report = server.check("archive.example");
      assertThat(Checks.decision(report, "web-front")).isEqualTo("tidy");
    }
  }

  @Test
  void elasticsearchThatSpeaksTlsIsStillFound() throws IOException {
    try (FixtureHttp server =
        FixtureHttp.overTls((_, _, _, out) ->
            say(out, "401 Unauthorized", "{}", "X-elastic-product: Elasticsearch"))) {
      HostReport report = Checks.of(Declared.NOTHING, server.port() + "/elasticsearch");
      assertThat(report.doors().getFirst().service()).isEqualTo(Service.HTTPS);
      assertThat(Checks.decision(report, "elasticsearch")).isEqualTo("refuses");
    }
  }

  @Test
  void whoeverAsksOverHttpAtAWrongNameIsToldNothing() throws IOException {
    try (FixtureHttp server =
        FixtureHttp.of((_, path, _, out) -> {
          if (path.equals("/")) {
            say(out, "421 Misdirected Request", "", HTML);
          } else {
            nothing(out);
          }
        })) {
      assertThat(server.check().grade()).isEqualTo(Grade.A);
    }
  }
}
