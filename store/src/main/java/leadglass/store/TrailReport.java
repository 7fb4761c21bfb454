package leadglass.store;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What a check of an audit trail found.
///
/// @param origin the trail's name; empty if nothing tells it
/// @param entries in the packs
/// @param olderEntries of these, from before there were heads: covered by the first head
/// @param heads signed heads that were compared
/// @param upToMillis when the last head or checkpoint was signed that fits; 0 if none does
/// @param checkpoints how many were compared, the one of elsewhere not counted
/// @param against the time of the checkpoint that was handed in, if the trail is an extension of it
/// @param keys the public keys that signatures were checked with
/// @param ownKeys whether they were taken from the directory itself
/// @param problemCount how many there are; the list has at most 1,000
/// @param notes what is no problem but should be known
public record TrailReport(
    String origin,
    long entries,
    long olderEntries,
    long heads,
    long upToMillis,
    int checkpoints,
    OptionalLong against,
    List<String> keys,
    boolean ownKeys,
    long problemCount,
    List<Problem> problems,
    List<String> notes) {

  public TrailReport {
    keys = List.copyOf(keys);
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }

  /// Something that is not what was signed.
  ///
  /// @param what in words, without any value of an entry
  /// @param entry number of the first entry concerned, from 0 on
  /// @param pack where it lies
  /// @param offset where in the pack
  public record Problem(
      String what, OptionalLong entry, Optional<String> pack, OptionalLong offset) {}

  /// Whether everything is as it was signed.
  public boolean isConsistent() {
    return problemCount == 0;
  }
}
