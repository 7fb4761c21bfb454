package leadglass.archive;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.archive.Accounts.Known;
import leadglass.archive.HalfSignIns.Draft;
import leadglass.archive.HalfSignIns.Half;
import leadglass.archive.People.SignIn;
import org.jspecify.annotations.Nullable;

/// The second factor that is owed by whoever came from a provider that asked for none: a code or a
/// passkey of the account, and a first one to be enrolled where there is neither.
///
/// Safe for use by several threads.
public final class OwedFactors {
  private static final int CODE_CHARS_MAX = 64;
  private static final String WRONG = "That code is not right.";

  private final Accounts accounts;
  private final Links links;
  private final HalfSignIns halves;
  private final SignIns signIns;
  private final Passkeys passkeys;
  private final SecurityTrail trail;
  private final Refusals refusals;
  private final InstantSource clock;
  private final Slowdown slowdown;

  OwedFactors(
      Accounts accounts,
      Links links,
      HalfSignIns halves,
      SignIns signIns,
      Passkeys passkeys,
      SecurityTrail trail,
      Refusals refusals,
      InstantSource clock) {
    this.accounts = accounts;
    this.links = links;
    this.halves = halves;
    this.signIns = signIns;
    this.passkeys = passkeys;
    this.trail = trail;
    this.refusals = refusals;
    this.clock = clock;
    this.slowdown = new Slowdown(clock);
  }

  /// What somebody owes who came from a provider.
  ///
  /// @param enrolment to be shown once and proved by a code; empty if there is a factor already
  public record Owed(String name, Optional<People.Enrolment> enrolment) {
    @Override
    public String toString() {
      return "Owed[]";
    }
  }

  /// What came of an answer to it.
  public sealed interface Answer {
    /// @param recoveryCodes to be shown once; empty if they were made before
    record In(String secret, Caller.Person caller, List<String> recoveryCodes) implements Answer {
      @Override
      public String toString() {
        return "In[]";
      }
    }

    /// @param rule a sentence for the person
    record Wrong(String rule) implements Answer {}

    /// Begin again at the provider.
    record Ended() implements Answer {}
  }

  /// What the holder of a half sign-in owes.
  public Optional<Owed> owed(String secret) {
    return halves.find(secret).flatMap(this::owed);
  }

  private Optional<Owed> owed(Half half) {
    @Nullable Draft draft = half.draft();
    return current(half)
        .map(
            known -> new Owed(known.record().name(), Optional.ofNullable(draft).map(Draft::shown)));
  }

  private Optional<Known> current(Half half) {
    return accounts
        .find(half.account())
        .filter(known -> known.enabled() && known.record().epoch() == half.epoch())
        .filter(known -> !known.roles().isEmpty());
  }

  /// A code of the authenticator app, or a recovery code.
  public Answer code(Origin origin, String secret, String code) throws IOException {
    Optional<Half> half = halves.find(secret);
    if (half.isEmpty() || current(half.get()).isEmpty()) {
      return new Answer.Ended();
    }
    String account = half.get().account();
    Optional<Duration> wait = slowdown.knock(account, origin.address());
    if (wait.isPresent()) {
      return new Answer.Wrong("Try again in " + (wait.get().toSeconds() + 1) + " s.");
    }
    @Nullable Draft draft = half.get().draft();
    Optional<Answer> wrong =
        draft == null
            ? spent(origin, half.get(), secret, code)
            : enrolled(origin, half.get(), secret, draft, code);
    if (wrong.isPresent()) {
      return wrong.get();
    }
    slowdown.right(account, origin.address());
    String with = "provider " + half.get().provider() + " and a code";
    return entered(origin, secret, with, draft == null ? List.of() : draft.shown().recoveryCodes());
  }

  private Answer entered(Origin origin, String secret, String with, List<String> codes)
      throws IOException {
    Optional<Known> known = halves.take(secret).flatMap(this::current);
    if (known.isEmpty()) {
      return new Answer.Ended();
    }
    SignIn.SignedIn in = signIns.enter(origin, known.get(), with);
    return new Answer.In(in.secret(), in.caller(), codes);
  }

