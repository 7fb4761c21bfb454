/// Where everything lies: rows of hashes and sealed values in SQLite. A cache of the packs.
@NullMarked
package leadglass.store.catalogue;

import org.jspecify.annotations.NullMarked;
