package leadglass.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import leadglass.store.Backups;
import leadglass.store.MasterKey;
import leadglass.store.Registry;
import leadglass.store.SiteId;
import leadglass.store.Store;

/// One site of an open archive: the one door to its patient data. Its parts share one gate, one
/// trail, one clock. The first site runs the archive; further ones are its [Tenants].
///
/// Safe for use by several threads. One thread of its own closes visits that ended; it ends with
/// [#close()].
public final class Archive implements AutoCloseable {
  private final Store store;
  private final Gate gate;
  private final ConsoleActs acts;
  private final Outside outside;
  private final AuditTrail trail;
  private final AuditLog auditLog;
  private final Accounting accounting;
  private final SecurityEvidence evidence;
  private final StateBook states;
  private final AuditDesk desk;
  private final KeyCustody custody;
  private final Identities identities;
  private final Ingest ingest;
  private final Brakes brakes;
  private final Query query;
  private final Retrieve retrieve;
  private final PackCare packs;
  private final Safekeeping safekeeping;
  private final Rehearsal rehearsal;
  private final Aftercare aftercare;
  private final Corrections corrections;
  private final Unverified unverified;
  private final Sharing sharing;
  private final Referrals referrals;
  private final PatientWays patients;
  private final Firsts firsts;
  private final Emergencies emergencies;
  private final Upkeep upkeep;
  private final Commitments commitments;
  private final Procedures procedures;
  private final Witnessing witnessing;
  private final Consumer<? super ArchiveEvent> events;

  /// The further sites; none for one of those.
  private final Optional<Tenants> tenants;

  private final Sweeper sweeper;

  private Archive(
      Store store,
      SiteId site,
      Optional<Archive> house,
      MasterKey master,
      KeyHome home,
      Brakes.Limits limits,
      Clock clock,
      Consumer<? super ArchiveEvent> events) {
    this.store = store;
    this.events = events;
    boolean further = house.isPresent();
    this.gate = further ? Gate.ofTenant() : new Gate();
    Registry registry = further ? new SiteRegistry(store.registry(), site) : store.registry();
    AuditTrail plain = new AuditTrail(store, site, further, clock, (_, _) -> {});
    this.acts = new ConsoleActs(registry, gate, clock, plain::security);
    this.trail = new AuditTrail(store, site, further, clock, acts::noticed);
    this.auditLog = new AuditLog(store, gate, trail, further ? site.value() : null);
    this.accounting = new Accounting(store, site, gate, trail);
    this.outside = new Outside(store.registry(), gate, clock);
    this.custody = new KeyCustody(store, master, home, trail::security, gate, clock);
    this.identities =
        Identities.open(
            registry,
            trail::security,
            gate,
            house.map(first -> first.custody).orElse(custody)::copy,
            house.map(first -> first.identities.certification()),
            clock,
            clock.getZone(),
            events,
            Passwords.Cost.STANDARD);
    this.states =
        new StateBook(
            store,
            registry,
            gate,
            trail,
            identities,
            further ? Optional.empty() : Optional.of(custody),
            further ? site.value() : null);
    this.aftercare =
        Aftercare.open(
            store.lifecycle(),
            Shelf.of(store, site),
            site,
            registry,
            gate,
            trail,
            identities.refusals(),
            clock,
            clock.getZone());
    this.corrections = new Corrections(store, aftercare.custody());
    this.referrals = new Referrals(aftercare.custody(), identities.accounts(), registry);
    this.emergencies =
        new Emergencies(aftercare.custody(), registry, Aftercare.names(new SecureRandom()), events);
    this.unverified = new Unverified(aftercare.custody(), registry);
    this.ingest =
        new Ingest(
            store,
            site,
            gate,
            identities::objection,
            trail,
            clock,
            aftercare.rules(),
            referrals::arrived,
            unverified,
            events);
    this.brakes =
        new Brakes(
            registry,
            limits,
            gate,
            trail::security,
            identities.refusals(),
            clock,
            clock.getZone(),
            events);
    this.sharing =
        Sharing.open(
            registry,
            aftercare.custody(),
            identities.accounts(),
            brakes,
            Passwords.Cost.STANDARD,
            events);
    this.patients =
        PatientWays.open(
            registry,
            aftercare,
            identities.accounts(),
            brakes,
            sharing.links(),
            emergencies,
            store.trail(),
            Passwords.Cost.STANDARD);
    this.desk =
        AuditDesk.open(
            store,
            further ? site.value() : null,
            registry,
            aftercare.custody(),
            trail,
            auditLog,
            identities.people(),
            patients.tasks(),
            clock);
    this.firsts =
        new Firsts(registry, limits, gate, trail::security, clock, clock.getZone(), events);
    Beyond beyond = new Beyond(aftercare.custody(), referrals, emergencies);
    this.query = new Query(store, site, gate, trail, brakes, beyond, unverified, clock);
    this.retrieve = new Retrieve(store, site, gate, trail, brakes, beyond, firsts, clock);
    this.packs = new PackCare(store.scrub(), gate, trail::security);
    this.safekeeping = new Safekeeping(store, trail::security, gate, clock);
    this.rehearsal = new Rehearsal(store, safekeeping, clock);
    this.commitments = new Commitments(store, site, registry, gate, clock, events);
    this.procedures = Procedures.open(registry, aftercare, trail, brakes);
    this.upkeep = new Upkeep(store, gate, identities.refusals(), trail::security);
    this.witnessing =
        Witnessing.of(store, gate, trail::security, identities.refusals(), clock, events);
    this.evidence = new SecurityEvidence(this, store, gate, trail, limits, clock, further);
    Tenants.Opening opening = other -> further(other, master, home, limits, clock);
    this.tenants =
        further
            ? Optional.empty()
            : Optional.of(new Tenants(store, opening, trail::security, gate, clock));
    this.sweeper =
        new Sweeper(
            List.of(
                () -> trail.endVisits(false),
                () -> identities.sum(false),
                identities::sweep,
                states::sweep,
                outside::sweep,
                brakes::sweep,
                () -> aftercare.sweep(Sweeper.EVERY),
                sharing::sweep,
                unverified::sweep,
                patients::sweep,
                procedures::sweep,
                referrals::sweep),
            events);
  }

