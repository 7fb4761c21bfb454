package leadglass.archive;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.function.Consumer;
import java.util.function.Supplier;
import leadglass.store.Registry;

/// Everything that says who is who, put together over one registry.
record Identities(
    People people,
    Tokens tokens,
    Devices devices,
    Invitations invitations,
    Authority authority,
    SetUp setUp,
    Passkeys passkeys,
    StepUps stepUps,
    OwnAccount ownAccount,
    OwnPassword ownPassword,
    Invites invites,
    Roles roles,
    Recoveries recoveries,
    Duty duty,
    Refusals refusals) {

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
    return open(registry, trail, gate, masterKey, clock, zone, events, Passwords.Cost.STANDARD);
  }

  /// @param cost of a password's hash
  static Identities open(
      Registry registry,
      SecurityTrail trail,
      Gate gate,
      Supplier<byte[]> masterKey,
      InstantSource clock,
      ZoneId zone,
      Consumer<? super ArchiveEvent> events,
      Passwords.Cost cost) {
    SecureRandom random = new SecureRandom();
    Refusals refusals = new Refusals(trail, clock, events);
    Accounts accounts = new Accounts(registry);
    Foundation foundation = new Foundation(registry, accounts);
    Passwords passwords = new Passwords(random, cost);
    Enrolments enrolments = new Enrolments(passwords, random);
    Sessions sessions = new Sessions(clock, new Secrets(random));
    SignIns signIns =
        new SignIns(accounts, passwords, sessions, trail, refusals, clock, enrolments.nobody());
    Authority authority = new Authority(registry, trail, clock, random);
    Revocations revocations = new Revocations(registry, authority, clock);
    DeviceBook book = new DeviceBook(registry);
    InvitationBook invitations = new InvitationBook(registry);
    DeviceProofs proofs = new DeviceProofs(book, revocations, authority, clock, random);
    Devices devices =
        new Devices(
            new Devices.Parts(
                book,
                proofs,
                revocations,
                invitations,
                authority,
                trail,
                refusals,
                gate,
                clock,
                zone,
                events));
    Passkeys passkeys = new Passkeys(accounts, sessions, signIns, trail, refusals, clock, random);
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
    Provisionals provisionals = new Provisionals(registry);
    Roles roles =
        new Roles(
            new Roles.Parts(
                registry, accounts, provisionals, sessions, trail, refusals, gate, clock, random));
    Recoveries recoveries =
        new Recoveries(
            new Recoveries.Parts(
                registry,
                accounts,
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
    People people = new People(accounts, provisionals, signIns, sessions, trail, refusals, gate);
    people.whenDisabled(invites::left);
    people.whenDisabled(roles::left);
    return new Identities(
        people,
        new Tokens(registry, accounts, sessions, trail, refusals, gate, clock, random),
        devices,
        new Invitations(invitations, devices, authority, trail, refusals, gate, clock, random),
        authority,
        new SetUp(
            foundation,
            enrolments,
            accounts,
            signIns,
            masterKey,
            trail,
            refusals,
            gate,
            clock,
            random),
        passkeys,
        new StepUps(accounts, sessions, trail, refusals, clock),
        new OwnAccount(accounts, sessions, trail, refusals, random),
        new OwnPassword(accounts, sessions, foundation, enrolments, trail, refusals, clock),
        invites,
        roles,
        recoveries,
        duty,
        refusals);
  }

  /// Writes what the trail is still owed; call it every minute and when the archive closes.
  void sum(boolean all) throws IOException {
    refusals.sum(all);
  }

  /// Does what is due; every minute, and when the archive opens.
  void sweep() throws IOException {
    roles.sweep();
    recoveries.sweep();
  }
}
