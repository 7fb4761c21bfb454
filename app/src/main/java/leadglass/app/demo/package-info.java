/// The throw-away archive: synthetic phantoms, fresh secrets, loopback only.
@NullMarked
package leadglass.app.demo;

import org.jspecify.annotations.NullMarked;
