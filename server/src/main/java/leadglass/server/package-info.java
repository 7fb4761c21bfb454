/// Every door, opened together.
@NullMarked
package leadglass.server;

import org.jspecify.annotations.NullMarked;
