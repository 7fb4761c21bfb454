/// Finds studies: a Lucene index on a directory whose every byte is sealed. A cache of the
/// catalogue.
@NullMarked
package leadglass.store.search;

import org.jspecify.annotations.NullMarked;
