package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import leadglass.app.Failure;
import leadglass.app.Home;
import leadglass.app.config.S3Config;
import leadglass.app.key.KeyPlace;
import leadglass.app.key.Secrets;
import leadglass.app.key.Services;
import leadglass.archive.Archive;
import leadglass.archive.Authority;
import leadglass.archive.Brakes;
import leadglass.archive.KeyCustody;
import leadglass.server.http.Doorkeeper;
import leadglass.server.http.Routes;
import leadglass.server.http.WebServer;
import leadglass.server.http.WebSettings;
import leadglass.server.ui.Pages;
import leadglass.server.ui.Place;
import leadglass.testkit.TestTls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Set-up's page asks where the master key shall live: what is posted there, and where the key lies
/// then.
class KeyChoiceTest {
  private static final String PASSWORD = "violet harbour 71 lamps";
  private static final String PASSPHRASE = "correct horse battery staple";
  private static final String SENTENCE = "a thief of this PC reads everything";

  @TempDir private Path folder;

  private Home home() {
    return new Home(folder.resolve("data"), Optional.empty());
  }

  private Home asking(String passphrase) {
    Secrets secrets =
        new Secrets() {
          @Override
          public char[] passphrase(boolean fresh) {
            return passphrase.toCharArray();
          }

          @Override
          public char[] pin(String token) {
            return new char[0];
          }
        };
    Services none = new Services(Optional.empty(), Optional.empty(), Clock.systemUTC());
    return new Home(
        folder.resolve("data"),
        Optional.empty(),
        secrets,
        none,
        Optional.empty(),
        S3Config.defaults(),
        Brakes.Limits.USUAL);
  }

  /// A fresh archive with its pages open, and a browser that has typed the code.
  private static final class SetUpPage implements AutoCloseable {
    private final Archive archive;
    private final WebServer web;
    private final HttpClient client;
    private String cookie = "";

    SetUpPage(Home home, Path folder) throws IOException, InterruptedException, Failure {
      archive = home.open(event -> {});
      Authority.Identity identity = archive.webAuthority().server(List.of());
      Pages pages = new Pages(archive, new Place("", identity.fingerprint(), Clock.systemUTC()));
      web =
          WebServer.start(
              WebSettings.of("127.0.0.1", 0, List.of(), 8),
              _ -> true,
              identity,
              Routes.of(pages.routes()),
              Doorkeeper.of(archive),
              pages::problem,
              event -> {});
      Path ca =
          Files.writeString(folder.resolve("ca.pem"), archive.webAuthority().caPem().orElseThrow());
      client = HttpClient.newBuilder().sslContext(TestTls.trusting(ca)).build();
      HttpResponse<String> begun = post("/setup/code", "code", archive.setUp().freshCode());
      cookie = begun.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
    }

