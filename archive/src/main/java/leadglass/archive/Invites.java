package leadglass.archive;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.archive.Accounts.Known;
import leadglass.archive.People.SignIn;

/// Links by which people join: made by an administrator, good once and for 72 hours. Whoever opens
/// one makes their own factors; nobody else ever knows a password of theirs, and there is no
/// session before a second factor.
///
/// Safe for use by several threads.
public final class Invites {
  public static final Duration TTL = Duration.ofDays(3);

  private static final int OPEN_MAX = 1_000;
  private static final int ADDRESSES_MAX = 20_000;
  private static final int TYPED_CHARS_MAX = 64;
  private static final Tries.Pace PACE =
      new Tries.Pace(2, Duration.ofSeconds(2), Duration.ofMinutes(5));
  private static final String NOT_YOURS = "You may not do this.";
  private static final String TAKEN =
      "There is an account of that name already. Take another name.";

  private final Parts parts;
  private final Secrets secrets;
  private final Joins joins;
  private final Tries wrong;

  /// What invites are made with.
  record Parts(
      InviteBook book,
      Accounts accounts,
      Foundation foundation,
      Enrolments enrolments,
      Passkeys passkeys,
      SignIns signIns,
      SecurityTrail trail,
      Refusals refusals,
      Gate gate,
      InstantSource clock,
      SecureRandom random) {}

  Invites(Parts parts) {
    this.parts = parts;
    this.secrets = new Secrets(parts.random());
    this.joins = new Joins(parts.clock(), parts.random());
    this.wrong = new Tries(parts.clock(), PACE, ADDRESSES_MAX);
  }

  /// What came of inviting somebody.
  public sealed interface Made {
    /// @param secret goes into the link's fragment; kept nowhere
    record Link(String name, String secret, long endsMillis) implements Made {
      @Override
      public String toString() {
        return "Link[]";
      }
    }

    /// @param rule a sentence that says what to do
    record Refused(String rule) implements Made {}
  }

  /// Somebody who is invited and has not joined yet.
  ///
  /// @param again whether they get factors anew
  public record Open(String name, Set<Role> roles, String by, long endsMillis, boolean again) {}

  /// What came of opening a link.
  public sealed interface Opened {
    /// @param ticket goes with every further step, in a cookie
    record Ticket(String ticket) implements Opened {
      @Override
      public String toString() {
        return "Ticket[]";
      }
    }

    /// It opens nothing: there is none of that secret, or it was used, taken back, or has ended.
    record Wrong() implements Opened {}

    record Slowed(Duration pause) implements Opened {}
  }

  /// What came of a step.
  public sealed interface Step {
    /// Show these, then [#confirm].
    record Drafted(People.Enrolment enrolment) implements Step {}

    record Joined(SignIn.SignedIn in) implements Step {}

    /// @param rule a sentence that says what to do
    record Refused(String rule) implements Step {}

    /// The link or its ticket is over.
    record Ended() implements Step {}
  }

  /// Makes a link for somebody who has no account yet; one that is open for that name ends.
  ///
  /// @param name 1 to 64 characters: letters, digits, `.`, `-`, `_`, `@`; unique whatever its case
  public Made invite(Caller by, String name, Set<Role> roles) throws IOException {
    if (!parts.gate().permits(by, Verb.ADMINISTER)) {
      parts.refusals().refused(by, "inviting a person refused");
      return new Made.Refused(NOT_YOURS);
    }
    if (!parts.foundation().done()) {
      return new Made.Refused("Set the archive up first.");
    }
    Optional<String> misnamed = Enrolments.refusedName(name);
    if (misnamed.isPresent()) {
      return new Made.Refused(misnamed.get());
    }
    if (roles.isEmpty()) {
      return new Made.Refused("Name at least one role.");
    }
    List<String> words = roles.stream().sorted().map(Role::word).toList();
    ReentrantLock changes = parts.accounts().changes();
    changes.lock();
    try {
      long now = parts.clock().millis();
      parts.book().forget(each -> each.ends() <= now);
      if (parts.accounts().find(name).isPresent()) {
        return new Made.Refused(TAKEN);
      }
      int open = parts.book().list().size();
      if (open >= OPEN_MAX || parts.accounts().count() + open >= Accounts.COUNT_MAX) {
        return new Made.Refused(
            "There are too many accounts and invitations; no more can be made.");
      }
      note(by, "person invited: " + name + " (" + String.join(", ", words) + ")");
      return make(by, name, words, 0);
    } finally {
      changes.unlock();
    }
  }

  /// For an account whose factors are to be made anew. Under [Accounts#changes].
  Made.Link again(Caller by, Known known) {
    return make(by, known.record().name(), List.of(), known.record().epoch());
  }

