package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leadglass.archive.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A lane from the first command to the last, with DCMTK's `storescu` and `echoscu` as the device,
/// where they are installed.
class LanesTest {
  private final LocalDate until = LocalDate.now(ZoneOffset.UTC).plusDays(100);

  @TempDir private Path folder;

  private Command run(OpenArchive archive, Object... words) {
    List<Object> all = new ArrayList<>(List.of(words));
    all.add("--data");
    all.add(archive.premises.data());
    return Command.run(all.toArray());
  }

  private String done(OpenArchive archive, Object... words) {
    Command command = run(archive, words);
    assertThat(command.exit()).as(command.err()).isZero();
    return command.out();
  }

  private static String found(String pattern, String in) {
    Matcher matcher = Pattern.compile(pattern).matcher(in);
    assertThat(matcher.find()).as(in).isTrue();
    return matcher.group(1);
  }

  private int tool(String name, String called, String port, List<String> more) throws IOException {
    Optional<Path> program = Tool.find(name);
    assumeTrue(program.isPresent(), "no " + name + ": install DCMTK");
    List<String> command = new ArrayList<>();
    command.add(program.orElseThrow().toString());
    command.addAll(List.of("-aet", "US3", "-aec", called, "127.0.0.1", port));
    command.addAll(more);
    try (Tool tool = Tool.start(folder.resolve(name + ".log"), command)) {
      assertThat(tool.end()).isNotNull();
      return tool.exit();
    }
  }

  @Test
  void aScannerWithoutTlsStoresAndAPersonConfirms() throws IOException {
    Made study =
        new Made(
            new Made.Patient("ISO_IR 192", "Nobody^Nora", "ID88"),
            "2.25.880",
            "2.25.880.1",
            "2.25.880.1.1",
            40);
    Path image = folder.resolve("image.dcm");
    Files.write(image, study.file());
    try (OpenArchive archive = new OpenArchive(Premises.in(folder.resolve("archive")))) {
      assertThat(
              run(
                      archive, "device", "add", "US3", "--lane", "--from", "8.8.8.8", "--owner",
                      "Ada Poe", "--until", until)
                  .exit())
          .isNotZero();
      String shown =
          done(
              archive,
              "device",
              "add",
              "US3",
              "--lane",
              "--from",
              "127.0.0.1",
              "--owner",
              "Ada Poe",
              "--until",
              until);
      String called = found("called AE title +(\\S{16})\n", shown);
      String port = found("port +(\\d+)", shown);
      assertThat(done(archive, "device", "show", "US3")).isEqualTo(shown);
      assertThat(done(archive, "device", "list")).contains(called);
      assertThat(done(archive, "status")).contains("lanes        1 open (warn");
      assertThat(tool("echoscu", called, port, List.of())).isZero();
      assertThat(tool("echoscu", Premises.AE_TITLE, port, List.of())).isNotZero();
      assertThat(tool("storescu", called, port, List.of("-xe", image.toString()))).isZero();
      assertThat(
              archive
                  .web
                  .get(
                      archive.token(Role.RADIOLOGIST),
                      "/dicomweb/studies/2.25.880/series/2.25.880.1/instances/2.25.880.1.1",
                      Web.AS_STORED)
                  .statusCode())
          .isEqualTo(200);
      assertThat(done(archive, "quarantine", "unverified")).contains("2.25.880");
      done(archive, "quarantine", "confirm", "2.25.880");
      assertThat(done(archive, "quarantine", "unverified")).doesNotContain("2.25.880");
      LocalDate later = until.plusDays(30);
      done(archive, "device", "set", "US3", "--until", later);
      assertThat(done(archive, "device", "show", "US3"))
          .contains("last day               " + later);
      assertThat(run(archive, "device", "set", "US3", "--may", "find").exit()).isNotZero();
      done(archive, "report", "security", "--out", folder.resolve("report.html"));
      done(archive, "device", "revoke", "US3", "--reason", "sold");
      assertThat(tool("echoscu", called, port, List.of())).isNotZero();
      done(archive, "device", "remove", "US3");
      assertThat(done(archive, "device", "list")).doesNotContain("US3");
      assertThat(done(archive, "status")).doesNotContain("lanes");
    }
  }
}
