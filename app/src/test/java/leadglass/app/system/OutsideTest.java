package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leadglass.app.config.OutsideConfig;
import leadglass.archive.Authority;
import leadglass.archive.Role;
import leadglass.server.http.Route;
import leadglass.testkit.TestCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The door for people outside: it knows links, and nobody of the house.
@SuppressWarnings("NullAway.Init")
class OutsideTest {
  @TempDir private Path folder;
  private OpenArchive archive;
  private Web outside;

  @BeforeEach
  void open() throws IOException {
    OutsideConfig config =
        new OutsideConfig("127.0.0.1", 0, List.of("localhost"), Optional.empty(), Optional.empty());
    archive = new OpenArchive(Premises.in(folder), List.of(), config);
    outside =
        new Web(
            archive.running.doors().outsidePort().orElseThrow(),
            archive.premises.data().resolve("outside-ca.pem"));
  }

  @AfterEach
  void close() throws IOException {
    outside.close();
    archive.close();
  }

  private int get(String path, String name, String value) throws IOException {
    HttpRequest.Builder request = outside.request(path).header(name, value);
    return outside.send(request.header("Accept", "*/*")).statusCode();
  }

  @Test
  void aLinkIsGoodThereForItsStudyAndNoOther() throws IOException {
    Shared shared = Shared.open(archive, false);
    String base = "/s/" + shared.id() + "/dicomweb/studies/";
    assertThat(get(base + Shared.GIVEN.study() + "/metadata", "Cookie", shared.cookie()))
        .isEqualTo(200);
    assertThat(get(base + Shared.KEPT.study() + "/metadata", "Cookie", shared.cookie()))
        .isEqualTo(404);
    shared.stop();
    assertThat(get(base + Shared.GIVEN.study() + "/metadata", "Cookie", shared.cookie()))
        .isEqualTo(401);
  }

  @Test
  void aPatientComesInThereToWhatIsTheirsAndNobodyOfTheHouseDoes() throws IOException {
    Entered entered = Entered.into(archive);
    String base = "/my/dicomweb/studies/";
    assertThat(get("/my", "Cookie", entered.cookie())).isEqualTo(200);
    assertThat(get(base + Shared.GIVEN.study() + "/metadata", "Cookie", entered.cookie()))
        .isEqualTo(200);
    assertThat(get(base + "2.25.99/metadata", "Cookie", entered.cookie())).isEqualTo(404);
    assertThat(get("/dicomweb/studies", "Cookie", entered.cookie())).isEqualTo(401);
    String token = "Bearer " + archive.token(Role.RADIOLOGIST);
    assertThat(get(base + Shared.GIVEN.study() + "/metadata", "Authorization", token))
        .isEqualTo(401);
    entered.stop();
    assertThat(get("/my", "Cookie", entered.cookie())).isEqualTo(303);
    assertThat(get(base + Shared.GIVEN.study() + "/metadata", "Cookie", entered.cookie()))
        .isEqualTo(401);
  }

  @Test
  void noWayInOfTheHouseIsThereWhoeverAsks() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Route route : archive.running.doors().routes().all()) {
      String path = route.pattern().replaceAll("\\{[a-z.]+}", "1");
      boolean theirs =
          path.startsWith("/s/")
              || path.startsWith("/static/")
              || path.startsWith("/viewer/")
              || path.equals("/my")
              || path.startsWith("/my/")
              || path.equals("/share");
      if (theirs || !route.method().equals("GET")) {
        continue;
      }
      int status = get(path, "Authorization", "Bearer " + archive.token(Role.RADIOLOGIST));
      if (status != 401 && status != 303) {
        wrong.add(route + ": " + status);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(outside.send(outside.request("/")).headers().firstValue("Location"))
        .contains("/share");
    assertThat(
            outside
                .send(
                    outside
                        .request("/sign-in")
                        .header("Sec-Fetch-Site", "same-origin")
                        .POST(HttpRequest.BodyPublishers.ofString("name=a")))
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void aCertificateFromElsewhereIsReadWithItsKeyAndNoOtherOne() throws IOException {
    Path key = folder.resolve("own.key");
    Path certificate = folder.resolve("own.pem");
    TestCertificate.selfSigned("localhost", TestCertificate.Kind.EC).write(key, certificate);
    Path other = folder.resolve("other.key");
    TestCertificate.selfSigned("localhost", TestCertificate.Kind.EC)
        .write(other, folder.resolve("other.pem"));
    byte[] pem = Files.readAllBytes(certificate);

    assertThat(Authority.given(pem, Files.readAllBytes(key)).fingerprint()).isNotBlank();
    assertThatThrownBy(() -> Authority.given(pem, Files.readAllBytes(other)))
        .hasMessageContaining("not that of the first certificate");
    assertThatThrownBy(() -> Authority.given(Files.readAllBytes(key), Files.readAllBytes(key)))
        .hasMessageContaining("no certificates");
    assertThatThrownBy(() -> Authority.given(pem, pem)).hasMessageContaining("no private key");
  }
}
