package leadglass.server.scp;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import leadglass.archive.Archive;
import leadglass.archive.Caller;

/// A device that was let in, and the site it belongs to.
///
/// @param called AE title that it calls the site by
/// @param stands whether who was proved to use it still is; empty: nobody was
record Peer(Archive site, Caller.Device device, String called, Optional<BooleanSupplier> stands) {

  Peer(Archive site, Caller.Device device, String called) {
    this(site, device, called, Optional.empty());
  }
}
