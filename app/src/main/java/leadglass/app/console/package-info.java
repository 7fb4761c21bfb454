/// How commands reach an archive: through a socket in the data directory while a server runs, or by
/// opening the archive themselves while none does. Both do the same acts, on one [Desk].
@NullMarked
package leadglass.app.console;

import org.jspecify.annotations.NullMarked;
