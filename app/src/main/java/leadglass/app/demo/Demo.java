package leadglass.app.demo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import leadglass.app.Failure;
import leadglass.app.Home;
import leadglass.app.Running;
import leadglass.app.config.Config;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Origin;
import leadglass.archive.People;
import leadglass.archive.Role;
import leadglass.archive.SetUp;
import leadglass.archive.StoreOutcome;

/// A throw-away archive: it takes nothing but its own synthetic phantoms, listens on this machine
/// only, has fresh secrets, and is gone when it is closed.
public final class Demo implements AutoCloseable {

  /// Stands on every page.
  public static final String BANNER =
      "Demo: synthetic phantoms only. Everything here is gone when the demo ends.";

  private final Path folder;
  private final Running running;
  private final List<Account> accounts;

  private Demo(Path folder, Running running, List<Account> accounts) {
    this.folder = folder;
    this.running = running;
    this.accounts = accounts;
  }

  /// An account with its secrets, to be shown once.
  public record Account(People.Enrolment enrolment, String password, Role role) {
    @Override
    public String toString() {
      return "Account[" + role + "]";
    }
  }

  /// Makes one and opens its doors.
  ///
  /// @param config loopback addresses only
  /// @param passwords gives a fresh one each time
  public static Demo start(
      Config config, java.util.function.Supplier<String> passwords, Consumer<Object> events)
      throws Failure {
    Path folder = folder();
    try {
      Home home = new Home(folder.resolve("data"), Optional.of(folder.resolve("master.key")));
      Archive archive = home.open(events);
      List<Account> accounts = fill(archive, passwords);
      return new Demo(folder, Running.start(home, archive, config, BANNER, events), accounts);
    } catch (Failure | RuntimeException e) {
      delete(folder);
      throw e;
    } catch (IOException e) {
      delete(folder);
      throw new Failure(
          Failure.FAILED, "the demo can't be made in " + folder, "free some space there");
    }
  }

  private static Path folder() throws Failure {
    try {
      return Files.createTempDirectory("leadglass-demo-");
    } catch (IOException _) {
      throw new Failure(
          Failure.FAILED, "no temporary folder can be made", "check who may write there");
    }
  }

  private static List<Account> fill(Archive archive, java.util.function.Supplier<String> passwords)
      throws IOException {
    Caller console =
        new Caller.Console(
            System.getProperty("user.name"), new Origin(Origin.Door.CONSOLE, "console"));
    List<Role> roles = List.of(Role.RADIOLOGIST, Role.ADMINISTRATOR);
    List<String> secrets = List.of(passwords.get(), passwords.get());
    List<String> names = List.of("reader", "admin");
    List<SetUp.Person> people = new ArrayList<>();
    for (int i = 0; i < roles.size(); i++) {
      people.add(new SetUp.Person(names.get(i), secrets.get(i).toCharArray(), roles.get(i)));
    }
    SetUp.Unattended made = archive.setUp().unattended(console, "Leadglass demo", people);
    List<Account> accounts = new ArrayList<>();
    for (int i = 0; i < roles.size(); i++) {
      accounts.add(new Account(made.enrolments().get(i), secrets.get(i), roles.get(i)));
    }
    new PhantomStudies(LocalDateTime.now(Clock.system(ZoneId.systemDefault())))
        .makeEach(file -> take(archive, console, file));
    archive.ingest().complete();
    return List.copyOf(accounts);
  }

  private static void take(Archive archive, Caller console, byte[] file) throws IOException {
    StoreOutcome outcome =
        archive.ingest().storeFile(console, Optional.empty(), new ByteArrayInputStream(file));
    if (!(outcome instanceof StoreOutcome.Stored)) {
      throw new IOException("a phantom was not taken");
    }
  }

  public Running running() {
    return running;
  }

  /// The radiologist first.
  public List<Account> accounts() {
    return accounts;
  }

  public Path data() {
    return folder.resolve("data");
  }

  /// Ends it and removes everything.
  @Override
  public void close() throws IOException {
    try {
      running.close();
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                Path directory, @org.jspecify.annotations.Nullable IOException failed)
                throws IOException {
              Files.deleteIfExists(directory);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException _) {
      // Sealed leftovers of synthetic images under the temporary files; the system clears those.
    }
  }
}
