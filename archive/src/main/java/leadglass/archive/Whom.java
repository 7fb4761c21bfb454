package leadglass.archive;

import java.util.Optional;

/// Whose study an audit message is about, as it is told there.
///
/// @param study Study Instance UID, or one made of the study's name
/// @param patient Patient ID, or the pseudonym
/// @param issuer of the Patient ID, where it has one
/// @param pseudonym whether it is the pseudonym and the name that are told
record Whom(String study, String patient, Optional<String> issuer, boolean pseudonym) {
  @Override
  public String toString() {
    return "Whom[]";
  }
}