  private Archive further(
      SiteId other, MasterKey master, KeyHome home, Brakes.Limits limits, Clock clock) {
    return new Archive(store, other, Optional.of(this), master, home, limits, clock, events)
        .swept();
  }

  private Archive swept() {
    sweeper.start();
    return this;
  }

  /// Takes ownership of `store`.
  ///
  /// @param master what the store was opened with
  /// @param clock whose zone says when a day begins
  /// @param events counts, durations and names of ours; nothing read from a data set
  @SuppressWarnings("exports") // `app` alone opens a store, and requires it itself
  public static Archive open(
      Store store, MasterKey master, Clock clock, Consumer<? super ArchiveEvent> events)
      throws IOException {
    return open(store, master, KeyHome.fixed(), Brakes.Limits.USUAL, clock, events);
  }

  /// The same, with a master key that can be laid elsewhere, and budgets of a day.
  @SuppressWarnings("exports")
  public static Archive open(
      Store store,
      MasterKey master,
      KeyHome home,
      Brakes.Limits limits,
      Clock clock,
      Consumer<? super ArchiveEvent> events)
      throws IOException {
    Archive archive =
        new Archive(store, House.of(store), Optional.empty(), master, home, limits, clock, events);
    archive.custody.opened();
    archive.identities.sweep();
    archive.tenants().openAll();
    return archive.swept();
  }

  /// Sees to what a restore left, before [#open]: ends every token, share and invitation, takes
  /// over who was disabled and what was revoked since, and notes where keys lie.
  ///
  /// @param by whoever restored
  /// @param newest a newer copy of the registry than the one restored, if there is one
  @SuppressWarnings("exports")
  public static void afterRestore(
      Store store, Optional<Registry> newest, List<Backups.KeyPlace> keys, Caller by, Clock clock)
      throws IOException {
    AfterRestore.all(store, newest, keys, by, clock);
  }

  /// Does what is due: every minute, and at once for whoever moves its clock.
  public void sweep() {
    sweeper.sweep();
  }

