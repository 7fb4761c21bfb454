package leadglass.archive;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An account as it is kept in the registry.
///
/// @param name as it was given; unique whatever its case
/// @param roles their words
/// @param epoch one more with each reset and disabling; what was handed out in an earlier one ended
/// @param totp secret of the second factor
/// @param lastStep of the last one-time code that worked; none up to it works again
/// @param lastSignIn milliseconds since 1970-01-01T00:00Z
/// @param handle random name of the account in its owner's authenticators; null before the first
///   passkey
/// @param passkeys absent from records of before there were any
record AccountRecord(
    String name,
    List<String> roles,
    boolean enabled,
    int epoch,
    PasswordHash password,
    byte[] totp,
    long lastStep,
    RecoveryCodes recovery,
    @Nullable Long lastSignIn,
    byte @Nullable [] handle,
    List<PasskeyRecord> passkeys) {

  AccountRecord {
    roles = List.copyOf(roles);
    passkeys = Objects.requireNonNullElse(passkeys, List.of());
  }

  Set<Role> held() {
    EnumSet<Role> held = EnumSet.noneOf(Role.class);
    for (String word : roles) {
      Role.of(word).ifPresent(held::add);
    }
    return Collections.unmodifiableSet(held);
  }

  boolean administers() {
    return enabled && roles.contains(Role.ADMINISTRATOR.word());
  }

  AccountRecord disabled() {
    return with(roles, false, epoch + 1);
  }

  /// Nobody can prove it any more; what was handed out before ends.
  AccountRecord emptied(Factors none) {
    return new AccountRecord(
        name,
        roles,
        false,
        epoch + 1,
        none.password(),
        none.totp(),
        0,
        none.recovery(),
        lastSignIn,
        null,
        List.of());
  }

  /// Enabled, with these factors and no others.
  AccountRecord renewed(Factors factors, byte @Nullable [] newHandle, List<PasskeyRecord> fresh) {
    return new AccountRecord(
        name,
        roles,
        true,
        epoch,
        factors.password(),
        factors.totp(),
        0,
        factors.recovery(),
        lastSignIn,
        newHandle,
        List.copyOf(fresh));
  }

  /// Another password and second factor beside the passkeys.
  AccountRecord proved(Factors factors, long step) {
    return renewed(factors, handle, passkeys).coded(step, factors.recovery());
  }

  /// A second factor where there was none; what was handed out goes on.
  AccountRecord enrolled(byte[] secret, RecoveryCodes codes, long step) {
    return new AccountRecord(
        name, roles, enabled, epoch, password, secret, step, codes, lastSignIn, handle, passkeys);
  }

  /// A code of the second factor was used.
  AccountRecord coded(long step, RecoveryCodes left) {
    return with(step, left, lastSignIn, handle, passkeys);
  }

  AccountRecord signedIn(@Nullable Long at) {
    return with(lastStep, recovery, at, handle, passkeys);
  }

  AccountRecord recoverable(RecoveryCodes fresh) {
    return with(lastStep, fresh, lastSignIn, handle, passkeys);
  }

  AccountRecord handled(byte[] drawn) {
    return with(lastStep, recovery, lastSignIn, drawn, passkeys);
  }

  AccountRecord withPasskeys(List<PasskeyRecord> others) {
    return with(lastStep, recovery, lastSignIn, handle, List.copyOf(others));
  }

  Optional<PasskeyRecord> passkey(byte[] id) {
    return passkeys.stream().filter(each -> each.is(id)).findFirst();
  }

  Optional<PasskeyRecord> passkey(String named) {
    return passkeys.stream().filter(each -> each.name().equals(named)).findFirst();
  }

  /// The same with one passkey changed.
  AccountRecord changed(PasskeyRecord passkey) {
    return withPasskeys(
        passkeys.stream().map(each -> each.is(passkey.id()) ? passkey : each).toList());
  }

  /// What was handed out in an epoch up to `atLeast` and in its own ends.
  AccountRecord nextEpoch(int atLeast) {
    return with(roles, enabled, Math.max(epoch, atLeast) + 1);
  }

  /// With the roles and rights given, and this account's factors.
  AccountRecord allowed(List<String> others, boolean isEnabled, long step) {
    return with(others, isEnabled, epoch).coded(step, recovery);
  }

  private AccountRecord with(List<String> others, boolean isEnabled, int newEpoch) {
    return new AccountRecord(
        name,
        others,
        isEnabled,
        newEpoch,
        password,
        totp,
        lastStep,
        recovery,
        lastSignIn,
        handle,
        passkeys);
  }

  private AccountRecord with(
      long step,
      RecoveryCodes codes,
      @Nullable Long at,
      byte @Nullable [] newHandle,
      List<PasskeyRecord> others) {
    return new AccountRecord(
        name, roles, enabled, epoch, password, totp, step, codes, at, newHandle, others);
  }

  /// What proves a person.
  record Factors(PasswordHash password, byte[] totp, RecoveryCodes recovery) {
    @Override
    public String toString() {
      return "Factors[]";
    }
  }

  @Override
  public String toString() {
    return "AccountRecord[]";
  }
}
