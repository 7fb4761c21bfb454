@NullMarked
package leadglass.app.cli;

import org.jspecify.annotations.NullMarked;
