package leadglass.archive;

import java.util.List;
import java.util.Optional;

/// Who may do what in a site, and where the master key lies, as the trail has it. Names of accounts
/// and devices, nobody's patient.
///
/// @param keyPlace in words; empty for a further site, which has none of its own
/// @param keyBesideData whether the key lies on the device that holds the data
public record SiteState(
    List<Person> people, List<Device> devices, String keyPlace, boolean keyBesideData) {
  public SiteState {
    people = List.copyOf(people);
    devices = List.copyOf(devices);
  }

  /// @param roles held, as words; those that wait for a confirmation too
  /// @param factors kinds of what proves the account
  public record Person(String name, boolean enabled, List<String> roles, List<String> factors) {
    public Person {
      roles = List.copyOf(roles);
      factors = List.copyOf(factors);
    }
  }

  /// @param may in words
  /// @param ends of its newest certificate, milliseconds since 1970-01-01T00:00Z
  public record Device(
      String aeTitle, String owner, String may, boolean revoked, Optional<Long> ends) {}
}
