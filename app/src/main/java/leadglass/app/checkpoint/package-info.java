/// Carries the signed heads of the audit trail to another place.
@NullMarked
package leadglass.app.checkpoint;

import org.jspecify.annotations.NullMarked;
