package leadglass.survey;

import java.util.List;
import leadglass.survey.scope.Approved;

/// A host to be looked at.
///
/// @param given as it was given: a name or an address
/// @param doors empty for the usual ones
/// @param owner who it belongs to; empty if it was not said
/// @param country ISO 3166 alpha-2; empty if it was not said
/// @param responsible whom to tell; empty if it was not said
public record Target(
    String given,
    Approved approved,
    List<Door> doors,
    String owner,
    String country,
    String responsible) {
  public Target {
    doors = List.copyOf(doors);
  }
}
