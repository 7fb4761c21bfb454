package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import leadglass.testkit.AuditSchema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `leadglass audit export` as a script sees it.
@SuppressWarnings("NullAway.Init")
class AuditCommandsTest {
  private static final Made.Patient PATIENT = new Made.Patient("", "Audit^Line", "AL-1");

  @TempDir private Path folder;
  private Premises premises;

  @BeforeEach
  void fill() throws IOException {
    premises = Premises.in(folder);
    Path images = Files.createDirectories(folder.resolve("images"));
    Files.write(
        images.resolve("one.dcm"), new Made(PATIENT, "2.25.1", "2.25.2", "2.25.3", 2).file());
    assertThat(run("import", images).exit()).isZero();
  }

  private Command run(Object... words) {
    return Command.run(
        Stream.concat(Stream.of(words), Stream.of("--data", premises.data())).toArray());
  }

  private static List<String> messages(List<String> lines) {
    return lines.stream().filter(line -> line.startsWith("<AuditMessage>")).toList();
  }

  private static void assertValid(List<String> lines) {
    assertThat(lines.getFirst()).startsWith("<?xml");
    assertThat(lines.getLast()).isEqualTo("</AuditMessages>");
    assertThat(messages(lines)).isNotEmpty();
    for (String message : messages(lines)) {
      assertThat(AuditSchema.faults(message)).isEmpty();
    }
  }

  @Test
  void everyEntryOfTheArchiveIsInTheFileAndFitsTheSchema() throws IOException {
    Path file = folder.resolve("all.xml");
    Command done = run("audit", "export", "--out", file, "--quiet");
    assertThat(done.err()).isEmpty();
    assertThat(done.exit()).isZero();
    List<String> lines = Files.readAllLines(file);
    assertValid(lines);
    assertThat(messages(lines)).hasSize(premises.audit().size());
    assertThat(done.out()).contains("has " + messages(lines).size() + " messages");
    assertThat(String.join("", lines)).contains("AL-1").contains("\"2.25.1\"");
    assertThat(messages(lines).getLast()).contains("Audit Log Used");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(run("audit", "export", "--out", file).exit()).isEqualTo(2);
  }

  @Test
  void whereSomebodyWantsPseudonymsNobodyIsNamed() {
    Command done = run("audit", "export", "--patients", "pseudonym");
    assertValid(done.out().lines().toList());
    assertThat(done.out()).doesNotContain("AL-1").doesNotContain("\"2.25.1\"");
  }

  @Test
  void aRunningArchiveGivesTheSameThroughItsConsole() throws IOException {
    try (OpenArchive _ = new OpenArchive(premises)) {
      Command done = run("audit", "export", "--format", "jsonl");
      assertThat(done.exit()).as(done.err()).isZero();
      List<JsonNode> events = new ArrayList<>();
      done.out().lines().forEach(line -> events.add(JsonMapper.builder().build().readTree(line)));
      assertThat(events).allMatch(each -> each.get("resourceType").asString().equals("AuditEvent"));
      for (int i = 0; i < events.size(); i++) {
        assertThat(events.get(i).get("id").asString()).isEqualTo("" + i);
      }
      assertThat(events.stream().map(each -> each.at("/subtype/0/code").asString("")))
          .contains("110120");
    }
  }

  @Test
  void onlyWhatIsOfTheTimeAskedForIsGiven() {
    assertThat(messages(run("audit", "export", "--to", "2001-01-01").out().lines().toList()))
        .isEmpty();
    assertThat(messages(run("audit", "export", "--from", "2001-01-01").out().lines().toList()))
        .isNotEmpty();
    assertThat(
            messages(
                run("audit", "export", "--from", "2999-01-01T00:00:00Z").out().lines().toList()))
        .isEmpty();
    Command wrong = run("audit", "export", "--from", "yesterday");
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.err()).contains("--from is no time");
  }
}
