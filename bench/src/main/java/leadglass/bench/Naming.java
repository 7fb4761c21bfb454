package leadglass.bench;

/// The identifiers of one synthetic instance. Each kind has the same length for all instances, so
/// that one can be written over another in a finished frame.
///
/// @param group of instances that no other group shares a study with, below 10,000
/// @param study in its group, below 100,000
/// @param instance in its study, below 1,000,000
record Naming(int group, int study, int instance) {
  /// What finished frames are made with, to be written over.
  static final Naming BLANK = new Naming(9999, 99_999, 999_999);

  String studyUid() {
    return "2.25.1%04d%05d%09d".formatted(group, study, 0);
  }

  String seriesUid() {
    return "2.25.2%04d%05d%09d".formatted(group, study, 0);
  }

  String sopInstanceUid() {
    return "2.25.3%04d%05d%09d".formatted(group, study, instance);
  }

  String patientId() {
    return "BP%04d%05d".formatted(group, study) + "X";
  }

  String accessionNumber() {
    return "BA%04d%05d".formatted(group, study) + "X";
  }

  /// Surnames repeat every hundred studies, so that a search by name finds a hundredth.
  String patientName() {
    return "BENCH%02d^%05d".formatted(study % 100, study) + "X";
  }

  /// Days over ten years, of 28-day months.
  String studyDate() {
    int day = Math.floorMod(study * 7919, 3360);
    return "%04d%02d%02d".formatted(2015 + day / 336, day % 336 / 28 + 1, day % 28 + 1);
  }

  /// The padding tells it from the digits of a UID.
  String instanceNumber() {
    return "%06d  ".formatted(instance);
  }
}
