package leadglass.archive;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import leadglass.archive.Accounts.Known;
import leadglass.archive.HalfSignIns.Draft;
import leadglass.archive.People.SignIn;

/// Signing in by way of an identity provider (OpenID Connect). Whoever the provider proved gets the
/// account of that issuer and subject, made the first time, and the roles that the provider's
/// groups stand for, taken anew each time. If the provider asked for no second factor, ours is
/// asked; without one there is no session.
///
/// What a provider said is checked before it comes here ([Proved]). Safe for use by several
/// threads.
public final class ProviderSignIns {

  /// How long a browser has from leaving for the provider to coming back.
  public static final Duration BACK_WITHIN = Challenges.TTL;

  private static final String DISABLED = "Your account here is disabled. Ask an administrator.";
  private static final String NO_ROLE =
      "Your provider knows you, but names no group that has a role here. Ask an administrator.";
  private static final String FULL = "There are too many accounts here. Ask an administrator.";

  private final Accounts accounts;
  private final Links links;
  private final Foundation foundation;
  private final Passwords passwords;
  private final Sessions sessions;
  private final SignIns signIns;
  private final SecurityTrail trail;
  private final Refusals refusals;
  private final Gate gate;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Challenges challenges;
  private final HalfSignIns halves;

  /// Apart from that of passwords and passkeys.
  private final Slowdown slowdown;

  /// What it is made of.
  record Parts(
      Accounts accounts,
      Links links,
      Foundation foundation,
      Passwords passwords,
      Sessions sessions,
      SignIns signIns,
      HalfSignIns halves,
      SecurityTrail trail,
      Refusals refusals,
      Gate gate,
      InstantSource clock,
      SecureRandom random) {}

  ProviderSignIns(Parts parts) {
    this.accounts = parts.accounts();
    this.links = parts.links();
    this.foundation = parts.foundation();
    this.passwords = parts.passwords();
    this.sessions = parts.sessions();
    this.signIns = parts.signIns();
    this.trail = parts.trail();
    this.refusals = parts.refusals();
    this.gate = parts.gate();
    this.clock = parts.clock();
    this.random = parts.random();
    this.challenges = new Challenges(clock, random);
    this.halves = parts.halves();
    this.slowdown = new Slowdown(clock);
  }

  /// What goes to the provider and has to come back.
  ///
  /// @param state comes back in the address
  /// @param nonce comes back in the signed token
  /// @param verifier of PKCE (RFC 7636): only its hash goes through the browser
  public record Question(String state, String nonce, String verifier) {
    @Override
    public String toString() {
      return "Question[]";
    }
  }

  /// Somebody whom a provider proved, every check behind them.
  ///
  /// @param provider our name of it
  /// @param wish name of the person at the provider: becomes part of the account's name and proves
  ///   nothing
  /// @param roles that the person's groups stand for
  /// @param strong whether the provider asked for a second factor
  /// @param atMillis when the provider asked for a factor last, if it said so
  public record Proved(
      String provider,
      String issuer,
      String subject,
      String wish,
      Set<Role> roles,
      boolean strong,
      Optional<Long> atMillis) {
    @Override
    public String toString() {
      return "Proved[]";
    }
  }

  /// What came of a browser's coming back.
  public sealed interface Back {
    record Right(Question question) implements Back {}

    /// It was not sent by us, not to this browser, is used up, or too old.
    record Wrong() implements Back {}

    record TooSoon(Duration after) implements Back {}
  }

  /// What came of an arrival.
  public sealed interface Arrival {
    /// @param secret value of the session cookie
    record In(String secret, Caller.Person caller) implements Arrival {
      @Override
      public String toString() {
        return "In[]";
      }
    }

    /// A factor of ours is owed.
    ///
    /// @param secret goes with the answer, in a cookie
    record Owes(String secret) implements Arrival {
      @Override
      public String toString() {
        return "Owes[]";
      }
    }

    /// @param rule a sentence for somebody who is who they say they are
    record Refused(String rule) implements Arrival {}
  }

  /// Computed, not kept: strangers who leave for a provider a million times take no memory.
  ///
  /// @param browser secret of the browser that leaves
  public Question leaving(Passkeys.Host host, String browser, String provider) {
    Challenges.Challenge challenge =
        challenges.fresh(Challenges.Purpose.PROVIDER, host, holder(browser, provider));
    return question(challenge.ticket(), challenge.value());
  }

  private static String holder(String browser, String provider) {
    return browser + " " + provider;
  }

  private static boolean isSame(String state, String given) {
    return MessageDigest.isEqual(Encodings.utf8(state), Encodings.utf8(given));
  }

  private static Question question(String ticket, byte[] value) {
    String state = ticket + "." + word("state", value);
    return new Question(state, word("nonce", value), word("verifier", value));
  }

  private static String word(String what, byte[] value) {
    byte[] hash = Encodings.sha256(Encodings.utf8(what), value);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }

