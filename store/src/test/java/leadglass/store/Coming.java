package leadglass.store;

import java.util.SortedMap;
import java.util.TreeMap;

/// One coming of a study, as whoever asked for the acts knows it. Confined to one thread.
final class Coming {
  final int study;

  /// By number: lengths of the data sets.
  final SortedMap<Integer, Integer> instances = new TreeMap<>();

  int patient;
  boolean moved;
  Status status = Status.HELD;
  String name;

  /// Where it is.
  enum Status {
    HELD,
    ASIDE,
    GONE
  }

  Coming(int study, int patient, String name) {
    this.study = study;
    this.patient = patient;
    this.name = name;
  }

  @Override
  public String toString() {
    return "study %d of %d, %s, %d instances, %s"
        .formatted(study, patient, name, instances.size(), status);
  }
}
