package leadglass.survey;

import static leadglass.survey.FixtureHttp.nothing;
import static leadglass.survey.FixtureHttp.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Web servers that mean harm, or are broken beyond that.
@Timeout(60)
class HostileWebTest {
  private static final String STATUS = "HTTP/1.1 200 OK\r\n";

  private static void text(OutputStream out, String words) throws IOException {
    out.write(words.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static HostReport check(FixtureHttp.Answers answers) throws IOException {
    try (FixtureHttp server = FixtureHttp.of(answers)) {
      return server.check();
    }
  }

  private static void assertNotTold(HostReport report) {
    assertThat(Checks.decision(report, "web-front")).isEqualTo("broke-off");
    assertThat(report.grade()).isEqualTo(Grade.UNKNOWN);
    assertThat(report.took()).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void headersWithoutEndEnd() throws IOException {
    HostReport report =
        check((_, _, _, out) -> {
          text(out, STATUS);
          while (true) {
            text(out, "X-Canary: CANARY-VALUE\r\n");
          }
        });
    assertNotTold(report);
    assertThat(report.bytesReceived()).isLessThan(4 << 20);
  }

  @Test
  void oneHeaderWithoutEndEnds() throws IOException {
    assertNotTold(
        check((_, _, _, out) -> {
          text(out, STATUS + "X-Canary: ");
          while (true) {
            text(out, "CANARY-VALUE".repeat(100));
          }
        }));
  }

  @Test
  void chunksWithoutEndAreCut() throws IOException {
    HostReport report =
        check((_, _, _, out) -> {
          text(out, STATUS + "Transfer-Encoding: chunked\r\n\r\n");
          while (true) {
            text(out, "1000\r\n" + "C".repeat(0x1000) + "\r\n");
          }
        });
    assertThat(report.worst().number()).isLessThanOrEqualTo(Level.NOTE.number());
    assertThat(report.bytesReceived()).isLessThan(16 << 20);
  }

  @Test
  void tinyChunksWithoutEndEnd() throws IOException {
    assertNotTold(
        check((_, _, _, out) -> {
          text(out, STATUS + "Transfer-Encoding: chunked\r\n\r\n");
          while (true) {
            text(out, "1\r\nC\r\n".repeat(100));
          }
        }));
  }

  @Test
  void gigabytesAreNotFetched() throws IOException {
    HostReport report =
        check((_, _, _, out) -> {
          text(out, STATUS + "Content-Length: 99999999999\r\nContent-Type: text/html\r\n\r\n");
          while (true) {
            text(out, "[".repeat(8192));
          }
        });
    assertThat(report.bytesReceived()).isLessThan(16 << 20);
    assertThat(report.worst().number()).isLessThanOrEqualTo(Level.NOTE.number());
  }

  @Test
  void aTrickleEndsWithTheTimeForAnAnswer() throws IOException {
    HostReport report =
        check((_, path, _, out) -> {
          if (!path.equals("/")) {
            nothing(out);
            return;
          }
          text(out, STATUS + "\r\n");
          while (true) {
            text(out, "C");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
          }
        });
    assertNotTold(report);
  }

  @Test
  void silenceIsLeftAloneBeforeLong() throws IOException {
    try (FixtureHttp server =
        FixtureHttp.of((_, path, _, out) -> {
          if (path.matches("/(lg-.*)?")) {
            nothing(out);
          } else {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(20));
          }
        })) {
      HostReport report = server.check();
      assertThat(report.took()).isLessThan(Duration.ofSeconds(20));
      assertThat(report.grade()).isEqualTo(Grade.UNKNOWN);
      assertThat(server.asked()).hasSizeLessThan(10);
    }
  }

  @Test
  void nonsenseIsNoAnswer() throws IOException {
    for (String nonsense :
        new String[] {
          "HTTP/1.1 999 X\r\n\r\n",
          "HTTP/1.1 2x0 OK\r\n\r\n",
          "HTTP/1.1 101 Switching Protocols\r\n\r\n",
          STATUS + "Content-Length: -5\r\n\r\n",
          STATUS + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n123456",
          STATUS + "Content-Length: 99999999999999999999\r\n\r\n",
          STATUS + "Content-Length: 50\r\n\r\nshort",
          STATUS + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
          STATUS + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffffff\r\n",
          STATUS + "Transfer-Encoding: chunked\r\n\r\n1\r\nAB\r\n",
          "HTTP/1.1 100 Continue\r\n\r\n".repeat(10),
        }) {
      HostReport report = check((_, _, _, out) -> text(out, nonsense));
      assertThat(Checks.decision(report, "web-front")).as(nonsense).isEqualTo("broke-off");
    }
  }

  @Test
  void anInterimAnswerIsPassedOver() throws IOException {
    HostReport report =
        check((_, _, _, out) -> {
          text(out, "HTTP/1.1 103 Early Hints\r\nServer: CANARY/1.0\r\n\r\n");
          nothing(out);
        });
    assertThat(report.grade()).isEqualTo(Grade.A);
  }

  @Test
  void noRedirectIsFollowed() throws IOException {
    try (FixtureHttp other = FixtureHttp.of((_, _, _, out) -> nothing(out));
        FixtureHttp server =
            FixtureHttp.of((_, path, _, out) ->
                say(
                    out,
                    "302 Found",
                    "<meta http-equiv=refresh content='0;url=http://127.0.0.1:%d/'>"
                        .formatted(other.port()),
                    "Content-Type: text/html",
                    "Refresh: 0;url=http://127.0.0.1:%d/".formatted(other.port()),
                    "Location: http://127.0.0.1:%d%s".formatted(other.port(), path)))) {
      server.check();
      assertThat(server.asked()).isNotEmpty();
      assertThat(other.asked()).isEmpty();
    }
  }

  @Test
  void nothingThatAServerSendsIsInTheReport() throws IOException {
    String[] fields = {
      "Server: CANARY-A/1",
      "X-Powered-By: CANARY-B",
      "Set-Cookie: CANARY-C=1",
      "WWW-Authenticate: Basic realm=\"CANARY-D\"",
      "Location: http://CANARY-E/login",
      "Content-Type: text/html; x=CANARY-F",
      "Allow: POST, CANARY-G",
    };
    String page =
        "<title>Index of CANARY-H</title><a href='CANARY-I.dcm'>\"dicomAETitle\":\"CANARYJ\"";
    for (String status : new String[] {"200 OK", "302 CANARY-K", "401 CANARY-L", "404 CANARY-M"}) {
      HostReport report = check((_, _, _, out) -> say(out, status, page, fields));
      String all = report + VerdictMatrix.row("", "", report);
      assertThat(all.toUpperCase(Locale.ROOT)).doesNotContain("CANARY");
    }
  }
}