  /// The question that a state belongs to; after this it can't come back again.
  public Back back(Origin origin, Passkeys.Host host, String browser, String provider, String state)
      throws IOException {
    Optional<Duration> wait = slowdown.knock(provider, origin.address());
    if (wait.isPresent()) {
      Duration whole = Duration.ofSeconds(wait.get().plusMillis(999).toSeconds());
      refusals.slowed(origin, whole, "sign-in by a provider too soon");
      return new Back.TooSoon(whole);
    }
    String ticket = state.substring(0, Math.max(0, state.indexOf('.')));
    return challenges
        .redeem(Challenges.Purpose.PROVIDER, host, holder(browser, provider), ticket)
        .map(value -> question(ticket, value))
        .filter(question -> isSame(question.state(), state))
        .<Back>map(Back.Right::new)
        .orElse(new Back.Wrong());
  }

  /// The provider could not be asked, so that nothing was tried.
  public void untried(Origin origin, String provider) {
    slowdown.untried(provider, origin.address());
  }

  /// What came back was not right.
  public void refused(Origin origin, String provider) throws IOException {
    refusals.refused(new Caller.Stranger(origin), "sign-in by provider " + provider + " refused");
  }

  /// Somebody is here whom a provider proved.
  public Arrival arrive(Origin origin, Proved proved) throws IOException {
    slowdown.right(proved.provider(), origin.address());
    Optional<LinkRecord> link = links.find(proved.issuer(), proved.subject());
    if (link.isPresent() && accounts.find(link.get().account()).isPresent()) {
      return known(origin, proved, link.get());
    }
    if (proved.roles().isEmpty()) {
      refusals.refused(
          new Caller.Stranger(origin), "sign-in by provider " + proved.provider() + ": no role");
      return new Arrival.Refused(NO_ROLE);
    }
    return made(origin, proved);
  }

  private Arrival made(Origin origin, Proved proved) throws IOException {
    ReentrantLock changes = accounts.changes();
    changes.lock();
    try {
      Optional<LinkRecord> before = links.find(proved.issuer(), proved.subject());
      if (before.isEmpty() && accounts.count() >= Accounts.COUNT_MAX) {
        return new Arrival.Refused(FULL);
      }
      String name =
          before.isPresent() && accounts.find(before.get().account()).isEmpty()
              ? before.get().account()
              : before.isPresent() ? "" : ProviderNames.free(proved, accounts);
      if (!name.isEmpty()) {
        trail.security(
            AuditTrail.Who.of(new Caller.Stranger(origin)),
            origin,
            true,
            "account added: "
                + name
                + " ("
                + words(proved.roles())
                + "), of provider "
                + proved.provider());
        // The link first: a power cut leaves a link without account, and this makes it next time.
        links.put(new LinkRecord(proved.issuer(), proved.subject(), Accounts.key(name), false));
        accounts.add(unprovable(name, proved.roles()));
      }
    } finally {
      changes.unlock();
    }
    LinkRecord link = links.find(proved.issuer(), proved.subject()).orElseThrow();
    return known(origin, proved, link);
  }

  private static String words(Set<Role> roles) {
    return roles.stream().sorted().map(Role::word).collect(Collectors.joining(", "));
  }

  /// An account with no password and with factors that nobody has.
  private AccountRecord unprovable(String name, Set<Role> roles) {
    byte[] none = new byte[0];
    AccountRecord.Factors factors =
        new AccountRecord.Factors(
            passwords.nobody(), Totp.secret(random), new RecoveryCodes(none, List.of()));
    return Enrolments.account(name, roles, factors);
  }

  private Arrival known(Origin origin, Proved proved, LinkRecord link) throws IOException {
    Optional<Known> taken = roles(origin, proved, link.account());
    if (taken.isEmpty()) {
      refusals.refused(new Caller.Stranger(origin), "sign-in refused: account disabled");
      return new Arrival.Refused(DISABLED);
    }
    Known known = taken.get();
    if (known.roles().isEmpty()) {
      sessions.endAll(known.key());
      refusals.refused(
          new Caller.Stranger(origin), "sign-in by provider " + proved.provider() + ": no role");
      return new Arrival.Refused(NO_ROLE);
    }
    if (!proved.strong()) {
      boolean enrolled = link.factor() || hasPasskey(known);
      return new Arrival.Owes(
          halves.begin(
              known.key(),
              known.record().epoch(),
              proved.provider(),
              enrolled ? null : draft(known.record().name())));
    }
    long now = clock.millis();
    long at = proved.atMillis().map(then -> Math.min(then, now)).orElse(0L);
    String with = "provider " + proved.provider() + ", which asked for a second factor";
    SignIn.SignedIn in = signIns.enter(origin, known, with, at);
    return new Arrival.In(in.secret(), in.caller());
  }

  private static boolean hasPasskey(Known known) {
    return known.record().passkeys().stream().anyMatch(passkey -> !passkey.suspect());
  }

  private Draft draft(String name) {
    byte[] totp = Totp.secret(random);
    List<String> codes = RecoveryCodes.fresh(random);
    String site = foundation.site().orElse("Leadglass");
    return new Draft(
        totp,
        RecoveryCodes.of(codes, random),
        new People.Enrolment(name, Totp.uri(site, name, totp), codes));
  }

