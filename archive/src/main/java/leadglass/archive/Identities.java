package leadglass.archive;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import leadglass.dicom.data.Uid;
import leadglass.store.Registry;

/// Everything that says who is who, put together over one registry.
record Identities(
    People people,
    Tokens tokens,
    Devices devices,
    Lanes lanes,
    Doctor doctor,
    Destinations destinations,
    Invitations invitations,
    Authority authority,
    WebAuthority webAuthority,
    SetUp setUp,
    Passkeys passkeys,
    StepUps stepUps,
    OwnAccount ownAccount,
    ProviderSignIns providers,
    OwedFactors owedFactors,
    OwnPassword ownPassword,
    Invites invites,
    Roles roles,
    Recoveries recoveries,
    Duty duty,
    Refusals refusals,
    Accounts accounts,
    Certification certification) {

  /// Who certifies devices, and what counts no more: one for all sites, for one listener shows one
  /// certificate.
  record Certification(Authority authority, Revocations revocations) {
    static Certification open(
        Registry registry, SecurityTrail trail, InstantSource clock, SecureRandom random) {
      Authority authority = new Authority(registry, trail, clock, random);
      return new Certification(authority, new Revocations(registry, authority, clock));
    }
  }

  /// @param trail [AuditTrail#security]
  /// @param masterKey a copy of it, for the recovery sheet
  /// @param zone says when an hour of the day begins
  static Identities open(
      Registry registry,
      SecurityTrail trail,
      Gate gate,
      Supplier<byte[]> masterKey,
      InstantSource clock,
      ZoneId zone,
      Consumer<? super ArchiveEvent> events) {
    return open(
        registry,
        trail,
        gate,
        masterKey,
        Optional.empty(),
        clock,
        zone,
        events,
        Passwords.Cost.STANDARD);
  }

  /// @param of the first site, for a further one, whose people get no recovery sheet
  /// @param cost of a password's hash
  static Identities open(
      Registry registry,
      SecurityTrail trail,
      Gate gate,
      Supplier<byte[]> masterKey,
      Optional<Certification> of,
      InstantSource clock,
      ZoneId zone,
      Consumer<? super ArchiveEvent> events,
      Passwords.Cost cost) {
    SecureRandom random = new SecureRandom();
    Refusals refusals = new Refusals(trail, clock, events);
    Accounts accounts = new Accounts(registry);
    Links links = new Links(registry);
    Foundation foundation = new Foundation(registry, accounts);
    Passwords passwords = new Passwords(random, cost);
    Enrolments enrolments = new Enrolments(passwords, random);
    Sessions sessions = new Sessions(clock, new Secrets(random));
    SignIns signIns =
        new SignIns(
            accounts, links, passwords, sessions, trail, refusals, clock, enrolments.nobody());
    Certification certification =
        of.orElseGet(() -> Certification.open(registry, trail, clock, random));
    Authority authority = certification.authority();
    Revocations revocations = certification.revocations();
    WebAuthority webAuthority = new WebAuthority(registry, trail, clock, random);
    DeviceBook book = new DeviceBook(registry);
    LaneBook laneBook = new LaneBook(registry);
    InvitationBook invitations = new InvitationBook(registry);
    DeviceProofs proofs = new DeviceProofs(book, revocations, authority, clock, random);
    Devices devices =
        new Devices(
            new Devices.Parts(
                book,
                proofs,
                revocations,
                laneBook,
                invitations,
                authority,
                trail,
                refusals,
                gate,
                clock,
                zone,
                events));
    Lanes lanes =
        new Lanes(new Lanes.Parts(laneBook, book, trail, refusals, gate, clock, zone, random));
    Doctor doctor =
        new Doctor(
            title -> devices.has(title) || lanes.has(title),
            new DeviceFaults(book, devices, clock)::why,
            gate,
            clock);
    Destinations destinations = new Destinations(book, refusals, gate, clock, zone);
    Passkeys passkeys =
        new Passkeys(accounts, links, sessions, signIns, trail, refusals, clock, random);
    Provisionals provisionals = new Provisionals(registry);
    HalfSignIns halves = new HalfSignIns(clock, new Secrets(random));
    ProviderSignIns providers =
        new ProviderSignIns(
            new ProviderSignIns.Parts(
                accounts,
                links,
                foundation,
                passwords,
                sessions,
                signIns,
                halves,
                trail,
                refusals,
                gate,
                clock,
                random));
    Invites invites =
        new Invites(
            new Invites.Parts(
                new InviteBook(registry),
                accounts,
                foundation,
                enrolments,
                passkeys,
                signIns,
                trail,
                refusals,
                gate,
                clock,
                random));
    Roles roles =
        new Roles(
            new Roles.Parts(
                registry, accounts, provisionals, sessions, trail, refusals, gate, clock, random));
    Recoveries recoveries =
        new Recoveries(
            new Recoveries.Parts(
                registry,
                accounts,
                links,
                sessions,
                enrolments,
                invites,
                masterKey,
                trail,
                refusals,
                gate,
                clock,
                events));
    Duty duty = new Duty(registry, accounts, devices, trail, refusals, gate);
    duty.also(lanes::claims);
    People people =
        new People(accounts, links, provisionals, signIns, sessions, trail, refusals, gate);
    people.whenDisabled(invites::left);
    people.whenDisabled(roles::left);
    return new Identities(
        people,
        new Tokens(registry, accounts, sessions, trail, refusals, gate, clock, random),
        devices,
        lanes,
        doctor,
        destinations,
        new Invitations(invitations, devices, webAuthority, trail, refusals, gate, clock, random),
        authority,
        webAuthority,
        new SetUp(
            foundation,
            enrolments,
            accounts,
            signIns,
            of.isPresent() ? Optional.empty() : Optional.of(masterKey),
            trail,
            refusals,
            gate,
            clock,
            random),
        passkeys,
        new StepUps(accounts, sessions, trail, refusals, clock),
        new OwnAccount(accounts, sessions, trail, refusals, random),
        providers,
        new OwedFactors(accounts, links, halves, signIns, passkeys, trail, refusals, clock),
        new OwnPassword(accounts, sessions, foundation, enrolments, trail, refusals, clock),
        invites,
        roles,
        recoveries,
        duty,
        refusals,
        accounts,
        certification);
  }

  /// Why a caller may not store an instance of a SOP class, if it is a device and may not.
  Optional<String> objection(Caller caller, Optional<Uid> sopClass) {
    return caller instanceof Caller.Device device && device.proof().isLane()
        ? lanes.objection(device)
        : devices.objection(caller, sopClass);
  }

  /// Writes what the trail is still owed; call it every minute and when the archive closes.
  void sum(boolean all) throws IOException {
    refusals.sum(all);
  }

  /// Does what is due; every minute, and when the archive opens.
  void sweep() throws IOException {
    roles.sweep();
    recoveries.sweep();
    lanes.sweep();
  }
}
