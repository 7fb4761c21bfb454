package leadglass.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import leadglass.archive.Accounts.Known;
import leadglass.store.Registry;

/// Bearer tokens of programs: prefixed, checksummed, kept only as a hash, scoped, ending.
///
/// Safe for use by several threads.
public final class Tokens {

  /// No token lives longer.
  public static final Duration TTL_MAX = Duration.ofDays(366);

  /// How long one works that was made at the console, unless its owner confirms it.
  public static final Duration CONSOLE_TTL = Roles.CONSOLE_TTL;

  private static final int PER_OWNER_MAX = 100;
  private static final int ADDRESSES_MAX = 20_000;

  /// 256 bits can't be guessed; this only keeps a broken program from knocking all day.
  private static final Tries.Pace PACE =
      new Tries.Pace(5, Duration.ofSeconds(1), Duration.ofMinutes(1));

  private final Documents<TokenRecord> documents;
  private final Accounts accounts;
  private final Sessions sessions;
  private final SecurityTrail trail;
  private final Refusals refusals;
  private final Gate gate;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Tries wrong;
  private final Map<String, Live> live = new ConcurrentHashMap<>();

  private record Live(TokenRecord record, Set<Caller.Scope> scopes) {}

  Tokens(
      Registry registry,
      Accounts accounts,
      Sessions sessions,
      SecurityTrail trail,
      Refusals refusals,
      Gate gate,
      InstantSource clock,
      SecureRandom random) {
    this.documents = new Documents<>(registry, "token", TokenRecord.class);
    this.accounts = accounts;
    this.sessions = sessions;
    this.trail = trail;
    this.refusals = refusals;
    this.gate = gate;
    this.clock = clock;
    this.random = random;
    this.wrong = new Tries(clock, PACE, ADDRESSES_MAX);
    documents.list().forEach(kept -> keep(kept.document()));
  }

  private void keep(TokenRecord record) {
    live.put(record.id(), new Live(record, record.allowed()));
  }

  /// What came of asking for one.
  public sealed interface Made {
    /// @param toConfirm whether it ends then unless its owner confirms it
    record Token(String secret, long endsMillis, boolean toConfirm) implements Made {
      @Override
      public String toString() {
        return "Token[]";
      }
    }

    /// @param rule a sentence that says what to do
    record Refused(String rule) implements Made {}
  }

  /// Makes a token. A person makes their own, the console anybody's.
  ///
  /// @param owner name of the account it stands for
  public Made create(Caller by, String owner, Set<Caller.Scope> scopes, Duration ttl)
      throws IOException {
    return create(by, owner, scopes, Set.of(), ttl);
  }

  /// @param patients pseudonyms of the only ones it reaches; empty: as far as its owner
  Made create(Caller by, String owner, Set<Caller.Scope> scopes, Set<String> patients, Duration ttl)
      throws IOException {
    Optional<Known> account = accounts.find(owner).filter(Known::enabled);
    if (!mayMake(by, account)) {
      refusals.refused(by, "making a token refused");
      return new Made.Refused("You can make tokens for yourself alone.");
    }
    if (account.isEmpty()) {
      return new Made.Refused("There is no enabled account of that name.");
    }
    if (scopes.isEmpty()) {
      return new Made.Refused(
          "Say what the token may do: read, write, audit, or several of them; or witness.");
    }
    if (scopes.contains(Caller.Scope.WITNESS) && scopes.size() > 1) {
      return new Made.Refused("A token for a witness brings checkpoints, and does nothing else.");
    }
    if (ttl.compareTo(Duration.ofMinutes(1)) < 0 || ttl.compareTo(TTL_MAX) > 0) {
      return new Made.Refused("A token lives from 1 minute to " + TTL_MAX.toDays() + " days.");
    }
    if (!patients.isEmpty() && !scopes.equals(Set.of(Caller.Scope.READ))) {
      return new Made.Refused("A token for some patients may read, and nothing else.");
    }
    return make(by, account.get(), scopes, patients, ttl);
  }

