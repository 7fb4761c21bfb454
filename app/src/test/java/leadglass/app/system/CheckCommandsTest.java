package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import leadglass.survey.list.Ledger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `leadglass check` as a script sees it, without an archive.
class CheckCommandsTest {
  @TempDir Path folder;

  /// Counts who comes, and closes without a word.
  private static ServerSocket counting(AtomicInteger visitors) throws IOException {
    ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    Thread.ofVirtual()
        .start(() -> {
          while (!server.isClosed()) {
            try (Socket _ = server.accept()) {
              visitors.incrementAndGet();
            } catch (IOException _) {
              return;
            }
          }
        });
    return server;
  }

  private static int refused() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private Path targets(String... lines) throws IOException {
    return Files.write(
        folder.resolve("targets.csv"),
        List.of("host,ports,owner,country,responsible,proof", String.join("\n", lines)));
  }

  @Test
  void whereNothingListensNothingIsOpen() throws IOException {
    Command check = Command.run("check", "localhost:" + refused() + "/dicom");
    assertThat(check.exit()).as(check.err()).isZero();
    assertThat(check.out()).contains("grade A at ", "from this machine", "nothing listens there");
  }

  @Test
  void whatCouldNotBeToldIsNoGoodNews() throws IOException {
    try (ServerSocket server = counting(new AtomicInteger())) {
      Command check =
          Command.run("check", "localhost:" + server.getLocalPort() + "/dicom", "--json");
      assertThat(check.exit()).isEqualTo(4);
      JsonNode host = JsonMapper.builder().build().readTree(check.out()).get("hosts").get(0);
      assertThat(host.get("grade").asString()).isEqualTo("?");
      assertThat(host.get("outcome").asString()).isEqualTo("can't tell");
    }
  }

  @Test
  void aPublicAddressIsNotAskedWhateverIsTyped() {
    for (String[] words :
        List.of(
            new String[] {"check", "203.0.113.5"},
            new String[] {"check", "203.0.113.5", "--i-answer-for", "A B; C D; owner", "--yes"},
            new String[] {"check", "169.254.169.254:80", "--i-answer-for", "A B; C D; owner"},
            new String[] {"check", "100.64.0.1", "--i-answer-for", "A B; C D; owner", "--yes"},
            new String[] {"check", "10.0.0.1"},
            new String[] {"check", "203.0.113.0/24", "--i-answer-for", "A B; C D; owner"})) {
      Command check = Command.run((Object[]) words);
      assertThat(check.exit()).as(String.join(" ", words)).isEqualTo(3);
      assertThat(check.err()).contains("NOT ASKED", "leadglass: hint: ");
    }
  }

  @Test
  void somebodyHasToAgreeBeforeAPrivateAddressIsAsked() {
    Command check = Command.run("check", "10.0.0.1", "--i-answer-for", "A B; C D; owner");
    assertThat(check.exit()).isEqualTo(3);
    assertThat(check.err()).contains("crime in many countries", "--yes");
  }

  @Test
  void wrongWordsAreComplainedAbout() {
    for (String[] words :
        List.of(
            new String[] {"check"},
            new String[] {"check", "localhost", "--targets", "x.csv"},
            new String[] {"check", "localhost:0"},
            new String[] {"check", "localhost:104/gopher"},
            new String[] {"check", "localhost", "--i-answer-for", "me"},
            new String[] {"check", "localhost", "--called", "NO\\TITLE"},
            new String[] {"check", "--targets", "/nonexistent.csv"})) {
      Command check = Command.run((Object[]) words);
      assertThat(check.exit()).as(String.join(" ", words)).isEqualTo(2);
      assertThat(check.err()).contains("leadglass: error: ", "leadglass: hint: ");
    }
  }

  @Test
  void aDryRunSendsNothing() throws IOException {
    AtomicInteger visitors = new AtomicInteger();
    try (ServerSocket server = counting(visitors)) {
      Command check =
          Command.run(
              "check", "127.0.0.1:" + server.getLocalPort(), "10.0.0.1", "--dry-run", "--quiet");
      assertThat(check.exit()).isZero();
      assertThat(check.out()).contains("would be asked (this machine)", "10.0.0.1: NOT ASKED");
    }
    assertThat(visitors).hasValue(0);
  }

  @Test
  void aDryRunAsksForNoProof() {
    Command check =
        Command.run(
            "check",
            "203.0.113.5",
            "--proof",
            "web",
            "--i-answer-for",
            "A B; C D; owner",
            "--dry-run");
    assertThat(check.exit()).isEqualTo(3);
    assertThat(check.out()).contains("NOT ASKED: it would have to give its proof first");
    assertThat(check.err()).doesNotContain("waiting for it");
  }

  @Test
  void anEarlierRunThatIsNoneIsComplainedAboutBeforeAnybodyIsAsked() throws IOException {
    AtomicInteger visitors = new AtomicInteger();
    Path none = Files.writeString(folder.resolve("none.jsonl"), "notes\n");
    try (ServerSocket server = counting(visitors)) {
      Command check = Command.run("check", "127.0.0.1:" + server.getLocalPort(), "--compare", none);
      assertThat(check.exit()).isEqualTo(2);
    }
    assertThat(visitors).hasValue(0);
  }

  @Test
  void aRunGoesOnWithWhoWasNotAskedYet() throws IOException {
    AtomicInteger visitors = new AtomicInteger();
    Path out = folder.resolve("results.jsonl");
    try (ServerSocket server = counting(visitors)) {
      String first = "127.0.0.2," + refused() + "/dicom,A,DE,,";
      String second = "127.0.0.1," + server.getLocalPort() + "/dicom,B,US,,";
      assertThat(Command.run("check", "--targets", targets(second), "--out", out).exit())
          .isEqualTo(4);
      int before = visitors.get();
      Command both = Command.run("check", "--targets", targets(first, second), "--out", out);
      assertThat(both.out()).contains("DE ", "US ");
      assertThat(visitors).hasValue(before);
    }
    assertThat(Ledger.read(out)).hasSize(2);
  }

  @Test
  void aRowThatMayNotBeAskedIsReportedAndTheOthersAreAsked() throws IOException {
    Command check =
        Command.run(
            "check",
            "--targets",
            targets("203.0.113.9,104,A,DE,,", "127.0.0.1," + refused() + "/dicom,B,US,,"),
            "--csv",
            folder.resolve("all.csv"));
    assertThat(check.exit()).isEqualTo(4);
    assertThat(Files.readString(folder.resolve("all.csv")))
        .contains("203.0.113.9,104,A,DE", "not asked", "127.0.0.1");
  }

  @Test
  void aMandateThatNobodyTrustsAsksNobody() throws IOException {
    Files.writeString(folder.resolve("m.json"), "{}");
    Files.writeString(folder.resolve("m.json.sig"), "AAAA");
    Command check =
        Command.run(
            "check", "203.0.113.5", "--proof", "mandate:" + folder.resolve("m.json"), "--yes");
    assertThat(check.exit()).isEqualTo(3);
    assertThat(check.err()).contains("no issuer's key was named", "--issuer-key");
  }
}
