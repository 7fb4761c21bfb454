@NullMarked
package leadglass.bench;

import org.jspecify.annotations.NullMarked;
