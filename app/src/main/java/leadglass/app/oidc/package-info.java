/// Identity providers (OpenID Connect): asks them and checks what they say. No other package knows
/// the library for it.
@NullMarked
package leadglass.app.oidc;

import org.jspecify.annotations.NullMarked;
