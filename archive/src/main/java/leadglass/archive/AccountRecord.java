package leadglass.archive;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
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
record AccountRecord(
    String name,
    List<String> roles,
    boolean enabled,
    int epoch,
    PasswordHash password,
    byte[] totp,
    long lastStep,
    RecoveryCodes recovery,
    @Nullable Long lastSignIn) {

  AccountRecord {
    roles = List.copyOf(roles);
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
    return new AccountRecord(
        name, roles, false, epoch + 1, password, totp, lastStep, recovery, lastSignIn);
  }

  /// Another password and other factors; what was handed out before ends.
  AccountRecord reset(Factors factors) {
    return new AccountRecord(
        name,
        roles,
        true,
        epoch + 1,
        factors.password(),
        factors.totp(),
        0,
        factors.recovery(),
        lastSignIn);
  }

  AccountRecord signedIn(long step, RecoveryCodes left, @Nullable Long at) {
    return new AccountRecord(name, roles, enabled, epoch, password, totp, step, left, at);
  }

  /// What was handed out in an epoch up to `atLeast` and in its own ends.
  AccountRecord nextEpoch(int atLeast) {
    return new AccountRecord(
        name,
        roles,
        enabled,
        Math.max(epoch, atLeast) + 1,
        password,
        totp,
        lastStep,
        recovery,
        lastSignIn);
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
