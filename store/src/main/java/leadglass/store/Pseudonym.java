package leadglass.store;

/// What a patient is called where nobody may learn who it is: a keyed hash of issuer and Patient
/// ID, the same for ever. It survives the patient's erasure.
///
/// @param value 32 hex digits
public record Pseudonym(String value) {
  public Pseudonym {
    if (!value.matches("[0-9a-f]{32}")) {
      throw new IllegalArgumentException("a pseudonym of " + value.length() + " characters");
    }
  }
}
