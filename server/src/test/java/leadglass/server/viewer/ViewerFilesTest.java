package leadglass.server.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewerFilesTest {

  private static final String HOST = "archive.example:8443";
  private static final String CSP = "Content-Security-Policy";

  @TempDir Path temp;
  private Path folder;

  @BeforeEach
  void aTinyPackage() throws IOException {
    folder = temp.resolve("viewer-1.0-abc");
    write("viewer.html", "<!doctype html><body><!--banner--><p>Not for primary diagnosis.</p>");
    write("workers.txt", "plain compute.js\ncompiles decode.js\n");
    write("1.0-abc/app.js", "let app;");
    write("1.0-abc/app.js.br", "br");
    write("1.0-abc/app.js.gz", "gzip");
    write("1.0-abc/compute.js", "let compute;");
    write("1.0-abc/decode.js", "let decode;");
    write("1.0-abc/codec.wasm", "wasm");
    write("1.0-abc/assets/images/a.png", "png");
    write("1.0-abc/page.html", "never served");
    Files.writeString(temp.resolve("secret.js"), "outside");
  }

  @Test
  void filesAreFoundByTheirExactPathAndReadWhole() throws IOException {
    assertThat(read(find("/viewer/1.0-abc/app.js"))).isEqualTo("let app;");
    assertThat(find("/viewer/1.0-abc/app.js").orElseThrow().content().length()).isEqualTo(8);
    assertThat(read(find("/viewer/1.0-abc/assets/images/a.png"))).isEqualTo("png");
  }

  @Test
  void noPathLeadsOutOfThePackage() throws IOException {
    for (String path :
        Set.of(
            "/viewer/../secret.js",
            "/viewer/1.0-abc/../../../secret.js",
            "/viewer/1.0-abc/..%2f..%2f..%2fsecret.js",
            "/viewer/1.0-abc//app.js",
            "/viewer/1.0-abc/./app.js",
            "/viewer/1.0-abc/%61pp.js",
            "/viewer/1.0-abc/APP.JS",
            "/viewer/" + temp.resolve("secret.js"),
            "/viewer/1.0-abc/app.js\0",
            "/viewer/1.0-abc/",
            "/viewer/",
            "")) {
      assertThat(find(path)).as(path).isEmpty();
    }
  }

  @Test
  void piecesThatAreNoPartOfThePageAreNotServed() throws IOException {
    assertThat(open("").paths())
        .containsExactlyInAnyOrder(
            "/viewer/viewer",
            "/viewer/1.0-abc/app.js",
            "/viewer/1.0-abc/compute.js",
            "/viewer/1.0-abc/decode.js",
            "/viewer/1.0-abc/codec.wasm",
            "/viewer/1.0-abc/assets/images/a.png");
  }

  @Test
  void linksAreNotFollowedNeitherAtTheStartNorLater() throws IOException {
    Files.createSymbolicLink(folder.resolve("1.0-abc/link.js"), temp.resolve("secret.js"));
    Files.createSymbolicLink(folder.resolve("1.0-abc/up"), temp);
    ViewerFiles files = open("");
    assertThat(files.find("/viewer/1.0-abc/link.js", HOST, Set.of())).isEmpty();
    assertThat(files.find("/viewer/1.0-abc/up/secret.js", HOST, Set.of())).isEmpty();

    Path swapped = folder.resolve("1.0-abc/app.js");
    Files.delete(swapped);
    Files.createSymbolicLink(swapped, temp.resolve("secret.js"));
    ViewerFile file = files.find("/viewer/1.0-abc/app.js", HOST, Set.of()).orElseThrow();
    assertThatThrownBy(file.content()::open).isInstanceOf(IOException.class);
  }

  @Test
  void brotliGoesBeforeGzipAndGzipBeforeNothing() throws IOException {
    ViewerFiles files = open("");
    assertThat(coding(files, Set.of("gzip", "br", "zstd"))).contains("br");
    assertThat(coding(files, Set.of("gzip", "deflate"))).contains("gzip");
    assertThat(coding(files, Set.of())).isEmpty();
    Optional<ViewerFile> plain = files.find("/viewer/1.0-abc/codec.wasm", HOST, Set.of("br"));
    assertThat(plain.orElseThrow().headers()).doesNotContainKeys("Content-Encoding", "Vary");
  }

  @Test
  void encodedFilesKeepTheTypeOfWhatTheyHold() throws IOException {
    ViewerFile file = open("").find("/viewer/1.0-abc/app.js", HOST, Set.of("br")).orElseThrow();
    assertThat(file.headers())
        .containsEntry("Content-Type", "text/javascript; charset=utf-8")
        .containsEntry("Vary", "Accept-Encoding");
    assertThat(file.content().length()).isEqualTo(2);
  }

  @Test
  void everyAnswerIsIsolatedAndNotSniffed() throws IOException {
    ViewerFiles files = open("");
    for (String path : files.paths()) {
      assertThat(files.find(path, HOST, Set.of("br")).orElseThrow().headers())
          .as(path)
          .containsEntry("Cross-Origin-Opener-Policy", "same-origin")
          .containsEntry("Cross-Origin-Embedder-Policy", "require-corp")
          .containsEntry("Cross-Origin-Resource-Policy", "same-origin")
          .containsEntry("X-Content-Type-Options", "nosniff")
          .containsEntry("Referrer-Policy", "no-referrer")
          .containsKeys("Permissions-Policy", CSP, "Cache-Control");
    }
  }

  @Test
  void thePageMayReachThisArchiveAndNothingElse() throws IOException {
    ViewerFile page = find("/viewer/viewer").orElseThrow();
    assertThat(page.headers().get(CSP))
        .startsWith("default-src 'none'; script-src 'self';")
        .contains(
            "connect-src https://archive.example:8443/dicomweb/"
                + " https://archive.example:8443/viewer/ https://archive.example:8443/s/;")
        .contains("frame-ancestors 'none'")
        .doesNotContain("eval");
    assertThat(page.headers()).containsEntry("Cache-Control", "no-store");
  }

  @Test
  void aPageThatSomebodySeesByALinkReachesTheirStudiesAndNothingOfStaff() throws IOException {
    ViewerFiles files = open("");
    String root = "/s/" + "0".repeat(32);
    ViewerFile page = files.shared(HOST, root);
    assertThat(read(Optional.of(page))).isEqualTo(read(find("/viewer/viewer")));
    assertThat(page.headers().get(CSP))
        .contains(
            "connect-src https://archive.example:8443"
                + root
                + "/dicomweb/ https://archive.example:8443/viewer/;")
        .doesNotContain("8443/dicomweb/");
    for (String wrong : Set.of("", "/s/", "/s/a b", root + "/", root + ";x")) {
      assertThatIllegalArgumentException().isThrownBy(() -> files.shared(HOST, wrong));
    }
  }

  @Test
  void anIpv6HostBecomesSelfBecauseAPolicyCannotNameIt() throws IOException {
    ViewerFile page = open("").find("/viewer/viewer", "[::1]:8443", Set.of()).orElseThrow();
    assertThat(page.headers().get(CSP)).contains("connect-src 'self';").doesNotContain("::1");
  }

  @Test
  void aHostThatWouldWriteIntoThePolicyIsRefused() throws IOException {
    ViewerFiles files = open("");
    for (String host : Set.of("", "a b", "a;script-src *", "a/b", "*", "a\r\nX: y", "a:123456")) {
      for (String path : Set.of("/viewer/viewer", "/viewer/1.0-abc/decode.js")) {
        assertThatIllegalArgumentException()
            .as(host)
            .isThrownBy(() -> files.find(path, host, Set.of()))
            .withMessage("not a host with an optional port");
      }
    }
  }

  @Test
  void onlyDecodersMayWriteCodeAndOnlyWorkersMayRunAtAll() throws IOException {
    assertThat(csp("/viewer/1.0-abc/decode.js"))
        .isEqualTo(
            "default-src 'none'; script-src https://archive.example:8443/viewer/ 'unsafe-eval';"
                + " connect-src https://archive.example:8443/viewer/");
    assertThat(csp("/viewer/1.0-abc/compute.js"))
        .isEqualTo(
            "default-src 'none'; script-src https://archive.example:8443/viewer/ 'wasm-unsafe-eval';"
                + " connect-src https://archive.example:8443/viewer/");
    assertThat(csp("/viewer/1.0-abc/app.js"))
        .isEqualTo("default-src 'none'; frame-ancestors 'none'");
  }

  @Test
  void versionedFilesAreKeptForAYear() throws IOException {
    assertThat(find("/viewer/1.0-abc/codec.wasm").orElseThrow().headers())
        .containsEntry("Cache-Control", "private, max-age=31536000, immutable")
        .containsEntry("Content-Type", "application/wasm");
  }

  @Test
  void theBannerStandsInTheDocumentAsText() throws IOException {
    ViewerFiles files = open("Phantoms <only> & nothing else");
    assertThat(read(files.find("/viewer/viewer", HOST, Set.of())))
        .contains(
            "<body><p class=\"leadglass-banner\" role=\"note\">"
                + "Phantoms &lt;only&gt; &amp; nothing else</p><p>Not for");
    assertThat(read(find("/viewer/viewer"))).contains("<body><p>Not for");
  }

  @Test
  void theDocumentsLengthIsInBytes() throws IOException {
    ViewerFile page = open("Größe").find("/viewer/viewer", HOST, Set.of()).orElseThrow();
    byte[] sent = page.content().open().readAllBytes();
    assertThat(page.content().length()).isEqualTo(sent.length);
  }

  @Test
  void anythingElseThanAPackageIsRefused() throws IOException {
    write("workers.txt", "anything decode.js\n");
    assertThatThrownBy(() -> open("")).isInstanceOf(IOException.class);
    write("workers.txt", "");
    write("viewer.html", "<p>no banner's place</p>");
    assertThatThrownBy(() -> open("")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> ViewerFiles.open(temp.resolve("none"), ""))
        .isInstanceOf(IOException.class);
  }

  private void write(String name, String text) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private ViewerFiles open(String banner) throws IOException {
    return ViewerFiles.open(folder, banner);
  }

  private Optional<ViewerFile> find(String path) throws IOException {
    return open("").find(path, HOST, Set.of());
  }

  private String csp(String path) throws IOException {
    return String.valueOf(find(path).orElseThrow().headers().get(CSP));
  }

  private static Optional<String> coding(ViewerFiles files, Set<String> accepted) {
    return files
        .find("/viewer/1.0-abc/app.js", HOST, accepted)
        .map(file -> file.headers().get("Content-Encoding"));
  }

  private static String read(Optional<ViewerFile> file) throws IOException {
    try (var in = file.orElseThrow().content().open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
