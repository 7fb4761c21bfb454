package leadglass.server.scp;

import java.time.Duration;

/// Where the DIMSE door is, and its bounds.
///
/// @param aeTitle ours
/// @param listen IP address
/// @param port 0 for any free one
/// @param associationsMax open associations; the next one is shed
/// @param artim wait for A-ASSOCIATE-RQ (PS3.8 §9.1.5)
/// @param idle wait for the next PDU
public record DicomSettings(
    String aeTitle, String listen, int port, int associationsMax, Duration artim, Duration idle) {}
