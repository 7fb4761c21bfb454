package leadglass.archive;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import leadglass.archive.Accounts.Known;
import org.jspecify.annotations.Nullable;

/// What everybody sees and changes of their own account.
///
/// There is always one whole way in: who has no password keeps a passkey that works.
///
/// Safe for use by several threads.
public final class OwnAccount {
  private static final int LABEL_CHARS_MAX = 64;
  private static final String ONLY_WAY =
      "This passkey is your only way in. Make a password with an authenticator app first.";
  private static final String GONE = "There is no such passkey any more.";

  private final Accounts accounts;
  private final Sessions sessions;
  private final SecurityTrail trail;
  private final Refusals refusals;
  private final SecureRandom random;

  OwnAccount(
      Accounts accounts,
      Sessions sessions,
      SecurityTrail trail,
      Refusals refusals,
      SecureRandom random) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.trail = trail;
    this.refusals = refusals;
    this.random = random;
  }

  /// A passkey as its owner sees it.
  ///
  /// @param name stands for it in addresses
  /// @param host name it works under
  /// @param suspect there may be a copy of it; it is not accepted any more
  public record Passkey(
      String name,
      String label,
      String host,
      long madeMillis,
      Optional<Long> usedMillis,
      boolean backedUp,
      boolean suspect) {
    static Passkey of(PasskeyRecord record) {
      return new Passkey(
          record.name(),
          record.label(),
          record.host(),
          record.made(),
          Optional.ofNullable(record.used()),
          record.backedUp(),
          record.suspect());
    }
  }

  /// One's own account.
  ///
  /// @param password whether there is one, with an authenticator app
  /// @param recoveryCodesLeft how many work yet
  /// @param sessions how many are alive, this one among them
  public record Own(
      List<Passkey> passkeys, boolean password, int recoveryCodesLeft, int sessions) {}

  static Optional<String> refusedLabel(String label) {
    return Foundation.isVisible(label.strip(), LABEL_CHARS_MAX)
        ? Optional.empty()
        : Optional.of("A passkey's name is 1 to " + LABEL_CHARS_MAX + " visible characters.");
  }

  public Own of(Caller.Person person) {
    Known known = accounts.find(person.name()).orElseThrow();
    AccountRecord record = known.record();
    return new Own(
        record.passkeys().stream().map(Passkey::of).toList(),
        !record.password().absent(),
        record.recovery().hashes().size(),
        sessions.count(known.key()));
  }

  /// @return a rule if it was refused
  public Optional<String> rename(Caller.Person person, String passkey, String label)
      throws IOException {
    Optional<String> misnamed = refusedLabel(label);
    if (misnamed.isPresent()) {
      return misnamed;
    }
    return change(
        person,
        record -> record.passkey(passkey).map(p -> record.changed(p.labelled(label.strip()))),
        "passkey renamed: " + passkey);
  }

  /// @return a rule if it was refused
  public Optional<String> remove(Caller.Person person, String secret, String passkey)
      throws IOException {
    if (!sessions.fresh(secret)) {
      refusals.refused(person, "removing a passkey refused: no fresh factor");
      return Optional.of(StepUps.FRESH_NEEDED);
    }
    AccountRecord now = accounts.find(person.name()).orElseThrow().record();
    if (isOnlyWay(now, passkey)) {
      return Optional.of(ONLY_WAY);
    }
    return change(
        person,
        record ->
            record
                .passkey(passkey)
                .filter(_ -> !isOnlyWay(record, passkey))
                .map(gone ->
                    record.withPasskeys(
                        record.passkeys().stream().filter(p -> !p.is(gone.id())).toList())),
        "passkey removed: " + passkey);
  }

  private static boolean isOnlyWay(AccountRecord record, String passkey) {
    return record.password().absent()
        && record.passkeys().stream()
            .noneMatch(each -> !each.suspect() && !each.name().equals(passkey));
  }

  /// Fresh recovery codes, to be shown once; those before work no more.
  ///
  /// @return empty unless a factor was proved within the last five minutes
  public Optional<List<String>> recoveryCodes(Caller.Person person, String secret)
      throws IOException {
    if (!sessions.fresh(secret)) {
      refusals.refused(person, "new recovery codes refused: no fresh factor");
      return Optional.empty();
    }
    List<String> codes = RecoveryCodes.fresh(random);
    RecoveryCodes kept = RecoveryCodes.of(codes, random);
    Optional<String> refused =
        change(person, record -> Optional.of(record.recoverable(kept)), "recovery codes made anew");
    return refused.isEmpty() ? Optional.of(codes) : Optional.empty();
  }

  /// Ends every session of the account, this one too.
  public void signOutEverywhere(Caller.Person person) throws IOException {
    try {
      trail.security(AuditTrail.Who.of(person), person.origin(), true, "signed out everywhere");
    } finally {
      sessions.endAll(Accounts.key(person.name())); // what only closes needs no trail
    }
  }

  private Optional<String> change(
      Caller.Person person, Function<AccountRecord, Optional<AccountRecord>> change, String what)
      throws IOException {
    boolean written = false;
    while (true) {
      Known known = accounts.find(person.name()).orElseThrow();
      @Nullable AccountRecord after = change.apply(known.record()).orElse(null);
      if (after == null) {
        return Optional.of(GONE);
      }
      if (!written) {
        trail.security(AuditTrail.Who.of(person), person.origin(), true, what);
        written = true;
      }
      if (accounts.replace(known, after)) {
        return Optional.empty();
      }
    }
  }
}
