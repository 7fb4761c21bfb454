package leadglass.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSocket;
import leadglass.archive.Gate;
import leadglass.archive.Origin;
import leadglass.archive.Verb;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A server of two sites, of which the further one was given a name of the first one's too.
@SuppressWarnings("NullAway.Init")
class ReceptionTest {
  private WebServer web;

  private static Entrance entrance(String words) {
    Route route =
        new Route(
            "GET", "/", Origin.Door.PAGE, Verb.KNOCK, _ -> Response.html(200, "site " + words));
    Doorkeeper doorkeeper =
        new Doorkeeper(
            new Gate(),
            (_, _) -> Optional.empty(),
            (_, _) -> Optional.empty(),
            (_, _, _) -> Optional.empty(),
            (_, _) -> Optional.empty(),
            _ -> false,
            (_, _) -> {},
            () -> true,
            "/",
            Optional.empty());
    return new Entrance(Routes.of(List.of(route)), doorkeeper, Problem::title);
  }

  @BeforeEach
  void open() throws IOException {
    Entrance house = entrance("house");
    Entrance north = entrance("north");
    Entrances entrances =
        new Entrances() {
          @Override
          public Entrance house() {
            return house;
          }

          @Override
          public Optional<Entrance> at(String host) {
            return Set.of("north.test", "archive.test", "localhost").contains(host)
                ? Optional.of(north)
                : Optional.empty();
          }
        };
    web =
        WebServer.start(TestServer.settings(), _ -> true, TestServer.IDENTITY, entrances, _ -> {});
  }

  @AfterEach
  void close() {
    web.close();
  }

  private String ask(String host) throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            TestIdentity.trusting(TestServer.IDENTITY)
                .getSocketFactory()
                .createSocket("localhost", web.port())) {
      socket.setSoTimeout(30_000);
      String request = "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  @Test
  void eachNameLeadsToItsSiteWhateverItsCaseAndPort() throws IOException {
    assertThat(ask("north.test")).contains("site north");
    assertThat(ask("NORTH.test:8443")).contains("site north");
  }

  @Test
  void noFurtherSiteTakesANameOfTheFirstOnes() throws IOException {
    assertThat(ask("archive.test")).contains("site house");
    assertThat(ask("localhost")).contains("site house");
  }

  @Test
  void aNameOfNobodysGetsNothing() throws IOException {
    assertThat(ask("elsewhere.test")).startsWith("HTTP/1.1 421 ").doesNotContain("site ");
  }
}