    private HttpRequest.Builder request(String path) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("https://localhost:" + web.port() + path))
              .header("Accept", "text/html")
              .timeout(Duration.ofSeconds(60));
      return cookie.isEmpty() ? request : request.header("Cookie", cookie);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
      return client.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String... form)
        throws IOException, InterruptedException {
      List<String> fields = new ArrayList<>();
      for (int i = 0; i < form.length; i += 2) {
        fields.add(form[i] + "=" + URLEncoder.encode(form[i + 1], StandardCharsets.UTF_8));
      }
      return client.send(
          request(path)
              .header("Content-Type", "application/x-www-form-urlencoded")
              .header("Sec-Fetch-Site", "same-origin")
              .POST(HttpRequest.BodyPublishers.ofString(String.join("&", fields)))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }

    /// The second step, with this answer to the question where the key shall live.
    HttpResponse<String> choose(String... answer) throws IOException, InterruptedException {
      String[] who = {
        "site", "Northlight", "name", "mara", "password", PASSWORD, "again", PASSWORD
      };
      String[] form = Arrays.copyOf(who, who.length + answer.length);
      System.arraycopy(answer, 0, form, who.length, answer.length);
      return post("/setup/account", form);
    }

    void refuses(String said, String... answer) throws IOException, InterruptedException {
      HttpResponse<String> seen = choose(answer);
      assertThat(seen.statusCode()).as(said).isEqualTo(422);
      assertThat(seen.body()).contains(said).contains("value=\"mara\"").doesNotContain(PASSWORD);
      assertThat(get("/setup/confirm").headers().firstValue("Location"))
          .as(said)
          .contains("/setup/account");
    }

    void takes(String... answer) throws IOException, InterruptedException {
      HttpResponse<String> seen = choose(answer);
      assertThat(seen.headers().firstValue("Location")).as(seen.body()).contains("/setup/confirm");
      assertThat(get("/setup/confirm").body()).contains("Recovery sheet of the archive");
    }

    KeyCustody.State key() {
      return archive.custody().state(Premises.CONSOLE).orElseThrow();
    }

    @Override
    public void close() throws IOException {
      client.close();
      web.close();
      archive.close();
    }
  }

  private Path beside() {
    return folder.resolve("data.key");
  }

  @Test
  void onThisDiskNeedsTheWholeSentence() throws Exception {
    Home home = home();
    try (SetUpPage page = new SetUpPage(home, folder)) {
      assertThat(page.get("/setup/account").body()).contains("Where shall the master key live?");
      page.refuses("Say where the master key shall live.");
      page.refuses("Say where the master key shall live.", "key", "cloud");
      for (String wrong : List.of("", "yes", "A thief of this PC reads everything", "a thief")) {
        page.refuses("type: " + SENTENCE, "key", "disk", "key-sentence", wrong);
      }
      page.takes("key", "disk", "key-sentence", SENTENCE);
      assertThat(page.key().beside()).isTrue();
      assertThat(page.key().place()).isEqualTo("beside");
    }
    assertThat(home.keyring().place()).isEqualTo(new KeyPlace.Beside());
    assertThat(beside()).isRegularFile();
    home().open(event -> {}).close();
  }

  @Test
  void aFileElsewhereGetsTheKeyAndTheOldOneIsGone() throws Exception {
    Path stick = Path.of("/dev/shm");
    assumeTrue(
        Files.isWritable(stick) && !Files.getFileStore(stick).equals(Files.getFileStore(folder)),
        "there is no second device here: /dev/shm is missing or the same as the test's folder");
    Path other = Files.createTempDirectory(stick, "leadglass-test-");
    try {
      Path file = other.resolve("leadglass.key");
      Home home = home();
      try (SetUpPage page = new SetUpPage(home, folder)) {
        page.refuses("Give the whole path", "key", "file", "key-path", "leadglass.key");
        page.refuses("Give the whole path", "key", "file");
        page.refuses(
            "There is no folder",
            "key",
            "file",
            "key-path",
            other.resolve("no/such/leadglass.key").toString());
        page.refuses(
            "may not lie in the data directory",
            "key",
            "file",
            "key-path",
            folder.resolve("data/leadglass.key").toString());
        assertThat(page.key().place()).isEqualTo("beside");
        page.takes("key", "file", "key-path", file.toString());
        assertThat(page.key().place()).isEqualTo("file:" + file);
        assertThat(page.key().beside()).isFalse();
        assertThat(page.get("/setup/account").body()).doesNotContain("Where shall the master key");
      }
      assertThat(file).isRegularFile();
      assertThat(beside()).doesNotExist();
      home().open(event -> {}).close();
      Files.move(file, other.resolve("taken-out"));
      assertThatThrownBy(() -> home().open(event -> {}))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("the master key is not at " + file);
    } finally {
      Premises.delete(other);
    }
  }

  @Test
  void aFileOnTheSameDiskIsNoAnswerUntilItIsSaidInWords() throws Exception {
    Home home = home();
    try (SetUpPage page = new SetUpPage(home, folder)) {
      page.refuses(
          "That file lies on the disk with the data",
          "key",
          "file",
          "key-path",
          folder.resolve("same.key").toString());
      page.takes("key", "disk", "key-sentence", SENTENCE);
      assertThat(page.key().beside()).isTrue();
    }
    home().open(event -> {}).close();
  }

  @Test
  void underAPassphraseThereIsNoFileAndNoStartWithoutIt() throws Exception {
    Home home = home();
    try (SetUpPage page = new SetUpPage(home, folder)) {
      page.refuses(
          "The two passphrases are not the same.",
          "key",
          "passphrase",
          "key-passphrase",
          PASSPHRASE,
          "key-again",
          "something else");
      page.takes("key", "passphrase", "key-passphrase", PASSPHRASE, "key-again", PASSPHRASE);
      assertThat(page.get("/setup/confirm").body()).doesNotContain(PASSPHRASE);
      assertThat(page.key().place()).isEqualTo("passphrase");
      assertThat(page.key().beside()).isFalse();
    }
    assertThat(beside()).doesNotExist();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(text.contains(PASSPHRASE)).as(file.toString()).isFalse();
      }
    }
    assertThatThrownBy(() -> home().open(event -> {})).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> asking("not that one, no").open(event -> {}))
        .isInstanceOf(Failure.class);
    asking(PASSPHRASE).open(event -> {}).close();
  }
}
