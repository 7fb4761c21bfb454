package leadglass.archive;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;
import leadglass.store.Registry;

/// Everything that says who is who, put together over one registry.
record Identities(
    People people,
    Tokens tokens,
    Devices devices,
    Authority authority,
    SetUp setUp,
    Passkeys passkeys,
    StepUps stepUps,
    OwnAccount ownAccount,
    Refusals refusals) {

  /// @param trail [AuditTrail#security]
  /// @param masterKey a copy of it, for the recovery sheet
  static Identities open(
      Registry registry,
      SecurityTrail trail,
      Gate gate,
      Supplier<byte[]> masterKey,
      InstantSource clock,
      Consumer<? super ArchiveEvent> events) {
    return open(registry, trail, gate, masterKey, clock, events, Passwords.Cost.STANDARD);
  }

  /// @param cost of a password's hash
  static Identities open(
      Registry registry,
      SecurityTrail trail,
      Gate gate,
      Supplier<byte[]> masterKey,
      InstantSource clock,
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
    return new Identities(
        new People(accounts, foundation, enrolments, signIns, sessions, trail, refusals, gate),
        new Tokens(registry, accounts, trail, refusals, gate, clock, random),
        new Devices(registry, authority, trail, refusals, gate, clock, random),
        authority,
        new SetUp(foundation, enrolments, masterKey, trail, refusals, gate, clock, random),
        new Passkeys(accounts, sessions, signIns, trail, refusals, clock, random),
        new StepUps(accounts, sessions, trail, refusals, clock),
        new OwnAccount(accounts, sessions, trail, refusals, random),
        refusals);
  }

  /// Writes what the trail is still owed; call it every minute and when the archive closes.
  void sum(boolean all) throws IOException {
    refusals.sum(all);
  }
}