  /// The account with the roles of now.
  ///
  /// @return empty if it is disabled
  private Optional<Known> roles(Origin origin, Proved proved, String account) throws IOException {
    ReentrantLock changes = accounts.changes();
    changes.lock();
    try {
      while (true) {
        Known known = accounts.find(account).orElseThrow();
        AccountRecord record = known.record();
        if (!record.enabled()) {
          return Optional.empty();
        }
        List<String> roles = proved.roles().stream().sorted().map(Role::word).toList();
        if (!new HashSet<>(roles).equals(new HashSet<>(record.roles()))) {
          trail.security(
              AuditTrail.Who.of(new Caller.Stranger(origin)),
              origin,
              true,
              "roles of "
                  + record.name()
                  + " by provider "
                  + proved.provider()
                  + ": "
                  + new TreeSet<>(roles)
                  + ", before "
                  + new TreeSet<>(record.roles()));
        }
        AccountRecord after = record.allowed(roles, true, record.lastStep());
        if (accounts.replace(known, roles.isEmpty() ? after : after.signedIn(clock.millis()))) {
          return accounts.find(account);
        }
      }
    } finally {
      changes.unlock();
    }
  }

  /// Somebody who is elsewhere, and for whom a token of the provider's vouches here: at a reading
  /// station, say.
  ///
  /// @param endsMillis of the token
  /// @param epoch of the account, which another has after all its proofs were taken back
  public record Vouched(Caller.Program program, long endsMillis, long epoch) {}

  /// Who a token stands for: an account that has signed in here before, with the roles that both it
  /// and the token have. No account is made, and none is changed.
  ///
  /// @param endsMillis when the token ends
  /// @return empty, which the trail has, if there is none
  public Optional<Vouched> vouched(Origin origin, Proved proved, long endsMillis)
      throws IOException {
    Optional<Vouched> vouched =
        links
            .find(proved.issuer(), proved.subject())
            .flatMap(link -> accounts.find(link.account()))
            .filter(Known::enabled)
            .map(known ->
                new Vouched(program(origin, proved, known), endsMillis, known.record().epoch()))
            .filter(each -> !each.program().held().isEmpty());
    if (vouched.isEmpty()) {
      refusals.refused(
          new Caller.Stranger(origin),
          "token of provider " + proved.provider() + " refused: no account, or no role");
    }
    return vouched;
  }

  private static Caller.Program program(Origin origin, Proved proved, Known known) {
    Set<Role> held = EnumSet.noneOf(Role.class);
    held.addAll(known.roles());
    held.retainAll(proved.roles());
    return new Caller.Program(
        "provider " + proved.provider(),
        known.record().name(),
        Set.copyOf(held),
        Set.of(Caller.Scope.READ),
        origin);
  }

  /// Whether somebody for whom a token vouched still is who they were: for whoever stays.
  public boolean stands(Vouched vouched) {
    return clock.millis() < vouched.endsMillis()
        && accounts
            .find(vouched.program().owner())
            .filter(Known::enabled)
            .filter(known -> known.record().epoch() == vouched.epoch())
            .filter(known -> known.roles().containsAll(vouched.program().held()))
            .isPresent();
  }

  /// Whether an account signs in at a provider.
  public boolean isLinked(String name) {
    return links.isLinked(name);
  }

  /// The issuer that an account's owner comes by.
  public Optional<String> providerOf(String name) {
    return links.of(name).map(LinkRecord::issuer);
  }

  /// Whether such an account has a second factor here to step up with.
  public boolean hasFactor(String name) {
    return links.of(name).map(LinkRecord::factor).orElse(true)
        || accounts.find(name).filter(ProviderSignIns::hasPasskey).isPresent();
  }

  /// Enables an account of a provider again and forgets its factors here; the next sign-in enrols
  /// others if the provider asks for none. Console only.
  ///
  /// @return a rule if it was refused
  public Optional<String> readmit(Caller by, String name) throws IOException {
    if (!(by instanceof Caller.Console) || !gate.permits(by, Verb.ADMINISTER)) {
      refusals.refused(by, "resetting an account refused");
      return Optional.of("You may not do this.");
    }
    ReentrantLock changes = accounts.changes();
    changes.lock();
    try {
      Optional<LinkRecord> link = links.of(name);
      if (link.isEmpty() || accounts.find(name).isEmpty()) {
        return Optional.of("There is no account of a provider of that name.");
      }
      trail.security(
          AuditTrail.Who.of(by), by.origin(), true, "account reset: " + link.get().account());
      links.put(link.get().withFactor(false));
      while (true) {
        Known known = accounts.find(name).orElseThrow();
        AccountRecord.Factors none =
            new AccountRecord.Factors(
                passwords.nobody(), Totp.secret(random), new RecoveryCodes(new byte[0], List.of()));
        AccountRecord fresh = known.record().emptied(none).renewed(none, null, List.of());
        if (accounts.replace(known, fresh)) {
          sessions.endAll(known.key());
          return Optional.empty();
        }
      }
    } finally {
      changes.unlock();
    }
  }
}
