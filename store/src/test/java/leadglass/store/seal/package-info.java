/// Tests of seals.
@NullMarked
package leadglass.store.seal;

import org.jspecify.annotations.NullMarked;
