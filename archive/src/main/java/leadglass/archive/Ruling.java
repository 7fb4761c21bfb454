package leadglass.archive;

/// What came of asking for a change to what is held. Every door answers every case.
public sealed interface Ruling {

  /// It is done, and in the trail.
  ///
  /// @param name of what was made or changed: a study, a hold, an erasure, a move
  record Done(String name) implements Ruling {}

  /// It is not done.
  ///
  /// @param rule a sentence that says why and what to do; tells nothing of a patient
  record Refused(String rule) implements Ruling {}

  /// There is no such thing, or the caller may not know of it.
  record NotThere() implements Ruling {}
}
