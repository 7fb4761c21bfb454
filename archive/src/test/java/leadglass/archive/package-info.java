@NullMarked
package leadglass.archive;

import org.jspecify.annotations.NullMarked;
