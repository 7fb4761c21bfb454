/// Connections to one approved address: bounded, counted, and zeroed.
@NullMarked
package leadglass.survey.wire;

import org.jspecify.annotations.NullMarked;
