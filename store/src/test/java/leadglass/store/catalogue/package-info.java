@NullMarked
package leadglass.store.catalogue;

import org.jspecify.annotations.NullMarked;
