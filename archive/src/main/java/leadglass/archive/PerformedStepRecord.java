package leadglass.archive;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A performed procedure step, as it is kept in the registry; what the modality said stands in a
/// [Said] of the same key.
///
/// @param instance SOP Instance UID
/// @param aeTitle of the modality that made it, which alone may change it
/// @param state Performed Procedure Step Status (0040,0252)
/// @param patient pseudonym; null if the modality named none
/// @param steps IDs of scheduled steps that it is of
/// @param made milliseconds since 1970-01-01T00:00Z
record PerformedStepRecord(
    String instance,
    String aeTitle,
    String state,
    @Nullable String patient,
    List<String> steps,
    long made,
    long changed) {
  static final String KIND = "performed-step";

  PerformedStepRecord {
    steps = List.copyOf(steps);
  }

  /// @param attributes as data sets are encoded in records
  record Said(byte[] attributes) {
    static final String KIND = "performed-step-attributes";

    @Override
    public String toString() {
      return "Said[" + attributes.length + " bytes]";
    }
  }

  PerformedStepRecord at(String now, long atMillis) {
    return new PerformedStepRecord(instance, aeTitle, now, patient, steps, made, atMillis);
  }

  @Override
  public String toString() {
    return "PerformedStepRecord[]";
  }
}