  private boolean mayMake(Caller by, Optional<Known> owner) {
    return switch (by) {
      case Caller.Console _ -> gate.permits(by, Verb.ADMINISTER);
      case Caller.Person person ->
          gate.permits(by, Verb.BE_KNOWN)
              && owner.isPresent()
              && owner.get().key().equals(Accounts.key(person.name()));
      case Caller.Stranger _, Caller.Program _, Caller.Device _, Caller.Share _, Caller.Patient _ ->
          false;
    };
  }

  private Made make(
      Caller by, Known owner, Set<Caller.Scope> scopes, Set<String> patients, Duration ttl)
      throws IOException {
    long now = clock.millis();
    if (forgetEnded(owner.key(), now) >= PER_OWNER_MAX) {
      return new Made.Refused(
          "There are " + PER_OWNER_MAX + " tokens of that account; wait until one ends.");
    }
    long wanted = now + ttl.toMillis();
    boolean provisional = by instanceof Caller.Console && ttl.compareTo(CONSOLE_TTL) > 0;
    List<String> names = scopes.stream().sorted().map(Caller.Scope::name).toList();
    TokenText text = TokenText.fresh(random);
    TokenRecord record =
        new TokenRecord(
            text.id(),
            owner.key(),
            owner.record().epoch(),
            text.hash(),
            names,
            now,
            provisional ? now + CONSOLE_TTL.toMillis() : wanted,
            provisional ? wanted : null,
            patients.stream().sorted().toList());
    trail.security(
        AuditTrail.Who.of(by),
        by.origin(),
        true,
        "token made: "
            + owner.record().name()
            + "/"
            + text.id()
            + " "
            + names
            + (patients.isEmpty() ? "" : " for " + patients.size() + " patients alone"));
    if (!documents.put(text.id(), 0, record)) {
      throw new IllegalStateException("two tokens of one id");
    }
    keep(record);
    return new Made.Token(text.text(), record.ends(), provisional);
  }

  /// @return how many tokens the owner still has
  private long forgetEnded(String owner, long now) {
    List<TokenRecord> own =
        live.values().stream().map(Live::record).filter(t -> t.owner().equals(owner)).toList();
    long left = own.size();
    for (TokenRecord token : own) {
      if (token.ends() <= now) {
        live.remove(token.id());
        documents.remove(token.id());
        left--;
      }
    }
    return left;
  }

  /// Whether a token opens anything.
  public enum State {
    VALID,
    ENDED,
    /// Its owner was disabled or reset since.
    OUTLIVED
  }

  /// A token as its owner and administrators see it; nothing that would open anything.
  ///
  /// @param id its public part
  /// @param owner name of the account it stands for
  /// @param patients how many it reaches at most; 0: as far as its owner
  /// @param wantedMillis until when it works if its owner confirms it; empty: nothing to confirm
  public record Token(
      String id,
      String owner,
      Set<Caller.Scope> scopes,
      long madeMillis,
      long endsMillis,
      Optional<Long> wantedMillis,
      int patients,
      State state) {}

  /// Those that were made and not revoked, by owner and end: all for whoever administers, their own
  /// for every other person.
  public List<Token> list(Caller by) {
    return live.values().stream()
        .filter(each -> mayEnd(by, each.record()))
        .map(this::shown)
        .sorted(Comparator.comparing(Token::owner).thenComparingLong(Token::endsMillis))
        .toList();
  }

  private boolean mayEnd(Caller by, TokenRecord token) {
    if (gate.permits(by, Verb.ADMINISTER)) {
      return true;
    }
    return by instanceof Caller.Person person
        && gate.permits(by, Verb.BE_KNOWN)
        && token.owner().equals(Accounts.key(person.name()));
  }

  private Token shown(Live each) {
    TokenRecord token = each.record();
    Optional<Known> owner = accounts.find(token.owner());
    State state =
        clock.millis() >= token.ends()
            ? State.ENDED
            : isStanding(token, owner) ? State.VALID : State.OUTLIVED;
    String name = owner.map(known -> known.record().name()).orElse(token.owner());
    return new Token(
        token.id(),
        name,
        each.scopes(),
        token.made(),
        token.ends(),
        Optional.ofNullable(token.wanted()),
        token.patients().size(),
        state);
  }

