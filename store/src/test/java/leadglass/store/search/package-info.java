/// Tests of the search's parts.
@NullMarked
package leadglass.store.search;

import org.jspecify.annotations.NullMarked;
