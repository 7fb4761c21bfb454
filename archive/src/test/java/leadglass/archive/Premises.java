package leadglass.archive;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// An archive's people and machines over a registry in memory, with a clock turned by hand and
/// password hashes that cost next to nothing.
final class Premises {
  static final String PASSWORD = "violet tractor 88 umbrella";
  static final Origin CONSOLE = new Origin(Origin.Door.CONSOLE, "console");
  static final Origin PAGE = new Origin(Origin.Door.PAGE, "192.0.2.7");
  static final Origin ELSEWHERE = new Origin(Origin.Door.PAGE, "198.51.100.9");

  static final DeviceTerms TERMS = new DeviceTerms("Ada Poe", Set.of(), Optional.empty());

  final HandClock clock = new HandClock();
  final MemoryRegistry registry = new MemoryRegistry();
  final List<Entry> trail = new CopyOnWriteArrayList<>();
  final List<ArchiveEvent> events = new CopyOnWriteArrayList<>();
  final Caller console = new Caller.Console("root", CONSOLE);
  final byte[] masterKey = new byte[RecoverySheet.KEY_BYTES];
  volatile boolean trailBroken;
  volatile Runnable atTrail = () -> {};
  private Identities identities;

  record Entry(AuditTrail.Who who, Origin origin, boolean success, String detail) {}

  Premises() {
    for (int i = 0; i < masterKey.length; i++) {
      masterKey[i] = (byte) (i * 37 + 5);
    }
    identities = opened();
  }

  /// As after a restart.
  void reopen() {
    identities = opened();
  }

  Identities opened() {
    return Identities.open(
        registry,
        this::write,
        new Gate(),
        masterKey::clone,
        Optional.empty(),
        clock,
        ZoneOffset.UTC,
        events::add,
        new Passwords.Cost(64, 1));
  }

  private void write(AuditTrail.Who who, Origin origin, boolean success, String detail)
      throws IOException {
    atTrail.run();
    if (trailBroken) {
      throw new IOException("the disk is full");
    }
    trail.add(new Entry(who, origin, success, detail));
  }

  List<String> details() {
    return trail.stream().map(Entry::detail).toList();
  }

  People people() {
    return identities.people();
  }

  Tokens tokens() {
    return identities.tokens();
  }

  Devices devices() {
    return identities.devices();
  }

  Invitations invitations() {
    return identities.invitations();
  }

  /// Enrols a device with a key made here.
  Devices.Change.Done device(String aeTitle) throws IOException {
    return (Devices.Change.Done) devices().add(console, aeTitle, TERMS, new DeviceKey.Made(""));
  }

  Authority authority() {
    return identities.authority();
  }

  SetUp setUp() {
    return identities.setUp();
  }

  Identities identities() {
    return identities;
  }

  /// Sets up with an administrator `ada`.
  People.Enrolment founded() throws IOException {
    List<SetUp.Person> people = List.of(new SetUp.Person("ada", password(), Role.ADMINISTRATOR));
    return setUp().unattended(console, "Northlight Imaging", people).enrolments().getFirst();
  }

  People.Enrolment add(String name, Role... roles) throws IOException {
    return switch (invites().invite(console, name, Set.of(roles))) {
      case Invites.Made.Link link -> joined(link);
      case Invites.Made.Refused(String rule) -> throw new AssertionError(rule);
    };
  }

  Invites invites() {
    return identities.invites();
  }

  /// The ticket of a link that is good.
  String ticket(Invites.Made.Link link) throws IOException {
    return ((Invites.Opened.Ticket) invites().open(PAGE, link.secret())).ticket();
  }

  /// Joins with a password, and signs out again.
  People.Enrolment joined(Invites.Made.Link link) throws IOException {
    String ticket = ticket(link);
    People.Enrolment enrolment =
        ((Invites.Step.Drafted) invites().password(ticket, password())).enrolment();
    Invites.Step.Joined joined =
        (Invites.Step.Joined)
            invites()
                .confirm(PAGE, ticket, Totp.code(secret(enrolment), Totp.step(clock.millis())));
    people().signOut(PAGE, joined.in().secret());
    return enrolment;
  }

  /// What eight-digit set two sheets of the present key are of.
  List<EscrowSheet> sheets() {
    return EscrowSheet.of(masterKey.clone(), new java.security.SecureRandom());
  }

  /// A link in place of everything an account could be proved with.
  Invites.Made.Link recovered(String name) throws IOException {
    List<EscrowSheet> sheets = sheets();
    Recoveries.Outcome outcome =
        identities
            .recoveries()
            .recover(
                console,
                name,
                String.join(" ", sheets.get(0).groups()),
                String.join(" ", sheets.get(2).groups()));
    return ((Recoveries.Outcome.Link) outcome).link();
  }

  /// A try with the right password and the code of the time.
  People.SignIn tryIn(Origin origin, People.Enrolment person) throws IOException {
    return people().signIn(origin, person.name(), password(), code(person));
  }

  People.SignIn.SignedIn in(People.Enrolment person) throws IOException {
    return (People.SignIn.SignedIn) tryIn(PAGE, person);
  }

  People.SignIn wrong(Origin origin, String name) throws IOException {
    return people().signIn(origin, name, "not the password".toCharArray(), "000000");
  }

  /// The code of the moment; turns the clock on so that the next is another.
  String code(People.Enrolment person) {
    clock.turn(Duration.ofSeconds(31));
    return Totp.code(secret(person), Totp.step(clock.millis()));
  }

  static byte[] secret(People.Enrolment person) {
    String query = URI.create(person.totpUri()).getQuery();
    String secret = query.replaceAll(".*secret=([A-Z2-7]+).*", "$1");
    List<Byte> bytes = new ArrayList<>();
    int held = 0;
    int bits = 0;
    for (int i = 0; i < secret.length(); i++) {
      held = (held << 5 | Encodings.BASE32.indexOf(secret.charAt(i))) & 0xffff;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes.add((byte) (held >> bits));
      }
    }
    byte[] array = new byte[bytes.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = bytes.get(i);
    }
    return array;
  }

  static char[] password() {
    return PASSWORD.toCharArray();
  }
}
