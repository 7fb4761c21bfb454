package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What becomes of studies, as whoever sits at the console decides it.
class LifecycleCommandsTest {
  private static final Made.Patient WRONG = new Made.Patient("", "Command^Line", "CL-1");
  private static final Made.Patient RIGHT = new Made.Patient("", "Right^One", "CL-2");

  @TempDir private Path folder;

  @BeforeEach
  void fill() throws IOException {
    Files.writeString(
        configuration(),
        """
        keys.master-key-file = "%s"
        """
            .formatted(folder.resolve("elsewhere/master.key")));
    Path password = folder.resolve("password");
    Files.writeString(password, Premises.PASSWORD + "\n");
    done("init", "--site", "Test Imaging", "--admin", "mara", "--password-file", password);
    file("a", new Made(WRONG, "2.25.1", "2.25.1.1", "2.25.1.1.1", 2));
    file("b", new Made(RIGHT, "2.25.2", "2.25.2.1", "2.25.2.1.1", 2));
  }

  private void file(String name, Made made) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, made.file());
    done("import", file);
  }

  private Path configuration() {
    return folder.resolve("leadglass.toml");
  }

  private Command run(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", folder.resolve("data"), "--config", configuration()));
    return Command.run(all.toArray());
  }

  private Command done(Object... arguments) {
    Command command = run(arguments);
    assertThat(command.exit()).as(String.join(" ", command.err(), command.out())).isZero();
    return command;
  }

  /// With lines of standard input.
  private Command fed(String lines, Object... arguments) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
    try {
      return run(arguments);
    } finally {
      System.setIn(before);
    }
  }

  private static JsonNode json(Command command) {
    return JsonMapper.builder().build().readTree(command.out());
  }

  private int studies() {
    return json(done("status", "--json")).get("studies").intValue();
  }

  @Test
  void aDeletedStudyComesBack() {
    String name = done("delete", "--study", "2.25.1", "--reason", "wrong patient").out().strip();
    assertThat(name).matches("[0-9a-f]{32}");
    assertThat(studies()).isEqualTo(1);
    assertThat(done("delete", "list").out()).contains(name, "2.25.1").doesNotContain("Command");
    assertThat(json(done("delete", "list", "--json")).get("deleted")).hasSize(1);
    assertThat(run("delete", "--study", "2.25.1", "--reason", "again").exit()).isEqualTo(1);
    assertThat(run("delete", "--study", "x", "--reason", "again").exit()).isEqualTo(2);
    assertThat(run("delete", "--study", "2.25.1").exit()).isEqualTo(2);
    done("delete", "undo", name);
    assertThat(studies()).isEqualTo(2);
    assertThat(run("delete", "undo", name).exit()).isEqualTo(1);
  }

  @Test
  void aHoldKeepsAStudyFromBeingDeletedUntilItIsReleased() {
    Command set = fed("CL-1\n", "hold", "set", "--patient", "-", "--reason", "file 12/7");
    assertThat(set.exit()).as(set.err()).isZero();
    Command refused = run("delete", "--study", "2.25.1", "--reason", "wrong patient");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains("legal hold");
    assertThat(done("hold", "list").out()).contains("file 12/7").doesNotContain("CL-1");
    done("hold", "release", set.out().strip(), "--reason", "settled");
    done("delete", "--study", "2.25.1", "--reason", "wrong patient");
    assertThat(run("hold", "set", "--reason", "of nobody").exit()).isEqualTo(2);
  }

  @Test
  void retentionIsSetByRuleOrExample() {
    done("retention", "set", "--rule", "all:10:18+10", "--rule", "MG,CR:15");
    assertThat(done("retention", "show").out())
        .contains("all: 10 years; patients under 18: at least until they are 28", "MG, CR: 15");
    assertThat(run("retention", "set", "--rule", "ten years").exit()).isEqualTo(2);
    assertThat(run("retention", "set").exit()).isEqualTo(2);
    assertThat(done("retention", "preset").out()).contains("DE", "SE", "42 CFR");
    Command preset = done("retention", "preset", "se");
    assertThat(preset.err()).contains("check your law");
    assertThat(run("retention", "preset", "XX").exit()).isEqualTo(1);
    assertThat(json(done("retention", "show", "--json")).get("versions")).hasSize(2);
  }

  @Test
  void theConsoleAsksForAnErasureAndCantBeTheSecondPerson() {
    Command asked = fed("CL-1\n", "erase", "--patient", "-", "--reason", "request");
    assertThat(asked.exit()).as(asked.err()).isZero();
    String name = asked.out().strip();
    assertThat(asked.err()).contains("the only study", "second person");
    Command confirmed = run("erase", "confirm", name);
    assertThat(confirmed.exit()).isEqualTo(1);
    assertThat(confirmed.err()).contains("not confirmed at the console", "witness");
    assertThat(done("erase", "list").out()).contains(name, "asked").doesNotContain("CL-1");
    assertThat(run("erase", "certificate", name).exit()).isEqualTo(1);
    assertThat(run("erase", "tick", "nothing").exit()).isEqualTo(1);
    done("erase", "take-back", name);
    assertThat(json(done("erase", "list", "--json")).get("erasures").get(0).get("state").asString())
        .isEqualTo("taken-back");
    done("erase", "grace", "14");
    assertThat(run("erase", "grace", "31").exit()).isEqualTo(1);
    assertThat(run("erase", "--study", "2.25.1", "--reason", "whim").exit()).isEqualTo(2);
    assertThat(studies()).isEqualTo(2);
  }

  @Test
  void conflictingImagesAreKeptApartWhereTheSiteWantsIt() throws IOException {
    Path other = folder.resolve("other");
    Files.write(other, new Made(RIGHT, "2.25.1", "2.25.1.1", "2.25.1.1.1", 2).file());
    assertThat(run("import", other).exit()).as("refused").isEqualTo(1);
    assertThat(run("quarantine", "conflicts", "whatever").exit()).isEqualTo(2);
    done("quarantine", "conflicts", "quarantine");
    done("import", other);
    JsonNode waiting = json(done("quarantine", "list", "--json")).get("quarantine");
    assertThat(waiting).hasSize(1);
    assertThat(waiting.get(0).get("why").asString()).isEqualTo("conflict");
    String name = waiting.get(0).get("name").asString();
    assertThat(done("quarantine", "list").out()).contains(name).doesNotContain("CL-", "Right");
    assertThat(run("quarantine", "discard", name).exit()).isEqualTo(2);
    assertThat(run("quarantine", "accept", name).exit()).isEqualTo(2);
    done("quarantine", "accept", name, "--reason", "the right one");
    assertThat(run("quarantine", "discard", name, "--reason", "late").exit()).isEqualTo(1);
  }

  @Test
  void aStudyIsMovedAndPatientsAreMergedAndBothAreTakenBack() {
    Command moved =
        fed("CL-2\n", "study", "move", "--study", "2.25.1", "--to", "-", "--reason", "wrong");
    assertThat(moved.exit()).as(moved.err()).isZero();
    assertThat(done("study", "list").out()).contains("2.25.1", "done");
    done("study", "move-back", moved.out().strip(), "--reason", "was right");
    Command merged =
        fed("CL-1\nCL-2\n", "patient", "merge", "--patient", "-", "--into", "-", "--reason", "one");
    assertThat(merged.exit()).as(merged.err()).isZero();
    assertThat(json(done("patient", "list", "--json")).get("moves")).hasSize(1);
    done("patient", "unmerge", merged.out().strip(), "--reason", "two");
    assertThat(done("patient", "list").out()).contains("undone").doesNotContain("CL-1");
    Command fresh =
        run(
            "study",
            "move",
            "--study",
            "2.25.1",
            "--to",
            "CL-3",
            "--patient-name",
            "New^One",
            "--reason",
            "wrong");
    assertThat(fresh.exit()).as(fresh.err()).isZero();
    assertThat(run("study", "move", "--study", "2.25.1", "--to", "XX", "--reason", "y").exit())
        .isEqualTo(1);
  }
}
