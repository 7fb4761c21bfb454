/// A running archive's look at its own doors, as a stranger sees them.
@NullMarked
package leadglass.app.exposure;

import org.jspecify.annotations.NullMarked;
