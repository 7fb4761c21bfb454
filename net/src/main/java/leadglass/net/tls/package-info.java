/// The secure transport of PS3.15 §B.12: TLS 1.3, or 1.2, and the peer's certificate demanded.
///
/// May use: `leadglass.net.association`, for what a transport is.
@NullMarked
package leadglass.net.tls;

import org.jspecify.annotations.NullMarked;
