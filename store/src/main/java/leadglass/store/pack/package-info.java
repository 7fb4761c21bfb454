/// The append-only log: frames, packs, batches with one forced write, and reading it again.
@NullMarked
package leadglass.store.pack;

import org.jspecify.annotations.NullMarked;
