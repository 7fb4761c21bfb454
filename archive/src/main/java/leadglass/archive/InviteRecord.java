package leadglass.archive;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// A link by which a person joins once, as it is kept in the registry.
///
/// @param hash of the link's secret
/// @param name of the account, as it was given
/// @param roles their words; empty where the account is there already
/// @param epoch of the account that gets factors anew; 0 where there is none yet
/// @param by who invited
/// @param ends milliseconds since 1970-01-01T00:00Z
record InviteRecord(
    byte[] hash, String name, List<String> roles, int epoch, String by, long made, long ends) {
  static final String KIND = "invitation";

  InviteRecord {
    roles = List.copyOf(roles);
  }

  Set<Role> held() {
    EnumSet<Role> held = EnumSet.noneOf(Role.class);
    for (String word : roles) {
      Role.of(word).ifPresent(held::add);
    }
    return Collections.unmodifiableSet(held);
  }

  /// Whether it gives factors to an account that is there.
  boolean again() {
    return epoch > 0;
  }

  @Override
  public String toString() {
    return "InviteRecord[]";
  }
}
