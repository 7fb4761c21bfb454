/// The tree over the audit entries: hashes, signed heads and checkpoints, tiles, and the index that
/// finds entries; docs/formats/trail.md.
@NullMarked
package leadglass.store.trail;

import org.jspecify.annotations.NullMarked;
