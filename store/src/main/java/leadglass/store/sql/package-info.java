/// What the store's SQLite files have in common. The file may be anybody's: a cell need not be of
/// the type its column was made with.
@NullMarked
package leadglass.store.sql;

import org.jspecify.annotations.NullMarked;
