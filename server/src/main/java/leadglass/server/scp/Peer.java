package leadglass.server.scp;

import leadglass.archive.Archive;
import leadglass.archive.Caller;

/// A device that was let in, and the site it belongs to.
///
/// @param called AE title that it calls the site by
record Peer(Archive site, Caller.Device device, String called) {}
