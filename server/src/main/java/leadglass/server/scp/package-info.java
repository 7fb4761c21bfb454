/// The DIMSE door: which devices are let in, what they may send, and what they are told.
///
/// May use: `leadglass.net`, `leadglass.archive`.
@NullMarked
package leadglass.server.scp;

import org.jspecify.annotations.NullMarked;