  private static boolean isStanding(TokenRecord token, Optional<Known> owner) {
    return owner.isPresent()
        && owner.get().enabled()
        && owner.get().record().epoch() == token.epoch();
  }

  /// Its owner confirms a token that was made at the console: it works until it was to end.
  ///
  /// @param secret of a session in which a factor was proved within the last five minutes
  public Ruling keep(Caller.Person person, String secret, String id) throws IOException {
    if (!sessions.fresh(secret)) {
      refusals.refused(person, "confirming a token refused: no fresh factor");
      return new Ruling.Refused(StepUps.FRESH_NEEDED);
    }
    Optional<Documents.Kept<TokenRecord>> kept =
        documents
            .find(id)
            .filter(each -> each.document().owner().equals(Accounts.key(person.name())))
            .filter(each -> each.document().wanted() != null)
            .filter(each -> clock.millis() < each.document().ends());
    if (kept.isEmpty()) {
      return new Ruling.NotThere();
    }
    trail.security(
        AuditTrail.Who.of(person), person.origin(), true, "token confirmed by its owner: " + id);
    TokenRecord confirmed = kept.get().document().confirmed();
    if (!documents.put(id, kept.get().version(), confirmed)) {
      return new Ruling.NotThere();
    }
    keep(confirmed);
    return new Ruling.Done(id);
  }

  /// Ends a token at once, for good.
  ///
  /// @param id its public part, as [#list] has it
  public Ruling revoke(Caller by, String id) throws IOException {
    Live found = live.get(id);
    if (found == null || !mayEnd(by, found.record())) {
      return new Ruling.NotThere();
    }
    trail.security(
        AuditTrail.Who.of(by),
        by.origin(),
        true,
        "token revoked: " + found.record().owner() + "/" + id);
    live.remove(id);
    documents.remove(id);
    return new Ruling.Done(id);
  }

  /// The program a token belongs to; empty if it is wrong, ended, or its owner is disabled. Wrong
  /// ones from one address are slowed: then the answer is empty too.
  ///
  /// @throws UncheckedIOException if the refusal can't be written to the audit trail
  public Optional<Caller.Program> verify(Origin origin, String secret) {
    String address = Address.counted(origin.address());
    Optional<Duration> wait = wrong.wait(address);
    if (wait.isPresent()) {
      slowed(origin, wait.get());
      return Optional.empty();
    }
    Optional<TokenText> text = TokenText.read(secret);
    if (text.isEmpty()) {
      return refused(origin, "mistyped token refused");
    }
    Live found = live.get(text.get().id());
    if (found == null || !MessageDigest.isEqual(found.record().hash(), text.get().hash())) {
      wrong.count(address);
      return refused(origin, "unknown token refused");
    }
    Optional<Caller.Program> program = program(origin, found);
    return program.isPresent() ? program : refused(origin, "ended token refused");
  }

  /// Whether a token that was shown before still is what it was: for whoever stays.
  public boolean stands(Caller.Program program) {
    Live found = live.get(program.id());
    return found != null && program(program.origin(), found).equals(Optional.of(program));
  }

  private Optional<Caller.Program> program(Origin origin, Live found) {
    TokenRecord token = found.record();
    if (clock.millis() >= token.ends()) {
      return Optional.empty();
    }
    return accounts
        .find(token.owner())
        .filter(owner -> isStanding(token, Optional.of(owner)))
        .map(owner ->
            new Caller.Program(
                token.id(),
                owner.record().name(),
                owner.roles(),
                found.scopes(),
                Set.copyOf(token.patients()),
                origin));
  }

  private Optional<Caller.Program> refused(Origin origin, String detail) {
    try {
      refusals.refused(new Caller.Stranger(origin), detail);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.empty();
  }

  private void slowed(Origin origin, Duration wait) {
    try {
      refusals.slowed(origin, wait, "token too soon");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
