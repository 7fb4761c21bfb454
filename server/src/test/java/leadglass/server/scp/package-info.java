@NullMarked
package leadglass.server.scp;

import org.jspecify.annotations.NullMarked;
