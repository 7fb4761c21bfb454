package leadglass.archive;

import java.io.IOException;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leadglass.archive.Accounts.Known;
import leadglass.archive.Challenges.Challenge;
import leadglass.archive.Challenges.Purpose;
import leadglass.archive.People.SignIn;
import leadglass.archive.Signatures.Verdict;

/// Passkeys: discoverable WebAuthn credentials that verify their user, so that one stands for
/// password and second factor together. What the browser brings is checked here, and nothing of it
/// is believed before.
///
/// Safe for use by several threads.
public final class Passkeys {

  /// Of one account.
  public static final int COUNT_MAX = 10;

  /// How long a browser has from the question to the answer.
  public static final Duration ANSWER_WITHIN = Challenges.TTL;

  private static final int HANDLE_BYTES = 32;
  static final String NOT_RIGHT =
      "This passkey could not be added: what your device answered is not what it had to.";

  private final Accounts accounts;
  private final Links links;
  private final Sessions sessions;
  private final SignIns signIns;
  private final SecurityTrail trail;
  private final Refusals refusals;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Challenges challenges;
  private final Signatures signatures = new Signatures();

  /// Apart from that of passwords: whoever guesses those from somebody's network keeps nobody's
  /// passkey waiting.
  private final Slowdown slowdown;

  Passkeys(
      Accounts accounts,
      Links links,
      Sessions sessions,
      SignIns signIns,
      SecurityTrail trail,
      Refusals refusals,
      InstantSource clock,
      SecureRandom random) {
    this.accounts = accounts;
    this.links = links;
    this.sessions = sessions;
    this.signIns = signIns;
    this.trail = trail;
    this.refusals = refusals;
    this.clock = clock;
    this.random = random;
    this.challenges = new Challenges(clock, random);
    this.slowdown = new Slowdown(clock);
  }

  /// Where the pages are, as the browser sees it.
  ///
  /// @param name the RP ID: a host name
  /// @param origin scheme, host, and port where it is not 443
  public record Host(String name, String origin) {
    private static final Pattern AUTHORITY =
        Pattern.compile("([a-z0-9._-]{1,253})(?::(\\d{1,5}))?");

    /// @param authority host and port of a request, checked to be one of ours
    /// @return empty for an IP address: browsers bind passkeys to names alone
    public static Optional<Host> of(String authority) {
      Matcher parts = AUTHORITY.matcher(authority.toLowerCase(Locale.ROOT));
      if (!parts.matches() || isAddress(parts.group(1))) {
        return Optional.empty();
      }
      String port = parts.group(2);
      boolean plain = port == null || port.equals("443");
      return Optional.of(
          new Host(parts.group(1), "https://" + parts.group(1) + (plain ? "" : ":" + port)));
    }

    private static boolean isAddress(String name) {
      try {
        InetAddress.ofLiteral(name);
        return true;
      } catch (IllegalArgumentException _) {
        return name.matches("[0-9.]+");
      }
    }
  }

  /// What an authenticator made, as the browser brought it.
  ///
  /// @param clientData `clientDataJSON`
  /// @param attestation `attestationObject`
  public record Attested(byte[] clientData, byte[] attestation) {
    @Override
    public String toString() {
      return "Attested[]";
    }
  }

  /// What an authenticator signed, as the browser brought it.
  ///
  /// @param userHandle empty if there was none
  public record Asserted(
      byte[] id, byte[] clientData, byte[] authenticatorData, byte[] signature, byte[] userHandle) {
    @Override
    public String toString() {
      return "Asserted[]";
    }
  }

  /// What the browser is to ask the authenticator for.
  ///
  /// @param ticket comes back with the answer
  /// @param host name of it
  /// @param account name of it; empty at sign-in
  /// @param handle name of the account that the authenticator keeps; empty but when adding
  /// @param known ids: those to choose from, or those that need no other when adding
  /// @param algorithms their numbers; empty but when adding
  public record Question(
      String ticket,
      byte[] challenge,
      String host,
      String account,
      byte[] handle,
      List<byte[]> known,
      List<Long> algorithms) {
    @Override
    public String toString() {
      return "Question[]";
    }
  }

  /// @param browser secret of the browser that asks
  public Question signingIn(Host host, String browser) {
    Challenge challenge = challenges.fresh(Purpose.SIGN_IN, host, browser);
    return question(challenge, host, "", new byte[0], List.of(), List.of());
  }

  private static Question question(
      Challenge challenge,
      Host host,
      String account,
      byte[] handle,
      List<byte[]> known,
      List<Long> algorithms) {
    return new Question(
        challenge.ticket(), challenge.value(), host.name(), account, handle, known, algorithms);
  }

