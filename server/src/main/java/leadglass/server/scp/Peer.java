package leadglass.server.scp;

import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.Caller;

/// A device that was let in, and the site it belongs to.
///
/// @param called AE title that it calls the site by
/// @param person whose token proved who uses it, if one did
record Peer(Archive site, Caller.Device device, String called, Optional<Caller.Program> person) {

  Peer(Archive site, Caller.Device device, String called) {
    this(site, device, called, Optional.empty());
  }
}
