/// Tests of the store.
@NullMarked
package leadglass.store;

import org.jspecify.annotations.NullMarked;
