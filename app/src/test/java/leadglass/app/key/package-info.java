/// Tests of the master key's places.
@NullMarked
package leadglass.app.key;

import org.jspecify.annotations.NullMarked;
