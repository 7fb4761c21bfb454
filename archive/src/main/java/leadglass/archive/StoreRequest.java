package leadglass.archive;

import java.util.Optional;
import leadglass.dicom.data.Uid;

/// What a door knows of an instance before its first byte.
///
/// @param transferSyntax the encoding of the data set that follows
/// @param sopClass Affected SOP Class UID (0000,0002), if the door has one: must match the data set
/// @param sopInstance Affected SOP Instance UID (0000,1000), likewise
/// @param study the study the door is told to store into (PS3.18 §10.5), if any
public record StoreRequest(
    Uid transferSyntax, Optional<Uid> sopClass, Optional<Uid> sopInstance, Optional<Uid> study) {}
