/// Sealed bytes, the keys to them, and the indexes that find them. Knows no user, policy or
/// protocol.
///
/// Only this package is exported.
@NullMarked
package leadglass.store;

import org.jspecify.annotations.NullMarked;
