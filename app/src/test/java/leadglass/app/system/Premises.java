package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import leadglass.app.Failure;
import leadglass.app.Home;
import leadglass.app.config.Config;
import leadglass.app.config.Settings;
import leadglass.app.key.Secrets;
import leadglass.app.key.Services;
import leadglass.archive.Archive;
import leadglass.archive.AuditEntry;
import leadglass.archive.Caller;
import leadglass.archive.DeviceKey;
import leadglass.archive.DeviceTerms;
import leadglass.archive.Devices;
import leadglass.archive.Invites;
import leadglass.archive.Origin;
import leadglass.archive.People;
import leadglass.archive.Role;
import leadglass.archive.SetUp;
import leadglass.archive.Tokens;
import leadglass.store.MasterKey;
import leadglass.store.Store;
import leadglass.store.Stores;
import leadglass.testkit.TestTls;

/// A folder with an archive that is set up and empty: somebody in every role, with a token that may
/// read and write as much as they may, and two devices. Nothing runs.
///
/// @param folder with `data`, `key` and `devices` in it
/// @param tokens of somebody in every role, whose account is named like the role
/// @param enrolments of the same
record Premises(Path folder, Map<Role, String> tokens, Map<Role, People.Enrolment> enrolments) {
  static final Caller CONSOLE =
      new Caller.Console("tester", new Origin(Origin.Door.CONSOLE, "console"));
  static final String PASSWORD = "violet harbour 71 lamps";
  static final String AE_TITLE = "LEADGLASS";

  private static final DeviceTerms TERMS = new DeviceTerms("Ada Poe", Set.of(), Optional.empty());

  /// All that one token may have together.
  static final Set<Caller.Scope> SCOPES =
      Set.copyOf(EnumSet.complementOf(EnumSet.of(Caller.Scope.WITNESS)));

  /// A device that is enrolled.
  static final String CT1 = "CT1";

  /// Another one.
  static final String CT2 = "CT2";

  /// Set-up hashes passwords and makes RSA keys: done once, then copied.
  private static final class Pattern {
    static final Premises MADE = make();

