package leadglass.archive;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A token as it is kept in the registry.
///
/// @param id its public part
/// @param owner key of the account
/// @param epoch of the account when it was made
/// @param hash SHA-256 of its text
/// @param scopes their names
/// @param ends milliseconds since 1970-01-01T00:00Z
/// @param wanted when it was to end, of one that its owner has not confirmed; else null
/// @param patients pseudonyms of the only ones it reaches; empty or absent: all its owner does
record TokenRecord(
    String id,
    String owner,
    int epoch,
    byte[] hash,
    List<String> scopes,
    long made,
    long ends,
    @Nullable Long wanted,
    List<String> patients) {
  TokenRecord {
    scopes = List.copyOf(scopes);
    patients = Objects.requireNonNullElse(patients, List.of());
  }

  /// Its owner confirms it.
  TokenRecord confirmed() {
    long until = wanted == null ? ends : wanted;
    return new TokenRecord(id, owner, epoch, hash, scopes, made, until, null, patients);
  }

  Set<Caller.Scope> allowed() {
    EnumSet<Caller.Scope> allowed = EnumSet.noneOf(Caller.Scope.class);
    for (Caller.Scope scope : Caller.Scope.values()) {
      if (scopes.contains(scope.name())) {
        allowed.add(scope);
      }
    }
    return Collections.unmodifiableSet(allowed);
  }

  @Override
  public String toString() {
    return "TokenRecord[]";
  }
}
