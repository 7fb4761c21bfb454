package leadglass.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.archive.Accounts.Known;

/// One's own password and authenticator app, made anew, or made at all by whoever joined with a
/// passkey alone. Counts once a code shows that the new second factor was kept.
///
/// Safe for use by several threads.
public final class OwnPassword {
  private static final int DRAFTS_MAX = 1_000;
  private static final int TYPED_CHARS_MAX = 64;
  private static final Duration TTL = Duration.ofMinutes(30);
  private static final String ENDED = "That took too long. Begin again.";

  private final Accounts accounts;
  private final Sessions sessions;
  private final Foundation foundation;
  private final Enrolments enrolments;
  private final SecurityTrail trail;
  private final Refusals refusals;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();

  /// By session; the oldest first.
  private final Map<ByteBuffer, Draft> drafts = new LinkedHashMap<>();

  private record Draft(AccountRecord.Factors factors, People.Enrolment shown, long made) {
    @Override
    public String toString() {
      return "Draft[]";
    }
  }

  OwnPassword(
      Accounts accounts,
      Sessions sessions,
      Foundation foundation,
      Enrolments enrolments,
      SecurityTrail trail,
      Refusals refusals,
      InstantSource clock) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.foundation = foundation;
    this.enrolments = enrolments;
    this.trail = trail;
    this.refusals = refusals;
    this.clock = clock;
  }

  /// Takes a password; [#drafted] then has what is to be shown.
  ///
  /// @param password overwritten when this returns
  /// @return a rule if it was refused
  public Optional<String> draft(Caller.Person person, String secret, char[] password)
      throws IOException {
    if (!sessions.fresh(secret)) {
      Arrays.fill(password, '\0');
      refusals.refused(person, "new password refused: no fresh factor");
      return Optional.of(StepUps.FRESH_NEEDED);
    }
    String site = foundation.site().orElse("Leadglass");
    return switch (enrolments.make(person.name(), site, password)) {
      case Enrolments.Made.Refused(String rule) -> Optional.of(rule);
      case Enrolments.Made.Ready ready -> {
        keep(secret, new Draft(ready.factors(), ready.enrolment(), clock.millis()));
        yield Optional.empty();
      }
    };
  }

  private void keep(String secret, Draft draft) {
    lock.lock();
    try {
      drafts.remove(Secrets.hash(secret));
      drafts.put(Secrets.hash(secret), draft);
      if (drafts.size() > DRAFTS_MAX) {
        drafts.remove(drafts.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  private Optional<Draft> find(String secret) {
    lock.lock();
    try {
      return Optional.ofNullable(drafts.get(Secrets.hash(secret)))
          .filter(draft -> Math.abs(clock.millis() - draft.made()) < TTL.toMillis());
    } finally {
      lock.unlock();
    }
  }

  /// What is to be shown for the draft of this session.
  public Optional<People.Enrolment> drafted(String secret) {
    return find(secret).map(Draft::shown);
  }

  /// The drafted ones count from now on; every other session of the account ends.
  ///
  /// @param code six digits of the new second factor; they don't work again
  /// @return a rule if it was refused
  public Optional<String> confirm(Caller.Person person, String secret, String code)
      throws IOException {
    Optional<Draft> draft = find(secret);
    if (draft.isEmpty() || !draft.get().shown().name().equals(person.name())) {
      return Optional.of(ENDED);
    }
    AccountRecord.Factors factors = draft.get().factors();
    String digits = code.length() > TYPED_CHARS_MAX ? "" : code.replace(" ", "");
    OptionalLong step = Totp.verify(factors.totp(), digits, clock.millis(), 0);
    if (step.isEmpty()) {
      refusals.refused(person, "new password refused: code");
      return Optional.of("Those six digits are not right. Type the ones shown now.");
    }
    trail.security(
        AuditTrail.Who.of(person), person.origin(), true, "password and second factor made anew");
    while (true) {
      Known known = accounts.find(person.name()).filter(Known::enabled).orElse(null);
      if (known == null) {
        return Optional.of(ENDED);
      }
      if (accounts.replace(known, known.record().proved(factors, step.getAsLong()))) {
        sessions.endOthers(known.key(), secret);
        forget(secret);
        return Optional.empty();
      }
    }
  }

  private void forget(String secret) {
    lock.lock();
    try {
      drafts.remove(Secrets.hash(secret));
    } finally {
      lock.unlock();
    }
  }
}