    private static Premises make() {
      try {
        Path folder = Files.createTempDirectory("leadglass-test-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
        return found(folder, Clock.system(ZoneId.systemDefault()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// Fresh ones in a folder that is empty.
  static Premises in(Path folder) throws IOException {
    Premises pattern = Pattern.MADE;
    copy(pattern.folder(), folder);
    Premises premises = new Premises(folder, pattern.tokens(), pattern.enrolments());
    premises.writeConfiguration();
    return premises;
  }

  /// Those of another archive, with keys of its own; made anew, which takes a moment.
  static Premises another(Path folder) throws IOException {
    return in(folder, Clock.system(ZoneId.systemDefault()));
  }

  /// Others, founded at another time: their certificates, and all that ends, count from then.
  static Premises in(Path folder, Clock clock) throws IOException {
    Premises premises = found(folder, clock);
    premises.writeConfiguration();
    return premises;
  }

  private void writeConfiguration() throws IOException {
    Files.writeString(
        data().resolve("leadglass.toml"),
        """
        keys.master-key-file = "%s"
        web.port = 0
        dimse.port = 0
        """
            .formatted(key()));
  }

  Path data() {
    return folder.resolve("data");
  }

  Path key() {
    return folder.resolve("key/master.key");
  }

  /// [#device(String)] at another time.
  SSLContext device(String aeTitle, Instant at) throws IOException {
    Path files = folder.resolve("devices").resolve(aeTitle);
    return TestTls.client(
        files.resolve("key.pem"), files.resolve("cert.pem"), files.resolve("ca.pem"), at);
  }

  /// What a device enrolled here shows, and whom it trusts.
  SSLContext device(String aeTitle) throws IOException {
    Path files = folder.resolve("devices").resolve(aeTitle);
    return TestTls.client(
        files.resolve("key.pem"), files.resolve("cert.pem"), files.resolve("ca.pem"));
  }

  Home home() {
    return home(Clock.system(ZoneId.systemDefault()));
  }

  Home home(Clock clock) {
    return new Home(
        data(),
        Optional.of(key()),
        Secrets.none(),
        new Services(Optional.empty(), Optional.empty(), Clock.systemUTC()),
        Optional.empty(),
        config().s3(),
        config().brakes().limits(),
        clock);
  }

  private Config config() {
    try {
      return Settings.of(data(), Optional.empty()).config();
    } catch (Failure e) {
      throw new IllegalStateException(e);
    }
  }

  /// The audit trail, oldest entry first. Nothing may run.
  List<AuditEntry> audit() throws IOException {
    return audit(Clock.systemUTC());
  }

  List<AuditEntry> audit(Clock clock) throws IOException {
    List<AuditEntry> entries = new ArrayList<>();
    MasterKey master = MasterKey.open(key(), false);
    try (Store store = Stores.open(data(), master, clock, event -> {})) {
      store.trail().read(0, (number, entry) -> entries.add(AuditEntry.of(entry)));
    }
    return entries;
  }

  private static Premises found(Path folder, Clock clock) throws IOException {
    Map<Role, String> tokens = new EnumMap<>(Role.class);
    Map<Role, People.Enrolment> enrolments = new EnumMap<>(Role.class);
    Premises premises = new Premises(folder, tokens, enrolments);
    try (Archive archive = premises.open(clock, event -> {})) {
      List<SetUp.Person> people =
          EnumSet.allOf(Role.class).stream()
              .map(role -> new SetUp.Person(role.word(), PASSWORD.toCharArray(), role))
              .toList();
      for (People.Enrolment each :
          archive.setUp().unattended(CONSOLE, "Test Imaging", people).enrolments()) {
        enrolments.put(Role.of(each.name()).orElseThrow(), each);
      }
      for (Role role : Role.values()) {
        Tokens.Made made =
            archive.tokens().create(CONSOLE, role.word(), SCOPES, Duration.ofDays(1));
        tokens.put(role, ((Tokens.Made.Token) made).secret());
      }
      premises.enrol(archive, CT1);
      premises.enrol(archive, CT2);
      assertThat(archive.authority().server(List.of()).fingerprint()).isNotBlank();
      assertThat(archive.webAuthority().server(List.of()).fingerprint()).isNotBlank();
    }
    return premises;
  }

  /// Somebody who is invited and joins with a password.
  static People.Enrolment join(Archive archive, String name, Role role) throws IOException {
    Origin here = new Origin(Origin.Door.PAGE, "127.0.0.1");
    if (archive.invites().invite(CONSOLE, name, Set.of(role)) instanceof Invites.Made.Link link
        && archive.invites().open(here, link.secret())
            instanceof Invites.Opened.Ticket(String ticket)
        && archive.invites().password(ticket, PASSWORD.toCharArray())
            instanceof Invites.Step.Drafted(People.Enrolment shown)
        && archive.invites().confirm(here, ticket, shown.codeAt(System.currentTimeMillis()))
            instanceof Invites.Step.Joined) {
      return shown;
    }
    throw new IOException("nobody joined");
  }

  Archive open(Consumer<Object> events) throws IOException {
    return open(Clock.system(ZoneId.systemDefault()), events);
  }

  Archive open(Clock clock, Consumer<Object> events) throws IOException {
    try {
      return home(clock).open(events);
    } catch (Failure e) {
      throw new IOException(e);
    }
  }

  private void enrol(Archive archive, String aeTitle) throws IOException {
    Path files = Files.createDirectories(folder.resolve("devices").resolve(aeTitle));
    Devices.Change.Done done =
        (Devices.Change.Done)
            archive.devices().add(CONSOLE, aeTitle, TERMS, new DeviceKey.Made(""));
    Files.writeString(files.resolve("key.pem"), done.key());
    Files.writeString(files.resolve("cert.pem"), done.certificate());
    Files.writeString(files.resolve("ca.pem"), done.ca());
  }

  static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Path copy = to.resolve(from.relativize(directory).toString());
            Files.createDirectories(copy);
            Files.setPosixFilePermissions(copy, Files.getPosixFilePermissions(directory));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(
                file,
                to.resolve(from.relativize(file).toString()),
                java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  static void delete(Path folder) {
    try (java.util.stream.Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "Premises[" + folder + "]";
  }
}
