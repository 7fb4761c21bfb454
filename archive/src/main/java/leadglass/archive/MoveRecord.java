package leadglass.archive;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Studies given from one patient to another, as it is kept in the registry. Names of ours only.
///
/// @param merge whether it was all that a patient had
/// @param from pseudonym of the patient they were taken from
/// @param to pseudonym of the patient they were given to
/// @param undone null while it stands
record MoveRecord(
    Moves.State state,
    boolean merge,
    String from,
    String to,
    List<Study> studies,
    String by,
    long at,
    ErasureRecord.@Nullable Mark undone) {
  MoveRecord {
    studies = List.copyOf(studies);
  }

  /// @param filed whether the patient it was taken from is the one it came with
  record Study(String name, boolean filed) {}

  MoveRecord in(Moves.State next) {
    return new MoveRecord(next, merge, from, to, studies, by, at, undone);
  }

  MoveRecord undone(ErasureRecord.Mark mark) {
    return new MoveRecord(Moves.State.UNDONE, merge, from, to, studies, by, at, mark);
  }
}
