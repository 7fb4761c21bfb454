package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import leadglass.app.Failure;
import leadglass.app.Home;
import leadglass.app.Locked;
import leadglass.app.StopSignal;
import leadglass.app.config.Config;
import leadglass.app.console.ConsoleSocket;
import leadglass.archive.Archive;
import leadglass.archive.Role;
import leadglass.testkit.RawPdu;
import leadglass.testkit.RawScu;
import leadglass.testkit.TestTls;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An archive that is started without its master key, as everybody meets it.
@Timeout(240)
class LockedTest {
  private static final String STUDIES = "/dicomweb/studies";

  @TempDir private Path folder;
  private Premises premises;

  @BeforeEach
  void empty() throws IOException {
    premises = Premises.in(folder);
  }

  private Config config() throws Failure {
    return leadglass.app.config.Settings.of(premises.data(), Optional.empty()).config();
  }

  private Path hidden() throws IOException {
    return Files.move(premises.key(), folder.resolve("hidden.key"));
  }

  private static Command run(Path data, Object... words) {
    List<Object> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--data", data));
    return Command.run(all.toArray());
  }

  /// What a server does between its start and its end, with the key away.
  private interface Visit {
    void make(Locked locked, Future<Optional<Archive>> opened) throws Exception;
  }

  private void locked(Visit visit) throws Exception {
    locked(premises.home(), visit);
  }

