/// TLS as it was: hellos that no current library sends any more, to see who still answers them.
@NullMarked
package leadglass.survey.tls;

import org.jspecify.annotations.NullMarked;
