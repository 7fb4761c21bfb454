package leadglass.server.ui;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import leadglass.archive.Act;
import leadglass.archive.Archive;
import leadglass.archive.AuditEntry;
import leadglass.archive.Authority;
import leadglass.archive.Brakes;
import leadglass.archive.Caller;
import leadglass.archive.DeviceKey;
import leadglass.archive.DeviceTerms;
import leadglass.archive.Devices;
import leadglass.archive.Invites;
import leadglass.archive.KeyHome;
import leadglass.archive.Origin;
import leadglass.archive.People;
import leadglass.archive.Role;
import leadglass.archive.Running;
import leadglass.archive.SetUp;
import leadglass.archive.StoreOutcome;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.dicom.io.DataSetWriter;
import leadglass.dicom.io.PartTen;
import leadglass.server.http.Doorkeeper;
import leadglass.server.http.Routes;
import leadglass.server.http.WebServer;
import leadglass.server.http.WebSettings;
import leadglass.store.MasterKey;
import leadglass.store.Store;
import leadglass.store.Stores;

/// A real archive in a folder of its own behind a real web server with our pages, and a clock that
/// stands until it is moved.
final class TestArchive implements AutoCloseable {
  static final String PASSWORD = "correct horse battery staple";
  static final String BANNER = "Only synthetic phantoms are kept here.";

  /// Morning of a day, so that a test may move on some hours.
  static final Instant START = Instant.parse("2026-11-25T04:00:00Z");

  final Hands clock = new Hands();
  final Store store;
  final Archive archive;
  final Authority.Identity identity;
  final WebServer web;
  private final Map<String, People.Enrolment> enrolments = new TreeMap<>();
  private final List<Visitor> visitors = new ArrayList<>();

  /// A clock moved by hand.
  static final class Hands extends Clock {
    private final AtomicReference<Instant> now = new AtomicReference<>(START);

    void move(Duration by) {
      now.updateAndGet(then -> then.plus(by));
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Instant instant() {
      return now.get();
    }
  }

  TestArchive(Path folder) throws IOException {
    this(folder, master(folder), Brakes.Limits.USUAL);
  }

  TestArchive(Path folder, MasterKey master) throws IOException {
    this(folder, master, Brakes.Limits.USUAL);
  }

  TestArchive(Path folder, Brakes.Limits limits) throws IOException {
    this(folder, master(folder), limits);
  }

  private static MasterKey master(Path folder) throws IOException {
    return MasterKey.open(folder.resolve("key/master.key"), true);
  }

  private TestArchive(Path folder, MasterKey master, Brakes.Limits limits) throws IOException {
    store = Stores.open(folder.resolve("data"), master, clock, _ -> {});
    archive = Archive.open(store, master, KeyHome.fixed(), limits, clock, _ -> {});
    identity = archive.webAuthority().server(List.of());
    Pages pages = new Pages(archive, new Place(BANNER, identity.fingerprint(), clock));
    web =
        WebServer.start(
            WebSettings.of("127.0.0.1", 0, List.of(), 8),
            _ -> true,
            identity,
            Routes.of(pages.routes()),
            Doorkeeper.of(archive),
            pages::problem,
            _ -> {});
  }

  /// Hashing a password for every role costs seconds: done once, then copied.
  private static final class Pattern {
    static final Pattern MADE = make();
    private final Path folder;
    private final Map<String, People.Enrolment> enrolments;

    private Pattern(Path folder, Map<String, People.Enrolment> enrolments) {
      this.folder = folder;
      this.enrolments = enrolments;
    }

