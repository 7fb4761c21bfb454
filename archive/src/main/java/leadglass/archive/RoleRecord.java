package leadglass.archive;

import org.jspecify.annotations.Nullable;

/// A role that is not wholly somebody's yet, as it is kept in the registry.
final class RoleRecord {
  private RoleRecord() {}

  /// Somebody asked for a role for themselves.
  ///
  /// @param account its name
  /// @param loneSince from when on nobody was there to confirm it; null while there is somebody
  record Asked(String account, String role, String askedBy, long asked, @Nullable Long loneSince) {
    static final String KIND = "role-request";

    Asked lone(@Nullable Long since) {
      return new Asked(account, role, askedBy, asked, since);
    }

    @Override
    public String toString() {
      return "Asked[]";
    }
  }

  /// Given at the console: works, and ends unless its owner confirms it.
  record Provisional(String account, String role, String by, long ends) {
    static final String KIND = "provisional-role";

    @Override
    public String toString() {
      return "Provisional[]";
    }
  }
}
