package leadglass.server.scp;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import leadglass.dicom.data.Uid;
import leadglass.dicom.dict.Uids;

/// Where the DIMSE door is, and its bounds.
///
/// @param aeTitle ours
/// @param listen IP address
/// @param port 0 for any free one
/// @param associationsMax open associations; the next one is shed
/// @param artim wait for A-ASSOCIATE-RQ (PS3.8 §9.1.5)
/// @param idle wait for the next PDU
/// @param privateSopClasses stored like those of the standard
/// @param tokens by whom somebody may prove who they are
public record DicomSettings(
    String aeTitle,
    String listen,
    int port,
    int associationsMax,
    Duration artim,
    Duration idle,
    Set<Uid> privateSopClasses,
    JsonWebTokens tokens) {

  public DicomSettings {
    privateSopClasses = Set.copyOf(privateSopClasses);
  }

  /// Of an archive that stores what the standard has, and nothing else.
  public DicomSettings(
      String aeTitle, String listen, int port, int associationsMax, Duration artim, Duration idle) {
    this(aeTitle, listen, port, associationsMax, artim, idle, Set.of(), JsonWebTokens.none());
  }

  /// The SOP classes that are stored.
  Set<Uid> storage() {
    Set<Uid> all = new LinkedHashSet<>(Uids.storageSopClasses());
    all.addAll(privateSopClasses);
    return all;
  }
}
