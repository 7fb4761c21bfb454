@NullMarked
package leadglass.app.outbound;

import org.jspecify.annotations.NullMarked;
