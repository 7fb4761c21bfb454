/// The program as a whole: what its promises say, tried from outside.
@NullMarked
package leadglass.app.system;

import org.jspecify.annotations.NullMarked;
