@NullMarked
package leadglass.app.oidc;

import org.jspecify.annotations.NullMarked;