  /// A session for the account that the passkey belongs to. Unknown passkeys, wrong signatures and
  /// disabled accounts are one answer.
  public SignIn signIn(Origin origin, Host host, String browser, String ticket, Asserted signed)
      throws IOException {
    // Whoever has a provider comes by it: it knows who left since. Their passkey is a second
    // factor.
    Optional<Known> owner =
        accounts.owner(signed.id()).filter(known -> !links.isLinked(known.key()));
    String account = owner.map(Known::key).orElse("? " + Address.counted(origin.address()));
    Optional<Duration> wait = slowdown.knock(account, origin.address());
    if (wait.isPresent()) {
      return signIns.tooSoon(origin, wait.get());
    }
    // Of a passkey that is nobody's the ticket is not even remembered: strangers take no memory.
    Optional<byte[]> challenge =
        owner.flatMap(_ -> challenges.redeem(Purpose.SIGN_IN, host, browser, ticket));
    Optional<Known> proved =
        challenge.isEmpty() || !handled(owner.orElseThrow().record(), signed)
            ? Optional.empty()
            : proved(Purpose.SIGN_IN, origin, host, account, challenge.get(), signed);
    if (proved.isEmpty()) {
      refusals.refused(new Caller.Stranger(origin), "sign-in with a passkey refused");
      return new SignIn.Refused();
    }
    slowdown.right(account, origin.address());
    return signIns.enter(origin, proved.get(), "a passkey");
  }

  private static boolean handled(AccountRecord record, Asserted signed) {
    byte[] handle = record.handle();
    return handle != null && MessageDigest.isEqual(handle, signed.userHandle());
  }

  /// The account, once its passkey's use is written down.
  private Optional<Known> proved(
      Purpose purpose, Origin origin, Host host, String account, byte[] challenge, Asserted signed)
      throws IOException {
    while (true) {
      Optional<Known> found = accounts.find(account).filter(Known::enabled);
      Optional<PasskeyRecord> passkey =
          found.flatMap(known -> known.record().passkey(signed.id())).filter(p -> !p.suspect());
      if (found.isEmpty() || passkey.isEmpty()) {
        return Optional.empty();
      }
      Known known = found.get();
      AccountRecord record = known.record();
      switch (signatures.asserted(signed, passkey.get(), challenge, host)) {
        case Verdict.Wrong _ -> {
          return Optional.empty();
        }
        case Verdict.CountsBack _ -> {
          suspect(origin, record, passkey.get());
          if (accounts.replace(known, record.changed(passkey.get().suspected()))) {
            return Optional.empty();
          }
        }
        case Verdict.Right(long counter, boolean backedUp) -> {
          PasskeyRecord used = passkey.get().usedAt(clock.millis(), counter, backedUp);
          AccountRecord after = record.changed(used);
          boolean enters = purpose == Purpose.SIGN_IN;
          if (accounts.replace(known, enters ? after.signedIn(clock.millis()) : after)) {
            return Optional.of(known);
          }
        }
      }
    }
  }

  private void suspect(Origin origin, AccountRecord record, PasskeyRecord passkey)
      throws IOException {
    String named = passkey.name() + " of " + record.name();
    trail.security(
        AuditTrail.Who.of(new Caller.Stranger(origin)),
        origin,
        false,
        "passkey " + named + " refused from now on: its counter went back, there may be a copy");
  }

  private static List<byte[]> usable(AccountRecord record, Host host) {
    return record.passkeys().stream()
        .filter(passkey -> passkey.host().equals(host.name()) && !passkey.suspect())
        .map(PasskeyRecord::id)
        .toList();
  }

  /// For the page that asks for a factor again.
  ///
  /// @return empty if the account has no passkey under this name
  public Optional<Question> steppingUp(Caller.Person person, String secret, Host host) {
    List<byte[]> known =
        accounts.find(person.name()).map(owner -> usable(owner.record(), host)).orElse(List.of());
    if (known.isEmpty()) {
      return Optional.empty();
    }
    Challenge challenge = challenges.fresh(Purpose.STEP_UP, host, secret);
    return Optional.of(question(challenge, host, "", new byte[0], known, List.of()));
  }

  /// A factor proved again in a session that is alive; it goes on under another secret.
  public StepUps.StepUp stepUp(
      Caller.Person person, String secret, Host host, String ticket, Asserted signed)
      throws IOException {
    String account = Accounts.key(person.name());
    boolean own = accounts.owner(signed.id()).filter(o -> o.key().equals(account)).isPresent();
    Optional<byte[]> challenge =
        own ? challenges.redeem(Purpose.STEP_UP, host, secret, ticket) : Optional.empty();
    Optional<Known> proved =
        challenge.isEmpty()
            ? Optional.empty()
            : proved(Purpose.STEP_UP, person.origin(), host, account, challenge.get(), signed);
    Optional<String> fresh = proved.flatMap(_ -> sessions.proved(secret));
    if (fresh.isEmpty()) {
      refusals.refused(person, "step-up with a passkey refused");
      return new StepUps.StepUp.Refused("That passkey is not right here.");
    }
    trail.security(AuditTrail.Who.of(person), person.origin(), true, "stepped up with a passkey");
    return new StepUps.StepUp.Proved(fresh.get());
  }

