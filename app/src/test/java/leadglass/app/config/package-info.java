@NullMarked
package leadglass.app.config;

import org.jspecify.annotations.NullMarked;