  private Made.Link make(Caller by, String name, List<String> roles, int epoch) {
    String secret = secrets.fresh();
    long now = parts.clock().millis();
    long ends = now + TTL.toMillis();
    byte[] hash = Secrets.hash(secret).array();
    parts
        .book()
        .put(new InviteRecord(hash, name, roles, epoch, AuditTrail.Who.of(by).name(), now, ends));
    return new Made.Link(name, secret, ends);
  }

  /// By name; empty for whoever may not know.
  public List<Open> list(Caller by) {
    long now = parts.clock().millis();
    return parts.gate().permits(by, Verb.ADMINISTER)
        ? parts.book().list().stream()
            .filter(each -> each.ends() > now)
            .map(each -> new Open(each.name(), each.held(), each.by(), each.ends(), each.again()))
            .sorted(Comparator.comparing(Open::name))
            .toList()
        : List.of();
  }

  /// Ends the link of a name.
  public Ruling takeBack(Caller by, String name) throws IOException {
    if (!parts.gate().permits(by, Verb.ADMINISTER)) {
      parts.refusals().refused(by, "taking an invitation back refused");
      return new Ruling.NotThere();
    }
    String key = Accounts.key(name);
    Optional<InviteRecord> open =
        parts.book().list().stream()
            .filter(each -> Accounts.key(each.name()).equals(key))
            .findFirst();
    if (open.isEmpty()) {
      return new Ruling.NotThere();
    }
    note(by, "invitation taken back: " + open.get().name());
    parts.book().remove(open.get());
    return new Ruling.Done(open.get().name());
  }

  /// Somebody was disabled: what they were invited by, and whom they invited, ends.
  void left(String name) {
    String key = Accounts.key(name);
    parts
        .book()
        .forget(
            each -> Accounts.key(each.name()).equals(key) || Accounts.key(each.by()).equals(key));
  }

  /// Opens a link.
  ///
  /// @param secret what stands in its fragment
  public Opened open(Origin origin, String secret) throws IOException {
    String address = Address.counted(origin.address());
    Optional<Duration> wait = wrong.wait(address);
    if (wait.isPresent()) {
      parts.refusals().slowed(origin, wait.get(), "invite link too soon");
      return new Opened.Slowed(wait.get());
    }
    wrong.count(address); // before it is checked, so that many at once are no way round
    String key = InviteBook.key(Secrets.hash(secret.strip()).array());
    Optional<InviteRecord> found = current(key);
    if (found.isEmpty()) {
      parts.refusals().refused(new Caller.Stranger(origin), "invite link refused");
      return new Opened.Wrong();
    }
    wrong.forgive(address, 1);
    note(new Caller.Stranger(origin), "invite link opened: " + found.get().name());
    return new Opened.Ticket(joins.begin(key));
  }

  private Optional<InviteRecord> current(String key) {
    return parts.book().find(key).filter(each -> each.ends() > parts.clock().millis());
  }

  /// The account that is joined, while its link is good.
  public Optional<String> joining(String ticket) {
    return joins.find(ticket).flatMap(join -> current(join.invite())).map(InviteRecord::name);
  }

  /// What [#password] returned last for this ticket.
  public Optional<People.Enrolment> drafted(String ticket) {
    return joining(ticket)
        .flatMap(_ -> joins.find(ticket))
        .map(Joins.Join::draft)
        .map(Joins.Draft::shown);
  }

  /// Takes a password; may be called again until [#confirm] succeeds.
  ///
  /// @param password overwritten when this returns
  public Step password(String ticket, char[] password) {
    Optional<String> name = joining(ticket);
    if (name.isEmpty()) {
      Arrays.fill(password, '\0');
      return new Step.Ended();
    }
    String site = parts.foundation().site().orElse("Leadglass");
    return switch (parts.enrolments().make(name.get(), site, password)) {
      case Enrolments.Made.Refused(String rule) -> new Step.Refused(rule);
      case Enrolments.Made.Ready ready -> {
        joins.draft(ticket, new Joins.Draft(ready.factors(), ready.enrolment()));
        yield new Step.Drafted(ready.enrolment());
      }
    };
  }

  /// Joins with the password that was drafted, once a code shows that its second factor was kept.
  ///
  /// @param code six digits; they don't work again
  public Step confirm(Origin origin, String ticket, String code) throws IOException {
    Optional<Joins.Join> join = joins.find(ticket);
    Optional<Joins.Draft> draft = join.map(Joins.Join::draft);
    if (join.isEmpty() || draft.isEmpty()) {
      return new Step.Ended();
    }
    String address = Address.counted(origin.address());
    Optional<Duration> wait = wrong.wait(address);
    if (wait.isPresent()) {
      long seconds = wait.get().plusMillis(999).toSeconds();
      parts.refusals().slowed(origin, Duration.ofSeconds(seconds), "joining too soon");
      return new Step.Refused("Too many tries. Try again in " + seconds + " seconds.");
    }
    AccountRecord.Factors factors = draft.get().factors();
    String digits = code.length() > TYPED_CHARS_MAX ? "" : code.replace(" ", "");
    OptionalLong step = Totp.verify(factors.totp(), digits, parts.clock().millis(), 0);
    if (step.isEmpty()) {
      wrong.count(address);
      parts.refusals().refused(new Caller.Stranger(origin), "joining refused: code");
      OptionalLong other = Totp.farther(factors.totp(), digits, parts.clock().millis(), 0);
      return new Step.Refused(
          other.isPresent()
              ? SignIns.clockOff(Totp.secondsAhead(other.getAsLong(), parts.clock().millis()))
              : "Those six digits are not right. Type the ones shown now.");
    }
    return join(origin, join.get(), new Proof(factors, step.getAsLong(), List.of()));
  }

