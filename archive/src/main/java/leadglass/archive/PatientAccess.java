package leadglass.archive;

import java.util.Optional;
import leadglass.dicom.data.Uid;

/// One visit of somebody to a patient's images, or one thing done with them, in words that a
/// patient reads.
///
/// @param number of the first entry of the trail about it
/// @param atMillis when it began
/// @param own whether the patient did it themselves
/// @param who whoever it was, in words
/// @param did what they did, such as `looked at the images`
/// @param study of the patient's that is held and found; empty if it is not any more
/// @param images how often one was given out; 0 if none was, or while the visit lasts
/// @param why in words; empty where nothing was said
/// @param emergency whether somebody went beyond their role
public record PatientAccess(
    long number,
    long atMillis,
    boolean own,
    String who,
    String did,
    Optional<Uid> study,
    long images,
    String why,
    boolean emergency) {
  @Override
  public String toString() {
    return "PatientAccess[]";
  }
}
