package leadglass.store.trail;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import leadglass.store.TrailReport.Problem;
import leadglass.store.pack.PackLog.Position;

/// What a check finds, in its order. Confined to one thread.
final class Findings {
  private static final int PROBLEMS_MAX = 1000;

  private final List<Problem> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private long count;

  void problem(String what) {
    add(new Problem(what, OptionalLong.empty(), Optional.empty(), OptionalLong.empty()));
  }

  void problem(String what, long entry) {
    add(new Problem(what, OptionalLong.of(entry), Optional.empty(), OptionalLong.empty()));
  }

  void problem(String what, long entry, Position at) {
    add(
        new Problem(
            what, OptionalLong.of(entry), Optional.of(at.pack()), OptionalLong.of(at.offset())));
  }

  private void add(Problem problem) {
    count++;
    if (problems.size() < PROBLEMS_MAX) {
      problems.add(problem);
    }
  }

  void note(String what) {
    notes.add(what);
  }

  long count() {
    return count;
  }

  List<Problem> problems() {
    return problems;
  }

  List<String> notes() {
    return notes;
  }
}