  /// For the page that makes a passkey in place of a password.
  public Optional<Passkeys.Question> adding(String ticket, Passkeys.Host host) {
    Optional<String> name = joining(ticket);
    return name.flatMap(_ -> joins.find(ticket))
        .map(join -> parts.passkeys().joining(host, ticket, name.get(), join.handle()));
  }

  /// Joins with a passkey alone.
  ///
  /// @param challenge the question's ticket
  /// @param label 1 to 64 visible characters
  public Step passkey(
      Origin origin,
      String ticket,
      Passkeys.Host host,
      String challenge,
      String label,
      Passkeys.Attested made)
      throws IOException {
    Optional<String> misnamed = OwnAccount.refusedLabel(label);
    if (misnamed.isPresent()) {
      return new Step.Refused(misnamed.get());
    }
    Optional<Joins.Join> join = joining(ticket).flatMap(_ -> joins.find(ticket));
    if (join.isEmpty()) {
      return new Step.Ended();
    }
    Optional<PasskeyRecord> passkey = parts.passkeys().joined(ticket, host, challenge, label, made);
    if (passkey.isEmpty()) {
      parts.refusals().refused(new Caller.Stranger(origin), "joining with a passkey refused");
      return new Step.Refused(Passkeys.NOT_RIGHT);
    }
    Proof proof = new Proof(parts.enrolments().none(), 0, List.of(passkey.get()));
    return join(origin, join.get(), proof);
  }

  /// What somebody joins with.
  private record Proof(AccountRecord.Factors factors, long step, List<PasskeyRecord> passkeys) {
    AccountRecord on(AccountRecord record, byte[] handle, long now) {
      return record
          .renewed(factors, passkeys.isEmpty() ? null : handle, passkeys)
          .coded(step, factors.recovery())
          .signedIn(now);
    }

    String words() {
      return passkeys.isEmpty() ? "password and a code" : "a passkey";
    }

    @Override
    public String toString() {
      return "Proof[]";
    }
  }

  private Step join(Origin origin, Joins.Join join, Proof proof) throws IOException {
    Known known;
    ReentrantLock changes = parts.accounts().changes();
    changes.lock();
    try {
      Optional<InviteRecord> invite = current(join.invite());
      Optional<Known> there = invite.flatMap(each -> parts.accounts().find(each.name()));
      if (invite.isEmpty() || !fits(invite.get(), there) || taken(proof)) {
        return new Step.Ended();
      }
      AccountRecord before =
          there
              .map(Known::record)
              .orElseGet(() ->
                  Enrolments.account(invite.get().name(), invite.get().held(), proof.factors()));
      AccountRecord after = proof.on(before, join.handle(), parts.clock().millis());
      String roles = " (" + String.join(", ", after.roles()) + ")";
      String what =
          invite.get().again()
              ? "factors made anew: " + after.name()
              : "account added: " + after.name() + roles + ", invited by " + invite.get().by();
      Role hat = SignIns.firstHat(after.held());
      note(new Caller.Person(after.name(), hat, after.held(), origin), what);
      boolean written =
          there.isPresent()
              ? parts.accounts().replace(there.get(), after)
              : parts.accounts().add(after);
      if (!written) {
        return new Step.Ended();
      }
      // After the account: cut off in between, a link is left that fits nothing any more.
      parts.book().remove(invite.get());
      joins.end(join.invite());
      known = parts.accounts().find(after.name()).orElseThrow();
    } finally {
      changes.unlock();
    }
    return new Step.Joined(parts.signIns().enter(origin, known, proof.words()));
  }

  private static boolean fits(InviteRecord invite, Optional<Known> there) {
    return invite.again()
        ? there.filter(known -> known.record().epoch() == invite.epoch()).isPresent()
        : there.isEmpty();
  }

  private boolean taken(Proof proof) {
    return proof.passkeys().stream()
        .anyMatch(each -> parts.accounts().owner(each.id()).isPresent());
  }

  private void note(Caller by, String what) throws IOException {
    parts.trail().security(AuditTrail.Who.of(by), by.origin(), true, what);
  }
}
