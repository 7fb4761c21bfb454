@NullMarked
package leadglass.app.log;

import org.jspecify.annotations.NullMarked;
