/// Tests of packs.
@NullMarked
package leadglass.store.pack;

import org.jspecify.annotations.NullMarked;
