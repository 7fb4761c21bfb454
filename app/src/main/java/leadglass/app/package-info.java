/// main, wiring, and the commands. The only room with a clock, an environment and a terminal.
@NullMarked
package leadglass.app;

import org.jspecify.annotations.NullMarked;