    private static Pattern make() {
      try {
        Path folder = Files.createTempDirectory("leadglass-pages-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(folder)));
        try (TestArchive made = new TestArchive(folder).withEveryRole()) {
          return new Pattern(folder, Map.copyOf(made.enrolments));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// With one person of each role, called by its word.
  ///
  /// @param folder empty
  static TestArchive ofEveryRole(Path folder) throws IOException {
    return ofEveryRole(folder, Brakes.Limits.USUAL);
  }

  static TestArchive ofEveryRole(Path folder, Brakes.Limits limits) throws IOException {
    Folders.copy(Pattern.MADE.folder, folder);
    TestArchive archive = new TestArchive(folder, limits);
    archive.enrolments.putAll(Pattern.MADE.enrolments);
    return archive;
  }

  /// Sets up at once, with one person of each role, called by its word.
  TestArchive withEveryRole() throws IOException {
    List<SetUp.Person> people = new ArrayList<>();
    for (Role role : Role.values()) {
      people.add(new SetUp.Person(role.word(), PASSWORD.toCharArray(), role));
    }
    for (People.Enrolment enrolment :
        archive.setUp().unattended(console(), "Northlight <Imaging>", people).enrolments()) {
      enrolments.put(enrolment.name(), enrolment);
    }
    return this;
  }

  /// Somebody who is invited and joins with a password.
  People.Enrolment joined(String name, Role... roles) throws IOException {
    Invites.Made.Link link =
        (Invites.Made.Link) archive.invites().invite(console(), name, Set.of(roles));
    Origin here = new Origin(Origin.Door.PAGE, "127.0.0.1");
    String ticket = ((Invites.Opened.Ticket) archive.invites().open(here, link.secret())).ticket();
    People.Enrolment shown =
        ((Invites.Step.Drafted) archive.invites().password(ticket, PASSWORD.toCharArray()))
            .enrolment();
    clock.move(Duration.ofSeconds(30));
    String code = Totp.code(shown.totpUri(), clock.millis());
    if (!(archive.invites().confirm(here, ticket, code) instanceof Invites.Step.Joined joined)) {
      throw new IOException("nobody joined");
    }
    archive.people().signOut(here, joined.in().secret());
    return shown;
  }

  static Caller console() {
    return new Caller.Console("tester", new Origin(Origin.Door.CONSOLE, "console"));
  }

  /// Enrols a device.
  Devices.Change.Done device(String aeTitle) throws IOException {
    DeviceTerms terms = new DeviceTerms("Ada Poe", Set.of(), Optional.empty());
    return (Devices.Change.Done)
        archive.devices().add(console(), aeTitle, terms, new DeviceKey.Made(""));
  }

  /// A browser that has signed in.
  Visitor signedIn(Role role) throws IOException, InterruptedException {
    return signedIn(role.word(), enrolment(role.word()).totpUri());
  }

  People.Enrolment enrolment(String name) {
    return Optional.ofNullable(enrolments.get(name)).orElseThrow();
  }

  Visitor signedIn(String name, String totpUri) throws IOException, InterruptedException {
    clock.move(Duration.ofSeconds(30)); // a code works once
    Visitor visitor = new Visitor(this);
    visitors.add(visitor);
    visitor.post(
        "/sign-in", "name", name, "password", PASSWORD, "code", Totp.code(totpUri, clock.millis()));
    return visitor;
  }

  /// The clock goes on, and the archive runs all the time.
  void live(Duration time) throws IOException {
    for (long hours = 0; hours < time.toHours(); hours += 6) {
      clock.move(Duration.ofHours(6));
      Running.on(archive, Duration.ofHours(6));
    }
  }

  /// Every entry of the trail that is there for that act.
  List<AuditEntry> trail(Act act) throws IOException {
    List<AuditEntry> entries = new ArrayList<>();
    store
        .trail()
        .read(
            0,
            (_, opened) -> {
              AuditEntry entry = AuditEntry.of(opened);
              if (entry.act() == act) {
                entries.add(entry);
              }
              return true;
            });
    return entries;
  }

  /// Stores an object of a study.
  StoreOutcome store(Caller by, int number, String date, String patient) throws IOException {
    InputStream file = new ByteArrayInputStream(file(number, date, patient));
    return archive.ingest().storeFile(by, Optional.empty(), file);
  }

  /// A file of the one object of a study.
  static byte[] file(int number, String date, String patient) throws IOException {
    return file(number, date, patient, _ -> {});
  }

  static byte[] file(int number, String date, String patient, Consumer<DataSet.Builder> more)
      throws IOException {
    Uid sopClass = new Uid("1.2.840.10008.5.1.4.1.1.7");
    Uid instance = new Uid(study(number).value() + ".1.1");
    DataSet.Builder made =
        DataSet.builder()
            .utf8()
            .uid(Tag.SOP_CLASS_UID, sopClass)
            .uid(Tag.SOP_INSTANCE_UID, instance)
            .text(Tag.STUDY_DATE, Vr.DA, date)
            .text(Tag.STUDY_TIME, Vr.TM, "094200")
            .text(Tag.MODALITY, Vr.CS, "OT")
            .text(Tag.STUDY_DESCRIPTION, Vr.LO, "Phantom of " + number)
            .text(Tag.PATIENT_NAME, Vr.PN, patient)
            .text(Tag.PATIENT_ID, Vr.LO, "P-" + number)
            .uid(Tag.STUDY_INSTANCE_UID, study(number))
            .uid(Tag.SERIES_INSTANCE_UID, new Uid(study(number).value() + ".1"))
            .text(Tag.SERIES_NUMBER, Vr.IS, "7");
    more.accept(made);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    TransferSyntax syntax = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
    file.write(PartTen.header(sopClass, instance, syntax.uid()));
    new DataSetWriter(file, syntax).write(made.build());
    return file.toByteArray();
  }

  static Uid study(int number) {
    return new Uid("1.2.826.0.1.3680043.2.1125." + number);
  }

  /// Browsers go first: a server that ends waits for connections that are open.
  @Override
  public void close() throws IOException {
    visitors.forEach(Visitor::close);
    web.close();
    archive.close();
  }
}
