/// The upper layer protocol of PS3.8 §9: bytes to values and back, and its state table. No socket,
/// thread, clock or log, so every rule is tested from a hex string.
///
/// Lengths are bytes; integers are big-endian and unsigned. May use: nothing of ours.
@NullMarked
package leadglass.net.ul;

import org.jspecify.annotations.NullMarked;