  private void locked(Home home, Visit visit) throws Exception {
    Failure why = failure(home);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        StopSignal stop = new StopSignal();
        Locked locked = Locked.open(home, why, config(), _ -> {});
        ConsoleSocket console = ConsoleSocket.open(home.data(), locked.desk())) {
      assertThat(console).isNotNull();
      visit.make(locked, threads.submit(() -> locked.await(stop)));
    }
  }

  private static Failure failure(Home home) throws IOException {
    try (Archive _ = home.open(_ -> {})) {
      throw new AssertionError("it opens");
    } catch (Home.LockedException e) {
      return e;
    } catch (Failure e) {
      throw new AssertionError(e);
    }
  }

  private static HttpResponse<String> ask(int port, String path, String accept) throws Exception {
    SSLContext tls = TestTls.believing(null, null);
    try (HttpClient client = HttpClient.newBuilder().sslContext(tls).build()) {
      URI address = URI.create("https://localhost:" + port + path);
      HttpRequest request = HttpRequest.newBuilder(address).header("Accept", accept).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void everybodyIsToldThatItIsLockedAndNothingElse() throws Exception {
    hidden();
    locked((locked, _) -> {
      HttpResponse<String> page = ask(locked.httpsPort(), "/", "text/html");
      assertThat(page.statusCode()).isEqualTo(503);
      assertThat(page.body()).contains("This archive is locked", "Nothing is lost");
      assertThat(page.headers().firstValue("Retry-After")).isPresent();
      for (String path : List.of(STUDIES, "/sign-in", "/setup", "/nothing")) {
        HttpResponse<String> answer = ask(locked.httpsPort(), path, "application/json");
        assertThat(answer.statusCode()).as(path).isEqualTo(503);
        assertThat(answer.body()).contains("/problems/locked");
        assertThat(answer.body()).doesNotContain(folder.toString());
      }
      assertThat(page.body()).doesNotContain(folder.toString());
    });
  }

  @Test
  void aScannerIsRejectedForNowAndKeepsItsImages() throws Exception {
    Path files = folder.resolve("devices").resolve(Premises.CT1);
    SSLContext device = TestTls.believing(files.resolve("key.pem"), files.resolve("cert.pem"));
    hidden();
    locked((locked, _) -> {
      RawScu.Builder scanner =
          RawScu.to(locked.dicomPort())
              .tls(device)
              .called(Premises.AE_TITLE)
              .calling(Premises.CT1)
              .propose(RawScu.VERIFICATION, RawScu.IMPLICIT_VR_LITTLE_ENDIAN);
      assertThatExceptionOfType(RawScu.NotAcceptedException.class)
          .isThrownBy(scanner::open)
          .satisfies(refused -> {
            assertThat(refused.pdu.type()).isEqualTo(RawPdu.ASSOCIATE_RJ);
            assertThat(refused.pdu.body()).as("transient, congestion").containsExactly(0, 2, 3, 1);
          });
    });
  }

  @Test
  void aScannerThatChecksWhomItTalksToSendsNothing() throws Exception {
    SSLContext device = premises.device(Premises.CT1);
    hidden();
    locked((locked, _) ->
        assertThatExceptionOfType(SSLException.class)
            .isThrownBy(RawScu.to(locked.dicomPort()).tls(device)::open));
  }

  @Test
  void theConsoleSaysWhereTheKeyIsExpectedAndUnlocksOnceItIsThere() throws Exception {
    Path hidden = hidden();
    locked((_, opened) -> {
      Command status = run(premises.data(), "status");
      assertThat(status.exit()).isEqualTo(Failure.CONFIGURATION);
      assertThat(status.err()).contains("locked", premises.key().toString(), "key unlock");
      assertThat(run(premises.data(), "key", "unlock").exit()).isEqualTo(Failure.CONFIGURATION);

      Files.move(hidden, premises.key());
      Command unlock = run(premises.data(), "key", "unlock");
      assertThat(unlock.exit()).as(unlock.err()).isZero();
      opened.get(60, TimeUnit.SECONDS).orElseThrow().close();
    });
  }

  @Test
  void aKeyThatComesBackUnlocksItByItself() throws Exception {
    Path hidden = hidden();
    locked((_, opened) -> {
      Files.move(hidden, premises.key());
      opened.get(60, TimeUnit.SECONDS).orElseThrow().close();
    });
  }

  @Test
  void aPassphraseIsAskedForAtTheConsoleAndAWrongOneOpensNothing() throws Exception {
    Path words = Files.writeString(folder.resolve("words"), "violet tractor umbrella heron\n");
    Path wrong = Files.writeString(folder.resolve("wrong"), "violet tractor umbrella hare\n");
    Path data = sealed(words);
    locked(
        new Home(data, Optional.empty()),
        (_, opened) -> {
          assertThat(run(data, "status").err()).contains("locked", "key unlock asks for it");
          Command no = run(data, "key", "unlock", "--passphrase-file", wrong);
          assertThat(no.exit()).isEqualTo(Failure.CONFIGURATION);
          assertThat(no.err()).contains("not the passphrase").doesNotContain("umbrella");
          assertThat(opened.isDone()).isFalse();

          assertThat(run(data, "key", "unlock", "--passphrase-file", words).exit()).isZero();
          opened.get(60, TimeUnit.SECONDS).orElseThrow().close();
        });
  }

  private Path sealed(Path words) throws IOException {
    Path data = folder.resolve("sealed");
    Path password = Files.writeString(folder.resolve("password"), Premises.PASSWORD + "\n");
    List<Object> init = new ArrayList<>(List.of("init", "--site", "Test", "--admin", "mara"));
    init.addAll(List.of("--password-file", password));
    init.addAll(List.of("--master-key", "passphrase", "--passphrase-file", words));
    Command made = run(data, init.toArray());
    assertThat(made.exit()).as(made.err()).isZero();
    return data;
  }

  @Test
  void whoeverStopsItWhileItIsLockedIsObeyed() throws Exception {
    hidden();
    try (Server server = Server.locked(folder, premises.data())) {
      assertThat(server.isAlive()).isTrue();
    }
    assertThat(folder.resolve("said/out")).content().contains("Leadglass is locked");
  }

  @Test
  void aServerThatWasLockedServesOnceItIsUnlocked() throws Exception {
    Path hidden = hidden();
    try (Server server = Server.locked(folder, premises.data())) {
      Files.move(hidden, premises.key());
      server.awaitDoors();
      assertThat(
              server
                  .web
                  .get(
                      String.valueOf(premises.tokens().get(Role.RADIOLOGIST)),
                      STUDIES,
                      "application/dicom+json")
                  .statusCode())
          .isIn(200, 204);
      assertThat(run(premises.data(), "status").exit()).isZero();
    }
  }
}
