package leadglass.archive;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Another archive's trail as it is kept in the registry.
///
/// @param name what it is called here
/// @param origin what its trail calls itself
/// @param keys verifier keys of that trail
/// @param added when it was made known
/// @param size entries of the newest checkpoint; 0 before there was one
/// @param note that checkpoint, cosigned; null before there was one
/// @param seen when it came
/// @param wrong when a checkpoint came last that contradicts the newest; 0: never
/// @param why the rule it broke, in words; null: never
record WitnessedRecord(
    String name,
    String origin,
    List<String> keys,
    long added,
    long size,
    @Nullable String note,
    long seen,
    long wrong,
    @Nullable String why) {
  static final String KIND = "witnessed";

  WitnessedRecord {
    keys = List.copyOf(keys);
  }

  WitnessedRecord saw(long entries, String checkpoint, long at) {
    return new WitnessedRecord(name, origin, keys, added, entries, checkpoint, at, wrong, why);
  }

  WitnessedRecord contradicted(long at, String rule) {
    return new WitnessedRecord(name, origin, keys, added, size, note, seen, at, rule);
  }

  @Override
  public String toString() {
    return "WitnessedRecord[" + name + "]";
  }
}