  /// Somebody known wanted what they may not, and a door refused it by the gate's word: in the
  /// trail, or counted for it, when this returns.
  ///
  /// @throws UncheckedIOException if it can't be written
  public void refusedAtTheDoor(Caller caller, Verb verb) {
    try {
      identities
          .refusals()
          .refused(caller, "refused at the door: " + verb.name().toLowerCase(Locale.ROOT));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Gate gate() {
    return gate;
  }

  public Ingest ingest() {
    return ingest;
  }

  /// The signed heads of the trail.
  public Checkpoints checkpoints() {
    return new Checkpoints(store.trail(), gate, trail::security);
  }

  /// Other archives' trails that this one is the witness of.
  public Witnessing witnessing() {
    return witnessing;
  }

  /// The audit trail as messages.
  public AuditLog auditLog() {
    return auditLog;
  }

  /// How it was at an earlier moment.
  public StateBook states() {
    return states;
  }

  public AuditDesk auditDesk() {
    return desk;
  }

  /// Who was given images.
  public Accounting accounting() {
    return accounting;
  }

  /// What a report of the site's security is made of.
  public SecurityEvidence securityEvidence() {
    return evidence;
  }

  public Brakes brakes() {
    return brakes;
  }

  public Query query() {
    return query;
  }

  public Retrieve retrieve() {
    return retrieve;
  }

  public Safekeeping safekeeping() {
    return safekeeping;
  }

  public Rehearsal rehearsal() {
    return rehearsal;
  }

  public People people() {
    return identities.people();
  }

  public Passkeys passkeys() {
    return identities.passkeys();
  }

  public StepUps stepUps() {
    return identities.stepUps();
  }

  public ProviderSignIns providers() {
    return identities.providers();
  }

  public OwedFactors owedFactors() {
    return identities.owedFactors();
  }

  public OwnAccount ownAccount() {
    return identities.ownAccount();
  }

  public Roles roles() {
    return identities.roles();
  }

  public Recoveries recoveries() {
    return identities.recoveries();
  }

  public ConsoleActs consoleActs() {
    return acts;
  }

  public Duty duty() {
    return identities.duty();
  }

  /// Connections from outside the neighbourhood.
  public Outside outside() {
    return outside;
  }

  public OwnPassword ownPassword() {
    return identities.ownPassword();
  }

  public Invites invites() {
    return identities.invites();
  }

  public Tokens tokens() {
    return identities.tokens();
  }

  /// As [Tokens#create], for some patients alone, whether anything is held of them or not.
  public Tokens.Made tokenFor(
      Caller by, String owner, Set<Caller.Scope> scopes, List<About.Patient> patients, Duration ttl)
      throws IOException {
    Optional<Set<String>> pseudonyms = aftercare.custody().pseudonyms(patients);
    return pseudonyms.isEmpty()
        ? new Tokens.Made.Refused("A Patient ID is 1 to 64 characters.")
        : tokens().create(by, owner, scopes, pseudonyms.get(), ttl);
  }

  public Firsts firsts() {
    return firsts;
  }

  public Referrals referrals() {
    return referrals;
  }

  public Emergencies emergencies() {
    return emergencies;
  }

  public ShareLinks shareLinks() {
    return sharing.links();
  }

  public ShareDoor shareDoor() {
    return sharing.door();
  }

  public Patients patients() {
    return patients.patients();
  }

  public PatientDoor patientDoor() {
    return patients.door();
  }

  public PatientAccesses patientAccesses() {
    return patients.accesses();
  }

  public PatientTasks patientTasks() {
    return patients.tasks();
  }

  public Devices devices() {
    return identities.devices();
  }

  /// Ways in for devices without TLS.
  public Lanes lanes() {
    return identities.lanes();
  }

  /// Why devices were refused or failed.
  public Doctor doctor() {
    return identities.doctor();
  }

  /// What came over them and waits for somebody's word.
  public Unverified unverified() {
    return unverified;
  }

  /// What devices want to know to be kept.
  public Commitments commitments() {
    return commitments;
  }

  public Worklist worklist() {
    return procedures.worklist();
  }

  public PerformedSteps performedSteps() {
    return procedures.performed();
  }

  public Destinations destinations() {
    return identities.destinations();
  }

  public Invitations invitations() {
    return identities.invitations();
  }

  public Authority authority() {
    return identities.authority();
  }

  /// The authority of the site's pages.
  public WebAuthority webAuthority() {
    return identities.webAuthority();
  }

  /// Lays the master key where set-up is told to.
  ///
  /// @param ticket of the set-up under way
  /// @return why the answer can't stand, if it can't
  public Optional<String> layKey(Origin origin, String ticket, KeyChoice choice)
      throws IOException {
    return setUp().holds(ticket)
        ? custody.lay(new Caller.Stranger(origin), choice)
        : Optional.of("This set-up has ended. Start again with a fresh code.");
  }

  public KeyCustody custody() {
    return custody;
  }

  public PackCare packs() {
    return packs;
  }

  public SetUp setUp() {
    return identities.setUp();
  }

  public Deletions deletions() {
    return aftercare.deletions();
  }

  public Corrections corrections() {
    return corrections;
  }

  public Holds holds() {
    return aftercare.holds();
  }

  public Retention retention() {
    return aftercare.retention();
  }

  public Moves moves() {
    return aftercare.moves();
  }

  public Erasures erasures() {
    return aftercare.erasures();
  }

  public Quarantine quarantine() {
    return aftercare.quarantine();
  }

  Aftercare aftercare() {
    return aftercare;
  }

  public SiteRules siteRules() {
    return aftercare.rules();
  }

  public Upkeep upkeep() {
    return upkeep;
  }

  /// The further sites of this archive.
  ///
  /// @throws IllegalStateException if this is one of them
  public Tenants tenants() {
    return tenants.orElseThrow(() -> new IllegalStateException("a further site has none"));
  }

  /// How the archive is doing; empty if `caller` may not know.
  public Optional<Status> status(Caller caller) {
    if (!gate.permits(caller, Verb.OPERATE)) {
      return Optional.empty();
    }
    return Optional.of(Status.of(this, caller, store.health()));
  }

  /// What an administrator has to see to, the worst first; empty for who holds no such role.
  /// Whoever wears another hat is told too, or nobody would hear of it where one person does
  /// everything.
  public List<Concern> concerns(Caller caller) {
    return gate.permits(caller, Verb.OPERATE) || gate.couldWear(caller, Verb.OPERATE)
        ? Status.concerns(safekeeping.last(), store.health().keyBesideData())
        : List.of();
  }

  /// Writes what the trail is still owed, then closes the store; a further site leaves it open.
  @Override
  public void close() throws IOException {
    sweeper.end();
    try (sweeper) {
      trail.endVisits(true);
      identities.sum(true);
      brakes.sweep();
      outside.sweep();
    } finally {
      if (tenants.isPresent()) {
        try {
          tenants.get().close();
        } finally {
          store.close();
        }
      }
    }
  }
}
