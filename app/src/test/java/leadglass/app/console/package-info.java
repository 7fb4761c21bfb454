@NullMarked
package leadglass.app.console;

import org.jspecify.annotations.NullMarked;
