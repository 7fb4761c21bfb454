package leadglass.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import leadglass.store.AuditEntries;
import leadglass.store.Pseudonym;
import leadglass.store.SiteId;
import leadglass.store.StudyName;

/// Patients' own ways in over memory, beside the links of [ShareWard]: its first two studies are of
/// the patient who is invited.
final class PatientWard {
  static final Passkeys.Host HOST = new Passkeys.Host("localhost", "https://localhost:8443");
  static final String BROWSER = "a browser's secret";
  static final About.Patient ZOE = new About.Patient("", "ID-1");

  /// Memory keeps no trail that could be read again.
  private static final AuditEntries NO_TRAIL =
      new AuditEntries() {
        @Override
        public long size() {
          return 0;
        }

        @Override
        public void read(long from, Visitor visitor) {
          // Nothing to be visited.
        }

        @Override
        public long from(long millis) {
          return 0;
        }

        @Override
        public void about(
            SiteId site, Set<Pseudonym> patients, Set<StudyName> studies, Visitor visitor) {
          // Nothing to be visited.
        }
      };

  final ShareWard shares = new ShareWard();
  final Ward ward = shares.ward;
  PatientWays ways = open();
  private int fresh;

  PatientWard() throws IOException {}

  private PatientWays open() {
    Brakes brakes =
        new Brakes(
            ward.registry,
            new Brakes.Limits(1, 10),
            new Gate(),
            (_, _, _, _) -> {},
            shares.identities.refusals(),
            ward.clock,
            java.time.ZoneOffset.UTC,
            _ -> {});
    return PatientWays.open(
        ward.registry,
        ward.rules,
        shares.identities.accounts(),
        brakes,
        shares.sharing.links(),
        new Emergencies(
            ward.rules.custody(), ward.registry, Aftercare.names(new SecureRandom()), _ -> {}),
        NO_TRAIL,
        new Passwords.Cost(64, 1));
  }

  /// As after a restart.
  void reopen() {
    shares.reopen();
    ward.rules = ward.open();
    ways = open();
  }

  Patients.Made.Link link() throws IOException {
    return (Patients.Made.Link) ways.patients().invite(Ward.CONSOLE, ZOE);
  }

  /// A try from a place where nobody tried before.
  PatientDoor.Opening tryFresh(Patients.Made.Link link, String code) throws IOException {
    fresh++;
    Origin origin = new Origin(Origin.Door.PAGE, "203.0." + fresh / 250 + "." + (1 + fresh % 250));
    return ways.door().open(origin, link.fragment(), code);
  }

  String ticket(Patients.Made.Link link) throws IOException {
    return ((PatientDoor.Opening.Ticket) tryFresh(link, link.code())).ticket();
  }

  /// A passkey made with a ticket.
  PatientDoor.Entry enrol(String ticket, SoftAuthenticator phone) throws IOException {
    Passkeys.Question question = ways.door().enrolling(ticket, HOST).orElseThrow();
    return ways.door().enrol(Ward.PAGE, ticket, HOST, question.ticket(), phone.make(question));
  }

  /// Cookie of a patient who came by an invitation.
  String enter(SoftAuthenticator phone) throws IOException {
    return ((PatientDoor.Entry.In) enrol(ticket(link()), phone)).session();
  }

  PatientDoor.Entry signIn(SoftAuthenticator phone) throws IOException {
    Passkeys.Question question = ways.door().signingIn(HOST, BROWSER);
    return ways.door().signIn(Ward.PAGE, HOST, BROWSER, question.ticket(), phone.sign(question));
  }

  Optional<Caller.Patient> session(String cookie) {
    return ways.door().session(Ward.PAGE, cookie);
  }

  Patients.State state() throws IOException {
    return ways.patients().list(Ward.ADMINISTRATOR).getFirst().state();
  }

  void turn(Duration by) {
    ward.clock.turn(by);
  }

  /// Everything that the registry keeps of patients, as text.
  String kept() {
    StringBuilder text = new StringBuilder();
    for (String kind : new String[] {PatientBook.KIND, PatientTaskRecord.KIND}) {
      ward.registry
          .list(kind)
          .forEach(entry ->
              text.append(entry.key())
                  .append(new String(entry.document(), StandardCharsets.UTF_8)));
    }
    return text.toString();
  }
}
