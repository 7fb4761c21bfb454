package leadglass.store;

import java.util.SortedMap;
import java.util.TreeMap;

/// One coming of a study, as whoever asked for the acts knows it. Confined to one thread.
final class Coming {
  final int study;

  /// By number.
  final SortedMap<Integer, Sent> instances = new TreeMap<>();

  int patient;
  boolean moved;
  Status status = Status.HELD;
  String name;

  /// When it became what it is, by an answer: later than anything that was asked before.
  long changed;

  /// A data set that was taken in.
  ///
  /// @param seed its bytes are made from
  /// @param answered when that was known
  record Sent(long seed, int length, long answered) {
    byte[] bytes() {
      return Samples.bytes(seed, length);
    }
  }

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

  void become(Status now, long moment) {
    status = now;
    changed = moment;
  }

  @Override
  public String toString() {
    return "study %d of %d, %s, %d instances, %s"
        .formatted(study, patient, name, instances.size(), status);
  }
}
