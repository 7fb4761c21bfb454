/// Connections and the associations they carry (PS3.8 §7.1): who may connect, what is negotiated,
/// and who owns the thread.
///
/// May use: `leadglass.net.ul`, `leadglass.net.dimse`. Reports through [NetEvent]; owns no logger.
@NullMarked
package leadglass.net.association;

import org.jspecify.annotations.NullMarked;
