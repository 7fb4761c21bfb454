@NullMarked
package leadglass.net.near;

import org.jspecify.annotations.NullMarked;
