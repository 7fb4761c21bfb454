package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import leadglass.testkit.world.Census;
import leadglass.testkit.world.WorldProcess;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The files of `leadglass check`, of a small world on loopback.
@SuppressWarnings("NullAway.Init")
class CheckPapersTest {
  private static final String NAME = "<b>Poe & Sons</b>";
  private static final Pattern CLAIMS =
      Pattern.compile(
          "(?i)(?<!-)\\b(compliant|compliance|certified|secured?|guarantee[ds]?|safe)\\b");
  private static final Pattern ADDRESS =
      Pattern.compile("127\\.\\d+\\.\\d+\\.\\d+|localhost|\\b::1\\b");

  @TempDir private static Path folder;
  private static WorldProcess world;
  private static Command checked;

  /// The world is asked once; all forms are made of it.
  @BeforeAll
  static void check() throws IOException {
    world = WorldProcess.start(new Census(11, 24, 8, 4, 4, Set.of()), folder.resolve("world"));
    List<String> lines = new ArrayList<>(Files.readAllLines(folder.resolve("world/targets.csv")));
    String row = ",\"%s\",US,\"<i>Ada</i> Poe\",".formatted(NAME);
    lines.add("127.0.0.1," + closedPort() + "/dicom" + row);
    lines.add("192.0.2.1,104/dicom" + row);
    Files.write(folder.resolve("targets.csv"), lines);
    checked =
        Command.run(
            "check",
            "--targets",
            folder.resolve("targets.csv"),
            "--out",
            results(),
            "--html",
            file("card.html"),
            "--pdf",
            file("card.pdf"),
            "--csv",
            file("card.csv"),
            "--report",
            file("card.json"),
            "--key",
            file("key.pem"),
            "--vantage",
            "the test's <own> machine",
            "--quiet");
  }

  @AfterAll
  static void end() throws IOException {
    world.close();
  }

  private static int closedPort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static Path file(String name) {
    return folder.resolve(name);
  }

  private static Path results() {
    return file("results.jsonl");
  }

