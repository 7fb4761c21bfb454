/// Copies of the archive in another place, and the way back.
@NullMarked
package leadglass.store.backup;

import org.jspecify.annotations.NullMarked;