  /// Spends a code.
  ///
  /// @return empty if it was right
  private Optional<Answer> spent(Origin origin, Half half, String secret, String code)
      throws IOException {
    while (true) {
      Optional<Known> known = current(half);
      if (known.isEmpty()) {
        return Optional.of(new Answer.Ended());
      }
      AccountRecord record = known.get().record();
      switch (FactorCodes.check(record, code, clock.millis())) {
        case FactorCodes.Result.Wrong _ -> {
          return Optional.of(missed(origin, secret, WRONG));
        }
        case FactorCodes.Result.OfAnotherTime(long seconds) -> {
          return Optional.of(missed(origin, secret, SignIns.clockOff(seconds)));
        }
        case FactorCodes.Result.Right right -> {
          if (accounts.replace(known.get(), record.coded(right.step(), right.left()))) {
            return Optional.empty();
          }
        }
      }
    }
  }

  /// Enrols what was drafted, if the code is one of it.
  ///
  /// @return empty if it was right
  private Optional<Answer> enrolled(
      Origin origin, Half half, String secret, Draft draft, String code) throws IOException {
    String typed = code.length() > CODE_CHARS_MAX ? "" : code.replace(" ", "");
    long now = clock.millis();
    OptionalLong step = Totp.verify(draft.totp(), typed, now, 0);
    if (step.isEmpty()) {
      OptionalLong other = Totp.farther(draft.totp(), typed, now, 0);
      String rule =
          other.isPresent() ? SignIns.clockOff(Totp.secondsAhead(other.getAsLong(), now)) : WRONG;
      return Optional.of(missed(origin, secret, rule));
    }
    ReentrantLock changes = accounts.changes();
    changes.lock();
    try {
      while (true) {
        Optional<Known> known = current(half);
        Optional<LinkRecord> link = known.flatMap(each -> links.of(each.key()));
        if (known.isEmpty() || link.isEmpty() || link.get().factor()) {
          // Somebody else was faster with the same account; they may show what they enrolled.
          return Optional.of(new Answer.Ended());
        }
        AccountRecord record = known.get().record();
        AccountRecord after = record.enrolled(draft.totp(), draft.recovery(), step.getAsLong());
        trail.security(
            AuditTrail.Who.of(new Caller.Stranger(origin)),
            origin,
            true,
            "second factor enrolled: " + record.name());
        if (accounts.replace(known.get(), after)) {
          links.put(link.get().withFactor(true));
          return Optional.empty();
        }
      }
    } finally {
      changes.unlock();
    }
  }

  private Answer missed(Origin origin, String secret, String rule) throws IOException {
    refusals.refused(new Caller.Stranger(origin), "second factor after a provider refused");
    return halves.missed(secret, StepUps.WRONG_MAX) ? new Answer.Wrong(rule) : new Answer.Ended();
  }

  /// For the page that asks for the factor.
  ///
  /// @return empty if the account has no passkey under this name
  public Optional<Passkeys.Question> passkey(String secret, Passkeys.Host host) {
    return halves
        .find(secret)
        .filter(half -> half.draft() == null)
        .flatMap(this::current)
        .flatMap(known -> passkeys.completing(known, secret, host));
  }

  /// A passkey in place of the code.
  public Answer passkey(
      Origin origin, String secret, Passkeys.Host host, String ticket, Passkeys.Asserted signed)
      throws IOException {
    Optional<Known> known =
        halves.find(secret).filter(half -> half.draft() == null).flatMap(this::current);
    if (known.isEmpty()) {
      return new Answer.Ended();
    }
    if (!passkeys.completed(origin, known.get(), secret, host, ticket, signed)) {
      return missed(origin, secret, "That passkey is not right here.");
    }
    String provider = halves.find(secret).map(Half::provider).orElse("");
    return entered(origin, secret, "provider " + provider + " and a passkey", List.of());
  }
}
