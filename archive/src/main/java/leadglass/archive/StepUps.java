package leadglass.archive;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import leadglass.archive.Accounts.Known;

/// Factors proved again within a session: some acts ask that one was within the last five minutes.
///
/// Safe for use by several threads.
public final class StepUps {

  /// How long a proved factor counts as fresh.
  public static final Duration FRESH = Sessions.FRESH;

  static final String FRESH_NEEDED = "Prove that it is you first.";

  /// So many wrong answers end the session: whoever stole it shall not guess on.
  static final int WRONG_MAX = 5;

  private final Accounts accounts;
  private final Sessions sessions;
  private final SecurityTrail trail;
  private final Refusals refusals;
  private final InstantSource clock;
  private final Slowdown slowdown;

  StepUps(
      Accounts accounts,
      Sessions sessions,
      SecurityTrail trail,
      Refusals refusals,
      InstantSource clock) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.trail = trail;
    this.refusals = refusals;
    this.clock = clock;
    this.slowdown = new Slowdown(clock);
  }

  /// What came of a step-up.
  public sealed interface StepUp {
    /// @param secret value of the session cookie from now on
    record Proved(String secret) implements StepUp {
      @Override
      public String toString() {
        return "Proved[]";
      }
    }

    /// @param rule a sentence for the person
    record Refused(String rule) implements StepUp {}

    /// It was the last wrong answer: the session is gone.
    record Ended() implements StepUp {}
  }

  /// Whether a factor was proved in this session within the last five minutes.
  public boolean fresh(String secret) {
    return sessions.fresh(secret);
  }

  /// With a code of the authenticator app, or a recovery code.
  public StepUp code(Caller.Person person, String secret, String code) throws IOException {
    String address = person.origin().address();
    Optional<Duration> wait = slowdown.knock(Accounts.key(person.name()), address);
    if (wait.isPresent()) {
      long seconds = wait.get().plusMillis(999).toSeconds();
      refusals.slowed(person.origin(), Duration.ofSeconds(seconds), "step-up too soon");
      return new StepUp.Refused("Too many tries. Try again in " + seconds + " seconds.");
    }
    while (true) {
      Known known = accounts.find(person.name()).filter(Known::enabled).orElse(null);
      if (known == null) {
        return new StepUp.Ended();
      }
      switch (FactorCodes.check(known.record(), code, clock.millis())) {
        case FactorCodes.Result.Wrong _ -> {
          return wrong(person, secret, "That code is not right.");
        }
        case FactorCodes.Result.OfAnotherTime(long seconds) -> {
          return wrong(person, secret, SignIns.clockOff(seconds));
        }
        case FactorCodes.Result.Right right -> {
          if (accounts.replace(known, known.record().coded(right.step(), right.left()))) {
            return proved(person, secret, right.kind());
          }
        }
      }
    }
  }

  private StepUp proved(Caller.Person person, String secret, String kind) throws IOException {
    trail.security(AuditTrail.Who.of(person), person.origin(), true, "stepped up with " + kind);
    slowdown.right(Accounts.key(person.name()), person.origin().address());
    return sessions.proved(secret).<StepUp>map(StepUp.Proved::new).orElse(new StepUp.Ended());
  }

  private StepUp wrong(Caller.Person person, String secret, String rule) throws IOException {
    refusals.refused(person, "step-up refused: code");
    if (sessions.missed(secret, WRONG_MAX)) {
      return new StepUp.Refused(rule);
    }
    trail.security(
        AuditTrail.Who.of(person),
        person.origin(),
        false,
        "session ended after " + WRONG_MAX + " wrong codes");
    return new StepUp.Ended();
  }
}
