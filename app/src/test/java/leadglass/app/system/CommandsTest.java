package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import leadglass.app.Failure;
import leadglass.app.Home;
import leadglass.app.Running;
import leadglass.app.config.Config;
import leadglass.archive.Archive;
import leadglass.archive.RecoverySheet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The commands as a script sees them: exit codes, the two streams, files.
class CommandsTest {
  private static final Made.Patient PATIENT = new Made.Patient("", "Command^Line", "CL-1");

  @TempDir private Path folder;

  @BeforeEach
  void writeConfiguration() throws IOException {
    Files.writeString(
        configuration(),
        """
        keys.master-key-file = "%s"
        web.port = 0
        dimse.port = 0
        """
            .formatted(key()));
    Files.writeString(folder.resolve("password"), Premises.PASSWORD + "\n");
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Path key() {
    return folder.resolve("elsewhere/master.key");
  }

  private Path configuration() {
    return folder.resolve("leadglass.toml");
  }

  /// On this archive.
  private Command run(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", data(), "--config", configuration()));
    return Command.run(all.toArray());
  }

  private Command done(Object... arguments) {
    Command command = run(arguments);
    assertThat(command.exit()).as(String.join(" ", command.err(), command.out())).isZero();
    return command;
  }

  private Command init() {
    return done(
        "init",
        "--site",
        "Test Imaging",
        "--admin",
        "mara",
        "--password-file",
        folder.resolve("password"),
        "--reader",
        "ito",
        "--reader-password-file",
        folder.resolve("password"));
  }

  private static JsonNode json(Command command) {
    return JsonMapper.builder().build().readTree(command.out());
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  /// With a server that runs, or without one.
  private void serving(boolean running, Runnable work) throws IOException, Failure {
    if (!running) {
      work.run();
      return;
    }
    Home home = new Home(data(), Optional.of(key()));
    Archive archive = home.open(event -> {});
    Config config =
        Config.defaults().with(Optional.of(0), Optional.of(0), Optional.empty(), List.of());
    try (Running _ = Running.start(home, archive, config, "", event -> {})) {
      work.run();
    }
  }

  @Test
  void initPrintsSecretsOnceAndSetsUpOnce() throws IOException {
    Command command = init();
    assertThat(command.out()).contains("otpauth://totp/");
    assertThat(Pattern.compile("otpauth://").matcher(command.out()).results()).hasSize(2);
    assertThat(mode(data())).isEqualTo("rwx------");
    assertThat(mode(key())).isEqualTo("rw-------");
    Command again =
        run("init", "--site", "X", "--admin", "y", "--password-file", folder.resolve("password"));
    assertThat(again.exit()).isEqualTo(1);
    assertThat(again.out()).isEmpty();
    assertThat(again.err()).startsWith("leadglass: error: ");
  }

  @Test
  void aPublicAddressWaitsUntilSomebodyAnswersForEverything() {
    init();
    Command refused = run("serve", "--listen", "192.0.2.10");
    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.err())
        .contains("it does not listen on a public address", "nobody is named")
        .contains("leadglass duty set backup --owner NAME");
    assertThat(run("duty", "list").exit()).isEqualTo(1);
    assertThat(done("status").out()).contains("no public address until then");
    for (String post : List.of("backup", "key", "shares")) {
      done("duty", "set", post, "--owner", "mara");
    }
    assertThat(done("duty", "list").out()).contains("mara");
    // No interface here has that address, which is found out after it was allowed.
    assertThat(run("serve", "--listen", "192.0.2.10").err()).contains("can't be listened on");
  }

  @Test
  void twoSheetsRecoverAnAccountAtOnce() throws IOException {
    init();
    Command escrow = done("key", "escrow", "--json");
    List<String> files = new ArrayList<>();
    for (JsonNode sheet : json(escrow).get("sheets")) {
      Path file = folder.resolve("sheet" + files.size());
      StringBuilder groups = new StringBuilder();
      sheet.get("groups").forEach(group -> groups.append(group.stringValue()).append(' '));
      Files.writeString(file, groups.toString());
      files.add(file.toString());
    }
    Command one = run("user", "recover", "ito", "--sheet", files.getFirst());
    assertThat(one.exit()).isEqualTo(2);
    Command link =
        done("user", "recover", "ito", "--sheet", files.getFirst(), "--sheet", files.getLast());
    assertThat(link.out()).containsOnlyOnce("/invite#");
    assertThat(done("user", "list").out()).contains("disabled", "invited");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void peopleTokensAndDevicesAreMadeWhetherAServerRunsOrNot(boolean running) throws Exception {
    init();
    serving(running, this::people);
    serving(running, this::tokens);
    serving(running, this::devices);
    serving(running, () -> done("user", "disable", "ito"));
    assertThat(json(done("user", "list", "--json")).get("people").findValues("enabled"))
        .filteredOn(node -> !node.booleanValue())
        .hasSize(1);
  }

  private void people() {
    Command invited = done("user", "invite", "theo", "--role", "technologist,frontdesk");
    assertThat(invited.out()).matches("https://localhost(:\\d+)?/invite#[A-Za-z0-9_-]{43}\\R");
    assertThat(run("user", "invite", "mara", "--role", "technologist").exit()).isEqualTo(1);
    assertThat(run("user", "invite", "x", "--role", "king").exit()).isEqualTo(2);
    assertThat(done("user", "list").out()).contains("mara", "ito", "theo");
    JsonNode listed = json(done("user", "list", "--json"));
    assertThat(listed.get("people").findValues("enabled")).hasSize(2);
    assertThat(listed.get("invited").get(0).get("name").stringValue()).isEqualTo("theo");
    done("user", "uninvite", "theo");
    assertThat(run("user", "uninvite", "theo").exit()).isEqualTo(1);
    assertThat(done("user", "give", "ito", "--role", "witness").err()).contains("ito confirms it");
    done("user", "take", "ito", "--role", "witness");
    assertThat(run("user", "give", "mara", "--role", "radiologist").err())
        .contains("no other administrator");
    assertThat(run("user", "disable", "mara").exit()).as("the last administrator").isEqualTo(1);
    assertThat(run("user", "recover", "ito").err()).contains("/second-person");
    assertThat(run("user", "recover", "nobody").exit()).isEqualTo(1);
  }

  private void tokens() {
    Command made = done("token", "create", "--user", "ito", "--scope", "read", "--ttl", "90d");
    assertThat(made.out()).matches("[A-Za-z0-9_.-]{20,}\\R");
    assertThat(run("token", "create", "--user", "ito", "--scope", "all", "--ttl", "1d").exit())
        .isEqualTo(2);
    assertThat(run("token", "create", "--user", "ito", "--scope", "read", "--ttl", "ever").exit())
        .isEqualTo(2);
    Command nobody = run("token", "create", "--user", "nobody", "--scope", "read", "--ttl", "1d");
    assertThat(nobody.exit()).isEqualTo(1);
    assertThat(nobody.out()).isEmpty();
  }

  private void devices() {
    Path out = folder.resolve("ct1");
    Command added = done("device", "add", "CT1", "--owner", "Ada Poe", "--out", out);
    assertThat(added.out()).isEmpty();
    try (Stream<Path> files = Files.list(out)) {
      for (Path file : files.toList()) {
        assertThat(mode(file)).as(file.toString()).isEqualTo("rw-------");
        assertThat(Files.readString(file))
            .satisfiesAnyOf(
                text -> assertThat(text).startsWith("-----BEGIN "),
                text -> assertThat(text).isEqualTo("CT1\n"));
      }
      assertThat(out).isDirectoryContaining("glob:**/{key,cert,ca}.pem");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    assertThat(
            run("device", "add", "CT1", "--owner", "Ada Poe", "--out", folder.resolve("again"))
                .exit())
        .isEqualTo(1);
    assertThat(run("device", "add", "CT2", "--owner", "Ada Poe", "--out", out).exit())
        .as("files there")
        .isEqualTo(2);
    assertThat(
            run("device", "add", "A\\B", "--owner", "Ada Poe", "--out", folder.resolve("b")).exit())
        .isEqualTo(1);
    assertThat(done("device", "list").out()).contains("CT1").doesNotContain("CT2");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void importSaysWhatWasRefusedAndWhy(boolean running) throws Exception {
    init();
    Path files = folder.resolve("cd");
    Files.createDirectories(files.resolve("deeper"));
    Made first = new Made(PATIENT, "2.25.1", "2.25.2", "2.25.3", 2);
    Made second = new Made(PATIENT, "2.25.1", "2.25.2", "2.25.4", 2);
    Files.write(files.resolve("a.dcm"), first.file());
    Files.write(files.resolve("deeper/b"), second.file());
    Files.writeString(files.resolve("readme.txt"), "Command^Line was here");
    serving(
        running,
        () -> {
          Command command = run("import", files);
          assertThat(command.exit()).isEqualTo(1);
          assertThat(command.out()).contains("2 stored", "1 refused", "readme.txt");
          assertThat(command.out()).doesNotContain("Command^Line");
          JsonNode again = json(run("import", files, "--json"));
          assertThat(again.get("alreadyHeld").intValue()).isEqualTo(2);
          assertThat(again.get("refused").get(0).get("rule").stringValue()).isNotBlank();
          done("import", files.resolve("a.dcm"));
          JsonNode status = json(done("status", "--json"));
          assertThat(status.get("instances").intValue()).isEqualTo(2);
          assertThat(status.get("studies").intValue()).isEqualTo(1);
          assertThat(status.get("setUp").booleanValue()).isTrue();
          assertThat(status.get("stolenDisk").stringValue()).isEqualTo("readable");
          assertThat(done("status").out()).contains("stolen disk: readable", "Test Imaging");
          JsonNode found = json(done("index", "check", "--json"));
          assertThat(found.get("agrees").booleanValue()).isTrue();
          assertThat(found.get("records").intValue()).isEqualTo(2);
          assertThat(done("index", "rebuild").out()).contains("2 instances of 1 studies");
          assertThat(json(done("index", "rebuild", "--json")).get("studies").intValue())
              .isEqualTo(1);
          assertThat(done("index", "check").out()).contains("2 records, 2 rows");
        });
    assertThat(run("import", folder.resolve("nowhere")).exit()).isEqualTo(2);
  }

  @Test
  void aLostKeyComesBackFromThePrintedSheet() throws IOException {
    Command printed = init();
    byte[] key = Files.readAllBytes(key());
    Files.delete(key());
    Command without = run("status");
    assertThat(without.exit()).isEqualTo(3);
    assertThat(without.err()).contains("leadglass: hint: ", "key restore");
    Path sheet = folder.resolve("sheet");
    Files.writeString(sheet, "1. AAAA 2. BBBB");
    assertThat(run("key", "restore", "--sheet", sheet).exit()).isEqualTo(1);
    assertThat(key()).doesNotExist();
    Files.writeString(sheet, typed(printed.out()));
    done("key", "restore", "--sheet", sheet);
    assertThat(key()).hasBinaryContent(key);
    assertThat(mode(key())).isEqualTo("rw-------");
    done("status");
    assertThat(run("key", "restore", "--sheet", sheet).exit()).as("one is there").isEqualTo(1);
  }

  /// What a person types who reads the numbered groups.
  private static String typed(String printed) {
    Matcher groups = Pattern.compile("\\b(\\d{1,2})[.:)]?\\s+([0-9A-Z]{4})\\b").matcher(printed);
    String[] sheet = new String[RecoverySheet.GROUPS];
    while (groups.find()) {
      int number = Integer.parseInt(groups.group(1));
      if (number >= 1 && number <= sheet.length) {
        sheet[number - 1] = groups.group(2);
      }
    }
    return String.join(" ", sheet).toLowerCase(java.util.Locale.ROOT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "demo",
        "serve",
        "init",
        "user",
        "user invite",
        "user uninvite",
        "user give",
        "user take",
        "user sign-out",
        "duty",
        "duty list",
        "duty set",
        "user list",
        "user disable",
        "user recover",
        "token",
        "token create",
        "device",
        "device add",
        "device list",
        "device renew",
        "device revoke",
        "device remove",
        "device set",
        "device invite",
        "device enrol",
        "check",
        "check report",
        "check verify",
        "check probes",
        "doctor",
        "token list",
        "token revoke",
        "share",
        "share list",
        "share revoke",
        "worklist",
        "worklist add",
        "worklist list",
        "worklist show",
        "worklist change",
        "worklist cancel",
        "worklist import",
        "import",
        "delete",
        "delete list",
        "delete undo",
        "study",
        "study move",
        "study move-back",
        "study list",
        "patient",
        "patient merge",
        "patient unmerge",
        "patient list",
        "patient invite",
        "patient accounts",
        "patient stop",
        "hold",
        "hold set",
        "hold release",
        "hold list",
        "retention",
        "retention show",
        "retention set",
        "retention preset",
        "erase",
        "erase list",
        "erase confirm",
        "erase take-back",
        "erase certificate",
        "erase tick",
        "erase grace",
        "quarantine",
        "quarantine list",
        "quarantine accept",
        "quarantine discard",
        "quarantine conflicts",
        "status",
        "scrub",
        "repack",
        "index",
        "index check",
        "index rebuild",
        "key",
        "key status",
        "key escrow",
        "key rehearse",
        "key rotate",
        "key restore"
      })
  void everyCommandShowsAnExample(String command) {
    List<String> words = new ArrayList<>();
    Stream.of(command.split(" ")).filter(word -> !word.isEmpty()).forEach(words::add);
    words.add("--help");
    Command help = Command.run(words.toArray());
    assertThat(help.exit()).isZero();
    assertThat(help.out()).contains("Example").contains("leadglass " + command);
    assertThat(help.err()).isEmpty();
  }

  @Test
  void whoeverNamesNoCommandIsToldOfAll() {
    for (Object[] words : new Object[][] {{}, {"--help"}}) {
      assertThat(Command.run(words).out())
          .contains("\n  demo ", "\n  serve ", "\n  check ", "\n  audit ", "\n  restore ");
    }
  }

  @Test
  void wrongUseExitsWithTwoAndSaysWhereHelpIs() {
    for (String[] wrong :
        new String[][] {
          {"serv"},
          {"status"},
          {"status", "--data"},
          {"status", "--data", "x", "--frob"},
          {"token", "create", "--data", "x"},
          {"serve", "--data", "x", "--https", "many"}
        }) {
      Command command = Command.run((Object[]) wrong);
      assertThat(command.exit()).as(String.join(" ", wrong)).isEqualTo(2);
      assertThat(command.out()).isEmpty();
      assertThat(command.err()).contains("leadglass: error: ", "leadglass: hint: ");
    }
  }

  @Test
  void aBadConfigurationExitsWithThreeAndTellsAllThatIsWrong() throws IOException {
    Files.writeString(configuration(), "web.prot = 8443\ndimse.port = 70000\n");
    for (String command : List.of("serve", "status")) {
      Command bad = run(command);
      assertThat(bad.exit()).as(command).isEqualTo(3);
      assertThat(bad.err()).contains("web.port", "dimse.port", "leadglass: hint: ");
    }
    assertThat(data()).doesNotExist();
  }

  @Test
  void anArchiveThatIsNotSetUpListensOnThisMachineOnly() {
    Command refused = run("serve", "--listen", "0.0.0.0");
    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.err()).contains("not set up", "leadglass: hint: ");
  }

  @Test
  void theSetUpCodeIsInAFileOfItsOwnAndInNothingTheServerSays() throws IOException {
    String code;
    try (Server server = new Server(folder, data(), "--config", configuration().toString())) {
      Path file = data().resolve("setup-code");
      assertThat(mode(file)).isEqualTo("rw-------");
      code = Files.readString(file).strip();
      assertThat(code).matches("[0-9A-Z]{4}-?[0-9A-Z]{4}");
      assertThat(server.web.send(server.web.request("/setup")).statusCode()).isEqualTo(200);
      assertThat(server.web.send(server.web.request("/dicomweb/studies")).statusCode())
          .isEqualTo(503);
    }
    String said =
        Files.readString(folder.resolve("said/out")) + Files.readString(folder.resolve("said/err"));
    assertThat(said).contains("setup-code").doesNotContain(code, code.replace("-", ""));
  }
}