  /// For the second factor of somebody who came from a provider.
  ///
  /// @param secret of the half sign-in
  Optional<Question> completing(Known owner, String secret, Host host) {
    List<byte[]> known = usable(owner.record(), host);
    if (known.isEmpty()) {
      return Optional.empty();
    }
    Challenge challenge = challenges.fresh(Purpose.COMPLETE, host, secret);
    return Optional.of(question(challenge, host, "", new byte[0], known, List.of()));
  }

  /// @return whether a passkey of that account signed what was asked
  boolean completed(
      Origin origin, Known known, String secret, Host host, String ticket, Asserted signed)
      throws IOException {
    boolean own = accounts.owner(signed.id()).filter(o -> o.key().equals(known.key())).isPresent();
    Optional<byte[]> challenge =
        own ? challenges.redeem(Purpose.COMPLETE, host, secret, ticket) : Optional.empty();
    return challenge.isPresent()
        && proved(Purpose.COMPLETE, origin, host, known.key(), challenge.get(), signed).isPresent();
  }

  /// For the page that adds a passkey.
  ///
  /// @return empty unless a factor was proved within the last five minutes
  public Optional<Question> adding(Caller.Person person, String secret, Host host) {
    if (!sessions.fresh(secret)) {
      return Optional.empty();
    }
    AccountRecord record = handle(person.name());
    byte[] handle = record.handle();
    Challenge challenge = challenges.fresh(Purpose.ADD, host, secret);
    List<byte[]> known = record.passkeys().stream().map(PasskeyRecord::id).toList();
    return Optional.of(
        question(
            challenge,
            host,
            record.name(),
            handle == null ? new byte[0] : handle,
            known,
            Signatures.algorithms()));
  }

  /// For somebody who has no account yet.
  ///
  /// @param ticket of their link
  Question joining(Host host, String ticket, String account, byte[] handle) {
    Challenge challenge = challenges.fresh(Purpose.JOIN, host, ticket);
    return question(challenge, host, account, handle, List.of(), Signatures.algorithms());
  }

  /// What they made, if it is what was asked for.
  ///
  /// @param challenge the question's ticket
  Optional<PasskeyRecord> joined(
      String ticket, Host host, String challenge, String label, Attested made) {
    return challenges
        .redeem(Purpose.JOIN, host, ticket, challenge)
        .flatMap(asked -> signatures.attested(made, asked, host, label.strip(), clock.millis()));
  }

  /// The account with a name for authenticators, drawn if it has none.
  private AccountRecord handle(String name) {
    while (true) {
      Known known = accounts.find(name).orElseThrow();
      if (known.record().handle() != null) {
        return known.record();
      }
      byte[] drawn = new byte[HANDLE_BYTES];
      random.nextBytes(drawn);
      AccountRecord handled = known.record().handled(drawn);
      if (accounts.replace(known, handled)) {
        return handled;
      }
    }
  }

  /// Adds a passkey to one's own account.
  ///
  /// @param label 1 to 64 visible characters
  /// @return a rule if it was refused
  public Optional<String> add(
      Caller.Person person, String secret, Host host, String ticket, String label, Attested made)
      throws IOException {
    if (!sessions.fresh(secret)) {
      refusals.refused(person, "adding a passkey refused: no fresh factor");
      return Optional.of(StepUps.FRESH_NEEDED);
    }
    Optional<String> misnamed = OwnAccount.refusedLabel(label);
    if (misnamed.isPresent()) {
      return misnamed;
    }
    Optional<PasskeyRecord> fresh =
        challenges
            .redeem(Purpose.ADD, host, secret, ticket)
            .flatMap(
                asked -> signatures.attested(made, asked, host, label.strip(), clock.millis()));
    if (fresh.isEmpty()) {
      refusals.refused(person, "adding a passkey refused");
      return Optional.of(NOT_RIGHT);
    }
    return keep(person, fresh.get());
  }

  private Optional<String> keep(Caller.Person person, PasskeyRecord passkey) throws IOException {
    ReentrantLock changes = accounts.changes();
    changes.lock(); // over two who bring the same id
    try {
      while (true) {
        Known known = accounts.find(person.name()).orElseThrow();
        AccountRecord record = known.record();
        if (accounts.owner(passkey.id()).isPresent()) {
          refusals.refused(person, "adding a passkey refused: it is known already");
          return Optional.of(NOT_RIGHT);
        }
        if (record.passkeys().size() >= COUNT_MAX) {
          return Optional.of("An account has at most 10 passkeys. Remove one first.");
        }
        List<PasskeyRecord> more = new ArrayList<>(record.passkeys());
        more.add(passkey);
        trail.security(
            AuditTrail.Who.of(person), person.origin(), true, "passkey added: " + passkey.name());
        if (accounts.replace(known, record.withPasskeys(more))) {
          return Optional.empty();
        }
      }
    } finally {
      changes.unlock();
    }
  }
}