  private static String text(Path pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf.toFile())) {
      return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
    }
  }

  @Test
  void everyFormHasGradeTableAndStepsAndIsReadableByItsOwnerAlone() throws IOException {
    assertThat(checked.exit()).as(checked.err()).isEqualTo(1);
    for (String each : List.of("card.html", "card.pdf", "card.csv", "card.json", "key.pem")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(each))))
          .isEqualTo("rw-------");
    }
    String html = Files.readString(file("card.html"));
    for (String each : List.of(html.replaceAll("\\s+", " "), text(file("card.pdf")))) {
      assertThat(each)
          .contains(
              "systems give a stranger data without signing in",
              "images accessible",
              "To fix",
              "Find out who may have looked",
              "What was not looked at",
              "a public address has to prove",
              "How the grade works",
              "no statement about anything else")
          .doesNotContainPattern(CLAIMS);
    }
    assertThat(text(file("card.pdf"))).contains(NAME, "from the test's <own> machine");
  }

  @Test
  void whatSomebodyTypedIsTextInHtmlAndNothingElse() throws IOException {
    assertThat(Files.readString(file("card.html")))
        .contains("&lt;b&gt;Poe &amp; Sons&lt;/b&gt;", "&lt;i&gt;Ada&lt;/i&gt; Poe")
        .contains("default-src 'none'")
        .doesNotContain("<b>", "<i>", "<own>", "<script");
  }

  @Test
  void aFileIsAsItWasSignedUntilAByteOfItIsFlipped() throws IOException {
    for (String each : List.of("card.html", "card.pdf", "card.csv", "card.json")) {
      Command whole = Command.run("check", "verify", file(each));
      assertThat(whole.exit()).as(whole.err()).isZero();
      assertThat(whole.out()).contains("is as it was signed", "the test's <own> machine");
    }
    Path changed = Files.createDirectories(file("changed")).resolve("card.csv");
    byte[] bytes = Files.readAllBytes(file("card.csv"));
    bytes[bytes.length / 2] ^= 1;
    Files.write(changed, bytes);
    Files.copy(file("card.csv.sig"), file("changed/card.csv.sig"));
    Command no = Command.run("check", "verify", changed);
    assertThat(no.exit()).isEqualTo(1);
    assertThat(no.out()).startsWith("NO: ");
    assertThat(Command.run("check", "verify", results()).exit()).isEqualTo(2);
  }

  @Test
  void aKeyThatIsKnownIsTheOnlyOneThatWillDo() {
    String print =
        checked
            .err()
            .lines()
            .filter(line -> line.contains("Fingerprint of the key: "))
            .map(line -> line.substring(line.lastIndexOf(' ') + 1))
            .findFirst()
            .orElseThrow();
    Object[] right = {"check", "verify", file("card.pdf"), "--key-fingerprint", print};
    assertThat(Command.run(right).exit()).isZero();
    Object[] wrong = {"check", "verify", file("card.pdf"), "--key-fingerprint", "12ab"};
    assertThat(Command.run(wrong).exit()).isEqualTo(1);
    assertThat(Files.exists(file("key.pem"))).isTrue();
  }

  @Test
  void forOthersThereIsNoAddressNoOwnerAndNoPersonInAnyForm() throws IOException {
    Command made =
        Command.run(
            "check",
            "report",
            results(),
            "--vantage",
            "this machine (127.0.0.1)",
            "--for-others",
            "--html",
            file("others.html"),
            "--pdf",
            file("others.pdf"),
            "--csv",
            file("others.csv"),
            "--report",
            file("others.json"));
    assertThat(made.exit()).as(made.err()).isEqualTo(1);
    assertThat(made.err()).contains("a key made for this run");
    List<String> texts = new ArrayList<>(List.of(text(file("others.pdf"))));
    for (String each :
        List.of("others.html", "others.csv", "others.json", "others.html.sig", "others.pdf.sig")) {
      texts.add(Files.readString(file(each)));
    }
    for (String each : texts) {
      assertThat(each).doesNotContainPattern(ADDRESS).doesNotContain("Poe", "192.0.2.1");
    }
    assertThat(texts.getFirst()).contains("host 1: grade F", "To fix");
    assertThat(Files.readString(file("card.html"))).containsPattern(ADDRESS);
  }

  @Test
  void ownersAreNamedToOthersOnlyIfThatIsAskedFor() throws IOException {
    Object[] words = {
      "check",
      "report",
      results(),
      "--vantage",
      "x",
      "--for-others",
      "--name-owners",
      "--csv",
      file("owners.csv")
    };
    assertThat(Command.run(words).exit()).isEqualTo(1);
    assertThat(Files.readString(file("owners.csv")))
        .contains("Poe & Sons")
        .doesNotContainPattern(ADDRESS)
        .doesNotContain("Ada");
  }

  @Test
  void anEarlierRunIsComparedWith() throws IOException {
    Object[] words = {
      "check",
      "report",
      results(),
      "--vantage",
      "x",
      "--compare",
      results(),
      "--html",
      file("compared.html")
    };
    assertThat(Command.run(words).exit()).isEqualTo(1);
    assertThat(Files.readString(file("compared.html"))).contains("Since the earlier run");
  }

  @Test
  void aFileThatIsThereIsLeftAloneAndNobodyIsAsked() throws IOException {
    Path there = file("there.html.sig");
    Files.writeString(there, "mine");
    Command refused =
        Command.run("check", "127.0.0.1:" + closedPort(), "--html", file("there.html"));
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("is there already").doesNotContain("hosts,");
    assertThat(Files.readString(there)).isEqualTo("mine");
    assertThat(Files.exists(file("there.html"))).isFalse();
    Files.writeString(file("bad.pem"), "no key");
    Object[] bad = {
      "check", "127.0.0.1:" + closedPort(), "--csv", file("new.csv"), "--key", file("bad.pem")
    };
    assertThat(Command.run(bad).exit()).isEqualTo(2);
    assertThat(Command.run("check", "report", results(), "--vantage", "x").exit()).isEqualTo(2);
  }

  @Test
  void theProbesAreListedForPeopleAndPrograms() {
    Command lines = Command.run("check", "probes");
    assertThat(lines.exit()).isZero();
    assertThat(lines.out()).contains("dicom-association (", "any-titles", "client-certificate");
    assertThat(Command.run("check", "probes", "--json").out()).startsWith("{");
  }
}
