/// One class a probe. Whatever lies here is found by itself, and is part of the probe set's hash.
@NullMarked
package leadglass.survey.probe;

import org.jspecify.annotations.NullMarked;
